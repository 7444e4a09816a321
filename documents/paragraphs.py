"""Lines of a text and what each of them is: title, heading, body, signature or page residue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.report import ParagraphKind, Span

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the folded text without its surrounding blanks: ``[start, end)`` and the folded words."""

    start: int
    end: int
    words: str


def split_lines(folded: str) -> list[Line]:
    """The lines that are not blank."""
    return [line for match in _LINE.finditer(folded) if (line := trimmed(folded, *match.span())) is not None]


def trimmed(folded: str, start: int, end: int) -> Line | None:
    """``folded[start:end]`` without its surrounding blanks, or ``None`` if nothing remains."""
    words = folded[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Line(start, start + len(words), words) if words else None


_NUMBERED = re.compile(r"[#*\s]*(?:[一二三四五六七八九十]{1,3}\s?[、.,:)]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)]|第[一二三四五六七八九十]{1,3}部分|[①②㈠㈡])")
_MARKS = re.compile("[。;!?]")
_LONGEST_TITLE = 80
_LONG = 60


def is_prose(words: str) -> bool:
    """Whether a line carries running text or a numbered heading, so that the page's head ends or its tail begins there."""
    if _NUMBERED.match(words):
        return True
    if len(words) < _LONG:
        return len(words) >= 12 and words.endswith(("。", ".", "!", "如下:", "如下"))
    return bool(_MARKS.search(words) or "," in words)


_TITLE_NOUN = re.compile("报告|总结|汇报|年报|情况(?:的|及|和|与|通报|说明|$)|[)）]$")
_TITLE_SUBJECT = re.compile("法治|依法行政|依法治|法制|年度|工作")
_SECTION_WORDS = re.compile("^(?!.*(?:报告|总结|汇报)).*(?:成效|举措|问题|不足|安排|打算|下一步|原因|第一责任人)")
_UNIT_LINE = re.compile(
    r"[^\s,。;:!?、]{2,40}(?:政府|局|办事处|委员会|办公室|街道|镇|乡|院|厅|处|支队|大队|中心|党委|党组|工委|公司|站|所|分局|总署|署|部|委|办)"
    r"(?:\((?:章|盖章|公章|代章)\))?"
)
_DAY = r"(?:\d{4}|[一二][〇零一二三四五六七八九]{3})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_DAY_LINE = re.compile(rf"\(?(?:{_DAY})\)?")
_UNIT_AND_DAY = re.compile(rf"{_UNIT_LINE.pattern}\s*(?:{_DAY})")
_CONTACT = re.compile(r"\((?:联系人|此件|主动公开|公开|联系电话).{0,60}\)|(?:联系人|抄送|抄报|主送)\s*:.{0,100}|\((?:章|盖章|公章)\)")
_HEAD_LINES = 20
_SIGNATURE_LINES = 8


def title_lines(lines: Sequence[Line]) -> range:
    """The run of ``lines`` (page residue left out) that is the document's title, possibly empty."""
    head = 0
    while head < min(len(lines), _HEAD_LINES) and not is_prose(lines[head].words) and not lines[head].words.endswith(":"):
        head += 1
    named = [index for index in range(head) if _is_title(lines[index].words)]
    if not named:
        return range(0)
    first, last = named[0], named[-1]
    while first > 0 and (_UNIT_LINE.fullmatch(lines[first - 1].words) or lines[first - 1].words.startswith("关于")):
        first -= 1
    while last + 1 < head and _UNIT_LINE.fullmatch(lines[last + 1].words):
        last += 1
    return range(first, last + 1)


def _is_title(words: str) -> bool:
    return (
        len(words) <= _LONGEST_TITLE
        and words[-1] not in ",、"
        and bool(_TITLE_NOUN.search(words) and _TITLE_SUBJECT.search(words))
        and not _SECTION_WORDS.search(words)
    )


def signature_lines(lines: Sequence[Line]) -> range:
    """The run at the end of ``lines`` (page residue left out) with the signing units, the day and the contact."""
    first = len(lines)
    while first > 0 and len(lines) - first < _SIGNATURE_LINES and _signs(lines[first - 1].words):
        first -= 1
    return range(first, len(lines))


def _signs(words: str) -> bool:
    patterns = (_DAY_LINE, _UNIT_LINE, _UNIT_AND_DAY, _CONTACT)
    return any(pattern.fullmatch(words) for pattern in patterns) and not _NUMBERED.match(words)


@dataclass(frozen=True, slots=True)
class Content:
    """A stretch of the report's own text: part of one paragraph, free of residue."""

    span: Span
    paragraph: int
    kind: ParagraphKind
