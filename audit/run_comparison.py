"""Compares the reports of a whole run with one another, from what the result store keeps of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from audit.copies.against import with_earlier_records
from audit.copies.comparison import Comparison, compare, settings_of
from audit.copies.findings import judge_compared
from audit.copies.outline import report_without_text, unpack_report
from audit.copies.passages import ReportHeader
from audit.copies.record import CopyFamily, CopyPair
from audit.copies.store import Batch, cut, report_count
from audit.findings_file import read_reports
from audit.result_store import ResultStore, StoredRecord
from audit.summary import ReportSummary
from checks.engine import Judgement
from checks.finding import Outcome
from documents.report import UnitLevel
from rules.facts import Facts
from rules.model import Ruleset

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class RunComparison:
    """What comparing the reports of a run found.

    ``judgements`` are those of the reports that share text, by their index in the run; ``passing`` are the outcomes of
    the others, by level and year, for those in ``compared``.
    """

    pairs: tuple[CopyPair, ...] = ()
    families: tuple[CopyFamily, ...] = ()
    judgements: Mapping[int, Judgement] = field(default_factory=dict[int, Judgement])
    passing: Mapping[tuple[UnitLevel | None, int | None], Mapping[str, Outcome]] = field(
        default_factory=dict[tuple[UnitLevel | None, int | None], Mapping[str, Outcome]]
    )
    compared: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a run is compared with besides its own reports: reports on earlier years, or the findings of a run."""

    reports: Sequence[StoredRecord] = ()
    findings: Path | None = None


def compare_run(
    reports: Sequence[StoredRecord | None],
    earlier: Earlier,
    names: Mapping[str, str],
    store: ResultStore,
    ruleset: Ruleset,
    facts: Facts,
) -> RunComparison:
    """Compare the reports of a run, in its order; ``None`` and files that were not judged take no part.

    ``names`` are the masked paths (:func:`audit.masking.masked_names`). Raises what audit.findings_file.read_reports
    raises.
    """
    taking_part = [
        (index, stored) for index, stored in enumerate(reports) if stored is not None and stored.passages is not None
    ]
    others = [stored for stored in earlier.reports if stored.passages is not None]
    if not taking_part or (len(taking_part) + len(others) < _FEWEST and earlier.findings is None):
        return RunComparison()
    indexes = [index for index, _ in taking_part]
    compared = [*(stored for _, stored in taking_part), *others]
    blocks = list(_blocks(compared, store))
    headers = [_header(stored, names) for stored in compared]
    found = compare(blocks, headers, settings_of(ruleset), facts, len(taking_part))
    if earlier.findings is not None:
        found = with_earlier_records(found, blocks, headers, read_reports(earlier.findings))
    return RunComparison(
        pairs=found.pairs,
        families=found.families,
        judgements={
            indexes[number]: judgement for number, judgement in _judged(Batch(blocks), headers, found, ruleset, facts)
        },
        passing=_passing(headers[: len(taking_part)], found, ruleset, facts),
        compared=frozenset(indexes),
    )


def _blocks(taking_part: Sequence[StoredRecord], store: ResultStore) -> Iterator[Path | bytes]:
    """The passages in the order of the run, whatever chunks they are in, so that nothing found depends on these."""
    start = 0
    for position, stored in enumerate(taking_part, start=1):
        following = taking_part[position] if position < len(taking_part) else None
        if following is None or following.chunk != stored.chunk or following.passages != _number(stored) + 1:
            first, stop, file = _number(taking_part[start]), _number(stored) + 1, store.passages(stored.chunk)
            yield file if (first, stop) == (0, report_count(file)) else cut(file, first, stop)
            start = position


def _number(stored: StoredRecord) -> int:
    if stored.passages is None:
        raise ValueError(f"{stored.path} has no passages")
    return stored.passages


def _header(stored: StoredRecord, names: Mapping[str, str]) -> ReportHeader:
    summary: ReportSummary = stored.summary
    return ReportHeader(
        names.get(stored.path, stored.path), summary.unit, summary.level, summary.year, summary.published
    )


def _judged(
    batch: Batch, headers: Sequence[ReportHeader], found: Comparison, ruleset: Ruleset, facts: Facts
) -> Iterator[tuple[int, Judgement]]:
    """The verdict of the comparing rules on each report that shares text, by its number."""
    for number, compared in found.compared.items():
        report = unpack_report(batch.outline_of(number), headers[number].path)
        yield number, judge_compared(report, compared, ruleset, facts)


def _passing(
    headers: Sequence[ReportHeader], found: Comparison, ruleset: Ruleset, facts: Facts
) -> dict[tuple[UnitLevel | None, int | None], Mapping[str, Outcome]]:
    """The outcomes of the comparing rules on reports that share nothing, which depend on level and year only."""
    outcomes: dict[tuple[UnitLevel | None, int | None], Mapping[str, Outcome]] = {}
    for number, header in enumerate(headers):
        kind = (header.level, header.year)
        if number not in found.compared and kind not in outcomes:
            report = report_without_text(header.path, header.level, header.year)
            outcomes[kind] = judge_compared(report, found.nothing, ruleset, facts).outcomes
    return outcomes
