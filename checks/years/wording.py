"""The wording by which a clause or a heading presents a year: as the reported one, as past, or as planned.

All patterns match on the normalised view. Those named ``*_TITLE`` read a heading from just after its year.
"""

from __future__ import annotations

from documents.lazy_pattern import lazy_pattern

_PLAN_WORDS = "计划|安排|打算|思路|设想|展望|努力方向"
_PLANNED_WORK = "工作要点|目标任务|主要任务|重点任务|工作重点|重点工作"
_PLAN_MODIFIERS = (
    "全面|深入|继续|持续|推进|加强|深化|法治|依法行政|依法治[省市县区]|政府|街道|建设|工作|主要|重点|的|初步|"
    "总体|基本|任务|目标"
)

PLAN_TITLE = lazy_pattern(f"(?:{_PLAN_MODIFIERS})*(?:{_PLAN_WORDS})(?:如下)?[:。]?$")
PLAN_OR_WORK_TITLE = lazy_pattern(f"(?:{_PLAN_MODIFIERS})*(?:{_PLAN_WORDS}|{_PLANNED_WORK})(?:如下)?[:。]?$")
PLAN_PHRASE = lazy_pattern(f"[^,。;:、和与及]{{0,24}}?(?:{_PLAN_WORDS}|{_PLANNED_WORK})")
DONE_WITH_PLAN = lazy_pattern("完成|落实|对照|按照|根据|结合|总结|执行|围绕|推进|贯彻|巩固|印发|制定|细化")
MIXED_TITLE = lazy_pattern("不足|问题|总结|情况|成效|短板|困难|薄弱|回顾|下一步|下步|今后|及|和|与|、")
REPORTED_TITLE = lazy_pattern(
    "(?!以来|起|至今)[^,。;:]{0,24}?(?:主要(?:工作|举措|做法|措施|成效|成绩|情况)|"
    "工作(?:情况|开展|总结|完成|成效|回顾|举措|推进|做法|总体)|举措|成效|做法|成绩|第一责任人|存在|不足|"
    "(?:法治政府建设|依法行政)(?:工作)?(?:的?总体|的?基本|的?有关|的?主要)?(?:情况|$))"
)
ACCOUNT_TITLE = lazy_pattern("[^,。;:]{0,24}?(?:成效|成绩|完成情况|开展情况|工作总结|工作回顾|存在的|不足|第一责任人)")
NOT_REPORTED_TITLE = lazy_pattern(
    "考核|考评|述法|述职|整改|反馈|督察|督查|评议|评估|遗留|结转|报告|审计|巡察|回头看|示范|整治"
)

STATEMENT_AHEAD = lazy_pattern(
    "[^,。;:、和与及]{0,30}?(?:情况|工作|报告|总结|建设)[^。;:]{0,40}?"
    "(?:如下|(?:报告|汇报|公布|公示|公告|公开|总结|通报|说明)[:。]?$)"
)
INTRODUCES = lazy_pattern("(?:现|兹|特|谨)?(?:将|就|把)[^。;,]{0,30}$|^$")
STATES_THIS = lazy_pattern("现(?:就|将|把)|报告如下|汇报如下|总结如下")

_OWN_UNIT = "[我本全][省市县区州盟旗镇乡街局厅委办处院所队站部司]|我们|全系统|各级|各部门|各单位"
_NAMED_UNIT = "[^,。;:、在向到由与对将把]{0,10}(?:政府|街道|办事处|局|委员会|管委会|镇|乡|区|县|市|厅)"
SUBJECT = lazy_pattern(f",?(?:[^,。;:]{{1,40}}[,:]){{0,3}}(?:{_OWN_UNIT}|{_NAMED_UNIT})")
UNIT_ALONE = lazy_pattern(
    "[我本全]?(?:[省市县区州盟旗镇乡街局厅委办处院所队]|街道|中心|系统|机关|[^,。;:、]{2,6}(?:街道|镇|乡|局))"
)
SUMS_UP = lazy_pattern(
    "[^。;]{0,80}?(?:坚持|深入|认真|围绕|全面(?:贯彻|落实|推进|依法|加强|深化|学习)|领导|重视|扎实|始终|贯彻|紧扣|聚焦|持续|严格|推进|以习近平)"
)
YEAR_OF = lazy_pattern(",?是[^。;]{0,50}(?:之年|一年|年份|关键期)")
PART_OF_YEAR = lazy_pattern("年?[初底末]|上半年|下半年|第?[一二三四1-4]季度|春|夏|秋|冬")
EARLY_IN_YEAR = lazy_pattern("[^,。;]{0,2}(?:年?初|[一1]季度|春节|元旦|伊始|开年|上半年|两会)")

_ACTS = (
    "办理|受理|开展|组织|召开|举办|化解|调解|查处|处罚|审核|审查|发放|培训|检查|巡查|出具|办结|接待|答复|公开|制定|制发|印发|"
    "出台|修订|完成|实现|新增|立案|作出|举行|推出|建成|清理|整改|下达|参加|参与|走访|收到|收集|处置|处理|解决|提供|排查|评查|"
    "执行|更新|报送|备案|承办|发布|出庭|应诉|听取|研究"
)
_AMOUNT = r"[0-9][0-9.,]*(?:余|多)?(?:万|亿)?(?:余|多)?(?:[^0-9\s,。;:、%月日年]|%)"
_NONE_SO_FAR = "(?:无|未发生|没有发生|未出现)[^,。;:]{0,16}(?:案件|复议|诉讼|纠纷|事故|事件)"
ACHIEVED = lazy_pattern(f"(?:共|累计|已|总计|合计|依法|依规|先后|{_ACTS})[^。;]*?{_AMOUNT}|{_NONE_SO_FAR}")
_COUNT = "[0-9]+(?:余|多)?万?(?:余|多)?(?:[人家件批场期户项处]?次|[件份起宗场期篇条户])"
COUNTED = lazy_pattern(_COUNT)
ACHIEVED_AT_ONCE = lazy_pattern(
    f",?[^,。;:]{{0,20}}?(?:(?:共|累计|总计|合计|依法|先后|{_ACTS})[^,。;:]{{0,30}}?{_AMOUNT}|{_NONE_SO_FAR})"
)
COUNTED_AT_ONCE = lazy_pattern(f",?(?:{_OWN_UNIT})?(?:共计?|累计|总计|合计)[^,。;:]{{0,30}}?{_COUNT}")
HAPPENED = lazy_pattern("[^,。;]{0,4}[,]?[^,。;]{0,24}?(?:召开|举办|举行|组织|开展)")
RESULTS = lazy_pattern("取得|存在|得到|有效|不断|坚持|高度重视|认真|深入|严格")

# 将 also marks the object ("将法治建设纳入考核"), which says nothing of the future.
_OBJECT = "(?![^,。;]{0,30}(?:纳入|作为|列入|列为|贯穿|融入|摆在|摆上|放在|落实到|移交|移送|送达))"
# 将进一步…… can only be of the future; 将推动法治建设融入…… differs from 将推动法治建设作为…….
_SURELY_AHEAD = (
    "将(?:继续|进一步|着力|扎实|认真|大力|切实|不断|努力|充分|紧紧|紧扣|按照|聚焦|立足|锚定|围绕)|"
    "将(?:推动|促进|引导|督促|组织|指导)(?![^,。;]{0,30}(?:纳入|作为|列入|列为|摆在|摆上|放在))"
)
WILL = lazy_pattern(
    f"{_SURELY_AHEAD}|将(?!军|来){_OBJECT}|拟(?!定|订|制)|打算|力争|争取|预计|准备|继续|"
    "(?<![重主必只概摘纪首次扼简紧需])要(?!求|点|素|件|闻|害|情|务|领|讯|么|是)|重点(?:抓好|做好|推进|围绕|从)(?!了)|"
    "主要(?:做好|抓好|从|围绕|任务是)|着重|做好以下|抓好以下|以下(?:几|工作|方面|[一二三四五六七八九十])|"
    "工作(?:思路|重点|目标|打算|安排|计划)"
)
DEADLINE = lazy_pattern(
    "(?:年?[底末]|底)?(?:之|以)?前[^,。;已]{0,6}?(?:完成|建成|实现|印发|覆盖|达到|出台|建立|配齐|到位|投入使用)(?!的|了)"
)
# 我局2018年重点抓好……: where the unit comes before the year, only words that cannot tell of work done.
INTENDS = lazy_pattern(
    f",?(?:{_SURELY_AHEAD}|将(?!军|来){_OBJECT}|打算|力争|争取|(?:要|拟)?重点(?:抓好|做好|推进|围绕)(?!了))"
)

DISTANT_AIM = lazy_pattern("力争|争取|预计|力求|基本(?:建成|形成|实现)|全面建成|远景")
# Of a year to come 将 cannot mark the object of work done.
OWN_WILL = lazy_pattern(f",?(?:{_OWN_UNIT})[^,。;将]{{0,6}}(?:将|要)")

# Goals that a plan sets itself, by the words before the year and after it.
BEFORE_AIM = lazy_pattern("(?:力争|争取|力求|确保|务必|务求|预计|计划)(?:在|于|到)?$")
AIM = lazy_pattern(
    "年?[底末](?:之|以)?前,|(?:年?[底末]|内|全年|上半年|下半年|第?[一二三四1-4]季度)?(?:之|以)?[前内]?[^,。;:已]{0,24}?"
    "(?:完成|建成|实现|印发|覆盖|达到|出台|建立|配齐|到位|投入使用|启用|创成|达标|突破)(?!的|了)"
)
BEFORE_GOAL = lazy_pattern("(?:围绕|紧扣|聚焦|锚定|瞄准)[^,。;:]{0,6}$")
GOAL = lazy_pattern("[^,。;:]{0,20}?(?:目标|任务|工作要点)")
# 我局全面完成2023年任务 and 圆满完成2023年任务 look back; without a subject, 全面完成 is what is to be done.
BEFORE_TASK = lazy_pattern(
    "(?:确保|力争|努力|坚决|务必|争取)[^,。;:]{0,8}完成(?:好)?$|"
    r"^[\s()、.一二三四五六七八九十0-9]{0,6}(?:是|要|将)?(?:全面|高质量|高标准|按时|按期|保质保量)+完成(?:好)?$"
)
TASK = lazy_pattern(
    "(?![^,。;]{0,24}(?:报送|归档|备案|公示|公开|清算|年检|换证))[^,。;:]{0,24}?(?:目标|任务|计划|要点|指标|工作)"
)
# 做好2023年普法依法治理各项工作 is what is to be done; 做好2023年年终考核、总结等各项工作 closes the year.
BEFORE_DOING = lazy_pattern(
    r"^[\s()、.一二三四五六七八九十0-9]{0,6}(?:是|要|将)?(?:继续|认真|扎实|切实)?(?:做好|抓好)$"
)
DOING = lazy_pattern(
    "(?![^,。;]{0,24}(?:年终|年末|年度?考核|考评|总结|评估|验收|收尾|迎检|报送|归档|公开|决算|统计|整改|遗留|未))"
    "[^,。;:]{0,20}?各项(?:重点)?(?:工作|任务)"
)
BEFORE_INTENT = lazy_pattern(
    "(?:下一?步|今后|接下来)|[^,。;:]{2,8}(?:方面|领域|工作中)|[我本全][省市县区州旗镇乡局委厅院]在"
)
TWO_CLAUSES = lazy_pattern("[^,。;]*,?[^,。;]*")
# What is still to be done about a past year, or is built upon it.
OF_THE_PAST = lazy_pattern(
    "基础上|巩固|反馈|考核|考评|评议|评估|评查|述法|述职|遗留|督察|督查|整改|结转|积案|存量|未完成|未结|未办结|以来|"
    "的同时|(?<!底)(?<!末)(?<!月)(?<!日)以前|审计|巡察|巡视|发现|年报|年度报告|总结|决算|统计|案卷|档案|回头看|验收|收官|收尾|虽然|尽管|经验|成果|"
    "(?:制发|印发|形成|发生|受理|立案|建成|签订|排查|出台|发布|办理|作出|制定|查处|部署|启动|开工|认定|列入)的|(?<!为)了(?!解)|奠定|打下|取得"
)
THIS_YEAR = lazy_pattern("今年|本年")
BOOK_TITLES = lazy_pattern("《[^》]*》")
