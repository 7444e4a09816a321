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
    describer = Describer(batch, headers)
    earlier = [_earlier(finder, number, others) for number, others in earlier_pairs(headers) if number < reports]
    pairs = [found for found in finder.find() if found.first < reports and not _is_other_year(headers, found)]
    versions = [found for found in pairs if _is_version(headers, found)]
    copies = [found for found in pairs if not _is_version(headers, found)]
    answers = _Answers(describer)
    answers.add_earlier(earlier)
    answers.add_others(copies, is_version=False)
    answers.add_others(versions, is_version=True)
    return Comparison(
        reports=reports,
        pairs=(
            *(describer.pair(found) for found in pairs),
            *(describer.pair(found, earlier=True) for found in earlier if found.shared),
        ),
        families=find_families(copies, describer),
        compared={number: compared for number, compared in answers.compared().items() if number < reports},
    )


class _Answers:
    """What each report has to answer for."""

    def __init__(self, describer: Describer) -> None:
        self._describer = describer
        self._others: dict[int, list[OtherReport]] = {}
        self._earlier: dict[int, list[EarlierReport]] = {}

    def add_others(self, pairs: Sequence[FoundPair], *, is_version: bool) -> None:
        for found in pairs:
            one, other = self._describer.sides(found, is_version=is_version)
            self._others.setdefault(found.first, []).append(one)
            self._others.setdefault(found.second, []).append(other)

    def add_earlier(self, pairs: Sequence[FoundPair]) -> None:
        for found in pairs:
            planned = [each for each in found.shared if _is_planned(self._describer.batch, found, each)]
            self._earlier.setdefault(found.first, []).append(describe_earlier(self._describer, found, planned))

    def compared(self) -> dict[int, Compared]:
        numbers = sorted({*self._others, *self._earlier})
        return {
            number: Compared(tuple(self._others.get(number, ())), tuple(self._earlier.get(number, ())))
            for number in numbers
        }


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
