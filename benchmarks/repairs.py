"""The wrong figures of the labelled reports set right: where one still draws an error or a warning, that is false."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.arithmetic import worked_out
from benchmarks.labels import Label, LabelledReport
from benchmarks.scoring import Score, touches
from checks.finding import Finding
from documents.report import Span

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


@dataclass(frozen=True, slots=True)
class Repair:
    """A report in which one wrong figure is right; ``span`` is where it stands."""

    report: LabelledReport
    quote: str
    span: Span


def repairs(report: LabelledReport) -> Iterator[Repair]:
    """One repair for each wrong figure whose label states what is wrong as ``expression != figure``."""
    for label in report.labels.defects:
        place, right = report.span(label), _repaired(label)
        if place is None or right is None:
            continue
        text = report.text[: place.start] + right + report.text[place.end :]
        rest = report.labels.model_copy(
            update={"defects": tuple(other for other in report.labels.defects if other is not label), "traps": ()}
        )
        repaired = LabelledReport(report.name, text, rest)
        if all(repaired.span(other) or other.missing for other in rest.defects):
            yield Repair(repaired, right, Span(place.start, place.start + len(right)))


def still_accused(repair: Repair, scored: Score) -> tuple[Finding, ...]:
    """The errors and warnings about figures at the place that was set right."""
    return tuple(
        finding for finding in scored.false if finding.rule.startswith("figures/") and touches(finding, repair.span)
    )


def _repaired(label: Label) -> str | None:
    """The quote with the right figure, where the wrong one stands in it once."""
    answer = worked_out(label.arithmetic)
    if answer is None:
        return None
    wrong, right = answer
    for old, new in ((wrong, right), (wrong.translate(_FULL_WIDTH), right.translate(_FULL_WIDTH))):
        pattern = re.compile(rf"(?<![\d.．]){re.escape(old)}(?![\d.．])")
        if len(pattern.findall(label.quote)) == 1:
            return pattern.sub(new, label.quote)
    return None
