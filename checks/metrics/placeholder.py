"""Blanks of a template that nobody filled in.

Cases: ``number`` (``XX件``, ``____万元``, ``( )件``), ``date`` (``X月X日``, ``20XX年``), ``title`` (an empty 《》),
``note`` (``(待补充)``) and ``name`` (``XX县``), which may also be meant to hide a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.metrics.blanks import (
    BEFORE_GAP,
    BLANK_NUMBER,
    FREE,
    GAP,
    GAP_SIGN,
    LONG_BLANK,
    SHORT_BLANK,
    TYPESET_BLANK,
    around,
    places_of_blanks,
)
from checks.metrics.signs import NOTES, Sign
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.model import Parameters

BlankKind = Literal["number", "date", "title", "note", "name"]

_NOTES = "|".join(NOTES)
_NOTED = "(?:相关|具体|最新|准确)?(?:数据|数字|内容|材料|情况|人数|件数|名称)?"
_PATTERNS: dict[BlankKind, re.Pattern[str]] = {
    "number": BLANK_NUMBER,
    "date": lazy_pattern(
        rf"{FREE}(?:20(?:{SHORT_BLANK}|\?\?)(?![0-9A-Za-z])年?|20\d{SHORT_BLANK}年|{LONG_BLANK}年(?![级龄代])"
        rf"|{SHORT_BLANK}月(?:{SHORT_BLANK}日)?)|\d月{SHORT_BLANK}日"
    ),
    "title": lazy_pattern(r"《[ *×_Xx?]{0,12}》"),
    "note": lazy_pattern(
        rf"[(\[【](?:{_NOTED}|由[^()\n]{{1,8}}?)(?:{_NOTES}){_NOTED}[)\]】]|(?:数据|数字|材料)待(?:补充|核实|填写|更新)"
    ),
    "name": lazy_pattern(
        rf"{FREE}{LONG_BLANK}(?:[省厅镇县乡](?!长)|市(?![长民场])|局(?!长)|区(?![长域])|街道|办事处|人民政府)"
        r"|(?<![0-9A-Za-z*])\*(?:[市县区镇乡局](?!长)|街道)"
    ),
}
_RULED_LINE = lazy_pattern("_{12,}")
_CASE_STUDY = lazy_pattern("案例|典型案|当事人|原告|被告|申请人|诉|某|化名|公司|罚款")
_REACH = 40
_BLANKS_OF_TYPESETTING = 3
_MESSAGES: dict[BlankKind, str] = {
    "number": "“{}”处没有填写",
    "date": "“{}”处日期没有填写",
    "title": "“{}”处书名号内没有文件名称",
    "note": "“{}”是起草时留下的备注，内容没有补充",
    "name": "“{}”像是模板里没有替换的名称",
}


class PlaceholderParameters(Parameters):
    """``kinds``: which sorts of blank to look for; ``allow``: words that look like a blank and are meant."""

    kinds: tuple[BlankKind, ...] = Field(
        default=("number", "date", "title", "note", "name"),
        min_length=1,
        description="查哪些空白：number 数字、date 日期、title 书名号、note 提示语、name 名称",
    )
    allow: tuple[str, ...] = Field(default=(), description="看似空白、其实就是这样写的词")


def run(context: Context, parameters: PlaceholderParameters) -> Iterator[Match]:
    """One match for each blank outside web residue."""
    report = context.report
    taken: list[Span] = []
    text, signs = report.view.text, context.found_words.signs
    blanks = tuple(around(places_of_blanks(text, signs[Sign.BLANK]), text))
    notes = tuple(around(signs[Sign.NOTE], text))
    for kind in parameters.kinds:
        stretches = ((0, len(text)),) if kind == "title" else notes if kind == "note" else blanks
        found: list[Span] = []
        for match, span in _blanks(report, kind, stretches):
            if match.group() in parameters.allow or _is_meant(report, match, span, kind):
                continue
            if not (_overlaps(taken, span) or _overlaps(found[-1:], span)):
                found.append(span)
                yield _match(report, span, kind)
        taken = sorted(taken + found)
    if "number" in parameters.kinds:
        yield from (_match(report, span, "number") for span in _gaps(report) if not report.in_residue(span))


def _blanks(
    report: Report, kind: BlankKind, stretches: Sequence[tuple[int, int]]
) -> Iterator[tuple[re.Match[str], Span]]:
    """The blanks of a kind in these stretches of the normalised view."""
    for start, end in stretches:
        for match in _PATTERNS[kind].finditer(report.view.text, start, end):
            yield match, Span(*report.view.to_text(*match.span()))


def _overlaps(taken: Sequence[Span], span: Span) -> bool:
    """Whether ``span`` overlaps one of those ``taken``, which are in order and apart; a template may have thousands."""
    place = bisect_left(taken, span)
    return any(span.overlaps(other) for other in taken[max(place - 1, 0) : place + 1])


def _match(report: Report, span: Span, kind: BlankKind) -> Match:
    return Match(span, _MESSAGES[kind].format(report.quote(span)), values={"kind": kind}, case=kind)


def _gaps(report: Report) -> Iterator[Span]:
    """Places where a unit follows a blank instead of a number: 全年办理行政许可 件."""
    text = report.text
    # The view leaves out such blanks, and so some character is not in its place.
    if isinstance(report.view.starts, range) or not GAP_SIGN.search(text):
        return
    for gap in GAP.finditer(text):
        low = max(gap.start() - _REACH, 0)
        low = max(text.rfind("\n", low, gap.start()) + 1, low)
        line = text[low : gap.end() + _REACH].split("\n")[0]
        noun = BEFORE_GAP.search(text, low, gap.start())
        # A line with several blanks was set so, or is a row of a table.
        if noun and len(TYPESET_BLANK.findall(line)) < _BLANKS_OF_TYPESETTING:
            yield Span(noun.start(), gap.end())


def _is_meant(report: Report, match: re.Match[str], span: Span, kind: BlankKind) -> bool:
    """Whether the signs stand there on purpose: a ruled line, or a name or day left out in an account of a case."""
    if report.in_residue(span) or _RULED_LINE.search(match.group()):
        return True
    around = match.string[max(match.start() - _REACH, 0) : match.end() + _REACH]
    return kind in ("date", "name") and _CASE_STUDY.search(around) is not None


KIND = Kind(
    name="placeholder",
    summary="模板中的空白没有填写",
    parameters=PlaceholderParameters,
    run=run,
    cases=("number", "date", "title", "note", "name"),
)
