"""The labelled reports: what is wrong in each, what only looks wrong, and the proof that the labels are right.

``labelled/NAME.txt`` is a report, ``labelled/NAME.yaml`` its labels. A label quotes the report exactly; where the quote
occurs more than once, ``occurrence`` (from 1) says which is meant. ``arithmetic`` states in numbers why a figure is
wrong (``42+31 != 75``) or right (``19/361 == 5.26%``) and is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from benchmarks.arithmetic import holds
from documents.report import Span, UnitLevel
from rules.strict_yaml import read_yaml

FOLDER = Path(__file__).resolve().parent / "labelled"
FAMILIES = (
    "sections",
    "years",
    "duplicates",
    "metrics",
    "figures",
    "citations",
    "wording",
    "identity",
    "privacy",
    "timeliness",
)
Family = Literal[
    "sections",
    "years",
    "duplicates",
    "metrics",
    "figures",
    "citations",
    "wording",
    "identity",
    "privacy",
    "timeliness",
]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(_Model):
    """One passage. ``family`` is where a finding belongs, ``also`` names families that may report it as well."""

    family: Family
    why: str
    quote: str = ""
    occurrence: int = Field(1, ge=1)
    also: tuple[Family, ...] = ()
    rules: tuple[str, ...] = ()
    """The rules that may report it; empty: any rule of its families."""
    sure: bool = True
    """Whether any competent inspector would insist."""
    missing: str = ""
    """For something absent: the word by which a finding must name it; such a label has no quote."""
    arithmetic: str = ""

    @property
    def families(self) -> tuple[str, ...]:
        """All families that may report it."""
        return (self.family, *self.also)


class Labels(_Model):
    """The labels of one report, and the facts that the program must read from it."""

    year: int
    level: UnitLevel
    unit: str
    signed: date | None = None
    clean: bool
    defects: tuple[Label, ...] = ()
    traps: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """One report with its labels; ``name`` is the file name without its suffix."""

    name: str
    text: str
    labels: Labels

    def span(self, label: Label) -> Span | None:
        """Where a label's quote stands; ``None`` for something absent, or where the quote is not in the report."""
        if not label.quote:
            return None
        starts = occurrences(self.text, label.quote)
        if label.occurrence > len(starts):
            return None
        start = starts[label.occurrence - 1]
        return Span(start, start + len(label.quote))


@cache
def occurrences(text: str, quote: str) -> tuple[int, ...]:
    """Every offset at which ``quote`` stands in ``text``, overlapping ones included."""
    return tuple(at for at in range(len(text)) if text.startswith(quote, at))


def load_labelled(folder: Path = FOLDER) -> tuple[LabelledReport, ...]:
    """All labelled reports by name. Raises rules.errors.RuleFileError or pydantic.ValidationError."""
    return tuple(
        LabelledReport(
            path.stem,
            path.with_suffix(".txt").read_text(encoding="utf-8"),
            Labels.model_validate(read_yaml(path).tree),
        )
        for path in sorted(folder.glob("*.yaml"))
    )


def faults(report: LabelledReport, rule_ids: frozenset[str]) -> Iterator[str]:
    """What is wrong with the labels of one report, each in one sentence."""
    labels = report.labels
    if labels.clean and labels.defects:
        yield "a clean report has defects"
    if not labels.clean and not labels.defects:
        yield "a report without defects must be marked clean"
    if str(labels.year) not in report.text and str(labels.year) not in _half_width(report.text):
        yield f"the year {labels.year} is not in the report"
    if labels.unit not in report.text:
        yield f"the unit {labels.unit} is not in the report"
    if labels.signed and labels.signed.year not in (labels.year, labels.year + 1):
        yield f"signed on {labels.signed}, which fits no report on {labels.year}"
    for label in (*labels.defects, *labels.traps):
        yield from _label_faults(report, label, rule_ids)
    yield from _clashes(report)


def _label_faults(report: LabelledReport, label: Label, rule_ids: frozenset[str]) -> Iterator[str]:
    shown = label.quote or label.missing
    if bool(label.quote) == bool(label.missing):
        yield f"{shown}: exactly one of quote and missing"
    elif label.quote and label.quote not in report.text:
        yield f"{shown}: not in the report"
    elif label.quote and report.span(label) is None:
        yield f"{shown}: has no occurrence {label.occurrence}"
    elif label.quote and not _told_apart(report, label):
        yield f"{shown}: occurs more than once, say which is meant"
    if unknown := [rule for rule in label.rules if rule not in rule_ids]:
        yield f"{shown}: no such rule {unknown}"
    if wrong := [rule for rule in label.rules if rule.split("/")[0] not in label.families]:
        yield f"{shown}: rule of another family {wrong}"
    if label.arithmetic and not holds(label.arithmetic):
        yield f"{shown}: {label.arithmetic} does not hold"


def _told_apart(report: LabelledReport, label: Label) -> bool:
    return "occurrence" in label.model_fields_set or len(occurrences(report.text, label.quote)) == 1


def _clashes(report: LabelledReport) -> Iterator[str]:
    """A passage cannot be both wrong and only look wrong in the same family."""
    for trap in report.labels.traps:
        for defect in report.labels.defects:
            here, there = report.span(trap), report.span(defect)
            if trap.family in defect.families and here and there and there.covers(here):
                yield f"{trap.quote}: a trap inside the defect {defect.quote}"


def _half_width(text: str) -> str:
    return text.translate({ord("０") + digit: str(digit) for digit in range(10)})
