"""Which number belongs to which metric: the nearest noun of the same clause whose unit fits.

A number stands after its noun (``行政复议案件435件``), before it (``2名公职律师``), or inside the wording
(``化解1537宗纠纷``). One noun may govern numbers of different units (``法治培训10场次,覆盖500余人次``); several nouns
may share one (``审查率、备案率均为100%``). A number that breaks a total down is not the total.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checks.metrics.clauses import NO_METRIC, Measure, MeasuredSentence
from checks.metrics.lexicon import Hit, Lexicon, any_of
from checks.segmentation import is_word
from documents.lazy_pattern import lazy_pattern
from rules.facts.metrics import Metric

_REACH = 48
_MOST_BEFORE = 8
_MOST_AFTER = 10
# A noun before the number is the usual order; one after it must be clearly nearer to win.
_AFTER_COST = 2
# 收到申请128件,同比增长12%,受理116件,审结109件.
_MOST_CLAUSES_ON = 3
# The longest text that _SHARED can match.
_LONGEST_SHARED = 24
# Words that may stand between a noun and its number without changing what is counted.
_FILLER = lazy_pattern(
    any_of(
        "共计 累计 总计 合计 总共 总数 总量 总额 数量 人数 次数 件数 场数 案件 案 事项 工作 活动 任务 全年 全部 年度"
        " 当年 本年 今年 已经 已 实现 完成 开展 办理 受理 进行 举办 组织 举行 召开 分别 高达 达到 达 保持在? 稳定在"
        " 控制在 始终 各项 各类 一审 二审 新收 全区 全市 全县 全镇 全乡 全街 全省 全局 辖区 我[局镇街区县市乡]"
        " (?:降低?|下降|提升|提高|上升|增加?|减少?|压减|精简|调整)[至到为]"
        r" [共为有约近超逾了均都皆各类等项率总仅只另还其由到至在的“”‘’():\s-]"
    )
)
_BRACKETS = lazy_pattern(r"\([^()]{0,40}\)|“[^“”]{0,20}”")
# Heads that turn a metric's noun into something else: 行政处罚典型案例3件.
_THINGS = (
    "案例 制度 机制 办法 方案 规定 清单 目录 平台 中心 文书 标准 指引 小组 专班 专家 讲师 基地 窗口 志愿者 问题 线索"
    " 短视频 视频 作品 文章 简报 档案 公众号"
)
_OTHER_HEAD = lazy_pattern(
    any_of(
        f"{_THINGS} 评查 抽查 回访 人员 机构 队伍 经费 模式 品牌 课题 办结 审结 结案 已结 撤销 维持 驳回 败诉 胜诉"
        " 撤诉 撤回 结转 转办 未结 移送 整改 满意 回复 信息系统 微信 站点 委员会 批示 汇报 督查 意见 建议"
    )
)
_HEAD_AFTER = lazy_pattern(
    "(?:的|类|工作|案件|领域|方面)?(?:相关|有关|重点|典型|优秀|指导)?(?:"
    + any_of(f"{_THINGS} 站 点 室 规程 流程 细则 要求 意见(?!书) 通知 措施 任务 设备 系统")
    + ")|(?:案件|事项)?进行"
)
_JOINT = "[、,和及与并]|以及|同时"
_JOINED = lazy_pattern(_JOINT)
# 8个行政村实现法治宣传栏全覆盖 counts villages.
_OTHER_VERB = lazy_pattern(
    f"{_JOINT}|" + any_of("实现 获评 荣获 建[有成立] 设[有立] 配备 创建 签订 获得 入选 纳入 公布")
)
_AUDIENCE = any_of("覆盖 惠及 受益 受教育 参训 参加 参与 吸引 受众 服务 教育 观看 培训")
_SHARED = lazy_pattern(
    r"[,、(]?(?:现场|线上|线下|共计|共|累计|总计)?(?:人数|人次)?"
    rf"(?:[^,;。、()\d]{{0,4}}?(?:{_AUDIENCE})[^,;。()\d]{{0,8}}|)$"
)
_LIST_END = lazy_pattern("等(?:各类)?(?:文件|材料|事项)?(?:共计?)?\\d")
_NAMED_NEXT = lazy_pattern("[\u4e00-\u9fff]")
_ALL = lazy_pattern("均|都|皆|全部|双双|同为")
_LIST = lazy_pattern(r"(?:案件|工作|情况)?(?:、|和|及|与|以及)[^,;。、\d]{0,4}$")
_IN_DUE_FORM = lazy_pattern("依法|按期|按时|目前|当期|期内|已经?|并")
_OWN_COUNT = lazy_pattern(any_of("受理 收到 新收 承办 处理 接收 处置 制定 出台 审查 审核 调解 化解 调处 申请"))


# Not frozen: a report has many, and to freeze one costs as much as finding it.
@dataclass(slots=True, eq=False)
class Claim:
    """One number with the noun that it counts and the metric that this makes it a value of."""

    measure: Measure
    hit: Hit
    metric: Metric


def claims_of(sentence: MeasuredSentence, lexicon: Lexicon) -> list[Claim]:
    """Every number of the sentence that a metric can claim, in order."""
    made: list[Claim] = []
    if not sentence.hits:
        return made
    named: dict[int, list[Hit]] = {}
    clauses = sentence.clauses
    for hit in sentence.hits:
        named.setdefault(bisect_right(clauses, hit.start) - 1, []).append(hit)
    parts: list[tuple[int, int]] | None = None
    for measure in sentence.measures:
        if measure.unit in NO_METRIC:
            continue
        claim = _claim(sentence, lexicon, measure, named, made)
        # Whether a number counts takes longer to tell than what may claim it.
        if claim is None or not measure.counts:
            continue
        parts = sentence.parts() if parts is None else parts
        if not parts or _is_own_count(parts, claim, made):
            made.append(claim)
            if claim.hit.end < measure.start:
                made.extend(_fellows(sentence, lexicon, claim))
    return made


def _claim(
    sentence: MeasuredSentence, lexicon: Lexicon, measure: Measure, named: dict[int, list[Hit]], made: list[Claim]
) -> Claim | None:
    """The claim to a number by the nouns ``named`` in the clauses, or by the claims ``made`` before it."""
    unit, clause = measure.unit, measure.clause
    nouns = [hit for hit in named[clause] if unit in hit.units] if clause in named else None
    claim = _direct(sentence, lexicon, measure, nouns, made) if nouns else None
    if claim is None and made and unit in made[-1].hit.units:
        claim = _shared(sentence, lexicon, measure, made[-1])
    if claim is None and clause - 1 in named and unit in named[clause - 1][-1].units:
        claim = _carried(sentence, lexicon, measure, named[clause - 1][-1])
    if claim is None and made and made[-1].metric.id in lexicon.elided:
        claim = _elided(sentence, lexicon, measure, made[-1])
    return claim


def _direct(
    sentence: MeasuredSentence, lexicon: Lexicon, measure: Measure, nouns: list[Hit], made: list[Claim]
) -> Claim | None:
    """The nearest fitting noun of the same clause: around, before or after the number."""
    best: tuple[int, Claim] | None = None
    for hit in nouns:
        cost = _distance(sentence, measure, hit)
        if cost is None or (best and cost > best[0]):
            continue
        metric = hit.plain.get(measure.unit) or fitting_metric(sentence, lexicon, hit, measure.unit)
        if metric and not _taken(sentence, measure, hit, metric, made):
            best = cost, Claim(measure, hit, metric)
    return best[1] if best else None


def _has_nearer_number(sentence: MeasuredSentence, measure: Measure, hit: Hit) -> bool:
    """Whether the noun is out of reach, or stands before another number that counts."""
    if hit.end > measure.start:
        return hit.start > measure.end + _REACH
    if hit.end < measure.start - _REACH:
        return True
    for other in sentence.measures:
        if other.start >= measure.start:
            return False
        if other.start >= hit.end and other.counts:
            return True
    return False


def _distance(sentence: MeasuredSentence, measure: Measure, hit: Hit) -> int | None:
    """How far the noun is from the number, in meaningful characters; ``None`` where they cannot belong together."""
    if hit.end == measure.start or (hit.start <= measure.start and measure.end <= hit.end):
        return 0
    if _has_nearer_number(sentence, measure, hit):
        return None
    if hit.end < measure.start:
        if _ends_a_list(sentence.text, hit) or _only_describes(sentence.text, hit, measure):
            return None
        between = sentence.text[_last_count(sentence, hit.end, measure.start) : measure.start]
        return words_apart(between, _MOST_BEFORE)
    if hit.start < measure.end or _number_between(sentence, measure.end, hit.start):
        return None
    rest = None if _HEAD_AFTER.match(sentence.text, hit.end) else _words_after(sentence.text[measure.end : hit.start])
    return None if rest is None else rest + _AFTER_COST


@lru_cache(maxsize=4096)
def _words_after(between: str) -> int | None:
    """How many meaningful characters lie between a number and the noun after it, ``None`` if too many."""
    rest = len(_FILLER.sub("", between))
    return None if rest > _MOST_AFTER or _OTHER_VERB.search(between) else rest


def _ends_a_list(text: str, hit: Hit) -> bool:
    """Whether the noun is the last of several that a number counts together: 决策、合同、规范性文件等216件."""
    if text[hit.end] != "等" or _LIST_END.match(text, hit.end) is None:
        return False
    return text[hit.start - 1] in "、和及与" or text.count("、", hit.start, hit.end) > 1


def _only_describes(text: str, hit: Hit, measure: Measure) -> bool:
    """Whether the number counts what the noun describes: 承接赋权事项的68个镇."""
    return text[hit.end : measure.start] == "的" and _NAMED_NEXT.match(text, measure.end) is not None


def _last_count(sentence: MeasuredSentence, start: int, end: int) -> int:
    """``start``, or the end of a comparison figure after it: 由去年的30件下降到25件."""
    for other in sentence.measures:
        if start <= other.start < end and not other.counts:
            start = max(start, other.end)
    return start


def _number_between(sentence: MeasuredSentence, start: int, end: int) -> bool:
    return any(start <= other.start < end and other.unit for other in sentence.measures)


@lru_cache(maxsize=4096)
def words_apart(between: str, most: int) -> int | None:
    """How many meaningful characters lie between a noun and what counts it; ``None`` if over ``most`` or a new noun."""
    plain = _BRACKETS.sub("", between)
    if _OTHER_HEAD.search(plain) or _JOINED.search(plain):
        return None
    rest = len(_FILLER.sub("", plain))
    return rest if rest <= most else None


def _taken(sentence: MeasuredSentence, measure: Measure, hit: Hit, metric: Metric, made: list[Claim]) -> bool:
    """Whether another number has a better title to this noun."""
    if hit.end <= measure.start:
        return bool([old for old in made if old.hit is hit and old.metric is metric])
    following = (
        other for other in sentence.measures if other.start >= hit.end and other.clause == measure.clause and other.unit
    )
    after = next(following, None)
    if after is None or after.unit not in metric.units:
        return False
    return words_apart(sentence.text[hit.end : after.start], 0) is not None


def _shared(sentence: MeasuredSentence, lexicon: Lexicon, measure: Measure, last: Claim) -> Claim | None:
    """The noun of the number just before, where it measures something else by a second unit."""
    start = last.measure.end
    if measure.start - start > _LONGEST_SHARED or not _SHARED.fullmatch(sentence.text, start, measure.start):
        return None
    metric = fitting_metric(sentence, lexicon, last.hit, measure.unit)
    return None if metric is None or metric is last.metric else Claim(measure, last.hit, metric)


def _carried(sentence: MeasuredSentence, lexicon: Lexicon, measure: Measure, hit: Hit) -> Claim | None:
    """The noun that ends the clause before, where this clause has none: 行政复议案件方面,全年共受理56件."""
    start, previous = measure.opening, measure.clause - 1
    if sentence.text[start - 1] != "," or previous in [other.clause for other in sentence.measures]:
        return None
    lead = sentence.text[start : measure.start]
    if not lead or _OWN_COUNT.sub("", _FILLER.sub("", lead)):
        return None
    metric = fitting_metric(sentence, lexicon, hit, measure.unit)
    tail = _FILLER.sub("", sentence.text[hit.end : start - 1])
    return Claim(measure, hit, metric) if metric and tail in ("", "方面", "中", "上", "情况") else None


def _elided(sentence: MeasuredSentence, lexicon: Lexicon, measure: Measure, last: Claim) -> Claim | None:
    """What became of the cases just counted, where the clause names them no more: 受理行政复议案件56件,审结50件."""
    if last.measure.clause < measure.clause - _MOST_CLAUSES_ON:
        return None
    lead = sentence.text[measure.opening : measure.start]
    metric = lexicon.elided[last.metric.id].get(_FILLER.sub("", _IN_DUE_FORM.sub("", lead)))
    return Claim(measure, last.hit, metric) if metric and measure.unit in metric.units else None


def _is_own_count(parts: list[tuple[int, int]], claim: Claim, made: list[Claim]) -> bool:
    """Whether the number stands on its own: inside a breakdown, only another metric's first number does."""
    for start, end in parts:
        if start <= claim.measure.start < end:
            return claim.hit.start >= start and all(old.metric is not claim.metric for old in made)
    return True


def _fellows(sentence: MeasuredSentence, lexicon: Lexicon, claim: Claim) -> Iterator[Claim]:
    """The claims of the other nouns in a list that shares one number."""
    if not _ALL.search(sentence.text, claim.hit.end, claim.measure.start):
        return
    following = claim.hit
    for hit in reversed(sentence.hits):
        if hit.end > following.start:
            continue
        metric = fitting_metric(sentence, lexicon, hit, claim.measure.unit)
        if metric is None or not _LIST.fullmatch(sentence.text, hit.end, following.start):
            return
        if metric is not claim.metric:
            yield Claim(claim.measure, hit, metric)
        following = hit


def fitting_metric(sentence: MeasuredSentence, lexicon: Lexicon, hit: Hit, unit: str | None) -> Metric | None:
    """The first metric of the hit that is counted in this unit (if any), in this company, at these word boundaries."""
    for metric in hit.metrics:
        if unit is not None and unit not in metric.units:
            continue
        near = lexicon.near.get(metric.id)
        if near is not None:
            start, end = sentence.part_around(hit.start) if unit == "%" else (sentence.start, sentence.end)
            if not near.search(sentence.text, start, end):
                continue
        return metric if _stands_alone(sentence.text, hit, lexicon.overlaps.get(metric.id)) else None
    return None


def _stands_alone(text: str, hit: Hit, overlaps: re.Pattern[str] | None) -> bool:
    if overlaps is None:
        return True
    for word in overlaps.finditer(text, max(hit.start - 2, 0), hit.end + 2):
        if word.start() < hit.start < word.end() or word.start() < hit.end < word.end():
            return is_word(text, hit.start, hit.end)
    return True
