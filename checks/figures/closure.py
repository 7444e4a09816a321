"""Whether a list of parts that does not add up is a defect: is it meant to be all, and may its classes overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, reduce
from itertools import pairwise, takewhile
from operator import add
from typing import NamedTuple

from checks.figures.amounts import NOTHING, Amount
from checks.figures.breakdowns import Breakdown, Opening
from checks.figures.items import ACT, Item, residual
from checks.figures.reading import Figure
from checks.figures.units import DURATIONS, GENERIC, RATIOS
from documents.lazy_pattern import lazy_pattern

_AND_SO_ON = lazy_pattern("[\u4e00-\u9fff]{0,6}等(?!级)|余[件项]")
_SELECTED = lazy_pattern(
    "主要|重点|例如|譬如|比如|典型|仅|不乏|突出|[较最]为?多|超过|达到|新增|首次|代表性|特别|尤其|针对|属于|涉及"
)
_LEADING = lazy_pattern("主要|典型|仅|最[多大]|[较]大|涉及|属于|有(?!限)")
_MOST = 0.95
_SURE = 0.985
_SLIPS = frozenset((1, 10, 100, 1000, 10000))
_MANY = 0.9
_NEARLY = 0.97
_LISTED = 0.8
_TYPED = 0.85
_EARLY = 4
_HALF = 0.5
_REACH = 40
_SHORTEST_NAME = 2
_CLAUSE = lazy_pattern("[,;。:]")
_NOUN = lazy_pattern("[\u4e00-\u9fff]{1,8}")
_DONE = lazy_pattern("^(?:已经?|均已|依法|当年|其中|按[期时]|及时)*")
_CORE = lazy_pattern("(?:案件|程序|类|纠纷|情况|事项|的|数|人员)$")


class Vocabulary(NamedTuple):
    """``complements`` are pairs of patterns for classes that together are everything; ``overlapping`` marks classes
    that may hold the same thing twice, ``stages`` those that follow one another."""

    complements: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    overlapping: re.Pattern[str] | None
    stages: re.Pattern[str] | None

    @classmethod
    @lru_cache(maxsize=8)
    def of(
        cls, complements: tuple[tuple[str, str], ...], overlapping: tuple[str, ...], stages: tuple[str, ...]
    ) -> Vocabulary:
        """The vocabulary of a rule; synonyms in a word are set apart by ``|``."""
        pairs = tuple((_any_of(one.split("|")), _any_of(other.split("|"))) for one, other in complements)
        return cls(pairs, _any_of(overlapping) if overlapping else None, _any_of(stages) if stages else None)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words))


def closure_of(text: str, found: Breakdown, vocabulary: Vocabulary) -> str | None:
    """The case of a breakdown that fits no reading; ``None`` where it may well be right."""
    family = found.total.family
    if family in DURATIONS or family in RATIOS:
        return None
    highest = max((total.amount.high for total in found.totals), default=found.total.amount.high)
    together = _together(found.items)
    if found.opening is Opening.BARE:
        return _bare(text, found, vocabulary)
    if found.opening is Opening.AMONG and found.items[0].figure.amount.low > highest:
        return None if _counts_another(text, found) else "part-exceeds"
    if together.is_above(found.total.amount):
        return _above(text, found, vocabulary)
    share = float(together.high) / max(float(found.total.amount.low), 1.0)
    slip = abs(together.low - found.total.amount.low) in _SLIPS
    return _below(text, found, share, vocabulary, slip=slip)


def _bare(text: str, found: Breakdown, vocabulary: Vocabulary) -> str | None:
    """A list without a word that calls it one: only classes that surely make up the total, or nearly its value."""
    items, total = found.items, found.total.amount
    if (
        _counts_another(text, found)
        or _left_open(text, found)
        or any(item.figure.amount.low > total.high for item in items)
    ):
        return None
    place = _pair_in(items, vocabulary)
    if place is not None:
        pair = items[place : place + 2]
        taken = items[: place + 2] + tuple(takewhile(_joined, items[place + 2 :]))
        if _together(pair).meets(total) or _together(taken).meets(total):
            return None
        return _paired(_together(taken), total)
    listed = len(items) > 2 and all(item.separator == "、" for item in items[1:])
    if listed and residual(items[-1]):
        return _paired(_together(items), total)
    near = abs(float(_together(items).low) / max(float(total.low), 1.0) - 1) < 1 - _MOST
    return "likely" if listed and near and not any(item.label[:1] in "同较比" for item in items) else None


def _paired(together: Amount, total: Amount) -> str | None:
    if together.low > total.high:
        return "exceeds"
    return "likely" if float(together.high) >= _LISTED * float(total.low) else None


def _pair_in(items: tuple[Item, ...], vocabulary: Vocabulary) -> int | None:
    """Where two parts stand that leave nothing between them: 通过 and 不通过, 结案 and 其余."""
    for place, pair in enumerate(pairwise(items[:_EARLY])):
        if _opposites(pair) or _complementary(pair, vocabulary) or _the_rest(pair[1]):
            return place
    return None


def _joined(item: Item) -> bool:
    return item.separator == "、"


def _the_rest(item: Item) -> bool:
    return item.label.startswith("其余")


def _together(items: tuple[Item, ...]) -> Amount:
    return reduce(add, (item.figure.amount for item in items), NOTHING)


def _above(text: str, found: Breakdown, vocabulary: Vocabulary) -> str | None:
    """Parts that are more than the whole."""
    if _counts_another(text, found) or _may_overlap(found.items, vocabulary):
        return None
    if found.opening is Opening.AFTER:
        return "closed"
    if found.opening in (Opening.BRACKET, Opening.COLON, Opening.INCLUDING):
        return "exceeds"
    pair = len(found.items) == 2 and (_opposites(found.items) or _complementary(found.items, vocabulary))
    if not pair and any(item.figure.amount.low > found.total.amount.high for item in found.items):
        return None
    return "exceeds"


def _may_overlap(items: tuple[Item, ...], vocabulary: Vocabulary) -> bool:
    if len(items) == 2 and (_opposites(items) or _complementary(items, vocabulary)):
        return False
    labels = [item.label for item in items if not _has_opposite(item, items)]
    if vocabulary.overlapping and any(vocabulary.overlapping.search(label) for label in labels):
        return True
    return vocabulary.stages is not None and any(vocabulary.stages.match(_DONE.sub("", label)) for label in labels)


def _has_opposite(item: Item, items: tuple[Item, ...]) -> bool:
    return any(other is not item and _opposites((item, other)) for other in items)


def _below(text: str, found: Breakdown, share: float, vocabulary: Vocabulary, *, slip: bool) -> str | None:
    """Parts that are less than the whole: a defect only where the list is meant to be all."""
    items = found.items
    if found.nested or _left_open(text, found) or _counts_another(text, found):
        return None
    if found.opening is Opening.AFTER:
        return "closed"
    pair = len(items) == 2 and (_opposites(items) or _complementary(items, vocabulary))
    if pair or (len(items) > 1 and residual(items[-1])):
        return "closed" if share >= _HALF else "partial"
    if found.opening is Opening.BRACKET:
        return _enumerated(len(items), share)
    if share >= _HALF and _named_together(text, found):
        return "likely"
    if any(ACT.match(item.label) for item in items):
        return None
    if found.opening is Opening.COLON:
        return _enumerated(len(items), share)
    if found.opening is Opening.RESPECTIVELY and share >= _LISTED:
        return "closed" if share >= _MANY else "likely"
    return _listed(len(items), share, slip=slip)


def _enumerated(count: int, share: float) -> str | None:
    """A list in brackets or after a colon."""
    if count > 2 and share >= _HALF:
        return "closed" if share >= _LISTED else "likely"
    return "likely" if share >= _MANY else None


def _listed(count: int, share: float, *, slip: bool) -> str | None:
    """A list after 其中, which need not name everything; ``slip``: one digit off would explain what is short."""
    if (count > 3 and share >= _MOST) or (count == 3 and share >= _SURE):
        return "closed"
    if (count > 1 and share >= _MOST and (count > 2 or slip)) or (count > 3 and share >= _MANY):
        return "likely"
    if count > 2 and slip and share >= _TYPED:
        return "likely"
    nearly = (count == 2 and share >= _NEARLY) or (count == 3 and share >= _MANY) or (count > 3 and share >= _LISTED)
    return "partial" if nearly else None


def _left_open(text: str, found: Breakdown) -> bool:
    """Whether the list says itself that it is not all: 等, 主要有."""
    if any(_AND_SO_ON.match(text, item.figure.end) for item in found.items):
        return True
    first = found.items[0]
    words = text[found.start : first.figure.start].removesuffix(first.label)
    return _SELECTED.search(words) is not None or _LEADING.match(first.label) is not None


def _opposites(items: tuple[Item, ...]) -> bool:
    """Whether one class is the denial of the other: 通过 and 不通过."""
    one, other = (_CORE.sub("", _DONE.sub("", item.label)) for item in items)
    return _denies(one, other) or _denies(other, one)


def _denies(one: str, other: str) -> bool:
    return bool(one) and any(
        mark in other and other.replace(mark, "", 1).endswith(one[-2:])
        for mark in ("不予", "不", "未", "非", "没有", "正在", "尚未")
    )


def _complementary(items: tuple[Item, ...], vocabulary: Vocabulary) -> bool:
    one, other = (item.label for item in items)
    return any(
        (left.search(one) and right.search(other)) or (left.search(other) and right.search(one))
        for left, right in vocabulary.complements
    )


def _counts_another(text: str, found: Breakdown) -> bool:
    """Whether parts and total count different things by a unit that anything is counted by: 12个部门, 问题35个."""
    whole = _noun(text, found.total)
    for item in found.items:
        noun = _noun(text, item.figure)
        if whole and noun and whole[-2:] != noun[-2:] and found.total.unit != "件":
            return True
        if whole and not noun and item.figure.unit in GENERIC and whole[-1:] not in item.label[-2:]:
            return True
    return False


def _named_together(text: str, found: Breakdown) -> bool:
    """Whether the words before the total name just these two classes: 取消下放事项87项,其中取消34项、下放43项."""
    if len(found.items) != 2:
        return False
    names = [_DONE.sub("", item.label) for item in found.items]
    if any(len(name) < _SHORTEST_NAME for name in names):
        return False
    clause = _CLAUSE.split(text[max(0, found.total.start - _REACH) : found.total.start])[-1]
    named = re.search(f"(?<!、){re.escape(names[0])}[、和及与]?{re.escape(names[1])}(?![、和及与])", clause)
    return named is not None


def _noun(text: str, figure: Figure) -> str:
    match = _NOUN.match(text, figure.end)
    return match.group() if match else ""
