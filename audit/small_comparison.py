"""Compares a few reports with one another in memory, as :mod:`audit.run_comparison` does those of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit.copies.comparison import compare, settings_of
from audit.copies.findings import header_of, judge_batch, with_judgement
from audit.copies.passages import ReportPassages
from audit.copies.record import CopyFamily, CopyPair
from audit.copies.store import encode
from audit.masking import masked_names
from audit.reconcile import duplicates
from audit.record import ReportRecord
from rules.facts import Facts
from rules.model import Ruleset


@dataclass(frozen=True, slots=True)
class SmallComparison:
    """The records with the findings of the comparison, in order, and the pairs and families that were found."""

    records: Sequence[ReportRecord]
    pairs: tuple[CopyPair, ...] = ()
    families: tuple[CopyFamily, ...] = ()


def compare_records(
    records: Sequence[ReportRecord], passages: Sequence[ReportPassages | None], ruleset: Ruleset, facts: Facts
) -> SmallComparison:
    """Compare the reports that were judged, ``passages`` being theirs; of equal files only the first takes part."""
    originals = duplicates((record.path, record.sha256) for record in records)
    taking_part = [
        (index, found)
        for index, found in enumerate(passages)
        if found is not None and records[index].path not in originals
    ]
    names = masked_names(record.path for record in records)
    headers = [header_of(records[index]) for index, _ in taking_part]
    headers = [replace(header, path=names.get(header.path, header.path)) for header in headers]
    blocks = [encode([found for _, found in taking_part])]
    found = compare(blocks, headers, settings_of(ruleset), facts)
    compared = list(records)
    judgements = judge_batch(blocks, headers, found, ruleset, facts)
    for (index, _), judgement in zip(taking_part, judgements, strict=True):
        compared[index] = with_judgement(records[index], judgement)
    return SmallComparison(compared, found.pairs, found.families)
