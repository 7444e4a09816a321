"""Compares the reports of a batch with one another: pairs, families, and what each report has to answer for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from audit.copies.against import earlier_by_records
from audit.copies.alignment import Shared
from audit.copies.description import Describer
from audit.copies.earlier import describe_earlier, earlier_pairs, unit_key
from audit.copies.evidence import OwnWords
from audit.copies.families import find_families
from audit.copies.pairs import FoundPair, Index, PairFinder
from audit.copies.passages import ReportHeader
from audit.copies.record import CopyFamily, CopyPair
from audit.copies.store import Batch
from audit.record import ReportRecord
from checks.comparison import Compared, EarlierReport
from checks.duplicates.copied_from_other import CopiedFromOtherParameters
from documents.report import Report
from rules.facts import Facts
from rules.model import Ruleset

_VERSION_SHARE: Final = 0.8
_CHECK: Final = "copied-from-other"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing a batch of ``reports`` found; ``compared`` has those that share text, by number in the batch."""

    reports: int
    pairs: tuple[CopyPair, ...] = ()
    families: tuple[CopyFamily, ...] = ()
    compared: Mapping[int, Compared] = field(default_factory=dict[int, Compared])

    @property
    def nothing(self) -> Compared | None:
        """What was found about a report that shares no text; ``None`` where there was nothing to compare it with."""
        return Compared() if self.reports > 1 else None


def settings_of(ruleset: Ruleset) -> CopiedFromOtherParameters:
    """The measures of the pack's rule on copies between units; the usual ones where it has none."""
    found = (rule.parameters for rule in ruleset.rules if rule.check == _CHECK)
    parameters = next(found, None)
    return parameters if isinstance(parameters, CopiedFromOtherParameters) else CopiedFromOtherParameters()


@dataclass(frozen=True, slots=True)
class BatchInput:
    """What is compared: the reports of ``blocks`` (:func:`audit.copies.store.encode`); ``headers`` are of the same, in
    order. The first ``reports`` of them are audited; the others are earlier reports to compare with."""

    blocks: Sequence[Path | bytes]
    headers: Sequence[ReportHeader]
    settings: CopiedFromOtherParameters
    facts: Facts
    reports: int


@dataclass(frozen=True, slots=True)
class ReportPairs:
    """The pairs that one report is of: with other reports, and, this one being the first, with the same unit's report
    on an earlier year; ``known`` is what is known of an earlier report besides."""

    number: int
    others: Sequence[FoundPair] = ()
    earlier: Sequence[FoundPair] = ()
    known: tuple[EarlierReport, ...] = ()


class FirstPairs(NamedTuple):
    """The pairs in words that one report is the first of: with other reports, and with an earlier one of its unit."""

    others: tuple[CopyPair, ...]
    earlier: tuple[CopyPair, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """A report, what it has to answer for, and the pairs that it is the first of."""

    report: Report
    compared: Compared
    pairs: FirstPairs


class Comparer:
    """Compares the reports of a batch, a part at a time, so that several processes can share the work.

    ``index`` is that of another comparer of the same batch.
    """

    def __init__(self, given: BatchInput, index: Index | None = None) -> None:
        self.given = given
        self.batch = Batch(given.blocks)
        formulas = OwnWords((*given.facts.policy_formulas, *given.facts.central_sentences), given.facts.official_terms)
        levels = [header.level for header in given.headers]
        self.finder = PairFinder(self.batch, levels, given.settings, formulas, index)
        self.describer = Describer(self.batch, given.headers)

    def candidates(self) -> list[tuple[int, int]]:
        """The pairs of reports, ascending, that are worth being asked for by :meth:`others`."""
        return [(first, second) for first, second in self.finder.candidates() if self._is_asked_for(first, second)]

    def earlier_reports(self) -> list[tuple[int, tuple[int, ...]]]:
        """The reports that have an earlier one, with all on its year: what :meth:`earlier` is asked for."""
        return [each for each in earlier_pairs(self.given.headers) if each[0] < self.given.reports]

    def others(self, candidates: Iterable[tuple[int, int]]) -> list[FoundPair]:
        """The candidates that share enough."""
        found = (self.finder.judge(first, second) for first, second in candidates)
        return [pair for pair in found if pair is not None]

    def earlier(self, reports: Iterable[tuple[int, tuple[int, ...]]]) -> list[FoundPair]:
        """What each report has in common with its earlier one."""
        return [_earlier(self.finder, number, others) for number, others in reports]

    def by_report(
        self, others: Iterable[FoundPair], earlier: Sequence[FoundPair], records: Iterable[ReportRecord]
    ) -> list[ReportPairs]:
        """The pairs of each audited report that has any, in order; where its earlier report is none of the batch, with
        what ``records`` know of it."""
        pairs: dict[int, list[FoundPair]] = {}
        for found in others:
            pairs.setdefault(found.first, []).append(found)
            pairs.setdefault(found.second, []).append(found)
        before = {found.first: found for found in earlier}
        audited = self.given.headers[: self.given.reports]
        known = dict(earlier_by_records(self.batch, audited, records))
        return [
            ReportPairs(
                number,
                pairs.get(number, ()),
                (before[number],) if number in before else (),
                (known[number],) if number in known and number not in before else (),
            )
            for number in sorted({*pairs, *before, *known})
            if number < self.given.reports
        ]

    def describe(self, given: ReportPairs) -> Described:
        """The pairs of one report in words."""
        number, describer = given.number, self.describer
        report = describer.turn_to(number)
        others = [(found, self.is_version(found)) for found in given.others]
        # Reports of other units come before other versions of the report itself.
        others.sort(key=itemgetter(1))
        sides = (describer.side(found, number, is_version=version) for found, version in others)
        return Described(
            report,
            Compared(tuple(sides), (*(self._earlier_report(found) for found in given.earlier), *given.known)),
            FirstPairs(
                tuple(describer.pair(found) for found in given.others if found.first == number),
                tuple(describer.pair(found, earlier=True) for found in given.earlier if found.shared),
            ),
        )

    def families(self, pairs: Iterable[FoundPair]) -> tuple[CopyFamily, ...]:
        """The families among pairs of different units."""
        return find_families([found for found in pairs if not self.is_version(found)], self.describer)

    def is_version(self, found: FoundPair) -> bool:
        """Whether a pair is of one unit and year: nearly all the text, since towns of one name are many."""
        same = self._is_same_unit(found.first, found.second)
        return same and min(found.share, found.other_share) >= _VERSION_SHARE

    def _is_asked_for(self, first: int, second: int) -> bool:
        """Whether a pair is not of one unit and two years, which is told as a repetition of the earlier report."""
        one, other = self.given.headers[first], self.given.headers[second]
        other_year = one.year != other.year and None not in (one.year, other.year)
        return first < self.given.reports and not (other_year and self._is_same_unit(first, second))

    def _is_same_unit(self, first: int, second: int) -> bool:
        key = unit_key(self.given.headers[first])
        return key is not None and key == unit_key(self.given.headers[second])

    def _earlier_report(self, found: FoundPair) -> EarlierReport:
        planned = [each for each in found.shared if _is_planned(self.batch, found, each)]
        return describe_earlier(self.describer, found, planned)


def compare(
    blocks: Sequence[Path | bytes],
    headers: Sequence[ReportHeader],
    settings: CopiedFromOtherParameters,
    facts: Facts,
    reports: int | None = None,
    records: Iterable[ReportRecord] = (),
) -> Comparison:
    """Compare the reports of ``blocks``, all audited or the first ``reports``, as :class:`BatchInput` has it, with one
    another and with ``records`` of earlier ones."""
    given = BatchInput(blocks, headers, settings, facts, len(headers) if reports is None else reports)
    comparer = Comparer(given)
    others, earlier = comparer.others(comparer.candidates()), comparer.earlier(comparer.earlier_reports())
    described = {each.number: comparer.describe(each) for each in comparer.by_report(others, earlier, records)}
    return Comparison(
        reports=given.reports,
        pairs=pairs_in_order({number: each.pairs for number, each in described.items()}, earlier),
        families=comparer.families(others),
        compared={number: each.compared for number, each in described.items()},
    )


def pairs_in_order(pairs: Mapping[int, FirstPairs], earlier: Iterable[FoundPair]) -> tuple[CopyPair, ...]:
    """The pairs of all reports, which ascend, those with earlier reports last, as ``earlier`` has them."""
    return (
        *(pair for each in pairs.values() for pair in each.others),
        *(pair for found in earlier for pair in pairs[found.first].earlier),
    )


def _earlier(finder: PairFinder, number: int, others: Sequence[int]) -> FoundPair:
    """The pair of a report with the earlier one that it has most in common with, should several bear the name."""
    pairs = [finder.common(number, other) for other in others]
    return max(pairs, key=lambda pair: (pair.characters, -pair.second))


def _is_planned(batch: Batch, found: FoundPair, shared: Shared) -> bool:
    first, second = batch.passages_of(found.first), batch.passages_of(found.second)
    return bool(batch.planned[first][shared.first]) and bool(batch.planned[second][shared.second])
