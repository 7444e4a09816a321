"""The heading tree: which heading stands under which, and how far its section reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cmp_to_key

from documents.heading_marks import CUSTOMARY, HeadingMark, clause_end, end_of, find_numbered, stretches
from documents.lazy_pattern import lazy_pattern
from documents.report import Heading, NumberStyle, Span
from documents.unnumbered import find_unnumbered
from documents.wrapped import JOIN

_BETWEEN = lazy_pattern(r"[\s,，、:：;；]*")


def find_heading_marks(folded: str, ranges: Sequence[Span]) -> list[HeadingMark]:
    """The headings and items in ``ranges``, the stretches of the folded text that are the report's own, in order."""
    parts = list(stretches(folded, ranges))
    numbered = list(find_numbered(folded, parts))
    marks = sorted([*numbered, *find_unnumbered(folded, parts, numbered)], key=lambda mark: mark.start)
    following = [mark.start for mark in marks[1:]] + [ranges[-1].end if ranges else 0]
    return [_as_statement(folded, mark, end) for mark, end in zip(marks, following, strict=False)]


def _as_statement(folded: str, mark: HeadingMark, following: int) -> HeadingMark:
    """A numbered sentence with nothing below it says what it has to say itself: only its first clause is its title."""
    closed = folded[mark.title_end : mark.sentence_end].strip()
    if not (closed and mark.alone) or folded[mark.sentence_end : following].strip():
        return mark
    clause = clause_end(folded, mark.title_start, mark.title_end)
    if clause == mark.title_end or mark.title_end - mark.title_start < _SHORTEST_STATEMENT:
        return mark
    return replace(mark, title_end=clause, sentence_end=clause, alone=False, inline=True)


_SHORTEST_STATEMENT = 25


def nest(text: str, marks: Sequence[HeadingMark], end: int) -> tuple[Heading, ...]:
    """The tree of ``marks``; the last section reaches to ``end``, where the report's own text ends."""
    ranks = {style: rank for rank, style in enumerate(_order_of_styles(marks))}
    nested = _nest_marks(marks, ranks, end)
    return tuple(_heading(text, mark, *place) for mark, place in zip(marks, nested, strict=True))


def _heading(text: str, mark: HeadingMark, level: int, parent: int | None, section_end: int) -> Heading:
    start = mark.begin
    body = min(section_end, mark.sentence_end)
    body = end_of(_BETWEEN, text, body, section_end)
    return Heading(
        span=Span(start, mark.title_end),
        number=text[mark.number.start : mark.number.end].strip(),
        style=mark.style,
        ordinal=mark.ordinal,
        title=text[mark.title_start : mark.title_end].replace(JOIN, ""),
        title_span=Span(mark.title_start, mark.title_end),
        level=level,
        parent=parent,
        section=Span(start, section_end),
        body=Span(body, section_end),
        inline=mark.inline,
    )


def _order_of_styles(marks: Sequence[HeadingMark]) -> list[NumberStyle]:
    """The styles from the top down: as is customary, unless the numbering shows that one runs inside another."""
    inside = _runs_inside(marks)

    def compare(first: NumberStyle, second: NumberStyle) -> int:
        shown = inside[first, second] - inside[second, first]
        return shown or CUSTOMARY.index(first) - CUSTOMARY.index(second)

    styles = sorted({mark.style for mark in marks}, key=CUSTOMARY.index)
    numbered = [style for style in styles if style is not NumberStyle.NONE]
    ordered: list[NumberStyle] = sorted(numbered, key=cmp_to_key(compare))
    if NumberStyle.NONE in styles:
        ordered.insert(_rank_of_unnumbered(marks, ordered), NumberStyle.NONE)
    return ordered


def _runs_inside(marks: Sequence[HeadingMark]) -> Counter[tuple[NumberStyle, NumberStyle]]:
    """How often numbering of the first style begins anew while that of the second goes on."""
    inside: Counter[tuple[NumberStyle, NumberStyle]] = Counter()
    last: dict[NumberStyle, int] = {}
    begun: dict[NumberStyle, set[NumberStyle]] = {}
    for mark in marks:
        if mark.ordinal is None or mark.style is NumberStyle.ITEM:
            continue
        if mark.ordinal == last.get(mark.style, 0) + 1 and mark.ordinal > 1:
            inside.update((style, mark.style) for style in begun.get(mark.style, ()))
        begun[mark.style] = set()
        if mark.ordinal == 1:
            for style, anew in begun.items():
                if style is not mark.style:
                    anew.add(mark.style)
        last[mark.style] = mark.ordinal
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
    marks: Sequence[HeadingMark], ranks: Mapping[NumberStyle, int], end: int
) -> Iterator[tuple[int, int | None, int]]:
    """Level, parent and end of section of each of ``marks``."""
    levels, parents, ends = [], [], [end] * len(marks)
    open_marks: list[int] = []
    for index, mark in enumerate(marks):
        if mark.style is not NumberStyle.ITEM:
            while open_marks and ranks[marks[open_marks[-1]].style] >= ranks[mark.style]:
                ends[open_marks.pop()] = mark.begin
        levels.append(len(open_marks) + 1)
        parents.append(open_marks[-1] if open_marks else None)
        if mark.style is NumberStyle.ITEM:
            ends[index] = min(mark.reach, end)
        else:
            open_marks.append(index)
    return zip(levels, parents, ends, strict=True)
