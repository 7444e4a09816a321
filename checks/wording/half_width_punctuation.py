"""Half-width punctuation between Chinese words: one remark with the count.

Where a whole text has hardly any full-width comma, a web page or a program has converted it, and the remark says so
(case ``converted``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.wording.habits import habit
from documents.lazy_pattern import lazy_pattern
from documents.report import Span
from rules.model import Parameters

_HALF = lazy_pattern(r"[,;:?!.()]")
_WORDS_BEFORE = lazy_pattern(r"[\u4e00-\u9fff”》)）]")
_WORDS_AFTER = lazy_pattern(r"[\u4e00-\u9fff“《(（\n\d]|$")
_HAN_AFTER = lazy_pattern(r"[\u4e00-\u9fff“《\n]|$")
_FULL = lazy_pattern("[，；：？！（）]")


class HalfWidthParameters(Parameters):
    """``converted_share`` is the share of half-width marks from which the text counts as converted."""

    converted_share: float = Field(default=0.8, gt=0, le=1, description="半角标点达到这个比例，视为网页或软件转换所致")


def run(context: Context, parameters: HalfWidthParameters) -> Iterator[Match]:
    """At most one match, at the first such mark."""
    text = context.report.text
    spans = [Span(*match.span()) for match in _HALF.finditer(text) if _is_between_words(match)]
    spans = [span for span in spans if not context.report.in_residue(span)]
    if not spans:
        return
    full = len(_FULL.findall(text))
    if len(spans) >= parameters.converted_share * (len(spans) + full):
        yield habit(spans, "全文标点用的是半角，可能是网页或软件转换所致，正式文本请用全角", case="converted")
    else:
        yield habit(spans, f"中文语句中用了半角标点“{context.report.quote(spans[0])}”，应当用全角")


def _is_between_words(match: re.Match[str]) -> bool:
    """Whether the mark stands between Chinese words, and is no part of a number, an address or a time."""
    text, place, mark = match.string, match.start(), match.group()
    before = text[place - 1 : place]
    if _WORDS_BEFORE.match(before):
        return (_HAN_AFTER if mark in ".()" else _WORDS_AFTER).match(text, place + 1) is not None
    return mark == "," and before.isdigit() and _HAN_AFTER.match(text, place + 1) is not None


KIND = Kind(
    name="half-width-punctuation",
    summary="中文语句中的半角标点（合并为一条）",
    parameters=HalfWidthParameters,
    run=run,
    cases=("converted",),
)
