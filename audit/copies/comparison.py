"""Compares the reports of a batch with one another: pairs, families, and what each report has to answer for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from audit.copies.alignment import Shared
from audit.copies.description import Describer
from audit.copies.earlier import describe_earlier, earlier_pairs, unit_key
from audit.copies.evidence import OwnWords
from audit.copies.families import find_families
from audit.copies.pairs import FoundPair, PairFinder
from audit.copies.passages import ReportHeader
from audit.copies.record import CopyFamily, CopyPair
from audit.copies.store import Batch
from checks.comparison import Compared, EarlierReport, OtherReport
from checks.duplicates.copied_from_other import CopiedFromOtherParameters
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


def compare(
    blocks: Sequence[Path | bytes],
    headers: Sequence[ReportHeader],
    settings: CopiedFromOtherParameters,
    facts: Facts,
    reports: int | None = None,
) -> Comparison:
    """Compare the reports of ``blocks`` (:func:`audit.copies.store.encode`); ``headers`` are of the same, in order.

    The first ``reports`` of them (all, if not given) are audited; the others are earlier reports to compare with.
    """
    reports = len(headers) if reports is None else reports
    batch = Batch(blocks)
    formulas = OwnWords((*facts.policy_formulas, *facts.central_sentences), facts.official_terms)
    finder = PairFinder(batch, [header.level for header in headers], settings, formulas)
    answers = _Answers(Describer(batch, headers))
    for number, others in earlier_pairs(headers):
        if number < reports:
            answers.add_earlier(_earlier(finder, number, others))
    for found in finder.find():
        if found.first < reports and not _is_other_year(headers, found):
            answers.add_others(found, is_version=_is_version(headers, found))
    return answers.comparison(reports)


class _Answers:
    """What was found, put into words pair by pair, and what each report has to answer for."""

    def __init__(self, describer: Describer) -> None:
        self._describer = describer
        self._pairs: list[CopyPair] = []
        self._earlier_pairs: list[CopyPair] = []
        self._copies: list[FoundPair] = []
        self._others: dict[int, list[OtherReport]] = {}
        self._versions: dict[int, list[OtherReport]] = {}
        self._earlier: dict[int, list[EarlierReport]] = {}

    def add_others(self, found: FoundPair, *, is_version: bool) -> None:
        """A pair of two units, or of two versions of one report."""
        self._pairs.append(self._describer.pair(found))
        if not is_version:
            self._copies.append(found)
        answers = self._versions if is_version else self._others
        for number, side in zip((found.first, found.second), self._describer.sides(found, is_version=is_version)):
            answers.setdefault(number, []).append(side)

    def add_earlier(self, found: FoundPair) -> None:
        """A report and the same unit's report on an earlier year."""
        if found.shared:
            self._earlier_pairs.append(self._describer.pair(found, earlier=True))
        planned = [each for each in found.shared if _is_planned(self._describer.batch, found, each)]
        self._earlier.setdefault(found.first, []).append(describe_earlier(self._describer, found, planned))

    def comparison(self, reports: int) -> Comparison:
        """All of it; the first ``reports`` of the batch are audited."""
        numbers = sorted({*self._others, *self._versions, *self._earlier})
        return Comparison(
            reports=reports,
            pairs=(*self._pairs, *self._earlier_pairs),
            families=find_families(self._copies, self._describer),
            compared={number: self._compared(number) for number in numbers if number < reports},
        )

    def _compared(self, number: int) -> Compared:
        others = (*self._others.get(number, ()), *self._versions.get(number, ()))
        return Compared(others, tuple(self._earlier.get(number, ())))


def _earlier(finder: PairFinder, number: int, others: Sequence[int]) -> FoundPair:
    """The pair of a report with the earlier one that it has most in common with, should several bear the name."""
    pairs = [finder.common(number, other) for other in others]
    return max(pairs, key=lambda pair: (pair.characters, -pair.second))


def _is_planned(batch: Batch, found: FoundPair, shared: Shared) -> bool:
    first, second = batch.passages_of(found.first), batch.passages_of(found.second)
    return bool(batch.planned[first][shared.first]) and bool(batch.planned[second][shared.second])


def _is_other_year(headers: Sequence[ReportHeader], found: FoundPair) -> bool:
    """Whether a pair is of one unit and two years, which is told as a repetition of the earlier report."""
    one, other = headers[found.first], headers[found.second]
    return _is_same_unit(one, other) and one.year != other.year and None not in (one.year, other.year)


def _is_version(headers: Sequence[ReportHeader], found: FoundPair) -> bool:
    """Whether a pair is of one unit and year: nearly the whole text, since towns of one name exist in many counties."""
    same = _is_same_unit(headers[found.first], headers[found.second])
    return same and min(found.share, found.other_share) >= _VERSION_SHARE


def _is_same_unit(one: ReportHeader, other: ReportHeader) -> bool:
    key = unit_key(one)
    return key is not None and key == unit_key(other)
