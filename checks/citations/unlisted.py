"""Laws that are not among those of the National People's Congress and its Standing Committee.

Only they make laws called 法, so the names are a closed list. A title is taken for one that a report applies only where
the words around it say so: books, courses, films, drafts and foreign laws end in 法 as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from checks.citations.lookup import Lookup, lookup
from checks.citations.setting import is_a_work, is_local
from checks.citations.titles import Title, key_of
from documents.lazy_pattern import lazy_pattern
from rules.facts import Facts
from rules.model import Confidence

_STATE = "中华人民共和国"
_SHORTEST, _LONGEST, _MOST_SUGGESTED = 4, 24, 2
_LIKENESS = 0.6
_REACH_BEFORE, _REACH_AFTER, _REACH_OF_VERB = 16, 40, 14
_LAW = lazy_pattern(r"[\u4e00-\u9fff]+法$")
_NO_LAW_NAME = lazy_pattern(
    "(?:[办方做说看想用疗算语书魔手技心笔兵佛家国党学普懂守执司释立宪讲述守说与和及依寻问识悟疑明弘]|工作|战|打|教学|管理方|调解工作)法$"
    "|[论谈话说讲读]|[你我他她它您咱]|如何|怎样|为什么|什么|一起|走进|走近|身边|生活|百姓|故事|漫画|图解|解读|问答|之|枫桥|经验"
    "|新时代|与|同行|护航|新中国|[一-九]步|三字|[0-9]"
)
# What ends in 法 without one of these may be a way of working or of measuring.
_SUBJECT = lazy_pattern(
    "(?:管理|保护|促进|保障|处罚|许可|强制|复议|诉讼|组织|防治|安全|程序|监督|治理|建设|教育|宣传|执法|服务|投资|税|合同|保险|运输|武器"
    "|资源|经济|企业|关系|仲裁|应对|救助|救济|福利|公开|登记|赔偿|补偿|责任|竞争|监管|管制|卫生|健康|规划|土地|房屋|拆迁|征收|征管|行政"
    "|权益|质量|决策|信用|财产|资产|产业|农业|工业|商业|市场|生产|劳动|就业|环境|生态|污染|犯罪|禁止|预防|应急|救援|信访|交通|道路|食品|药品"
    "|消费|采购|招标|投标|物业|城管|档案|统计|审计|监察|公务员|警察|军人|宗教|养老|医疗|教师|慈善|旅游|文化|体育|网络|数据|信息|金融|债务|税收|团结|应诉)法$"
)
_WAY_OF_WORKING = lazy_pattern(
    "积分|网格|清单|闭环|台账|一线|链条|[一二三四五六七八九十][步字环式级心制]|模式|清零|销号|挂牌|红色|赋能|指数|打分"
)
_FOREIGN = lazy_pattern(
    "美国|英国|德国|法国|日本|韩国|俄罗斯|欧盟|欧洲|新加坡|越南|哈萨克|印度|加拿大|澳大利亚|意大利|巴西|国外|外国|域外|境外(?!非政府)|香港|澳门"
    "|台湾|联合国|国际法|唐[朝代律]|宋[朝代]|元[朝代]|明[朝代]|清[朝代末]|秦[朝代]|汉[朝代]|中华民国|民国(?:时期|年间|政府|的|$)|苏维埃|边区|根据地|苏区|古代|罗马|拿破仑"
    "|历史上|革命时期|红色(?:法治|政权|法律)"
)
_APPLIED_BEFORE = lazy_pattern(
    "(?:学习|学|宣传|宣讲|普及|贯彻|落实|执行|实施|施行|依据|依照|根据|按照|遵守|违反|适用|遵照|对照|围绕|结合|解读|领会|掌握|熟悉|宣贯"
    "|依|按|以及|开展|推进|新修订的|新颁布的|新出台的|新修正的|涉及)"
)
_APPLIED_AFTER = lazy_pattern(
    "(?:等|和|及|以及|、|《[^《》]{1,40}》)*(?:法律|法规|相关法律|规定|第[0-9一二三四五六七八九十百]+条|的?(?:规定|要求|知识|宣传|实施|施行|贯彻|学习|培训|精神|条款))"
)
# Laws that are yet to be made, subjects of study, and ways of working.
_NOT_APPLIED = lazy_pattern(
    "立法|起草|草案|征求|修改意见|意见建议|征集|调研|座谈|论证|拟定|拟制定|建议|提案|议案|呼吁|期待|推动.{0,6}(?:出台|制定)|列入|纳入.{0,6}规划"
    "|修法|制定过程|专家|研讨|理论|学者|学科|考试科目|讲授|推广|经验|创新|探索|打造|总结|提炼|复制"
)
_STEM_GENRES = ("条例", "规定", "办法", "暂行条例", "暂行办法", "实施条例")
_IMPLEMENTING = lazy_pattern("^(?P<law>.+法)(?P<genre>实施条例|实施细则|实施办法|实施规定|实施意见)$")


def is_unlisted_law(title: Title, known: Lookup) -> bool:
    """Whether the report applies, under a name that no law bears, what it takes for a law of the state."""
    key = title.key
    if known.knows(key) or not _SHORTEST <= len(key) <= _LONGEST or not _LAW.fullmatch(key):
        return False
    if _NO_LAW_NAME.search(key) or is_of_another_state(title) or is_a_work(title) or is_local(title):
        return False
    if _NOT_APPLIED.search(f"{title.before}◇{title.after[:_REACH_AFTER]}"):
        return False
    if title.words.startswith(_STATE):
        return True
    return bool(_SUBJECT.search(key)) and not _WAY_OF_WORKING.search(key) and _is_applied(title)


def is_of_another_state(title: Title) -> bool:
    """Whether it is a law of another country, region or time."""
    return bool(_FOREIGN.search(title.key) or _FOREIGN.search(title.before[-_REACH_BEFORE:]))


def _is_applied(title: Title) -> bool:
    return (
        _APPLIED_BEFORE.search(title.before[-_REACH_OF_VERB:]) is not None
        or _APPLIED_AFTER.match(title.after) is not None
    )


def implementing_rules(title: Title, known: Lookup) -> str | None:
    """The right title of rules of the state for implementing a law, where the cited ones are called otherwise."""
    parts = _IMPLEMENTING.match(title.key) if title.words.startswith(_STATE) and not title.nested else None
    if parts is None or known.knows(title.key) or not known.knows(parts["law"]) or is_a_work(title) or is_local(title):
        return None
    return next((f"{parts['law']}{genre}" for genre in _implementing_genres(known, parts["law"])), None)


def _implementing_genres(known: Lookup, law: str) -> Iterator[str]:
    yield from (genre for genre in ("实施条例", "实施细则", "实施办法") if known.knows(law + genre))


def likely_meant(key: str, facts: Facts) -> tuple[str, ...]:
    """Up to two known titles that a name which no law bears may stand for, the likeliest first."""
    known = lookup(facts)
    stem = key.removesuffix("法")
    others = tuple(known.right[stem + genre].name for genre in _STEM_GENRES if known.knows(stem + genre))
    return others[:_MOST_SUGGESTED] or _alike(key, facts)


@lru_cache(maxsize=1024)
def _alike(key: str, facts: Facts) -> tuple[str, ...]:
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415

    likeness: list[tuple[float, str]] = []
    for name in _laws_in_force(facts):
        other = key_of(name)
        shared = LCSseq.similarity(key, other)
        contained = shared == min(len(key), len(other)) >= _SHORTEST
        alike = 2 * shared / (len(key) + len(other))
        if contained or (alike >= _LIKENESS and other.startswith(key[:2])):
            likeness.append((-alike, name))
    return tuple(name for _, name in sorted(likeness)[:_MOST_SUGGESTED])


@lru_cache(maxsize=4)
def _laws_in_force(facts: Facts) -> tuple[str, ...]:
    dated = [law.name for law in facts.laws if law.name.endswith("法") and law.repealed is None]
    seen = (group for group in facts.titles if group.kind == "法律" and group.confidence is Confidence.CONFIRMED)
    return (*dated, *(name for group in seen for name in group.names))
