"""Families: three and more reports that share passages with one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from audit.copies.description import Describer
from audit.copies.pairs import FoundPair
from audit.copies.record import CopyFamily

_MOST_MEMBERS = 200


def find_families(pairs: Sequence[FoundPair], describer: Describer) -> tuple[CopyFamily, ...]:
    """The families of a batch, the largest first; the strongest pairs join first, up to 200 reports a family."""
    groups = [group for group in _joined(pairs) if len({*_members(group)}) > 2]
    groups.sort(key=lambda group: (-len({*_members(group)}), min(_members(group))))
    return tuple(_family(number, group, describer) for number, group in enumerate(groups, 1))


def _joined(pairs: Sequence[FoundPair]) -> list[list[FoundPair]]:
    heads: dict[int, int] = {}
    sizes: Counter[int] = Counter()

    def head(report: int) -> int:
        heads.setdefault(report, report)
        sizes[report] = sizes[report] or 1
        while heads[report] != report:
            heads[report] = heads[heads[report]]
            report = heads[report]
        return report

    for pair in sorted(pairs, key=lambda pair: (-pair.characters, pair.first, pair.second)):
        one, other = sorted((head(pair.first), head(pair.second)))
        if one != other and sizes[one] + sizes[other] <= _MOST_MEMBERS:
            heads[other] = one
            sizes[one] += sizes[other]
    groups: dict[int, list[FoundPair]] = {}
    for pair in pairs:
        if head(pair.first) == head(pair.second):
            groups.setdefault(head(pair.first), []).append(pair)
    return list(groups.values())


def _members(pairs: Iterable[FoundPair]) -> list[int]:
    return [report for pair in pairs for report in (pair.first, pair.second)]


def _family(number: int, pairs: list[FoundPair], describer: Describer) -> CopyFamily:
    partners = Counter(_members(pairs))
    members = sorted(partners, key=lambda report: (-partners[report], report))
    batch = describer.batch
    holders: dict[int, set[int]] = {}
    places: dict[int, tuple[int, int]] = {}
    for pair in pairs:
        hashes = batch.hashes_of(pair.first)
        for shared in pair.shared:
            key = hashes[shared.first]
            holders.setdefault(key, set()).update((pair.first, pair.second))
            places.setdefault(key, (pair.first, shared.first))
    report, passage = places[max(places, key=lambda key: (len(holders[key]), -places[key][0], -places[key][1]))]
    return CopyFamily(
        number=number,
        paths=tuple(describer.headers[member].path for member in members),
        units=tuple(describer.headers[member].unit for member in members),
        sentences=len(holders),
        sample=describer.report(report).quote(describer.span(report, passage)),
    )
