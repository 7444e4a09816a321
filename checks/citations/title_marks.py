"""Title marks without a partner, doubled, or of the wrong kind.

Cases: ``unclosed`` and ``unopened`` (a mark that stands alone), ``doubled`` (《《…》, 《…》》), ``inner`` (〈 and 》 as
a pair, or 〈 alone inside 《》), ``nested`` (《》 directly inside 《》) and ``superfluous`` (〈〉 around everything
that stands inside 《》).
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.citations.marks import FaultKind
from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from rules.model import Parameters

_MESSAGES: dict[FaultKind, str] = {
    FaultKind.UNCLOSED: "“{}”处的书名号没有成对，缺少后一半“》”，或者后一半误写",
    FaultKind.UNOPENED: "“{}”处的书名号没有成对，缺少前一半“《”",
    FaultKind.DOUBLED: "“{}”处的书名号重复",
    FaultKind.INNER: "“{}”处书名号里的单书名号“〈〉”没有成对",
    FaultKind.NESTED: "“{}”在书名号之内，里面一层应当用单书名号“〈〉”",
    FaultKind.SUPERFLUOUS: "“{}”处的单书名号“〈〉”多余",
}


class TitleMarksParameters(Parameters):
    """``faults``: the cases to look for."""

    faults: tuple[FaultKind, ...] = Field(
        default=tuple(FaultKind),
        min_length=1,
        description="查哪些问题：unclosed 缺后一半、unopened 缺前一半、doubled 重复、inner 单书名号不成对、"
        "nested 双书名号里又用双书名号、superfluous 单书名号多余",
    )


def run(context: Context, parameters: TitleMarksParameters) -> Iterator[Match]:
    """One match for each faulty mark."""
    for fault in context.title_marks.faults:
        if fault.kind in parameters.faults and not context.report.in_residue(fault.span):
            message = _MESSAGES[fault.kind].format(context.report.quote(fault.span))
            yield Match(fault.span, message, values={"kind": fault.kind.value}, case=fault.kind.value)


KIND = Kind(
    name="title-marks",
    summary="书名号不成对、重复或嵌套有误",
    parameters=TitleMarksParameters,
    run=run,
    cases=tuple(kind.value for kind in FaultKind),
)
