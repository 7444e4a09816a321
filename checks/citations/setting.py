"""What the words around a title tell: that it is a local act, a look back, a course or a book."""

from __future__ import annotations

from checks.citations.titles import Title
from documents.lazy_pattern import lazy_pattern

_PLACE = (
    "省|自治区|市(?!场|政|容|县)|县|(?<!社)区(?!域)|自治州|州|盟|旗|镇|乡|街道|局|厅|(?<!民)委员会|办事处|集团|公司"
    "|学院|大学|医院|法院|检察院"
)
_PLACE_FIRST = lazy_pattern(rf"(?!市县|乡镇)[\u4e00-\u9fff]{{1,12}}?(?<!城)(?:{_PLACE})")
_CENTRAL = lazy_pattern(
    "(?:中共中央|党中央|国务院|中共中央办公厅|国务院办公厅|中办|国办|两办|全国人大(?:常委会)?|司法部"
    "|中央依法治国办|中央全面依法治国委员会(?:办公室)?)(?:(?:联合)?(?:印发|发布|公布|颁布|出台|制定|下发)(?:了|的)?)?的?$"
)
_LOCAL_AUTHOR = lazy_pattern(
    "(?:[我本全][省市县区州盟旗镇乡街局厅委]|[省市县区州盟旗镇乡局厅]|街道|办事处|本地|当地|地方|政府|人大|常委会|[省市区县]级)"
    "(?:的|新|本级|现行)?$"
)
_MAKING = lazy_pattern(
    "(?:出台|制定|制订|起草|编制|草拟|拟定|拟订|修订|修改|审议|通过|印发|下发|制发|发布|公布|颁布|推动|研究|代拟|报送"
    "|征求|完善|建立|形成|健全|提请|拟制|制作|编印|汇编|编写)(?:了|的|并|实施|执行|新的)*$"
)
_WORK = lazy_pattern(
    "等?的?(?:课程|教材|教程|讲义|课件|一书|书籍|图书|专著|著作|读本|论文|文章|期刊|杂志|栏目|节目|专栏|影片|电影|微电影|短视频"
    "|视频|动漫|歌曲|小品|情景剧|话剧|草案|立法|制定|出台|起草|建议稿|立项|一文|学报|研究|论坛|专题片|宣传片|快板|案例集|手册)"
)
_WORK_BEFORE = lazy_pattern(
    "(?:电影|影片|微电影|视频|微视频|歌曲|小品|话剧|情景剧|短剧|课程|教材|著作|专著|图书|书籍|论文|文章|栏目|专栏|节目|杂志|期刊"
    '|动漫|漫画|舞蹈|快板|相声|宣传片|专题片|作品|题为|名为|主题为|撰写|起草|呼吁|建议制定)了?的?[:“"]?$'
)
_CLAUSE_MARK = lazy_pattern("[。;,]")
_LISTED = lazy_pattern("(?:[、和及与]?(?:以及)?《[^《》]{1,80}》)+")
_NEWLY = lazy_pattern("(?:新|最新)(?:修[改订正]|制定|颁布|出台|施行|实施)|修[改订正]后的")
_NO_LONGER = "废止|失效|取代|替代|代替|编纂|整合|合并|不再|历史|时代|沿革"
_LOOKS_BACK_BEFORE = lazy_pattern(
    f"{_NO_LONGER}|原$|原来的|原有|原先|旧|老$|当时|曾|此前|以前|前身|修改|修订|清理|对比|过去|早在|从$|由$|由原?《|比$|较$|相比|区别于"
)
_LOOKS_BACK_AFTER = lazy_pattern(
    f"{_NO_LONGER}|清理|修订|修改|对比|比较|对照|以来|被|升级|升格|上升为|更名|改为|[到向].{{0,6}}《|相比|相较|等?(?:原有|旧)"
    "|已经?(?:于|由|在)"
)
_BECOMES = lazy_pattern("施行|衔接|变化|区别|不同|新增|转变|承接|延续")
_OLD_CASE = lazy_pattern("判决|裁定|诉讼请求|原告|被告|上诉|再审|当事人|签订于|该案|本案|案情|[一二]审|追溯|溯及")
_AT_ONCE = 24


def is_local(title: Title) -> bool:
    """Whether the title is of an act made locally, which may be called whatever its maker likes."""
    if _PLACE_FIRST.match(title.key):
        return True
    if is_central(title):
        return False
    return bool(_LOCAL_AUTHOR.search(title.before) or _MAKING.search(title.before))


def is_central(title: Title) -> bool:
    """Whether the words right before the title name an organ of the centre as its maker."""
    return _CENTRAL.search(title.before) is not None


def is_a_work(title: Title) -> bool:
    """Whether it is the title of a book, a course, a film or something yet to be made."""
    return bool(title.is_draft or _WORK.match(title.after) or _WORK_BEFORE.search(title.before))


def looks_back(title: Title, successor: str | None) -> bool:
    """Whether a law is named as one that no longer applies, or as the one by which an old case was judged."""
    before = _NEWLY.sub("", _CLAUSE_MARK.split(title.before)[-1])
    following = _LISTED.match(title.after)
    after = _CLAUSE_MARK.split(title.after[following.end() if following else 0 :])[0][:_AT_ONCE]
    if _LOOKS_BACK_BEFORE.search(before) or _LOOKS_BACK_AFTER.search(after) or _LOOKS_BACK_AFTER.match(title.after):
        return True
    around = title.before + title.after
    if _OLD_CASE.search(around):
        return True
    return successor is not None and f"{successor}》" in around and _BECOMES.search(around) is not None
