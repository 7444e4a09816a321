"""The decisions that class a mention of a year, from its form and from the part of the report it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from checks.year_cues import Verdict
from checks.year_kinds import YearKind
from checks.year_setting import PLAN_CONTENT, Part, Setting
from documents.years import YearForm

Explain = Callable[[], Verdict | None]

_PLAN_WORDS = "计划|安排|打算|思路|设想|展望|努力方向|工作要点|目标任务|主要任务|重点任务|工作重点|重点工作"
_PLAN_TITLE = re.compile(
    "(?:全面|深入|继续|持续|推进|加强|深化|法治|依法行政|依法治[省市县区]|政府|街道|建设|工作|主要|重点|的|下一步|下步|初步|总体|基本|任务|目标|和)*"
    f"(?:{_PLAN_WORDS})(?:如下|及.{{0,6}})?[:。]?$"
)
_PLAN_PHRASE = re.compile(f"[^,。;:、和与及]{{0,24}}?(?:{_PLAN_WORDS})")
_DONE_WITH_PLAN = re.compile("完成|落实|对照|按照|根据|结合|总结|执行|围绕|推进|贯彻|巩固|印发|制定|细化")
_REPORTED_TITLE = re.compile(
    "[^,。;:]{0,24}?(?:主要(?:工作|举措|做法|措施|成效|成绩|情况)|工作(?:情况|开展|总结|完成|成效|回顾|举措|推进|做法|总体)|举措|成效|做法|成绩|"
    "第一责任人|存在|不足|(?:法治政府建设|依法行政)(?:工作)?(?:的?总体|的?基本|的?有关|的?主要)?(?:情况|$))"
)
_NOT_REPORTED_TITLE = re.compile("考核|考评|述法|述职|整改|反馈|督察|督查|评议|评估|遗留|结转|报告|审计|巡察|回头看|示范")
_STATEMENT_AHEAD = re.compile(
    "[^,。;:、和与及]{0,30}?(?:情况|工作|报告|总结|建设)[^。;:]{0,40}?(?:如下|(?:报告|汇报|公布|公示|公告|公开|总结|通报|说明)[:。]?$)"
)
_INTRODUCES = re.compile("(?:现|兹|特|谨)?(?:将|就|把)[^。;,]{0,30}$|^$")
_STATES_THIS = re.compile("现(?:就|将|把)|报告如下|汇报如下|总结如下")
_UNIT = "(?:[我本全][省市县区州盟旗镇乡街局厅委办处院所队站部司]|我们|全系统|各级|各部门|各单位|[^,。;:、]{0,10}(?:政府|街道|办事处|局|委员会|管委会|镇|乡|区|县|市|厅))"
_SUBJECT = re.compile(f",?(?:[^,。;:]{{1,40}}[,:]){{0,3}}{_UNIT}")
_YEAR_OF = re.compile(",?是[^。;]{0,50}(?:之年|一年|年份|关键期)")
_ACTS = (
    "办理|受理|开展|组织|召开|举办|化解|调解|查处|处罚|审核|审查|发放|培训|检查|巡查|出具|办结|接待|答复|公开|制定|制发|印发|出台|修订|完成|"
    "实现|新增|立案|作出|举行|推出|建成|清理|整改|下达|参加|参与|走访|收到|收集|处置|处理|解决|提供|排查|评查|执行|更新|报送|备案|承办|发布|出庭|应诉|听取|研究"
)
_AMOUNT = r"[0-9][0-9.,]*(?:余|多)?(?:万|亿)?(?:余|多)?(?:[^0-9\s,。;:、%月日年]|%)"
_ACHIEVED = re.compile(f"(?:共|累计|已|总计|合计|依法|依规|先后|{_ACTS})[^。;]*?{_AMOUNT}")
_ACHIEVED_AT_ONCE = re.compile(
    f",?[^,。;:]{{0,8}}?(?:共|累计|总计|合计|依法|先后|{_ACTS})[^,。;:]{{0,30}}?{_AMOUNT}"
)
_HAPPENED = re.compile("[^,。;]{0,4}[,]?[^,。;]{0,24}?(?:召开|举办|举行|组织|开展)")
_MAKES_INTO = "(?![^,。;]{0,30}(?:纳入|作为|列入|列为|贯穿|融入|摆在|摆上|放在|落实到|移交|移送|送达))"
_WILL = re.compile(
    f"(?:将(?!军|来){_MAKES_INTO}|拟(?!定|订|制)|打算|力争|争取|预计|准备|继续|要(?!求|点|素|件|闻|害)|重点(?:抓好|做好|推进|围绕|从)|"
    "主要(?:做好|抓好|从|围绕|任务是)|着重|做好以下|抓好以下|以下(?:几|工作|方面|[一二三四五六七八九十])|工作(?:思路|重点|目标|打算|安排|计划))"
)
_FIRM_WILL = re.compile(
    f"(?:将(?:继续|进一步|坚持|以|紧紧|持续|深入|全面|认真|按照|围绕|不断|着力|切实|重点|从|加大|加强|大力|严格|在){_MAKES_INTO}|拟于|打算|力争|预计)"
)
_EARLY = re.compile(r"[^,。;]{0,2}(?:年?初|[一1]季度|春节|元旦|伊始|开年|上半年)")
_THIS_YEAR_WORDS = re.compile("今年|本年")
_BOOK_TITLES = re.compile("《[^》]*》")


def by_form(setting: Setting) -> Verdict | None:
    """What the place on the page or the way the year is written settles at once."""
    form, part = setting.token.form, setting.part
    if part is Part.PAGE:
        return Verdict(YearKind.PAGE, "网页或系统附带的信息,不属于报告正文")
    if form is YearForm.DOCUMENT_NUMBER:
        return Verdict(YearKind.DOCUMENT_NUMBER, "文号或期号中的年份")
    if form is YearForm.EDITION:
        return Verdict(YearKind.EDITION, "目录、清单或文件的版本年份")
    if form is YearForm.RANGE:
        return Verdict(YearKind.PERIOD, "规划、任务或统计的起止年份")
    if setting.in_book_title and part is not Part.TITLE:
        return Verdict(YearKind.DOCUMENT_TITLE, "书名号内文件名称的一部分")
    if part is Part.SIGNATURE:
        return Verdict(YearKind.SIGNATURE, "落款、成文或发布日期")
    if setting.reported is None:
        return Verdict(YearKind.UNDECIDED, "未能认定报告年度,无法判断")
    return None


def by_place(setting: Setting, explain: Explain) -> Verdict:
    """What the part of the report and the words around the year make of it; the reported year is known."""
    if setting.token.form is YearForm.RELATIVE:
        return _relative(setting, explain)
    if setting.part is Part.TITLE:
        return _in_title(setting)
    if setting.content == PLAN_CONTENT or _is_plan_heading(setting):
        return _in_plan(setting, explain)
    if setting.delta == 0:
        return Verdict(YearKind.THIS_YEAR, "与报告年度一致")
    if setting.part is Part.HEADING:
        return _in_heading(setting, explain)
    if setting.part is Part.OPENING and (opening := _in_opening(setting, explain)):
        return opening
    return _later(setting, explain) if setting.delta > 0 else _earlier(setting, explain)


def _relative(setting: Setting, explain: Explain) -> Verdict:
    if setting.delta == 0:
        return Verdict(YearKind.THIS_YEAR, "相对说法,按报告年度理解")
    if setting.delta > 0:
        return Verdict(YearKind.NEXT_YEAR_PLAN, "相对说法,指下一年度")
    return explain() or Verdict(YearKind.COMPARISON, "相对说法,指以前年度")


def _in_title(setting: Setting) -> Verdict:
    if setting.token.form is YearForm.DATE:
        kind = YearKind.LATER_EVENT if setting.delta > 0 else YearKind.SIGNATURE
        return Verdict(kind, "标题下注明的日期")
    if setting.delta == 0:
        return Verdict(YearKind.THIS_YEAR, "标题写明的报告年度")
    if setting.delta == 1 and _PLAN_PHRASE.match(setting.after):
        return Verdict(YearKind.NEXT_YEAR_PLAN, "标题写明的下一年度计划")
    return Verdict(YearKind.TITLE_CONFLICT, f"标题写{setting.year}年,正文显示报告年度为{setting.reported}年")


def _is_plan_heading(setting: Setting) -> bool:
    return setting.heading_level == 1 and setting.heads_clause and _PLAN_TITLE.match(setting.after) is not None


def _in_plan(setting: Setting, explain: Explain) -> Verdict:
    if setting.delta == 1:
        return Verdict(YearKind.NEXT_YEAR_PLAN, "计划部分写下一年度,相符")
    expected = f"报告年度为{setting.reported}年,下一年度应为{(setting.reported or 0) + 1}年"
    if setting.part is Part.HEADING:
        if _wrong_plan_heading(setting):
            return Verdict(YearKind.PLAN_HEADING, f"计划标题写的是{setting.year}年;{expected}")
    elif setting.heads_clause and (reason := explain_target(setting, explain)):
        return reason
    elif setting.heads_clause and _announces(setting):
        return Verdict(YearKind.PLAN_STATEMENT, f"计划部分以{setting.year}年表述今后工作;{expected}")
    if setting.delta > 0:
        return explain() or Verdict(YearKind.TARGET, "计划部分写到的以后年份")
    return Verdict(YearKind.PLAN_REVIEW, "计划部分提到已经过去的年份,按回顾往事理解")


def explain_target(setting: Setting, explain: Explain) -> Verdict | None:
    """The target year (到2025年) that a plan may well start a sentence with."""
    reason = explain() if setting.delta > 1 else None
    return reason if reason and reason.kind is YearKind.TARGET else None


def _wrong_plan_heading(setting: Setting) -> bool:
    if not setting.heads_clause or _DONE_WITH_PLAN.search(setting.before):
        return False
    if str((setting.reported or 0) + 1) in setting.sentence:
        return False
    return setting.heading_level == 1 or _PLAN_TITLE.match(setting.after) is not None


def _announces(setting: Setting) -> bool:
    if setting.token.form is YearForm.DATE:
        return False
    return _WILL.search(setting.clause) is not None and not (
        setting.after.startswith("的") or str((setting.reported or 0) + 1) in setting.before
    )


def _in_heading(setting: Setting, explain: Explain) -> Verdict:
    title = f"{setting.after}"
    presented = setting.heads_clause and _REPORTED_TITLE.match(title) and not _NOT_REPORTED_TITLE.search(title)
    if presented and setting.token.form is YearForm.YEAR and str(setting.reported) not in setting.sentence:
        return Verdict(YearKind.STALE_HEADING, f"小标题写的是{setting.year}年,报告年度为{setting.reported}年")
    return explain() or _harmless(setting)


def _in_opening(setting: Setting, explain: Explain) -> Verdict | None:
    contradicts = f"开头以{setting.year}年为报告年度,而报告年度为{setting.reported}年"
    if _STATEMENT_AHEAD.match(setting.after) and _INTRODUCES.search(setting.lead) and not _plan_follows(setting):
        return Verdict(YearKind.STALE_OPENING, contradicts)
    if not setting.heads_sentence or setting.token.form is not YearForm.YEAR:
        return None
    if not (_SUBJECT.match(setting.after) or _YEAR_OF.match(setting.after)) or _WILL.search(setting.clause):
        return None
    if _also_this_year(setting, _before_statement(setting.sentence)):
        return None
    return explain() or Verdict(YearKind.STALE_OPENING, contradicts)


def _plan_follows(setting: Setting) -> bool:
    return setting.delta > 0 and _PLAN_PHRASE.match(setting.after) is not None


def _before_statement(sentence: str) -> str:
    statement = _STATES_THIS.search(sentence)
    return sentence[: statement.start()] if statement else sentence


def _also_this_year(setting: Setting, text: str) -> bool:
    return f"{setting.reported}年" in (bare := _BOOK_TITLES.sub("", text)) or _THIS_YEAR_WORDS.search(bare) is not None


def _later(setting: Setting, explain: Explain) -> Verdict:
    if setting.delta == 1 and _WILL.search(setting.clause):
        return Verdict(YearKind.NEXT_YEAR_PLAN, "下一年度的打算")
    if _before_writing(setting):
        return Verdict(YearKind.LATER_EVENT, "年度终了后、报告撰写前后的事项")
    told = setting.after.startswith("以来") or _ACHIEVED.search(setting.clause) or _HAPPENED.match(setting.clause)
    if setting.heads_clause and told and not _WILL.search(setting.clause):
        return Verdict(
            YearKind.FUTURE_STATEMENT, f"{setting.year}年晚于报告年度{setting.reported}年,却写成已经完成的工作"
        )
    return explain() or _harmless(setting)


def _before_writing(setting: Setting) -> bool:
    """Whether the time named lies in the first four months after the reported year, when reports are written."""
    month = setting.token.month
    if setting.delta != 1:
        return False
    return date(setting.year, month, 1) <= date(setting.year, 4, 30) if month else bool(_EARLY.match(setting.after))


def _earlier(setting: Setting, explain: Explain) -> Verdict:
    if (reason := explain()) is not None:
        return reason
    if _also_this_year(setting, setting.sentence):
        return Verdict(YearKind.COMPARISON, "同句写有本年情况,按对照理解")
    if setting.token.form is YearForm.DATE:
        return _earlier_date(setting)
    if _tells_as_own(setting) and not _followed_by_this_year(setting):
        return Verdict(
            YearKind.STALE_STATEMENT, f"以{setting.year}年叙述工作成绩,报告年度为{setting.reported}年,且未说明是往年情况"
        )
    return _harmless(setting)


def _earlier_date(setting: Setting) -> Verdict:
    if setting.delta == -1 and setting.heads_sentence and _HAPPENED.match(setting.clause):
        return Verdict(YearKind.STALE_EVENT, f"句首写{setting.year}年的具体活动,早于报告年度{setting.reported}年")
    return Verdict(YearKind.EARLIER_BUSINESS, "注明日期的往年事项")


def _tells_as_own(setting: Setting) -> bool:
    """Whether the clause tells work done, as a report does of its own year; older years need more to be suspected."""
    if setting.after.startswith("的") or not setting.heads_clause:
        return False
    if setting.delta < -1:
        return setting.heads_sentence and _SUBJECT.match(setting.after) is not None and _achieved(setting)
    if setting.heads_sentence:
        return _SUBJECT.match(setting.after) is not None or _achieved(setting)
    return _ACHIEVED_AT_ONCE.match(setting.after) is not None


def _achieved(setting: Setting) -> bool:
    return _ACHIEVED.search(setting.clause) is not None


def _followed_by_this_year(setting: Setting) -> bool:
    """"2022年办理35件。2023年办理50件。": a year-by-year account goes on with the reported year at once."""
    return re.match(f",?{setting.reported}年", setting.next_sentence) is not None


def _harmless(setting: Setting) -> Verdict:
    if setting.delta > 0:
        return Verdict(YearKind.LATER_EVENT, "提到以后年份,未见以其为本年工作的表述")
    return Verdict(YearKind.EARLIER_BUSINESS, "提到往年,未见以其为本年工作的表述")
