"""Totals with the parts that the text breaks them down into.

A breakdown opens with 其中, 分别为, a bracket or a colon after the total, or closes with ``共N件`` after the parts.
Where the commas leave open how far the list goes, every reading is kept: only a total that fits none is questioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import accumulate, pairwise
from operator import attrgetter

from checks.figures.amounts import NOTHING
from checks.figures.items import Item, items_between, main_list, readings
from checks.figures.reading import Figure, Passage
from checks.figures.units import family_of
from documents.lazy_pattern import lazy_pattern


class Opening(StrEnum):
    """How the text introduces the parts."""

    AMONG = "其中"
    RESPECTIVELY = "分别"
    BRACKET = "括号"
    COLON = "冒号"
    AFTER = "共"
    INCLUDING = "包括"
    BARE = "，"


class Breakdown:
    """A total and its parts as listed, from ``start`` on.

    ``totals`` are all numbers that could be the total, the nearest first; ``inner`` is where the text breaks down a
    part, if it does; ``fits`` tells that some reading of the list adds up.
    """

    __slots__ = ("_items", "fits", "inner", "listed", "opening", "start", "total", "totals")

    def __init__(
        self,
        opening: Opening,
        totals: tuple[Figure, ...],
        listed: tuple[Item, ...],
        inner: int | None,
        fits: bool,
        start: int,
    ) -> None:
        self.opening = opening
        self.total = totals[0]
        self.totals = totals
        self.listed = listed
        self.inner = inner
        self.fits = fits
        self.start = start
        self._items: tuple[Item, ...] | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The parts that surely belong to the list."""
        if self._items is None:
            self._items = self.listed if self.opening is Opening.AFTER else main_list(self.listed, self.inner)
        return self._items

    @property
    def nested(self) -> bool:
        """Whether a part is itself broken down."""
        return self.inner is not None and self.inner < self.listed[-1].figure.start


_AMONG = lazy_pattern(r"其中(?:包括|包含|含|有)?[:,]?")
_RESPECTIVELY = lazy_pattern("分别(?:为|是|有|达到?|完成|办理)?:?")
_BRACKET = lazy_pattern(r"[\u4e00-\u9fff]{0,4}?\((?P<inner>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_COLON = lazy_pattern(r"[\u4e00-\u9fff]{0,4}?[:]|,(?:包括|包含|分为)[:]?|,按[^,;。:]{1,12}(?:分|划分)[:,]")
_PARTIAL = lazy_pattern(
    "(?:其中|含|包括|包含|内含|另|新增|比|较|同比|占|涉及|每|原|由|从|现|截至|约|即|折合|上年|去年)"
)
_OUT_OF = lazy_pattern("[\u4e00-\u9fff]{0,4}?中[,:]?(?![\u4e00-\u9fff]?[央心小学层])")
_AFTER = lazy_pattern(
    "[,;:、]?(?:(?:总)?(?:共|共计|合计|总计|总共|一共)(?:计|有|达|为|约)?"
    "|(?:(?:以上|上述)[\u4e00-\u9fff]{0,4}共?计?|合计|总计)[\u4e00-\u9fff]{0,6})$"
)
_HISTORY = lazy_pattern("(?:19|20)\\d\\d年[、和与及]|上年|去年|同期|[一二三四]季度")
_BOUND = lazy_pattern("[()。!?]")
# A character of what :data:`_BRACKET`, :data:`_OUT_OF` and :data:`_COLON` begin with, and of :data:`_AFTER`.
_ATTACHES = frozenset("(中:包分按")
_LONGEST_OPENING = 5
_SUMS_UP = frozenset("共计上")
_START = attrgetter("start")
_LEAST_PARTS = 2
_MOST_TOTALS = 10
_LEAD = 14
_LONGEST_LIST = 700


def breakdowns(passage: Passage) -> list[Breakdown]:
    """Every breakdown of the passage, in order of its opening."""
    if not _may_break_down(passage):
        return []
    found = [*_marked(passage), *_attached(passage), *_summed_up(passage), *_unmarked(passage)]
    return sorted(found, key=_START)


def _may_break_down(passage: Passage) -> bool:
    """Whether numbers that count the same may be a total and its parts: one part is enough only after a word for it."""
    count = len(passage.quantities)
    if count < _LEAST_PARTS:
        return False
    marked = passage.holds(Opening.AMONG) or passage.holds(Opening.RESPECTIVELY)
    if count == _LEAST_PARTS and not marked:
        return False
    families = [family_of(unit) for unit in passage.units]
    # The parts may stand bare, without a unit, and so count apart from the total.
    fewest = (_LEAST_PARTS if marked else _LEAST_PARTS + 1, _LEAST_PARTS)
    return any(families.count(family) >= fewest[not family] for family in set(families))


def _marked(passage: Passage) -> Iterator[Breakdown]:
    """Parts after 其中 and 分别为."""
    for opening, pattern in ((Opening.AMONG, _AMONG), (Opening.RESPECTIVELY, _RESPECTIVELY)):
        if not passage.holds(opening):
            continue
        for match in pattern.finditer(passage.text, passage.start, passage.end):
            region = _region(passage, match.end())
            found = _breakdown(passage, opening, match.start(), region, match)
            if found:
                yield found


def _region(passage: Passage, start: int) -> tuple[int, int]:
    """From ``start`` to the end of the bracket or of the passage that holds it."""
    depth = 0
    limit = min(passage.end, start + _LONGEST_LIST)
    for match in _BOUND.finditer(passage.text, start, limit):
        mark = match[0]
        depth += (mark == "(") - (mark == ")")
        if depth < 0 or (depth == 0 and mark not in "()"):
            return start, match.start()
    return start, limit


def _breakdown(
    passage: Passage, opening: Opening, marker: int, region: tuple[int, int], match: re.Match[str]
) -> Breakdown | None:
    first = next((figure for figure in passage.within(*region) if figure.unit), None)
    if first is None:
        return None
    totals = _candidates(passage, first, marker)
    if not totals or _HISTORY.search(passage.text, max(passage.start, marker - 20), marker):
        return None
    items = items_between(passage, region, first.family, first.depth)
    if not items or items[0].figure is not first:
        return None
    return _judged(passage, opening, totals, items, _inner(passage, region), match.start())


def _inner(passage: Passage, region: tuple[int, int]) -> int | None:
    """Where 其中 breaks down a part that stands in the region."""
    place = passage.text.find("其中", *region)
    return place if place >= 0 else None


def _candidates(passage: Passage, part: Figure, before: int) -> tuple[Figure, ...]:
    """What the part may be a part of: numbers of the same kind before the opening, the nearest first."""
    family, depth = part.family, part.depth
    found = [
        figure
        for figure in passage.within(passage.start, before)
        if figure.family == family
        and figure.end <= before
        and figure.depth <= depth
        and not (figure.change or figure.earlier)
    ]
    return tuple(found[: -_MOST_TOTALS - 1 : -1])


def _judged(
    passage: Passage,
    opening: Opening,
    totals: tuple[Figure, ...],
    items: tuple[Item, ...],
    inner: int | None,
    start: int,
) -> Breakdown:
    figures = [*totals, *[item.figure for item in items]]
    adds_up = _counts_add_up if all(figure.whole for figure in figures) else _amounts_add_up
    fits = any(adds_up(reading, totals) for reading in readings(passage.text, items))
    return Breakdown(opening, totals, items, inner, fits, start)


def _counts_add_up(items: tuple[Item, ...], totals: tuple[Figure, ...]) -> bool:
    """As :func:`_amounts_add_up` of numbers that are told to the last unit, as most are."""
    counts = [total.number for total in totals]
    wholes = {*counts, *[one + other for one, other in pairwise(counts)]}
    return not wholes.isdisjoint(accumulate([item.figure.number for item in items]))


def _amounts_add_up(items: tuple[Item, ...], totals: tuple[Figure, ...]) -> bool:
    """Whether the first few items, for some number of them, add up to one of the totals, or to two neighbours."""
    wholes = [total.amount for total in totals]
    wholes += [one + other for one, other in pairwise(wholes)]
    for together in accumulate([item.figure.amount for item in items]):
        for whole in wholes:
            if together.low <= whole.high and together.meets(whole):
                return True
    return False


def _attached(passage: Passage) -> Iterator[Breakdown]:
    """Parts in the brackets or after the colon that follow a total."""
    text = passage.text
    for total in passage.figures[:-_LEAST_PARTS]:
        end = total.end
        if _ATTACHES.isdisjoint(text[end : end + _LONGEST_OPENING]) or not total.unit or total.change:
            continue
        bracket = _BRACKET.match(passage.text, total.end, passage.end)
        if bracket and not _PARTIAL.match(bracket["inner"]):
            region = bracket.span("inner")
            yield from _closed(passage, Opening.BRACKET, total, region, total.depth + 1)
            continue
        among = _OUT_OF.match(passage.text, total.end, passage.end)
        if among and total.unit != "个":
            yield from _closed(passage, Opening.AMONG, total, _region(passage, among.end()), total.depth)
            continue
        colon = _COLON.match(passage.text, total.end, passage.end)
        if colon and "其中" not in colon.group():
            opening = Opening.INCLUDING if "包" in colon.group() else Opening.COLON
            yield from _closed(passage, opening, total, _region(passage, colon.end()), total.depth)


def _closed(
    passage: Passage, opening: Opening, total: Figure, region: tuple[int, int], depth: int
) -> Iterator[Breakdown]:
    family = _family_inside(passage, region, total)
    if family is None:
        return
    items = items_between(passage, region, family, depth)
    if len(items) < _LEAST_PARTS:
        return
    yield _judged(passage, opening, (total,), items, _inner(passage, region), total.end)


def _family_inside(passage: Passage, region: tuple[int, int], total: Figure) -> str | None:
    """The unit of the parts: the total's, or none at all where every number in the brackets stands bare."""
    inside = passage.within(*region)
    if any(figure.family == total.family for figure in inside):
        return total.family if inside[0].family == total.family else None
    return "" if len(inside) > 1 and all(not figure.unit for figure in inside) else None


def _summed_up(passage: Passage) -> Iterator[Breakdown]:
    """Parts before ``共N件``: the list that ends just before it."""
    text, opening = passage.text, passage.start
    for place, total in enumerate(passage.figures[_LEAST_PARTS:], _LEAST_PARTS):
        start = total.start
        lead = text[max(opening, start - _LEAD) : start]
        if _SUMS_UP.isdisjoint(lead) or not total.unit:
            continue
        closing = _AFTER.search(lead)
        if not closing:
            continue
        end = total.start - len(lead) + closing.start()
        before = [
            figure
            for figure in passage.figures[:place]
            if figure.family == total.family and figure.depth == total.depth
        ]
        if len(before) < _LEAST_PARTS or before[-1].end < end or _divided(text, before[-1].end, end):
            continue
        yield from _list_before(passage, total, before, end)


def _unmarked(passage: Passage) -> Iterator[Breakdown]:
    """A list that follows the total without a word: 共96件,结案80件、在办16件."""
    text = passage.text
    for total in passage.figures[:-_LEAST_PARTS]:
        end, family = total.end, total.family
        if text[end : end + 1] != "," or not total.unit or total.change or total.earlier:
            continue
        later = passage.within(end, end + _LONGEST_LIST)
        if [figure.family for figure in later].count(family) < _LEAST_PARTS:
            continue
        start, limit = _region(passage, end + 1)
        # What follows 其中 are parts of a part, which that word opens itself.
        for mark in (";", "其中"):
            found = text.find(mark, end, limit)
            limit = limit if found < 0 else found
        items = items_between(passage, (start, limit), family, total.depth)
        if len(items) >= _LEAST_PARTS:
            yield _judged(passage, Opening.BARE, (total,), items, None, end)


def _divided(text: str, start: int, end: int) -> bool:
    return any(mark in text[start:end] for mark in ",;。")


def _list_before(passage: Passage, total: Figure, before: list[Figure], end: int) -> Iterator[Breakdown]:
    chosen = [before[-1]]
    for figure in reversed(before[:-1]):
        between = passage.text[figure.end : chosen[0].start]
        if not _enumerates(between):
            break
        chosen.insert(0, figure)
    if len(chosen) < 2 or any(figure.change or figure.earlier for figure in chosen):
        return
    suffixes = accumulate((figure.amount for figure in reversed(before)), initial=NOTHING)
    fits = any(count > 1 and whole.meets(total.amount) for count, whole in enumerate(suffixes))
    start = passage.text.rfind(",", passage.start, chosen[0].start) + 1 or passage.start
    edges = [start, *(figure.end for figure in chosen[:-1])]
    words = [passage.text[edge : figure.start] for edge, figure in zip(edges, chosen, strict=True)]
    items = [Item(figure, word, "、", word.strip("、,和及与 ")) for figure, word in zip(chosen, words, strict=True)]
    yield Breakdown(Opening.AFTER, (total,), tuple(items), None, fits, chosen[0].start)


def _enumerates(between: str) -> bool:
    """Whether two numbers are neighbours in a list: 5件、文件3件, 5件和合同3件."""
    return between[:1] in "、和及与" and not any(mark in between for mark in ",;。:")
