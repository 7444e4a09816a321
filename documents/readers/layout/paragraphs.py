"""Rows of a document joined back into the paragraphs that were broken to fit the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.lazy_pattern import lazy_pattern
from documents.readers.layout.lines import is_wide
from documents.readers.layout.rows import Row, joined_words

_BEGINS_ANEW = lazy_pattern(
    r"[(（〔【]\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s?[)）〕】]|[一二三四五六七八九十]{1,3}\s?[、.．]|\d{1,2}\s?[.．、)）](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}(?:部分|[章节])|[①-⑳㈠-㈩⑴-⒇⒈-⒛]"
)
_SENTENCE_END = lazy_pattern("[。！？!?；;：:…][”’）)》]*$")
_TITLE_ENDS = lazy_pattern(r"(?:报告|总结|汇报|通报|情况|年报|说明)(?:[(（][^()（）]{1,12}[)）])?$|[。！？：:；;]$")
_ASIDE = lazy_pattern("[(（〔【—]")
_FIRST_WORD = lazy_pattern(r"[“‘「『（(《〈【〔]*(?:[A-Za-z0-9.,:%\-/+]+[%％‰]?|.)[，。、；：！？”’」』）)》〉】〕…]*")
_TITLE_LINES = 4
_LARGER = 1.12
_SIZES_DIFFER = 0.12
_LEAST_INDENT = 0.8
_HANGING = 6
_LONG_SHARE, _FULL_SHARE = 0.7, 0.15
_LEVEL = 0.5
# Without an indent the only sign of a new paragraph is a line that had room left; with one, there is another.
_SLACK, _SLACK_INDENTED = 0.5, 1.2
_DEEP = 3.0
_NARROWEST = 12
_ROOM, _ROOM_BESIDE = 3.0, 0.8
_WIDER_GAP, _WIDE_GAP = 1.3, 1.75
_TITLE_GAP = 2.6


@dataclass(frozen=True, slots=True)
class Flow:
    """``text`` with ``\\n`` between paragraphs; ``pages`` are the offsets at which the pages begin."""

    text: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Measure:
    """Of the running text on pages of one width: its edges, type size, pitch of the lines, and whether its paragraphs
    begin with an indent, ``None`` where no line shows it."""

    left: float
    right: float
    em: float
    pitch: float
    indented: bool | None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row, the number of its page, and the measure of the text around it."""

    row: Row
    page: int
    measure: _Measure


def flow_together(pages: Sequence[Sequence[Row]], widths: Sequence[int]) -> Flow:
    """One text of the rows of all pages; ``widths`` are those of the pages."""
    measures = _measures(pages, widths)
    paragraphs: list[list[_Placed]] = []
    for number, rows in enumerate(pages):
        for row in rows:
            placed = _Placed(row, number, measures[widths[number], row.column])
            if paragraphs and _goes_on(paragraphs[-1], placed):
                paragraphs[-1].append(placed)
            else:
                paragraphs.append([placed])
    text: list[str] = []
    starts: list[int] = []
    length = 0
    for paragraph in paragraphs:
        text.append(joined_words([part.row for part in paragraph]))
        for place, part in enumerate(paragraph):
            if len(starts) <= part.page:
                begun = joined_words([above.row for above in paragraph[: place + 1]])
                starts += [length + len(begun) - len(part.row.words)] * (part.page + 1 - len(starts))
        length += len(text[-1]) + 1
    starts += [max(0, length - 1)] * (len(pages) - len(starts))
    return Flow("\n".join(text), tuple(starts))


def _measures(pages: Sequence[Sequence[Row]], widths: Sequence[int]) -> dict[tuple[int, int], _Measure]:
    groups: dict[tuple[int, int], list[list[Row]]] = {}
    for rows, width in zip(pages, widths, strict=True):
        for column in {row.column for row in rows}:
            groups.setdefault((width, column), []).append([row for row in rows if row.column == column and row.single])
    return {place: _measure(group) for place, group in groups.items()}


def _measure(pages: Sequence[Sequence[Row]]) -> _Measure:
    rows = [row for page in pages for row in page]
    if not rows:
        return _Measure(0, 0, 1, 1, indented=False)
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.em, 1)] += len(row.words)
    em = sizes.most_common(1)[0][0] or 1
    body = [row for row in rows if abs(row.em - em) <= _SIZES_DIFFER * em] or rows
    left, right = _left_edge(body, em), _right_edge(body, em)
    steps = Counter(
        round((below.baseline - above.baseline) / em, 1)
        for page in pages
        for above, below in pairwise(page)
        if above.em == below.em and below.baseline > above.baseline
    )
    pitch = steps.most_common(1)[0][0] * em if steps else 2 * em
    return _Measure(left, right, em, pitch, indented=_indents(pages, left, right, em))


def _indents(pages: Sequence[Sequence[Row]], left: float, right: float, em: float) -> bool | None:
    """Whether lines after one that had room left, which surely begin a paragraph, are mostly indented."""
    starts = [
        below.left - left
        for page in pages
        for above, below in pairwise(page)
        if right - above.right > _ROOM * em and below.left - left <= _HANGING * em
    ]
    return sum(start >= _LEAST_INDENT * em for start in starts) * 2 > len(starts) if starts else None


def _left_edge(rows: Sequence[Row], em: float) -> float:
    """The leftmost place at which more than one line in twenty begins."""
    places = Counter(round(row.left / em * 2) for row in rows)
    least = max(1, len(rows) // 20)
    leftmost = min(place for place, count in places.items() if count >= least or len(places) == 1)
    return min(row.left for row in rows if round(row.left / em * 2) == leftmost)


def _right_edge(rows: Sequence[Row], em: float) -> float:
    """Where full lines end: most of the long ones do there, a hanging mark or a stray line goes beyond."""
    ends = sorted((row.right for row in rows), reverse=True)
    farthest = ends[min(2, len(ends) // 5)]
    least = rows[0].left + _LONG_SHARE * (farthest - rows[0].left)
    places = Counter(round(end / em * 2) for end in ends if end >= least)
    place, count = max(places.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if count < _FULL_SHARE * len(rows):
        return farthest
    return max(end for end in ends if round(end / em * 2) == place)


def _goes_on(paragraph: Sequence[_Placed], placed: _Placed) -> bool:
    """Whether ``placed`` continues the paragraph."""
    rows = [part.row for part in paragraph]
    last, row, measure = rows[-1], placed.row, placed.measure
    turned = placed.page != paragraph[-1].page or row.column == last.column + 1 > 1
    if not (last.single and row.single) or _other_size(last, row):
        return False
    if not turned and not (last.column == row.column and _near(last, row, measure)):
        return False
    titled = _is_centred(last, measure) or last.em > _LARGER * measure.em
    if titled and _is_centred(row, measure) and _title_goes_on(rows, row):
        return True
    if not _is_full(last, row.words, paragraph[-1].measure):
        return False
    if row.left - measure.left >= _LEAST_INDENT * measure.em:
        return _hangs(rows, row, measure)
    return measure.indented is not False or not (_BEGINS_ANEW.match(row.words) and _SENTENCE_END.search(last.words))


def _other_size(row: Row, following: Row) -> bool:
    return abs(row.em - following.em) > _SIZES_DIFFER * max(row.em, following.em)


def _near(row: Row, following: Row, measure: _Measure) -> bool:
    gap = following.baseline - row.baseline
    if row.em > _LARGER * measure.em:
        return 0 < gap <= _TITLE_GAP * row.em
    widest = _WIDE_GAP if measure.indented else _WIDER_GAP
    return 0 < gap <= widest * measure.pitch


def _is_centred(row: Row, measure: _Measure) -> bool:
    before, after = row.left - measure.left, measure.right - row.right
    return min(before, after) > _ROOM_BESIDE * measure.em and abs(before - after) <= measure.em


def _title_goes_on(paragraph: Sequence[Row], row: Row) -> bool:
    """Whether a centred line continues the centred title above it."""
    last = paragraph[-1].words
    if len(paragraph) >= _TITLE_LINES or _TITLE_ENDS.search(last):
        return False
    return not (_BEGINS_ANEW.match(row.words) or _ASIDE.match(row.words))


def _is_full(row: Row, following: str, measure: _Measure) -> bool:
    """Whether the first word of the following line had no room in ``row``."""
    match = _FIRST_WORD.match(following)
    word = match.group() if match else following
    if measure.right - measure.left < _NARROWEST * measure.em:
        return False
    slack = _SLACK if measure.indented is False else _SLACK_INDENTED
    return measure.right - row.right < (_width(word) + slack) * row.em


def _width(words: str) -> float:
    return sum(1 if is_wide(character) else 0.5 for character in words)


def _hangs(rows: Sequence[Row], row: Row, measure: _Measure) -> bool:
    """Whether an indented line belongs to a paragraph that is indented as a whole, or but for its first line."""
    first, last = rows[0], rows[-1]
    indent = (row.left - measure.left) / measure.em
    if indent > _HANGING or _BEGINS_ANEW.match(row.words):
        return False
    level = abs(last.left - row.left) <= _LEVEL * row.em
    if len(rows) > 1:
        return level
    if _SENTENCE_END.search(last.words):
        return False
    if level:
        return not measure.indented or indent > _DEEP
    return first.left < row.left and _BEGINS_ANEW.match(first.words) is not None
