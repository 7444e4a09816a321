"""The heading tree: which heading stands under which, and how far its section reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cmp_to_key
from operator import itemgetter
from typing import Final

from documents.heading_marks import CUSTOMARY, HeadingMark, find_numbered, stretches
from documents.heading_titles import clause_end, end_of
from documents.lazy_pattern import lazy_pattern
from documents.report import Heading, NumberStyle, Span
from documents.unnumbered import find_unnumbered
from documents.wrapped import JOIN

NO_OUTLINE: Final[Mapping[int, int]] = {}
_BLANKS = lazy_pattern(r"\s*")
_FEWEST_BELOW_TITLE = 2
_BETWEEN = lazy_pattern(r"[\s,，、:：;；]*")


def find_heading_marks(
    folded: str, ranges: Sequence[Span], outline: Mapping[int, int] = NO_OUTLINE
) -> list[HeadingMark]:
    """The headings and items in ``ranges``, the stretches of the folded text that are the report's own, in order.

    ``outline`` gives the level (1 is the top) of each paragraph that the file itself marks as a heading, by the offset
    where the paragraph begins. It makes short lines headings; numbered ones it only tells where they stand among these.
    """
    parts = stretches(folded, ranges)
    marked = {end_of(_BLANKS, folded, start, len(folded)): level for start, level in outline.items()}
    numbered = find_numbered(folded, parts)
    if marked:
        numbered = [_with_level(mark, marked) for mark in numbered]
    unnumbered = list(find_unnumbered(folded, parts, numbered, marked))
    marks = _without_title(sorted([*numbered, *unnumbered], key=itemgetter(0)) if unnumbered else numbered)
    for index, mark in enumerate(marks):
        if mark.title_end - mark.title_start >= _SHORTEST_STATEMENT and mark.alone:
            following = marks[index + 1].start if index + 1 < len(marks) else ranges[-1].end
            marks[index] = _as_statement(folded, mark, following)
    return marks


def _with_level(mark: HeadingMark, outline: Mapping[int, int]) -> HeadingMark:
    if mark.style is NumberStyle.ITEM or mark.start not in outline:
        return mark
    return mark._replace(outline=outline[mark.start])


def _without_title(marks: list[HeadingMark]) -> list[HeadingMark]:
    """``marks`` without a first one that the file sets above all others: that is the title of the document."""
    if len(marks) <= _FEWEST_BELOW_TITLE or marks[0].style is not NumberStyle.NONE or marks[0].outline is None:
        return marks
    others = [mark.outline for mark in marks[1:] if mark.outline is not None]
    numbered = any(mark.style is NumberStyle.HAN for mark in marks)
    is_title = min(others) > marks[0].outline if others else numbered
    return marks[1:] if is_title else marks


def _as_statement(folded: str, mark: HeadingMark, following: int) -> HeadingMark:
    """A numbered sentence with nothing below it says what it has to say itself: only its first clause is its title."""
    closed = folded[mark.title_end : mark.sentence_end].strip()
    if not closed or folded[mark.sentence_end : following].strip():
        return mark
    clause = clause_end(folded, mark.title_start, mark.title_end)
    if clause == mark.title_end:
        return mark
    return mark._replace(title_end=clause, sentence_end=clause, alone=False, inline=True)


_SHORTEST_STATEMENT = 25


def nest(text: str, marks: Sequence[HeadingMark], end: int) -> tuple[Heading, ...]:
    """The tree of ``marks``; the last section reaches to ``end``, where the report's own text ends."""
    places = zip(marks, *_nest_marks(marks, _ranks(marks), end), strict=True)
    return tuple([_heading(text, *place) for place in places])


def _heading(text: str, mark: HeadingMark, begin: int, level: int, parent: int | None, section_end: int) -> Heading:
    _, number, title_start, title_end, sentence_end, _, style, ordinal, _, inline, _ = mark
    body = end_of(_BETWEEN, text, sentence_end, section_end) if sentence_end < section_end else section_end
    # By position, as it is done for every heading of every report: by name it takes three times as long.
    return _new(
        Heading,
        (
            _new(Span, (begin, title_end)),
            text[number[0] : number[1]].strip(),
            style,
            ordinal,
            text[title_start:title_end].replace(JOIN, ""),
            _new(Span, (title_start, title_end)),
            level,
            parent,
            _new(Span, (begin, section_end)),
            _new(Span, (body, section_end)),
            inline,
        ),
    )


_new = tuple.__new__
_ITEM = NumberStyle.ITEM
_Rank = tuple[int, int]


def _ranks(marks: Sequence[HeadingMark]) -> list[_Rank]:
    """How deep each of ``marks`` stands: as its style of numbering does, an unnumbered one by the level of its own."""
    order = {style: rank for rank, style in enumerate(_order_of_styles(marks))}
    ranks = {style: (rank, 0) for style, rank in order.items()}
    outlines = [mark.outline for mark in marks]
    if outlines.count(None) == len(outlines):
        return [ranks[mark.style] for mark in marks]
    levels = _levels_of_styles(marks)
    top = min((mark.outline for mark in marks if mark.style is NumberStyle.NONE and mark.outline), default=1)
    return [
        _rank_of_level(mark.outline, levels, order, top)
        if mark.style is NumberStyle.NONE and mark.outline
        else ranks[mark.style]
        for mark in marks
    ]


def _rank_of_level(level: int, levels: Mapping[NumberStyle, int], order: Mapping[NumberStyle, int], top: int) -> _Rank:
    """The rank of an unnumbered heading: beside, below or above the numbered ones by the levels the file gives both."""
    beside = [order[style] for style, other in levels.items() if other == level]
    above = [order[style] for style, other in levels.items() if other < level]
    if beside:
        return min(beside), 0
    if above:
        return max(above), level
    if levels:
        return min(order[style] for style in levels) - 1, level
    return order[NumberStyle.NONE], level - top


def _levels_of_styles(marks: Sequence[HeadingMark]) -> dict[NumberStyle, int]:
    """The level that the file mostly gives to the headings of each style of numbering, where it gives them one."""
    counts: dict[NumberStyle, Counter[int]] = {}
    for mark in marks:
        if mark.outline is not None and mark.style is not NumberStyle.NONE:
            counts.setdefault(mark.style, Counter())[mark.outline] += 1
    return {style: count.most_common(1)[0][0] for style, count in counts.items()}


def _order_of_styles(marks: Sequence[HeadingMark]) -> list[NumberStyle]:
    """The styles from the top down: as is customary, unless the numbering shows that one runs inside another."""
    inside = _runs_inside(marks)

    def compare(first: NumberStyle, second: NumberStyle) -> int:
        shown = inside.get((first, second), 0) - inside.get((second, first), 0)
        return shown or CUSTOMARY.index(first) - CUSTOMARY.index(second)

    present = {mark.style for mark in marks}
    ordered: list[NumberStyle] = [style for style in CUSTOMARY if style in present and style is not NumberStyle.NONE]
    if inside:
        ordered.sort(key=cmp_to_key(compare))
    if NumberStyle.NONE in present:
        ordered.insert(_rank_of_unnumbered(marks, ordered), NumberStyle.NONE)
    return ordered


def _runs_inside(marks: Sequence[HeadingMark]) -> dict[tuple[NumberStyle, NumberStyle], int]:
    """How often numbering of the first style begins anew while that of the second goes on."""
    inside: dict[tuple[NumberStyle, NumberStyle], int] = {}
    last: dict[NumberStyle, int] = {}
    begun: dict[NumberStyle, set[NumberStyle]] = {}
    for mark in marks:
        style, ordinal = mark.style, mark.ordinal
        if style is _ITEM or ordinal is None:
            continue
        if ordinal > 1 and ordinal == last.get(style, 0) + 1:
            for other in begun.get(style, ()):
                inside[other, style] = inside.get((other, style), 0) + 1
        begun[style] = set()
        if ordinal == 1:
            for other, anew in begun.items():
                if other is not style:
                    anew.add(style)
        last[style] = ordinal
    return inside


def _rank_of_unnumbered(marks: Sequence[HeadingMark], ordered: Sequence[NumberStyle]) -> int:
    """The rank of unnumbered headings: above the first style of ``ordered`` that begins anew after each of them."""
    customary_top = NumberStyle.PART in ordered or NumberStyle.HAN in ordered
    for rank, style in enumerate(ordered):
        begun_anew, continued, begun_under = _around_unnumbered(marks, style)
        if not continued and (begun_anew or (begun_under and not customary_top)):
            return rank
    return len(ordered)


def _around_unnumbered(marks: Sequence[HeadingMark], style: NumberStyle) -> tuple[int, int, bool]:
    """How often ``style`` begins anew after an unnumbered heading, how often it goes on across one, and whether it
    first comes under one."""
    begun_anew = continued = 0
    begun_under = crossed = False
    last: int | None = None
    for mark in marks:
        crossed = crossed or mark.style is NumberStyle.NONE
        if mark.style is not style:
            continue
        if last is None:
            begun_under = crossed
        elif crossed:
            begun_anew += mark.ordinal == 1
            continued += mark.ordinal == last + 1
        last, crossed = mark.ordinal, False
    return begun_anew, continued, begun_under


def _nest_marks(
    marks: Sequence[HeadingMark], ranks: Sequence[_Rank], end: int
) -> tuple[list[int], list[int], list[int | None], list[int]]:
    """Where each of ``marks`` begins, its level, its parent and the end of its section."""
    begins: list[int] = []
    levels: list[int] = []
    parents: list[int | None] = []
    ends = [end] * len(marks)
    open_marks: list[int] = []
    innermost: int | None = None
    for index, (mark, rank) in enumerate(zip(marks, ranks, strict=True)):
        first, last = mark.number
        begin = first if first < last else mark.title_start
        begins.append(begin)
        if mark.style is _ITEM:
            ends[index] = min(mark.reach, end)
            levels.append(len(open_marks) + 1)
            parents.append(innermost)
            continue
        while open_marks and ranks[open_marks[-1]] >= rank:
            ends[open_marks.pop()] = begin
        parents.append(open_marks[-1] if open_marks else None)
        open_marks.append(index)
        levels.append(len(open_marks))
        innermost = index
    return begins, levels, parents, ends
