"""Lines of a text and what each of them is: title, heading, body, signature or page residue."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from documents.report import ParagraphKind, Residue, Span


class Line(NamedTuple):
    """One line of the folded text without its surrounding blanks: ``[start, end)`` and the folded words."""

    start: int
    end: int
    words: str


def split_lines(folded: str) -> list[Line]:
    """The lines that are not blank."""
    lines: list[Line] = []
    start = 0
    for written in folded.split("\n"):
        words = written.strip()
        if words:
            first = start if words is written else start + len(written) - len(written.lstrip())
            lines.append(_new(Line, (first, first + len(words), words)))
        start += len(written) + 1
    return lines


_new = tuple.__new__


def trimmed(folded: str, start: int, end: int) -> Line | None:
    """``folded[start:end]`` without its surrounding blanks, or ``None`` if nothing remains."""
    written = folded[start:end]
    words = written.strip()
    if not words:
        return None
    if len(words) < len(written):
        start += len(written) - len(written.lstrip())
    return Line(start, start + len(words), words)


def has_blank(words: str) -> bool:
    """Whether folded words, none of which a blank surrounds, are more than one."""
    return " " in words or "\t" in words


_NUMBERED = lazy_pattern(
    r"[#*\s]*(?:[一二三四五六七八九十]{1,3}\s?[、.,:)]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)]"
    r"|第[一二三四五六七八九十]{1,3}部分|[①②㈠㈡])"
)
_MARKS = lazy_pattern("[。;!?,]")
_LONG = 60
_CLOSED_PROSE = lazy_pattern(r".{11,}(?:[。.!]|如下:?)")


def is_prose(words: str) -> bool:
    """Whether a line is running text or a numbered heading, so that neither head nor tail of the page can hold it."""
    if _NUMBERED.match(words) or _CLOSED_PROSE.fullmatch(words):
        return True
    return len(words) >= _LONG and _MARKS.search(words) is not None


_TITLE_END = lazy_pattern(
    "(?:报告|总结|汇报|年报|情况(?:通报|说明)?)(?:[(〔].{0,30})?$|(?:报告|总结|情况)(?:的|及|和|与)"
)
_TITLE_SUBJECT = lazy_pattern("法治|依法行政|依法治|法制|年度|年工作")
_PART_OF_TITLE = lazy_pattern("^关于|法治|依法|^[(]?(?:20\\d\\d|二[〇零]..)年")
_SECTION_WORDS = lazy_pattern("成效|举措|问题|不足|安排|打算|下一步|原因|第一责任人")
_WHOLE_REPORT = lazy_pattern("报告|总结|汇报|年报")
_LONGEST_TITLE = 80
_TITLE_LINES = 4
_HEAD_LINES = 20


def title_lines(lines: Sequence[Line]) -> range:
    """The run of ``lines`` (page residue left out) that is the document's title, possibly empty."""
    head = list(itertools.takewhile(lambda line: not _ends_the_head(line.words), lines[:_HEAD_LINES]))
    last = next((index for index in range(len(head) - 1, -1, -1) if _completes_a_title(head, index)), None)
    if last is None:
        return range(0)
    first = last
    while first > 0 and _is_part_of_title(head[first - 1].words):
        first -= 1
    end = last + 1
    while end < len(head) and is_unit(head[end].words):
        end += 1
    return range(first, end)


def _ends_the_head(words: str) -> bool:
    return is_prose(words) or words.endswith(":")


def _completes_a_title(head: Sequence[Line], last: int) -> bool:
    if not _TITLE_END.search(head[last].words):
        return False
    joined = (
        "".join(line.words for line in head[first : last + 1])
        for first in range(last, max(-1, last - _TITLE_LINES), -1)
    )
    return any(is_document_title(words) for words in joined)


def _is_part_of_title(words: str) -> bool:
    return is_unit(words) or (len(words) <= _LONGEST_TITLE and _PART_OF_TITLE.search(words) is not None)


def is_document_title(words: str) -> bool:
    """Whether a short line names a report as a whole, and no part of one."""
    return (
        len(words) <= _LONGEST_TITLE
        and _TITLE_END.search(words) is not None
        and _TITLE_SUBJECT.search(words) is not None
        and (_WHOLE_REPORT.search(words) is not None or not _SECTION_WORDS.search(words))
    )


_TERRITORY = "政府|局|办事处|委员会|办公室|街道|厅|院|中心|党委|党组|工委|公司|总署|支队|大队"
_SEAL = r"(?:\s?\((?:章|盖章|公章|代章|印章)\))?"
_UNIT_LINE = lazy_pattern(rf"[^,。;:!?、()]{{2,40}}(?:{_TERRITORY}){_SEAL}")
_SIGNING_UNIT = lazy_pattern(
    rf"[^,。;:!?、()\s]{{2,30}}(?:{_TERRITORY}|镇|乡|处|站|所|分局|署|部|委|办|区|市|县){_SEAL}"
)
_DAY = (
    r"(?:\d{4}|[一二][〇零一二三四五六七八九]{3})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
)
_DAY_LINE = lazy_pattern(rf"\(?(?:{_DAY})\)?")
_UNIT_AND_DAY = lazy_pattern(rf"{_SIGNING_UNIT.pattern}\s*(?:{_DAY})")
_CONTACT = lazy_pattern(
    r"\((?:联系人|此件|主动公开|公开|联系电话).{0,60}\)|(?:联系人|抄送|抄报|主送)\s?:.{0,100}|\((?:章|盖章|公章)\)"
)
_SIGNATURE_LINES = 8
_DAY_ENDS = frozenset("日)")


def signature_lines(lines: Sequence[Line]) -> range:
    """The run at the end of ``lines`` (page residue left out) with the signing units, the day and the contact."""
    first, end = len(lines), len(lines)
    dated = any(_has_day(line.words) for line in lines[-_SIGNATURE_LINES:])
    while first > 0 and end - first < _SIGNATURE_LINES and _signs(lines[first - 1].words, dated=dated):
        first -= 1
    return range(first, end)


def _has_day(words: str) -> bool:
    # All of them end so.
    if not (words[-1:] in _DAY_ENDS or words[-1:].isdecimal()):
        return False
    return _DAY_LINE.fullmatch(words) is not None or _UNIT_AND_DAY.fullmatch(words) is not None


def _signs(words: str, *, dated: bool) -> bool:
    if _NUMBERED.match(words):
        return False
    return is_signature(words) or (dated and _SIGNING_UNIT.fullmatch(words) is not None)


def is_unit(words: str) -> bool:
    """Whether a line is nothing but the name of a unit, by its last word."""
    return _UNIT_LINE.fullmatch(words) is not None


def is_signature(words: str) -> bool:
    """Whether a line is nothing but a unit, a day or a contact."""
    return is_unit(words) or _has_day(words) or _CONTACT.fullmatch(words) is not None


class Content(NamedTuple):
    """A stretch of the report's own text: a line free of residue, with the index of its paragraph."""

    span: Span
    paragraph: int


def find_paragraphs(
    folded: str, lines: Sequence[Line], residue: Sequence[Residue]
) -> tuple[list[ParagraphKind], list[Content]]:
    """The kind of each of ``lines`` (``BODY`` for headings too), and what of them is the report's own text."""
    kinds = [ParagraphKind.BODY] * len(lines)
    if not residue:
        return kinds, _without_title_and_signature(kinds, lines, range(len(lines)))
    own: list[Line] = []
    places: list[int] = []
    spans = iter([*(item.span for item in residue), Span(len(folded), len(folded))])
    furniture = next(spans)
    for index, line in enumerate(lines):
        if furniture.start >= line.end:
            own.append(line)
            places.append(index)
            continue
        remains: list[Line] = []
        start = line.start
        while furniture.start < line.end:
            remains += _some(trimmed(folded, start, furniture.start))
            start, furniture = furniture.end, next(spans)
        remains += _some(trimmed(folded, start, line.end))
        own += remains
        places += [index] * len(remains)
        if not remains:
            kinds[index] = ParagraphKind.RESIDUE
    contents = _without_title_and_signature(kinds, own, places)
    # What remains of a line may be the report's own beside its title.
    for _, index in contents:
        kinds[index] = ParagraphKind.BODY
    return kinds, contents


def _some(line: Line | None) -> list[Line]:
    return [] if line is None else [line]


def _without_title_and_signature(
    kinds: list[ParagraphKind], own: Sequence[Line], places: Sequence[int]
) -> list[Content]:
    """The report's own text among ``own``, parts of the lines with the indexes ``places``; those of the title and the
    signature are so called in ``kinds``."""
    title, signature = title_lines(own), signature_lines(own)
    for run, kind in ((title, ParagraphKind.TITLE), (signature, ParagraphKind.SIGNATURE)):
        for place in run:
            kinds[places[place]] = kind
    set_apart = {*title, *signature}
    return [
        _new(
            Content,
            (_own_words(line) if len(line[2]) > _LONGEST_TITLE else _new(Span, line[:2]), places[place]),
        )
        for place, line in enumerate(own)
        if place not in set_apart
    ]


_WORDS = lazy_pattern(r"[^\s,。;:!?]+\s+(?=\S)")
_MOST_WORDS = 4
_LAST_WORDS = lazy_pattern(rf"(?<=[。!?”)])\s*(?:{_SIGNING_UNIT.pattern}\s*)?(?:{_DAY})$")


def _own_words(line: Line) -> Span:
    """A long line without a title before and a signature after it, as in texts whose line ends were lost."""
    start, end, words = line
    if has_blank(words):
        start += _title_length(words)
    # A day ends so, and to look for one in every paragraph takes long.
    if words[-1] == "日" or words[-1].isdecimal():
        last = _LAST_WORDS.search(words, len(words) - _LONGEST_TITLE)
        end = line.start + last.start() if last else end
    return _new(Span, (start, end))


def _title_length(words: str) -> int:
    """How much of a long line is a title, with the blank after it."""
    length = end = 0
    if _NUMBERED.match(words):
        return 0
    for _ in range(_MOST_WORDS):
        match = _WORDS.match(words, end)
        if match is None:
            break
        end = match.end()
        if is_document_title(words[:end].rstrip()):
            length = end
    return length
