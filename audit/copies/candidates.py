"""Which pairs of reports may share passages: an index of equal keys, and one of rare runs of characters.

A copied passage keeps, but for the edited places, runs of characters that few others have. A key or run that a few
passages share links each two of them; one that more share links each to the next that has it, which finds families
and keeps the number of links linear.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from audit.copies.figures import FEWEST_TO_DIFFER, digits_of_no_chance, digits_to_link
from audit.copies.store import OWNER_BITS, PARTS, Array, Batch

EVERY_PAIR: Final = 24
"""Batches up to this size are compared in every pair."""
RARE: Final = 3
"""One long passage is evidence enough while no more reports than this share it."""

_FULL_KEYS, _CHAINED_KEYS = 20, 500
_FULL_GRAMS, _CHAINED_GRAMS = 8, 40
# A run is common where it occurs that much more often than the passage that it is taken from.
_MORE_THAN_IT, _MORE_THAN_ALL = 2, 6
_LEAST_COMMON_BITS = 0.55
_LINKS_OF_PATTERNS, _PATTERNED_SHARE = 2, 1 / 3
_SIMILARITY, _CLOSE = 80, 90
# Similar passages with fewer rare runs in common are built alike, not copied.
_FEWEST_RUNS = 2
_AT_ONCE = 1 << 18
_THREADS = 2


class Near(NamedTuple):
    """Similar passages of two reports with different keys, each pair as one number, ascending, and how many rare runs
    of characters they have in common; and of each passage how many runs it has, and how many that many others have.
    All of these are counted in the sampled runs."""

    pairs: Array
    shared: Array
    sampled: Array
    common: Array

    def shared_by(self, one: int, other: int) -> int:
        """The rare runs that two passages have in common; 0 for passages that are not among the similar ones."""
        pair = min(one, other) * len(self.sampled) + max(one, other)
        place = int(np.searchsorted(self.pairs, np.uint64(pair)))
        return int(self.shared[place]) if place < len(self.pairs) and self.pairs[place] == pair else 0


def frequencies(batch: Batch) -> Array:
    """In how many reports the key of each passage occurs."""
    return _reports_with(batch.hashes, batch)


def figure_frequencies(batch: Batch) -> Array:
    """In how many reports some passage has the figures of each passage."""
    hashes, _ = batch.figure_sums
    return _reports_with(hashes, batch)


def _reports_with(values: Array, batch: Batch) -> Array:
    """In how many reports some passage has the value of each passage."""
    order = np.argsort(values, kind="stable")
    groups, opening = _groups(values[order], batch.owners[order])
    result = np.empty(len(order), dtype=np.uint32)
    result[order] = np.bincount(groups, weights=opening)[groups] if len(groups) else 0
    return result


def candidate_pairs(batch: Batch, frequency: Array, near: Near, long_length: int) -> Array:
    """Pairs ``(first, second)`` of report numbers, ascending, worth being aligned: two links, or a long rare one."""
    if len(batch) <= EVERY_PAIR:
        return np.array(np.triu_indices(len(batch), 1)).T
    size, passages = np.uint64(len(batch)), np.uint64(len(batch.hashes))
    similar = (near.pairs // passages).astype(np.int64), (near.pairs % passages).astype(np.int64)
    keys, weights = [np.empty(0, np.uint64)], [np.empty(0, np.uint8)]
    for first, second in (*_equal(batch), similar):
        keys.append(_reports(batch, first, second))
        strong = (batch.lengths[first] >= long_length) & (np.maximum(frequency[first], frequency[second]) <= RARE)
        weights.append(np.where(strong, 2, 1).astype(np.uint8))
    for first, second, strong in _with_equal_figures(batch):
        keys.append(_reports(batch, first, second))
        weights.append(np.where(strong, 2, 1).astype(np.uint8))
    return _heavy(np.concatenate(keys), np.concatenate(weights), size)


def _reports(batch: Batch, first: Array, second: Array) -> Array:
    """The reports of pairs of passages, each pair as one number."""
    owners = batch.owners[first].astype(np.uint64), batch.owners[second].astype(np.uint64)
    return np.minimum(*owners) * np.uint64(len(batch)) + np.maximum(*owners)


def _heavy(keys: Array, weights: Array, size: np.uint64) -> Array:
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(_opens(keys))
    totals = np.add.reduceat(weights[order].astype(np.uint32), firsts) if len(firsts) else np.empty(0, np.uint32)
    chosen = keys[firsts[totals > 1]]
    return np.stack([chosen // size, chosen % size], axis=1).astype(np.int64)


def _equal(batch: Batch) -> Iterator[tuple[Array, Array]]:
    """Pairs of passages with equal keys."""
    order = np.argsort(batch.hashes, kind="stable")
    groups, opening = _groups(batch.hashes[order], batch.owners[order])
    # A report that repeats itself gives no further links.
    order, groups = order[opening], groups[opening]
    chained = min(_CHAINED_KEYS, max(_FULL_KEYS, len(batch) // 3))
    for first, second in _neighbours(groups, _FULL_KEYS, chained):
        yield order[first], order[second]


def is_patterned(batch: Batch) -> bool:
    """Whether the reports of a batch are written by patterns: many of them have passages that others have in the same
    words with other figures. In a small batch two that copied would already be many."""
    if len(batch) <= EVERY_PAIR:
        return False
    hashes, digits = batch.figure_sums
    links = np.zeros(len(batch), np.int64)
    for first, second in _equal(batch):
        fewer = np.minimum(digits[first], digits[second])
        differs = (fewer >= FEWEST_TO_DIFFER) & (hashes[first] != hashes[second])
        for side in (first, second):
            links += np.bincount(batch.owners[side[differs]], minlength=len(batch))
    return int(np.count_nonzero(links >= _LINKS_OF_PATTERNS)) > _PATTERNED_SHARE * len(batch)


def _with_equal_figures(batch: Batch) -> Iterator[tuple[Array, Array, Array]]:
    """Pairs of passages of like words with all figures equal, and which of them agree in so many digits that it is no
    chance."""
    hashes, digits = batch.figure_sums
    chosen = np.flatnonzero(digits >= digits_to_link(len(batch)))
    order = chosen[np.argsort(hashes[chosen], kind="stable")]
    groups, opening = _groups(hashes[order], batch.owners[order])
    order, groups = order[opening], groups[opening]
    for first, second in _neighbours(groups, _FULL_KEYS, _FULL_KEYS):
        one, other = order[first], order[second]
        likely = _look_alike(batch, one, other)
        one, other = one[likely], other[likely]
        yield one, other, digits[one] >= digits_of_no_chance(len(batch))


def near_passages(batch: Batch, frequency: Array) -> Near:
    """The similar passages of two reports that have rare runs of characters in common."""
    size = np.uint64(len(batch.hashes))
    sampled, common = (np.zeros(len(batch.hashes), np.uint16) for _ in range(2))
    found = [np.empty(0, np.uint64)]
    # What takes long in numpy lets other threads work.
    with ThreadPoolExecutor(_THREADS) as threads:
        for part in threads.map(partial(_part, batch, frequency), range(PARTS)):
            sampled += np.bincount(part.passages, minlength=len(sampled)).astype(np.uint16)
            common += np.bincount(part.common, minlength=len(common)).astype(np.uint16)
            found += part.pairs
    pairs, runs = _counted(np.concatenate(found))
    similarity = _similarities(batch, (pairs // size).astype(np.int64), (pairs % size).astype(np.int64))
    same = (similarity >= _SIMILARITY) & ((runs >= _FEWEST_RUNS) | (similarity >= _CLOSE))
    return Near(pairs[same], runs[same], sampled, common)


class _Part(NamedTuple):
    """Of one part of the sampled runs: the passages that they are of, those of common runs, and pairs of passages that
    have rare ones in common and look alike, each as one number."""

    passages: Array
    common: Array
    pairs: list[Array]


def _part(batch: Batch, frequency: Array, number: int) -> _Part:
    size = np.uint64(len(batch.hashes))
    grams = batch.grams(number)
    grams = grams[_opens(grams)]
    groups = np.cumsum(_opens(grams >> OWNER_BITS)) - 1
    passages = (grams & ((np.uint64(1) << OWNER_BITS) - np.uint64(1))).astype(np.int64)
    many = np.bincount(groups)[groups] > _MORE_THAN_IT * frequency[passages] + _MORE_THAN_ALL
    pairs: list[Array] = []
    for first, second in _neighbours(groups, _FULL_GRAMS, _CHAINED_GRAMS):
        one, other = passages[first], passages[second]
        likely = (batch.owners[one] != batch.owners[other]) & (batch.hashes[one] != batch.hashes[other])
        one, other = one[likely], other[likely]
        likely = _look_alike(batch, one, other)
        pairs.append(one[likely].astype(np.uint64) * size + other[likely].astype(np.uint64))
    return _Part(passages, passages[many], pairs)


def look_alike(common: Array, sizes: Array) -> Array:
    """Which pairs of passages have enough pairs of characters in common: bits that are set in both signatures of each
    pair, and the sum of those set in either."""
    likely: Array = common >= _LEAST_COMMON_BITS * (sizes - common)
    return likely


def _look_alike(batch: Batch, one: Array, other: Array) -> Array:
    (upper, lower), sizes = batch.signatures, batch.signature_sizes
    common = np.bitwise_count(upper[one] & upper[other]) + np.bitwise_count(lower[one] & lower[other])
    return look_alike(common, sizes[one].astype(np.uint16) + sizes[other])


def _similarities(batch: Batch, first: Array, second: Array) -> Array:
    """The similarity of pairs of passages in per cent, 0 for those that are not similar."""
    # Comparing batches is rarer than judging reports, and the library takes its time to load.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    result = np.zeros(len(first), dtype=np.uint8)
    possible = _may_be_similar(batch.lengths[first], batch.lengths[second])
    for start in range(0, len(possible), _AT_ONCE):
        some = possible[start : start + _AT_ONCE]
        passages, places = np.unique((first[some], second[some]), return_inverse=True)
        keys = batch.keys_at(passages)
        words = [[keys[place] for place in side] for side in places.reshape(2, -1).tolist()]
        result[some] = process.cpdist(*words, scorer=fuzz.ratio, score_cutoff=_SIMILARITY, dtype=np.uint8)
    return result


def _may_be_similar(first: Array, second: Array) -> Array:
    """Which pairs of keys of these lengths could be similar, were the shorter one a part of the longer."""
    shorter = np.minimum(first, second).astype(np.int64)
    return np.flatnonzero(200 * shorter >= _SIMILARITY * (first + second))


def _counted(values: Array) -> tuple[Array, Array]:
    """The different values, ascending, and how many there are of each."""
    values = np.sort(values)
    firsts = np.flatnonzero(_opens(values))
    return values[firsts], np.diff(firsts, append=len(values))


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
