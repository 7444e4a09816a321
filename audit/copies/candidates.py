"""Which pairs of reports may share passages: an index of equal keys, and one of rare runs of characters.

A copied passage keeps, but for the edited places, runs of characters that few others have. A key or run that up to a few
passages share links each two of them; one that more share links each to the next that has it, which finds families and
keeps the number of links linear.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from audit.copies.store import OWNER_BITS, PARTS, Array, Batch

EVERY_PAIR: Final = 24
"""Batches up to this size are compared in every pair."""
RARE: Final = 3
"""One long passage is evidence enough while no more reports than this share it."""

_FULL_KEYS, _CHAINED_KEYS = 20, 500
_FULL_GRAMS, _CHAINED_GRAMS = 6, 40
_LEAST_COMMON_BITS = 0.55
_SIMILARITY = 80
_AT_ONCE = 1 << 16


class _Links(NamedTuple):
    """Pairs of passages; ``rare`` tells which link passages of few reports."""

    first: Array
    second: Array
    rare: Array


def frequencies(batch: Batch) -> Array:
    """In how many reports the key of each passage occurs."""
    order = np.argsort(batch.hashes, kind="stable")
    groups, opening = _groups(batch.hashes[order], batch.owners[order])
    result = np.empty(len(order), dtype=np.uint32)
    result[order] = np.bincount(groups, weights=opening)[groups] if len(groups) else 0
    return result


def candidate_pairs(batch: Batch, frequency: Array, long_length: int) -> Array:
    """Pairs ``(first, second)`` of report numbers, ascending, worth being aligned: two links, or a long rare one."""
    if len(batch) <= EVERY_PAIR:
        return np.array(np.triu_indices(len(batch), 1)).T
    size = np.uint64(len(batch))
    keys, weights = [np.empty(0, np.uint64)], [np.empty(0, np.uint8)]
    for links in (*_equal(batch, frequency), _similar(batch, frequency)):
        owners = batch.owners[links.first].astype(np.uint64), batch.owners[links.second].astype(np.uint64)
        keys.append(np.minimum(*owners) * size + np.maximum(*owners))
        weights.append(np.where((batch.lengths[links.first] >= long_length) & links.rare, 2, 1).astype(np.uint8))
    return _heavy(np.concatenate(keys), np.concatenate(weights), size)


def _heavy(keys: Array, weights: Array, size: np.uint64) -> Array:
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(_opens(keys))
    totals = np.add.reduceat(weights[order].astype(np.uint32), firsts) if len(firsts) else np.empty(0, np.uint32)
    chosen = keys[firsts[totals > 1]]
    return np.stack([chosen // size, chosen % size], axis=1).astype(np.int64)


def _equal(batch: Batch, frequency: Array) -> Iterator[_Links]:
    """Links of passages with equal keys."""
    order = np.argsort(batch.hashes, kind="stable")
    groups, opening = _groups(batch.hashes[order], batch.owners[order])
    # A report that repeats itself gives no further links.
    order, groups = order[opening], groups[opening]
    chained = min(_CHAINED_KEYS, max(_FULL_KEYS, len(batch) // 3))
    for first, second in _neighbours(groups, _FULL_KEYS, chained):
        yield _Links(order[first], order[second], frequency[order[first]] <= RARE)


def _similar(batch: Batch, frequency: Array) -> _Links:
    """Links of passages with different keys that rare runs have in common and that are similar."""
    size = np.uint64(len(batch.hashes))
    upper, lower = batch.column("upper_signatures"), batch.column("lower_signatures")
    found = [np.empty(0, np.uint64)]
    for part in range(PARTS):
        grams = np.unique(batch.grams(part))
        groups = np.cumsum(_opens(grams >> OWNER_BITS)) - 1
        passages = (grams & ((np.uint64(1) << OWNER_BITS) - np.uint64(1))).astype(np.int64)
        for first, second in _neighbours(groups, _FULL_GRAMS, _CHAINED_GRAMS):
            one, other = passages[first], passages[second]
            common = np.bitwise_count(upper[one] & upper[other]) + np.bitwise_count(lower[one] & lower[other])
            either = np.bitwise_count(upper[one] | upper[other]) + np.bitwise_count(lower[one] | lower[other])
            likely = (common >= _LEAST_COMMON_BITS * either) & (batch.owners[one] != batch.owners[other])
            likely &= batch.hashes[one] != batch.hashes[other]
            found.append(np.unique(one[likely].astype(np.uint64) * size + other[likely].astype(np.uint64)))
    pairs = np.unique(np.concatenate(found))
    first, second = (pairs // size).astype(np.int64), (pairs % size).astype(np.int64)
    same = _verified(batch, first, second)
    first, second = first[same], second[same]
    return _Links(first, second, np.maximum(frequency[first], frequency[second]) <= RARE)


def _verified(batch: Batch, first: Array, second: Array) -> Array:
    """Which pairs of passages are similar enough."""
    # Comparing batches is rarer than judging reports, and the library takes its time to load.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    result = np.empty(len(first), dtype=np.bool_)
    for start in range(0, len(first), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        words = [[_key(batch, passage) for passage in side[some].tolist()] for side in (first, second)]
        result[some] = process.cpdist(*words, scorer=fuzz.ratio, score_cutoff=_SIMILARITY, dtype=np.uint8) > 0
    return result


def _key(batch: Batch, passage: int) -> str:
    owner = int(batch.owners[passage])
    return batch.keys_of(owner)[passage - int(batch.starts[owner])]


def _neighbours(groups: Array, full: int, chained: int) -> Iterator[tuple[Array, Array]]:
    """Indexes of pairs of members of one group: all of small groups, neighbours in larger ones up to ``chained``."""
    sizes = np.bincount(groups)[groups] if len(groups) else groups
    members = np.flatnonzero((sizes > 1) & (sizes <= chained))
    groups, sizes = groups[members], sizes[members]
    for step in range(1, min(full, len(groups))):
        start = np.flatnonzero(groups[:-step] == groups[step:])
        start = start if step == 1 else start[sizes[start] <= full]
        if not len(start):
            return
        yield members[start], members[start + step]


def _groups(values: Array, owners: Array) -> tuple[Array, Array]:
    """For sorted values: the number of the group of equal ones, and whether a report comes first in its group."""
    opens = _opens(values)
    return np.cumsum(opens) - 1, opens | _opens(owners)


def _opens(values: Array) -> Array:
    """Whether each value differs from the one before."""
    return np.concatenate((np.ones(min(1, len(values)), np.bool_), values[1:] != values[:-1]))
