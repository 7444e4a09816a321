"""Where a passage stands, in words for people, and the passage in its sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from documents.report import Heading, ParagraphKind, Report, Span

_EXCERPT_LENGTH = 300
_OMISSION = "…"
# Looking at the few that a search comes by is faster than listing all.
_START, _END = attrgetter("span.start"), attrgetter("span.end")
_APART = {ParagraphKind.TITLE: "标题", ParagraphKind.SIGNATURE: "落款", ParagraphKind.RESIDUE: "网页信息"}


class _Part(NamedTuple):
    """The part under ``heading``: its path in words, its section, and where the paragraphs of it begin."""

    path: str
    heading: Heading | None
    section: Span
    paragraphs: list[int]


class Places:
    """Says where passages of one report stand; what looking them up needs is made once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._parts: dict[int | None, _Part] = {}

    @cached_property
    def _line_starts(self) -> list[int]:
        return list(accumulate([len(line) + 1 for line in self._report.text.split("\n")], initial=0))

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line of the text and the column in it where ``offset`` is, both counted from 1."""
        starts = self._line_starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def in_words(self, span: Span) -> str:
        """The position as an inspector would say it, such as ``二、(一) 第3段``, with the page if it has pages."""
        page = self._report.page_at(span.start)
        place = self._in_text(span)
        return f"{place}（第{page}页）" if page else place

    def _in_text(self, span: Span) -> str:
        report = self._report
        paragraph = report.paragraph_at(span.start)
        if paragraph is not None and (name := _APART.get(report.paragraphs[paragraph].kind)):
            return name
        index = report.heading_at(span.start)
        part = self._parts.get(index)
        if part is None:
            part = self._parts[index] = self._part(index)
        if part.heading and part.heading.span.covers(span):
            return f"{part.path} 标题"
        return f"{part.path} {self._ordinal_within(part, span.start)}"

    def _part(self, index: int | None) -> _Part:
        """The part of the report under a heading, or before the first."""
        report = self._report
        chain = [report.headings[heading] for heading in report.ancestry(index)]
        opening = Span(0, report.headings[0].span.start if report.headings else len(report.text))
        section = chain[-1].section if chain else opening
        first = bisect_right(report.paragraphs, section.start, key=_END)
        last = bisect_left(report.paragraphs, section.end, first, key=_START)
        paragraphs = [paragraph.span.start for paragraph in report.paragraphs[first:last]]
        path = path_in_words(chain) or "开头部分"
        return _Part(path, chain[-1] if chain else None, section, paragraphs)

    def _ordinal_within(self, part: _Part, offset: int) -> str:
        """Paragraph number inside the part, or sentence number where it is a single paragraph."""
        if len(part.paragraphs) > 1:
            return f"第{max(1, bisect_right(part.paragraphs, offset))}段"
        sentences = self._report.sentences
        first = bisect_left(sentences, part.section.start, key=_START)
        last = min(bisect_right(sentences, part.section.end, key=_END), bisect_right(sentences, offset, key=_START))
        number = sum(not sentence.is_heading for sentence in sentences[first:last])
        return f"第{max(1, number)}句"

    def excerpt(self, span: Span) -> str:
        """The sentences around ``span`` with the passage in 【】, about 300 characters at most; empty for nothing."""
        from_, to = span
        if from_ >= to:
            return ""
        text = self._report.text
        start, end = self._with_its_sentences(from_, to)
        room = max(0, _EXCERPT_LENGTH - (to - from_))
        left = max(start, from_ - room // 2)
        right = min(end, to + room - (from_ - left))
        before = (_OMISSION if left > start else "") + text[left:from_]
        after = text[to:right] + (_OMISSION if right < end else "")
        return f"{before}【{text[from_:to]}】{after}".strip()

    def _with_its_sentences(self, start: int, end: int) -> tuple[int, int]:
        """From the start of the first sentence that the passage touches to the end of the last, or what it is without
        any."""
        sentences = self._report.sentences
        first = bisect_right(sentences, start, key=_END)
        last = bisect_left(sentences, end, key=_START) - 1
        if first > last:
            return start, end
        return min(start, sentences[first].span.start), max(end, sentences[last].span.end)


def path_in_words(chain: Iterable[Heading]) -> str:
    """Headings from the outermost on as an inspector would say them, such as ``二、(一)``; titles without a number."""
    return "".join([heading.number.strip() or f"“{heading.title[:10]}”" for heading in chain])


def part_in_words(chain: Iterable[Heading]) -> str:
    """The part under these headings for a message, such as ``“二、(一)”部分``; empty without a heading."""
    path = path_in_words(chain).rstrip("、.． ")
    if not path:
        return ""
    return f"{path}部分" if path.endswith("”") else f"“{path}”部分"


def clipped(words: str, length: int = 40) -> str:
    """``words`` on one line, cut to ``length`` characters for a message."""
    words = " ".join(words.split())
    return words if len(words) <= length else f"{words[:length]}{_OMISSION}"
