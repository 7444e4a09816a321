"""Which pairs of reports may share passages: an inverted index of equal keys, and banded MinHash for similar ones.

A passage that up to :data:`_FULL` reports share links each two of them; one that more share, up to the limit, links
each report to the next that has it, which is enough to find families and keeps the number of links linear.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from audit.copies.keys import BANDS
from audit.copies.store import Array, Batch

_FULL: Final = 20
_CHAINED: Final = 500
_FULL_BUCKET: Final = 8
_CHAINED_BUCKET: Final = 50
_EVERY_PAIR: Final = 24
"""Batches up to this size are compared in every pair."""


def frequencies(batch: Batch) -> Array:
    """In how many reports the key of each passage occurs."""
    order = np.argsort(batch.hashes, kind="stable")
    groups, members = _groups(batch.hashes[order], batch.owners[order])
    result = np.empty(len(order), dtype=np.uint32)
    counted = np.bincount(groups, weights=members).astype(np.uint32)
    result[order] = counted[groups]
    return result


def candidate_pairs(batch: Batch, long_length: int) -> Array:
    """Pairs ``(first, second)`` of report numbers, ascending, worth being aligned: two links, or one long passage."""
    if len(batch) <= _EVERY_PAIR:
        return np.array(np.triu_indices(len(batch), 1)).T
    size = np.uint64(len(batch))
    keys, weights = [np.empty(0, np.uint64)], [np.empty(0, np.uint8)]
    for first, second in _links(batch):
        low, high = (
            np.minimum(batch.owners[first], batch.owners[second]),
            np.maximum(batch.owners[first], batch.owners[second]),
        )
        keys.append(low.astype(np.uint64) * size + high)
        weights.append(np.where(batch.lengths[first] >= long_length, 2, 1).astype(np.uint8))
    return _heavy(np.concatenate(keys), np.concatenate(weights), len(batch))


def _heavy(keys: Array, weights: Array, size: int) -> Array:
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.empty(0, np.int64)
    totals = np.add.reduceat(weights[order].astype(np.uint32), firsts) if len(firsts) else np.empty(0, np.uint32)
    chosen = keys[firsts[totals >= 2]]
    return np.stack([chosen // np.uint64(size), chosen % np.uint64(size)], axis=1).astype(np.int64)


def _links(batch: Batch) -> Iterator[tuple[Array, Array]]:
    """Pairs of passages of two reports with equal keys, then pairs with similar ones; no pair comes twice."""
    yield from _neighbours(batch, batch.hashes, _FULL, min(_CHAINED, max(_FULL, len(batch) // 3)))
    size = np.uint64(len(batch.hashes))
    similar = [np.empty(0, np.uint64)]
    for number in range(BANDS):
        for first, second in _neighbours(batch, batch.band(number), _FULL_BUCKET, _CHAINED_BUCKET):
            other = batch.hashes[first] != batch.hashes[second]
            similar.append(first[other].astype(np.uint64) * size + second[other].astype(np.uint64))
    found = np.unique(np.concatenate(similar))
    yield (found // size).astype(np.int64), (found % size).astype(np.int64)


def _neighbours(batch: Batch, values: Array, full: int, chained: int) -> Iterator[tuple[Array, Array]]:
    """Pairs of passages with equal ``values`` in two reports: all of small groups, neighbours in larger ones."""
    order = np.argsort(values, kind="stable")
    owners = batch.owners[order]
    groups, members = _groups(values[order], owners)
    # One passage a report and group: a report that repeats itself gives no further links.
    order, groups = order[members], groups[members]
    sizes = np.bincount(groups)[groups] if len(groups) else groups
    order, groups, sizes = (part[(sizes > 1) & (sizes <= chained)] for part in (order, groups, sizes))
    for step in range(1, full):
        start = np.flatnonzero(groups[:-step] == groups[step:]) if step < len(groups) else np.empty(0, np.int64)
        start = start if step == 1 else start[sizes[start] <= full]
        if not len(start):
            return
        yield order[start], order[start + step]


def _groups(values: Array, owners: Array) -> tuple[Array, Array]:
    """For sorted values: the number of the group of equal ones, and whether a report comes first in its group."""
    if not len(values):
        return np.empty(0, np.int64), np.empty(0, np.bool_)
    opens = np.concatenate(([True], values[1:] != values[:-1]))
    return np.cumsum(opens) - 1, opens | np.concatenate(([True], owners[1:] != owners[:-1]))
