"""Brackets and quotation marks without their other half.

A pair may run over several paragraphs. The numbers of lists (``1)``, ``一)``) have no opening bracket and need none.
Straight quotation marks are pairs of themselves. 《》 belong to the checks of citations.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.model import Parameters

_CLOSING = {")": "(", "】": "【", "”": "“", "’": "‘", "〕": "〔", "]": "["}
_OPENING = {opening: closing for closing, opening in _CLOSING.items()}
# A pair that is further apart than this is two halves that have nothing to do with one another.
_FARTHEST = 1500
# For each kind of mark: any of it, and a pair on one line with no other of its kind inside.
_OF_A_KIND = {
    sign: (
        lazy_pattern(rf"[\{sign}\{_OPENING[sign]}]"),
        lazy_pattern(rf"\{sign}[^\{sign}\{_OPENING[sign]}\n]{{0,{_FARTHEST - 1}}}\{_OPENING[sign]}"),
    )
    for sign in _OPENING
}
# The number of a list, or a face: what stands before a closing bracket that closes nothing.
_CLOSES_NOTHING = lazy_pattern(
    r"(?:(?:^|[\s。;:,、!?“])(?:\d{1,2}(?:\.\d{1,2})*|[一二三四五六七八九十]{1,3}|[A-Za-z]|[①-⑳])|[:;]['^-]?)\Z"
)
_APOSTROPHE = lazy_pattern(r"[A-Za-z][‘’][A-Za-z]")
_SHOWN = 20
_NEAR = 60
_NAMES = {"(": "括号", "【": "方头括号", "“": "双引号", "‘": "单引号", "〔": "六角括号", "[": "方括号"}


class _Mark(NamedTuple):
    sign: str
    place: int


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """One match for each mark whose other half is missing, quoted with the words it stands at."""
    report = context.report
    text = report.view.text
    for mark in sorted(_unpaired(report, text), key=lambda mark: mark.place):
        start, end = _with_words(text, mark)
        span = Span(*report.view.to_text(start, end))
        opening = mark.sign in _OPENING
        name = _NAMES[mark.sign if opening else _CLOSING[mark.sign]]
        missing = "后" if opening else "前"
        half = _OPENING[mark.sign] if opening else _CLOSING[mark.sign]
        message = f"{name}不成对：“{report.quote(span).strip()}”{missing}面缺少“{half}”"
        yield Match(span, message, values={"mark": mark.sign})


def _unpaired(report: Report, text: str) -> Iterator[_Mark]:
    cut_off = _cut_off_from(text)
    apart = "".join(report.normalised(residue.span) for residue in report.residue)
    for opening, (marks, _) in _OF_A_KIND.items():
        if _is_plainly_paired(text, opening) and not marks.search(apart):
            continue
        opened: list[_Mark] = []
        for match in marks.finditer(text):
            mark = _Mark(match.group(), match.start())
            if not _is_apostrophe(text, mark) and not report.in_residue(Span(*report.view.to_text(*match.span()))):
                yield from _paired(opened, mark, text)
        yield from (mark for mark in opened if mark.place < cut_off and not _mixed(text, mark))


def _is_plainly_paired(text: str, opening: str) -> bool:
    """Whether every mark of the kind has its other half on its line, and none is an apostrophe."""
    pairs = text.count(opening)
    if text.count(_OPENING[opening]) != pairs or (opening == "‘" and pairs):
        return False
    return pairs == 0 or len(_OF_A_KIND[opening][1].findall(text)) == pairs


def _paired(waiting: list[_Mark], mark: _Mark, text: str) -> Iterator[_Mark]:
    """Take ``mark`` in; yields it where it closes what was never opened, of those ``waiting`` for their other half."""
    if mark.sign in _OPENING:
        waiting.append(mark)
        return
    near = bool(waiting) and mark.place - waiting[-1].place <= _FARTHEST
    if mark.sign == ")" and _CLOSES_NOTHING.search(text[max(0, mark.place - 8) : mark.place]):
        near = near and "\n" not in text[waiting[-1].place : mark.place]
        if not near:
            return
    if near:
        waiting.pop()
    elif not _mixed(text, mark):
        yield mark


def _is_apostrophe(text: str, mark: _Mark) -> bool:
    return mark.sign in "‘’" and _APOSTROPHE.match(text, max(0, mark.place - 1)) is not None


def _mixed(text: str, mark: _Mark) -> bool:
    """Whether the other half may be a straight quotation mark nearby."""
    return mark.sign in "“”" and '"' in text[max(0, mark.place - _NEAR) : mark.place + _NEAR]


def _cut_off_from(text: str) -> int:
    """Where a last line begins that ends without a mark, as in an excerpt: what it opens may have been closed."""
    end = len(text.rstrip())
    return len(text) if text[end - 1 : end] in "。!?;" else text.rfind("\n", 0, end) + 1


def _with_words(text: str, mark: _Mark) -> tuple[int, int]:
    """The mark with a few words of its line on the side where the other half is missing."""
    if mark.sign in _OPENING:
        line = text.find("\n", mark.place)
        return mark.place, min(mark.place + _SHOWN, len(text) if line < 0 else line)
    start = mark.place
    while start > max(0, mark.place - _SHOWN) and text[start - 1] not in "\n,。;":
        start -= 1
    return start, mark.place + 1


KIND = Kind(
    name="unpaired-marks",
    summary="括号、引号不成对",
    parameters=Parameters,
    run=run,
)
