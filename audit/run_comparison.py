"""Compares the reports of a whole run with one another, from what the result store keeps of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from audit.copies.comparison import (
    BatchInput,
    Comparer,
    Comparison,
    FirstPairs,
    ReportPairs,
    pairs_in_order,
    settings_of,
)
from audit.copies.findings import judge_compared
from audit.copies.outline import report_without_text
from audit.copies.passages import ReportHeader
from audit.copies.record import CopyFamily, CopyPair
from audit.copies.store import cut, report_count
from audit.findings_file import read_reports
from audit.record import ReportRecord
from audit.result_store import ResultStore, StoredRecord
from audit.side_by_side import SideBySide, parts
from audit.summary import ReportSummary
from checks.engine import Judgement, comparing_engine
from checks.finding import Outcome
from documents.report import UnitLevel
from rules.facts import Facts
from rules.model import Ruleset

_FEWEST = 2
_WORTH_PROCESSES: Final = 3000
"""So many pairs of reports take longer to compare than processes take to start."""
_PART: Final = 250


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
    workers: int = 1,
) -> RunComparison:
    """Compare the reports of a run, in its order; ``None`` and files that were not judged take no part.

    ``names`` are the masked paths (:func:`audit.masking.masked_names`). Large runs are shared out to ``workers``
    processes. Raises what audit.findings_file.read_reports raises.
    """
    taking_part = [
        (index, stored) for index, stored in enumerate(reports) if stored is not None and stored.passages is not None
    ]
    others = [stored for stored in earlier.reports if stored.passages is not None]
    if not taking_part or (len(taking_part) + len(others) < _FEWEST and earlier.findings is None):
        return RunComparison()
    indexes = [index for index, _ in taking_part]
    compared = [*(stored for _, stored in taking_part), *others]
    headers = [_header(stored, names) for stored in compared]
    given = BatchInput(list(_blocks(compared, store)), headers, settings_of(ruleset), facts, len(taking_part))
    found = compare_batch(given, ruleset, read_reports(earlier.findings) if earlier.findings else (), workers)
    return RunComparison(
        pairs=found.pairs,
        families=found.families,
        judgements={indexes[number]: judgement for number, judgement in found.judgements.items()},
        passing=_passing(headers[: given.reports], found, ruleset, facts),
        compared=frozenset(indexes),
    )


def compare_batch(
    given: BatchInput, ruleset: Ruleset, records: Iterable[ReportRecord], workers: int = 1
) -> RunComparison:
    """Compare the reports of a batch with one another and with ``records`` of earlier ones; ``judgements`` are by
    number in the batch."""
    comparer = Comparer(given)
    candidates, earlier_reports = comparer.candidates(), comparer.earlier_reports()
    several = len(candidates) + len(earlier_reports) >= _WORTH_PROCESSES
    index = (given, comparer.finder.index)
    with SideBySide(comparer, workers if several else 1, Comparer, lambda: index) as crew:
        others = list(chain.from_iterable(crew.each(Comparer.others, parts(candidates, _PART))))
        earlier = list(chain.from_iterable(crew.each(Comparer.earlier, parts(earlier_reports, _PART))))
        work = comparer.by_report(others, earlier, records)
        judge_part = partial(_judged, ruleset)
        judged = dict(chain.from_iterable(crew.each(judge_part, parts(work, _PART))))
        return RunComparison(
            pairs=pairs_in_order({number: pairs for number, (_, pairs) in judged.items()}, earlier),
            families=comparer.families(others),
            judgements={number: judgement for number, (judgement, _) in judged.items()},
        )


def _judged(
    ruleset: Ruleset, comparer: Comparer, part: Sequence[ReportPairs]
) -> list[tuple[int, tuple[Judgement, FirstPairs]]]:
    """The verdict of the comparing rules on each report of a part, by its number, and its pairs in words."""
    engine = comparing_engine(ruleset)
    judged: list[tuple[int, tuple[Judgement, FirstPairs]]] = []
    for each in part:
        described = comparer.describe(each)
        judgement = judge_compared(engine, described.report, described.compared, comparer.given.facts)
        judged.append((each.number, (judgement, described.pairs)))
    return judged


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


def _passing(
    headers: Sequence[ReportHeader], found: RunComparison, ruleset: Ruleset, facts: Facts
) -> dict[tuple[UnitLevel | None, int | None], Mapping[str, Outcome]]:
    """The outcomes of the comparing rules on reports that share nothing, which depend on level and year only."""
    nothing, engine = Comparison(len(headers)).nothing, comparing_engine(ruleset)
    outcomes: dict[tuple[UnitLevel | None, int | None], Mapping[str, Outcome]] = {}
    for number, header in enumerate(headers):
        kind = (header.level, header.year)
        if number not in found.judgements and kind not in outcomes:
            report = report_without_text(header.path, header.level, header.year)
            outcomes[kind] = judge_compared(engine, report, nothing, facts).outcomes
    return outcomes
