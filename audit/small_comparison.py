"""Compares a few reports with one another and with earlier ones in memory, as :mod:`audit.run_comparison` does those of
a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audit.copies.comparison import compare, settings_of
from audit.copies.findings import header_of, judge_batch, with_judgement
from audit.copies.record import CopyFamily, CopyPair
from audit.copies.store import encode
from audit.direct import Assessed
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


def compare_assessed(
    assessed: Sequence[Assessed],
    ruleset: Ruleset,
    facts: Facts,
    earlier: Iterable[Assessed] = (),
    earlier_records: Iterable[ReportRecord] = (),
) -> SmallComparison:
    """Compare the reports that were judged; of equal files only the first takes part.

    ``earlier`` are reports on earlier years, ``earlier_records`` what an earlier run found in such, without their text.
    """
    records = [each.record for each in assessed]
    originals = duplicates((record.path, record.sha256) for record in records)
    places = [
        place for place, each in enumerate(assessed) if each.passages is not None and each.record.path not in originals
    ]
    audited = {record.sha256 for record in records}
    before = [each for each in earlier if each.record.sha256 not in audited]
    taking_part = [
        (each.record, each.passages)
        for each in (*(assessed[place] for place in places), *before)
        if each.passages is not None
    ]
    names = masked_names(each.record.path for each in (*assessed, *before))
    headers = [header_of(record) for record, _ in taking_part]
    headers = [replace(header, path=names.get(header.path, header.path)) for header in headers]
    blocks = [encode([passages for _, passages in taking_part])]
    found = compare(blocks, headers, settings_of(ruleset), facts, len(places), earlier_records)
    judgements = judge_batch(blocks, headers, found, ruleset, facts)
    for place, judgement in zip(places, judgements, strict=True):
        records[place] = with_judgement(records[place], judgement)
    return SmallComparison(records, found.pairs, found.families)
