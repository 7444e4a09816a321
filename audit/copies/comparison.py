"""Compares the reports of a batch with one another: pairs, families, and what each report has to answer for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from audit.copies.alignment import Shared
from audit.copies.description import Describer
from audit.copies.earlier import describe_earlier, earlier_pairs, unit_key
from audit.copies.evidence import OwnWords
from audit.copies.families import find_families
from audit.copies.pairs import FoundPair, PairFinder
from audit.copies.passages import ReportHeader
from audit.copies.record import CopyFamily, CopyPair
from audit.copies.store import Batch, Block
from checks.comparison import Compared, EarlierReport, OtherReport
from checks.duplicates.copied_from_other import CopiedFromOtherParameters
from rules.facts import Facts
from rules.model import Ruleset

_VERSION_SHARE: Final = 0.8
_CHECK: Final = "copied-from-other"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing a batch found. ``compared`` has the reports that share text, by their number in the batch."""

    pairs: tuple[CopyPair, ...] = ()
    families: tuple[CopyFamily, ...] = ()
    compared: Mapping[int, Compared] = field(default_factory=dict[int, Compared])


def settings_of(ruleset: Ruleset) -> CopiedFromOtherParameters:
    """The measures of the pack's rule on copies between units; the usual ones where it has none."""
    found = (rule.parameters for rule in ruleset.rules if rule.check == _CHECK)
    parameters = next(found, None)
    return parameters if isinstance(parameters, CopiedFromOtherParameters) else CopiedFromOtherParameters()


def compare(
    blocks: Sequence[Block], headers: Sequence[ReportHeader], settings: CopiedFromOtherParameters, facts: Facts
) -> Comparison:
    """Compare the reports of ``blocks`` (:func:`audit.copies.store.encode`); ``headers`` are of the same, in order."""
    batch = Batch(blocks)
    finder = PairFinder(batch, [header.level for header in headers], settings, OwnWords(facts.policy_formulas))
    describer = Describer(batch, headers)
    answers = _Answers()
    earlier = [_earlier(finder, number, others) for number, others in earlier_pairs(headers)]
    for found in earlier:
        planned = [each for each in found.shared if _is_planned(batch, found, each)]
        answers.earlier.setdefault(found.first, []).append(describe_earlier(describer, found, planned))
    pairs = [found for found in finder.find() if not _is_other_year(headers, found)]
    copies = []
    for found in pairs:
        is_version = _is_version(headers, found)
        if not is_version:
            copies.append(found)
        one, other = describer.sides(found, is_version=is_version)
        answers.others.setdefault(found.first, []).append(one)
        answers.others.setdefault(found.second, []).append(other)
    return Comparison(
        pairs=(
            *(describer.pair(found) for found in pairs),
            *(describer.pair(found, earlier=True) for found in earlier if found.shared),
        ),
        families=find_families(copies, describer),
        compared=answers.compared(),
    )


@dataclass(slots=True)
class _Answers:
    others: dict[int, list[OtherReport]] = field(default_factory=dict[int, list[OtherReport]])
    earlier: dict[int, list[EarlierReport]] = field(default_factory=dict[int, list[EarlierReport]])

    def compared(self) -> dict[int, Compared]:
        return {
            number: Compared(tuple(self.others.get(number, ())), tuple(self.earlier.get(number, ())))
            for number in sorted({*self.others, *self.earlier})
        }


def _earlier(finder: PairFinder, number: int, others: Sequence[int]) -> FoundPair:
    """The pair of a report with the earlier one that it has most in common with, should several bear the name."""
    pairs = [finder.common(number, other) for other in others]
    return max(pairs, key=lambda pair: (pair.characters, -pair.second))


def _is_planned(batch: Batch, found: FoundPair, shared: Shared) -> bool:
    plans = batch.of_report("planned", found.first), batch.of_report("planned", found.second)
    return bool(plans[0][shared.first]) and bool(plans[1][shared.second])


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
