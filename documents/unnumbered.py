"""Headings without numbers: short lines that name what the text below them is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence

from documents.heading_marks import HeadingMark, Stretch
from documents.heading_titles import end_of
from documents.lazy_pattern import lazy_pattern
from documents.paragraphs import is_document_title, is_signature
from documents.report import NumberStyle, Span

_LONGEST = 40
_LONGEST_IN_LINE = 30
_MARKDOWN = lazy_pattern(r"(?P<hashes>#{1,6}\s+)|[*\s]+")
_MARKDOWN_SIGNS = frozenset("#* \t")
_HAN = r"[^\W\d_a-zA-Z]"
_HAN_WORDS = lazy_pattern(f"{_HAN}.*{_HAN}.*{_HAN}")
_CLOSED = ("。", "!", "?", ";", ":", "”", ")", "…", ".")
_OPEN_ENDED = (*_CLOSED, ",", "、")
_SUBJECT = lazy_pattern(
    "(?:举措|成效|成绩|问题|不足|短板|困难|原因|原因分析|安排|计划|打算|思路|重点|职责|履职|情况|工作|措施|做法|建设|经验|亮点|特色|建议|规划|目标)$"
)
_PROSE = lazy_pattern(
    r"如下|^现将|特此|以下|我[局镇街县市区乡委办院厅省所校处站队](?![^,]*(?:举措|成效|问题|不足|原因|安排|计划|打算|职责|情况|工作|措施|做法|建设)$)"
    r"|\d+(?:\.\d+)?[余多]?万?[余多]?[件份次场个名人起宗条项户家元%]|^[\d\s.%,/-]+$|^根据|^按照|^依据|[〔\[(【]\d{4}[〕\])】]|^(?:附|注|备注|表|图)\s?[\d:一二三]|\|"
)
_MARKS_INSIDE = lazy_pattern("[。;!?|\t]|,.*,.*,")
_COLON = lazy_pattern(r"[*\s]*[:。]?")
_FIRST_WORDS = lazy_pattern(rf"([^\s,。;:!?、]{{4,{_LONGEST_IN_LINE}}}) +")
_LONGEST_BEFORE_COLON = 20
_LONG = 80
_SHORTEST_BODY = 8
_WRAPPED_SHARE = 0.6
_FEWEST_WRAPPED = 12


def find_unnumbered(
    folded: str, parts: Sequence[Stretch], numbered: Sequence[HeadingMark], outline: Mapping[int, int]
) -> Iterator[HeadingMark]:
    """The headings without numbers among ``parts``, in order.

    ``outline`` has the places where paragraphs begin that the file itself marks as headings.
    """
    leading = {mark.start for mark in numbered if mark.style is not NumberStyle.ITEM}
    styled = _titles_of_style(folded, parts, leading, outline)
    candidates = _candidates(folded, parts, leading, styled)
    if not candidates:
        return
    taken = [mark.start for mark in numbered]
    width = _wrapped_width(folded, parts)
    last = -1
    for index in candidates:
        part, before = parts[index], parts[index - 1]
        title = styled.get(part.start)
        if title is None and part.long:
            title = _title_in_long_line(folded, part)
        elif title is None and index + 1 < len(parts):
            closed = index in (0, last + 1) or before.start in leading or _is_closed(folded, before)
            after = parts[index + 1]
            if closed:
                title = _title_of_line(folded, part, after, width, numbered_next=after.start in leading)
        if title is not None:
            last = index
            if bisect_left(taken, part.start) == bisect_left(taken, title.end):
                yield _mark(folded, part, title, outline.get(part.start))


def _candidates(folded: str, parts: Sequence[Stretch], leading: Container[int], styled: Container[int]) -> list[int]:
    """The indexes of the ``parts`` that may be titles or, if long, begin with one: those as short as a title, with
    signs at their ends that are none of its words, or marked by the file."""
    return [
        index
        for index, (start, end, long) in enumerate(parts)
        if start not in leading
        and (
            end - start <= _LONGEST
            or long
            or folded[start] in _MARKDOWN_SIGNS
            or folded[end - 1] in _MARKDOWN_SIGNS
            or start in styled
        )
    ]


def _titles_of_style(
    folded: str, parts: Sequence[Stretch], leading: Container[int], outline: Mapping[int, int]
) -> dict[int, Span]:
    """The titles, by where their lines start, that the file marks as headings and that can be ones.

    None where most lines are marked: then the style was taken for its looks.
    """
    if not outline:
        return {}
    marked = [part for part in parts if part.start in outline and part.start not in leading and not part.long]
    titles = {part.start: title for part in marked if (title := _title_of_style(folded, part)) is not None}
    return titles if len(titles) <= _MOST_MARKED * len(parts) else {}


def _title_of_style(folded: str, part: Stretch) -> Span | None:
    """The whole of a short line without a sentence's end inside."""
    start = end_of(_MARKDOWN, folded, part.start, part.end)
    written = folded[start : part.end]
    words = written.rstrip("* :。")
    impossible = (
        len(words) > (_LONGEST_CLOSED if "。" in written else _LONGEST_OF_STYLE)
        or _SENTENCE_INSIDE.search(words)
        or _NO_TITLE.search(words)
        or not _HAN_PAIR.search(words)
        or is_signature(words)
    )
    return None if impossible else Span(start, start + len(words))


_LONGEST_OF_STYLE = 60
_LONGEST_CLOSED = 30
_HAN_PAIR = lazy_pattern(f"{_HAN}.*{_HAN}")
_MOST_MARKED = 0.5
_SENTENCE_INSIDE = lazy_pattern(r"[。;!?\t]")
_NO_TITLE = lazy_pattern(r"[,、]$|^(?:附\s?[:件表]|注\s?[\d:]|[表图]\s?\d)")


def _mark(folded: str, part: Stretch, title: Span, outline: int | None) -> HeadingMark:
    colon = end_of(_COLON, folded, title.end, part.end)
    return HeadingMark(
        start=part.start,
        number=Span(title.start, title.start),
        title_start=title.start,
        title_end=title.end,
        sentence_end=colon,
        alone=True,
        style=NumberStyle.NONE,
        ordinal=None,
        reach=part.end,
        inline=bool(folded[colon : part.end].strip()),
        outline=outline,
    )


def _title_in_long_line(folded: str, part: Stretch) -> Span | None:
    """A few words between a closing mark and a blank, in a text whose line ends were lost."""
    match = _FIRST_WORDS.match(folded, part.start, part.end)
    if match is None or part.end - match.end() < _LONGEST:
        return None
    words = match[1]
    return Span(*match.span(1)) if _reads_as_title(words) and not is_document_title(words) else None


def _title_of_line(
    folded: str, part: Stretch, after: Stretch, width: int | None, *, numbered_next: bool
) -> Span | None:
    start = end_of(_MARKDOWN, folded, part.start, part.end)
    words = folded[start : part.end].rstrip("* ")
    bare = words.rstrip(":")
    if (
        not bare
        or len(words) > _LONGEST
        or bare.endswith(_OPEN_ENDED)
        or not _reads_as_title(bare)
        or is_signature(bare)
    ):
        return None
    named = _SUBJECT.search(bare) is not None
    if words != bare and not (named and len(bare) <= _LONGEST_BEFORE_COLON):
        return None
    marked = "#" in folded[part.start : start]
    if marked or (_is_fuller(folded, part, after, width) and not numbered_next) or (named and width is None):
        return Span(start, start + len(bare))
    return None


def _reads_as_title(words: str) -> bool:
    return not (_PROSE.search(words) or _MARKS_INSIDE.search(words)) and _HAN_WORDS.search(words) is not None


def _is_fuller(folded: str, part: Stretch, after: Stretch, width: int | None) -> bool:
    """Whether the line after a short line is running text below it."""
    short, long = part.end - part.start, after.end - after.start
    if width is not None:
        return short <= 0.6 * width and long >= 0.7 * width
    return long > max(short, _SHORTEST_BODY) and _is_closed(folded, after)


def _is_closed(folded: str, part: Stretch) -> bool:
    return folded.endswith(_CLOSED, part.start, part.end) or part.end - part.start > _LONG


def _wrapped_width(folded: str, parts: Sequence[Stretch]) -> int | None:
    """The usual line length of a text with hard line ends inside its paragraphs, else ``None``."""
    lengths = [end - start for start, end, _ in parts]
    if len(lengths) < _FEWEST_WRAPPED or max(lengths) > _LONG:
        return None
    lengths.sort()
    unclosed = sum(not _is_closed(folded, part) for part in parts)
    return lengths[len(lengths) * 3 // 4] if unclosed > _WRAPPED_SHARE * len(lengths) else None
