"""Compares findings with labels: what was found, what was missed, what was flagged wrongly.

A finding explains a label when it belongs to one of the label's families (or is one of its rules) and touches the
labelled words, itself or with a related passage; for something absent, when it names what is absent. Precision counts
errors and warnings only: remarks (``info``) never accuse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from audit.record import ReportRecord
from benchmarks.labels import Label, LabelledReport
from checks.finding import Finding
from documents.report import Span
from rules.model import Level

PRECISION_TARGET = 0.9


@dataclass(frozen=True, slots=True)
class Score:
    """One report: each defect with the finding that explains it, and the findings that no label explains."""

    name: str
    characters: int
    clean: bool
    defects: tuple[tuple[Label, Finding | None], ...]
    traps: tuple[tuple[Label, Finding | None], ...]
    true: tuple[Finding, ...]
    false: tuple[Finding, ...]
    remarks: tuple[Finding, ...]
    identity: dict[str, bool]


@dataclass(slots=True)
class Tally:
    """Counts for one family, one rule or everything."""

    defects: int = 0
    found: int = 0
    accused: int = 0
    """Defects found by an error or a warning."""
    true: int = 0
    false: int = 0
    remarks: int = 0
    traps: int = 0
    trapped: int = 0

    @property
    def recall(self) -> float | None:
        """Share of the sure defects that any finding explains."""
        return self.found / self.defects if self.defects else None

    @property
    def precision(self) -> float | None:
        """Share of the errors and warnings that a label explains."""
        return self.true / (self.true + self.false) if self.true + self.false else None


def family_of(rule: str) -> str:
    """The family in a rule's id."""
    return rule.partition("/")[0]


def accuses(finding: Finding) -> bool:
    """Whether a finding is an error or a warning."""
    return finding.level is not Level.INFO


def touches(finding: Finding, span: Span) -> bool:
    """Whether a finding, or a passage related to it, shares a character with ``span`` (or stands at it, if empty)."""
    places = [Span(finding.start, finding.end), *(Span(item.start, item.end) for item in finding.related)]
    return any(place.overlaps(span) or (place.start == place.end and span.covers(place)) for place in places)


def explains(finding: Finding, label: Label, span: Span | None) -> bool:
    """Whether ``finding`` reports what ``label`` (at ``span``) says is wrong."""
    accepted = finding.rule in label.rules if label.rules else family_of(finding.rule) in label.families
    if not accepted:
        return False
    if span is None:
        return label.missing in f"{finding.title}{finding.message}{finding.values.get('missing', '')}"
    return touches(finding, span)


def score(report: LabelledReport, record: ReportRecord) -> Score:
    """How ``record`` compares with the labels of ``report``."""
    labels = report.labels
    true: list[Finding] = []
    defects: list[tuple[Label, Finding | None]] = []
    for label in labels.defects:
        span = report.span(label)
        explaining = [finding for finding in record.findings if explains(finding, label, span)]
        true += [finding for finding in explaining if finding not in true]
        defects.append((label, next(iter(sorted(explaining, key=lambda item: not accuses(item))), None)))
    rest = [finding for finding in record.findings if finding not in true]
    false = tuple(finding for finding in rest if accuses(finding))
    return Score(
        name=report.name,
        characters=len(report.text),
        clean=labels.clean,
        defects=tuple(defects),
        traps=tuple((trap, _springs(report, trap, false)) for trap in labels.traps),
        true=tuple(true),
        false=false,
        remarks=tuple(finding for finding in rest if not accuses(finding)),
        identity={
            "year": record.year == labels.year,
            "level": record.level == labels.level,
            "unit": bool(record.unit) and labels.unit in str(record.unit),
        },
    )


def _springs(report: LabelledReport, trap: Label, false: Iterable[Finding]) -> Finding | None:
    span = report.span(trap)
    return next(
        (item for item in false if span and family_of(item.rule) in trap.families and touches(item, span)), None
    )


@dataclass(slots=True)
class Totals:
    """Tallies over all reports."""

    all: Tally = field(default_factory=Tally)
    families: dict[str, Tally] = field(default_factory=dict[str, Tally])
    rules: dict[str, Tally] = field(default_factory=dict[str, Tally])

    def add_report(self, scored: Score) -> None:
        """Count one labelled report."""
        for label, finding in scored.defects:
            if label.sure:
                for tally in (self.all, self.family(label.family)):
                    tally.defects += 1
                    tally.found += finding is not None
                    tally.accused += finding is not None and accuses(finding)
        for trap, finding in scored.traps:
            for tally in (self.all, self.family(trap.family)):
                tally.traps += 1
                tally.trapped += finding is not None
        self.add_findings(scored.true, scored.false, scored.remarks)

    def add_findings(self, true: Iterable[Finding], false: Iterable[Finding], remarks: Iterable[Finding] = ()) -> None:
        """Count findings that a label explains, and errors, warnings and remarks that none does."""
        for finding in true:
            for tally in self._tallies(finding.rule):
                tally.true += accuses(finding)
        for finding in false:
            for tally in self._tallies(finding.rule):
                tally.false += 1
        for finding in remarks:
            for tally in self._tallies(finding.rule):
                tally.remarks += 1

    def family(self, name: str) -> Tally:
        """The tally of one family."""
        return self.families.setdefault(name, Tally())

    def _tallies(self, rule: str) -> tuple[Tally, Tally, Tally]:
        return self.all, self.family(family_of(rule)), self.rules.setdefault(rule, Tally())

    def imprecise_rules(self) -> list[str]:
        """The rules whose errors and warnings are right less often than the target demands."""
        return sorted(
            rule
            for rule, tally in self.rules.items()
            if tally.precision is not None and tally.precision < PRECISION_TARGET
        )
