"""Where a passage stands, in words for people, and the passage in its sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from documents.report import Heading, ParagraphKind, Report, Span

_EXCERPT_LENGTH = 300
_OMISSION = "…"


def place_in_words(report: Report, span: Span) -> str:
    """The position as an inspector would say it, such as ``二、(一) 第3段``, with the page where there are pages."""
    page = report.page_at(span.start)
    place = _place_in_text(report, span)
    return f"{place}（第{page}页）" if page else place


def _place_in_text(report: Report, span: Span) -> str:
    paragraph = report.paragraph_at(span.start)
    kind = report.paragraphs[paragraph].kind if paragraph is not None else None
    if kind is ParagraphKind.TITLE:
        return "标题"
    if kind is ParagraphKind.SIGNATURE:
        return "落款"
    if kind is ParagraphKind.RESIDUE:
        return "网页信息"
    heading = report.heading_at(span.start)
    chain = [report.headings[index] for index in report.ancestry(heading)]
    path = path_in_words(chain) or "开头部分"
    if chain and chain[-1].span.covers(span):
        return f"{path} 标题"
    opening = Span(0, report.headings[0].span.start if report.headings else len(report.text))
    within = chain[-1].section if chain else opening
    return f"{path} {_ordinal_within(report, within, span)}".strip()


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line of ``text`` and the column in it where ``offset`` is, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def path_in_words(chain: Iterable[Heading]) -> str:
    """Headings from the outermost on as an inspector would say them, such as ``二、(一)``; titles without a number."""
    return "".join(heading.number.strip() or f"“{heading.title[:10]}”" for heading in chain)


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


def excerpt(report: Report, span: Span) -> str:
    """The sentences around ``span`` with the passage in 【】, about 300 characters at most; empty for nothing."""
    if span.start >= span.end:
        return ""
    start, end = _with_its_sentences(report, span)
    room = max(0, _EXCERPT_LENGTH - (span.end - span.start))
    left = max(start, span.start - room // 2)
    right = min(end, span.end + room - (span.start - left))
    before = (_OMISSION if left > start else "") + report.text[left : span.start]
    after = report.text[span.end : right] + (_OMISSION if right < end else "")
    return f"{before}【{report.quote(span)}】{after}".strip()


def _with_its_sentences(report: Report, span: Span) -> tuple[int, int]:
    """From the start of the first sentence that ``span`` touches to the end of the last, or ``span`` without any."""
    first = bisect_right(report.sentences, span.start, key=lambda sentence: sentence.span.end)
    last = bisect_left(report.sentences, span.end, key=lambda sentence: sentence.span.start) - 1
    if first > last:
        return span
    return min(span.start, report.sentences[first].span.start), max(span.end, report.sentences[last].span.end)


def _ordinal_within(report: Report, section: Span, span: Span) -> str:
    """Paragraph number inside the section, or sentence number where the section is a single paragraph."""
    paragraphs = [paragraph for paragraph in report.paragraphs if section.overlaps(paragraph.span)]
    if len(paragraphs) > 1:
        number = sum(paragraph.span.start <= span.start for paragraph in paragraphs)
        return f"第{max(1, number)}段"
    sentences = [sentence for sentence in report.sentences if section.covers(sentence.span) and not sentence.is_heading]
    number = sum(sentence.span.start <= span.start for sentence in sentences)
    return f"第{max(1, number)}句"
