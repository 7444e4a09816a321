"""Judges the labelled reports and the mutants, and adds up what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from audit.assess import Auditor
from audit.packs import load_pack
from audit.record import ReportRecord
from benchmarks.labels import LabelledReport, load_labelled
from benchmarks.mutations import Base, Mutant, mutants
from benchmarks.repairs import Repair, repairs, still_accused
from benchmarks.scoring import Score, Totals, accuses, family_of, score, touches
from checks.finding import Finding
from documents.read import report_from_text
from rules.model import Ruleset

SAMPLES = Path(__file__).resolve().parent.parent / "seeds"


@dataclass(frozen=True, slots=True)
class MutantScore:
    """One mutant: the new finding that reports its damage, and new errors and warnings about anything else."""

    mutant: Mutant
    finding: Finding | None
    true: tuple[Finding, ...]
    false: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RepairScore:
    """One figure set right, and the errors and warnings it still draws."""

    repair: Repair
    false: tuple[Finding, ...]


@dataclass(slots=True)
class Trial:
    """Everything measured. ``totals`` counts the labelled reports, ``mutated`` the mutants."""

    ruleset: Ruleset
    scores: list[Score] = field(default_factory=list[Score])
    mutant_scores: list[MutantScore] = field(default_factory=list[MutantScore])
    repair_scores: list[RepairScore] = field(default_factory=list[RepairScore])
    totals: Totals = field(default_factory=Totals)
    mutated: Totals = field(default_factory=Totals)
    together: Totals = field(default_factory=Totals)

    def add(self, scored: Score) -> None:
        """Count one labelled report."""
        self.scores.append(scored)
        self.totals.add_report(scored)
        self.together.add_report(scored)

    def add_repair(self, scored: RepairScore) -> None:
        """Count one figure set right."""
        self.repair_scores.append(scored)
        self.together.add_findings((), scored.false)

    def add_mutant(self, scored: MutantScore) -> None:
        """Count one mutant; its damage is a defect of the first family that may report it."""
        self.mutant_scores.append(scored)
        for tally in (self.mutated.all, self.mutated.family(family_of(scored.mutant.families[0]))):
            tally.defects += 1
            tally.found += scored.finding is not None
            tally.accused += scored.finding is not None and accuses(scored.finding)
        for totals in (self.mutated, self.together):
            totals.add_findings(scored.true, scored.false)


def run(*, with_mutants: bool = True) -> Trial:
    """Judge all labelled reports and, unless told otherwise, all mutants of the samples and the clean reports."""
    ruleset, facts = load_pack()
    auditor = Auditor(ruleset, facts)
    trial = Trial(ruleset)
    labelled = load_labelled()
    for report in labelled:
        trial.add(score(report, judged(auditor, report.text)))
        for repair in repairs(report):
            alarms = still_accused(repair, score(repair.report, judged(auditor, repair.report.text)))
            trial.add_repair(RepairScore(repair, alarms))
    if with_mutants:
        for base in _bases(auditor, labelled):
            for mutant in mutants([base]):
                trial.add_mutant(score_mutant(base, mutant, judged(auditor, mutant.text)))
    return trial


def judged(auditor: Auditor, text: str) -> ReportRecord:
    """What the program says about a report with this text."""
    return auditor.assess_report(report_from_text(text))


def _bases(auditor: Auditor, labelled: Iterable[LabelledReport]) -> Iterator[Base]:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))}
    texts |= {report.name: report.text for report in labelled if report.labels.clean}
    for name, text in texts.items():
        report = report_from_text(text)
        yield Base(name, report, auditor.assess_report(report), auditor.ruleset)


def score_mutant(base: Base, mutant: Mutant, record: ReportRecord) -> MutantScore:
    """What is new in ``record`` against the base, and whether it is the damage that was done."""
    new, gone = _changes(base.record, record, mutant)
    true = tuple(item for item in new if _belongs(item, mutant.families) and _placed(item, mutant))
    rest = [item for item in new if accuses(item) and item not in true and not _belongs(item, mutant.beside)]
    false: list[Finding] = []
    for item in rest:
        if gone[item.rule]:
            gone[item.rule] -= 1
        else:
            false.append(item)
    return MutantScore(mutant, min(true, key=lambda item: not accuses(item), default=None), true, tuple(false))


def _belongs(finding: Finding, names: Iterable[str]) -> bool:
    """``names`` are families, or ids of rules."""
    return any(name in (finding.rule, family_of(finding.rule)) for name in names)


def _placed(finding: Finding, mutant: Mutant) -> bool:
    return mutant.span is None or touches(finding, mutant.span)


def _changes(before: ReportRecord, after: ReportRecord, mutant: Mutant) -> tuple[list[Finding], Counter[str]]:
    """The findings that the base does not have, and how many of the base's each rule no longer has.

    Of two alike the one at the damage is the new one. A finding whose quote holds the damage comes back changed: it is
    among the new ones, and its former self among those gone.
    """
    known = Counter(_key(finding) for finding in before.findings)
    new: list[Finding] = []
    for finding in sorted(after.findings, key=lambda item: _placed(item, mutant)):
        key = _key(finding)
        if known[key]:
            known[key] -= 1
        else:
            new.append(finding)
    gone: Counter[str] = Counter()
    for (rule, _, _), count in known.items():
        gone[rule] += count
    return new, gone


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, "".join(finding.quote.split()), str(finding.values.get("missing", ""))
