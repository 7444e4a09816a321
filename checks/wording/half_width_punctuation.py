"""Half-width punctuation between Chinese words: one remark with the count.

Where a whole text has hardly any full-width comma, a web page or a program has converted it, and the remark says so
(case ``converted``).
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.wording.habits import habit
from documents.lazy_pattern import lazy_pattern
from documents.report import Span
from rules.model import Parameters

# The mark stands first, so that the search leaps from one to the next. A comma also counts between digit and word.
_HALF = lazy_pattern(
    r"[,;:?!.()](?:(?<=[\u4e00-\u9fff”》)）][,;:?!])(?=[\u4e00-\u9fff“《(（\n\d]|\Z)"
    r"|(?<=[\u4e00-\u9fff”》)）][.()])(?=[\u4e00-\u9fff“《\n]|\Z)|(?P<after_digit>(?<=\w,))(?=[\u4e00-\u9fff“《\n]|\Z))"
)
_FULL = "，；：？！（）"


class HalfWidthParameters(Parameters):
    """``converted_share`` is the share of half-width marks from which the text counts as converted."""

    converted_share: float = Field(default=0.8, gt=0, le=1, description="半角标点达到这个比例，视为网页或软件转换所致")


def run(context: Context, parameters: HalfWidthParameters) -> Iterator[Match]:
    """At most one match, at the first such mark."""
    text = context.report.text
    marks = _HALF.finditer(text)
    spans = [Span(*mark.span()) for mark in marks if mark.lastgroup is None or text[mark.start() - 1].isdigit()]
    if context.report.residue:
        spans = [span for span in spans if not context.report.in_residue(span)]
    if not spans:
        return
    full = sum(map(text.count, _FULL))
    if len(spans) >= parameters.converted_share * (len(spans) + full):
        yield habit(spans, "全文标点用的是半角，可能是网页或软件转换所致，正式文本请用全角", case="converted")
    else:
        yield habit(spans, f"中文语句中用了半角标点“{context.report.quote(spans[0])}”，应当用全角")


KIND = Kind(
    name="half-width-punctuation",
    summary="中文语句中的半角标点（合并为一条）",
    parameters=HalfWidthParameters,
    run=run,
    cases=("converted",),
)
