"""Totals that their parts do not add up to.

Fails: 共54起,其中简易程序50起,一般程序3起. Passes: 共54起,其中罚款案件50起; 共56件,其中发明12件、外观等20件.
A list is an error only where it is closed (two classes that exclude each other, 其他 at the end, brackets, 分别为)
or nearly covers the total. Parts above the whole always are, unless the classes may overlap (党员, 女性) or are
stages of one procedure (受理, 审结).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import reduce
from operator import add

from pydantic import Field

from checks.context import Context
from checks.figures.amounts import NOTHING
from checks.figures.breakdowns import Breakdown, Opening, breakdowns
from checks.figures.closure import Vocabulary, closure_of
from checks.figures.reading import Passage
from checks.figures.tables import TableSum, table_sums
from checks.figures.wording import json_number, shown, terms
from checks.kind import Kind
from checks.match import Match, Value
from documents.report import Report, Span
from rules.model import Parameters


class SumOfPartsParameters(Parameters):
    """Which classes exclude each other, and which overlap."""

    complements: tuple[tuple[str, str], ...] = Field(
        default=(), description="两类合起来就是全部的词，每组两个，同义词用“|”隔开，如 [简易程序, 普通程序|一般程序]"
    )
    overlapping: tuple[str, ...] = Field(
        default=(), description="可以与其他类别重叠的词，如 党员、女性：各项相加可以超过总数"
    )
    stages: tuple[str, ...] = Field(default=(), description="办理环节的词，如 受理、审结：各项相加可以超过总数")


def run(context: Context, parameters: SumOfPartsParameters) -> Iterator[Match]:
    """Each total that no reading of its list of parts adds up to."""
    vocabulary = Vocabulary.of(parameters.complements, parameters.overlapping, parameters.stages)
    told: set[tuple[int, int]] = set()
    for passage in context.figures:
        for breakdown in breakdowns(passage):
            match = _judge(context.report, passage, breakdown, vocabulary)
            if match and match.span not in told:
                told.add(match.span)
                yield match
    for table in table_sums(context.report):
        yield _table_match(table)


def _judge(report: Report, passage: Passage, found: Breakdown, vocabulary: Vocabulary) -> Match | None:
    if found.fits or not found.items:
        return None
    case = closure_of(passage.text, found, vocabulary)
    if case is None:
        return None
    figures = tuple(item.figure for item in found.items)
    total = reduce(add, (figure.amount for figure in figures), NOTHING)
    stated, added = found.total.value, sum((figure.value for figure in figures), Decimal(0))
    if total.meets(found.total.amount):
        return None
    everything = (found.total, *figures)
    unit = found.total.unit
    whole = shown(stated, everything)
    difference = f"{shown(abs(stated - added), everything)}{unit}"
    if len(figures) == 1:
        message = f"其中的一项{shown(added, everything)}{unit}大于总数{whole}{unit}"
    else:
        sign = "超出总数" if added > stated else "比总数少"
        message = f"所列各项{terms(figures)}={shown(added, everything)}，与总数{whole}{unit}不符，{sign}{difference}"
        if case in ("partial", "likely"):
            message += "；如未列全，请加“等”或补列其余类别"
    values: dict[str, Value] = {
        "total": json_number(stated),
        "sum": json_number(added),
        "difference": json_number(stated - added),
        "parts": [json_number(figure.value) for figure in figures],
    }
    return Match(_span(report, found), message, values=values, case=case)


def _span(report: Report, found: Breakdown) -> Span:
    places = [found.total, *(item.figure for item in found.items)]
    start, end = min(figure.start for figure in places), max(figure.end for figure in places)
    if found.opening is Opening.AFTER:
        start = min(start, found.start)
    return Span(*report.view.to_text(start, end))


def _table_match(table: TableSum) -> Match:
    listed = "+".join(str(value) for value in table.parts)
    added = sum(table.parts, Decimal(0))
    message = f"表格“{table.name}”各行{listed}={added}，与合计{table.total}相差{abs(table.total - added)}"
    values: dict[str, Value] = {
        "total": json_number(table.total),
        "sum": json_number(added),
        "parts": [json_number(value) for value in table.parts],
    }
    return Match(table.span, message, values=values, case="closed")


KIND = Kind(
    name="sum-of-parts",
    summary="总数与所列各项之和不符，或其中一项大于总数",
    parameters=SumOfPartsParameters,
    run=run,
    cases=("exceeds", "part-exceeds", "closed", "likely", "partial"),
)
