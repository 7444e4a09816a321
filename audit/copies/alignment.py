"""Which passages of two reports are the same, word for word or but for a few characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from audit.copies.candidates import look_alike
from audit.copies.store import Array, Batch

_SHORT = 30
_SHORT_SIMILARITY = 0.85


class Shared(NamedTuple):
    """One passage of each of two reports, by its number in the report, and how similar they are (1: the same key)."""

    first: int
    second: int
    similarity: float


def align(batch: Batch, first: int, second: int, similarity: float) -> list[Shared]:
    """The passages that two reports share, each used once, the most similar first, by place in the first report."""
    same = _same(batch.hashes_of(first), batch.hashes_of(second))
    near = _near(batch, first, second, same, similarity)
    return sorted([*same, *near])


def _same(first: list[int], second: list[int]) -> list[Shared]:
    places: dict[int, list[int]] = {}
    for place, value in enumerate(second):
        places.setdefault(value, []).append(place)
    found: list[Shared] = []
    for place, value in enumerate(first):
        if others := places.get(value):
            found.append(Shared(place, others.pop(0), 1.0))
    return found


def _near(batch: Batch, first: int, second: int, same: list[Shared], similarity: float) -> list[Shared]:
    left = _others(batch, first, [shared.first for shared in same])
    right = _others(batch, second, [shared.second for shared in same])
    one, other = (grid.ravel() for grid in np.meshgrid(left, right, indexing="ij"))
    likely = look_alike(batch.signatures, one, other)
    one, other = one[likely] - batch.starts[first], other[likely] - batch.starts[second]
    if not len(one):
        return []
    keys, other_keys = batch.keys_of(first), batch.keys_of(second)
    # Comparing batches is rarer than judging reports, and the library takes its time to load.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    words = [keys[place] for place in one.tolist()], [other_keys[place] for place in other.tolist()]
    scores = process.cpdist(*words, scorer=fuzz.ratio, score_cutoff=100 * similarity, dtype=np.float32)
    return list(_best(one, other, scores / 100, batch.lengths[batch.starts[first] + one], similarity))


def _others(batch: Batch, report: int, known: list[int]) -> Array:
    """The passages of a report, by their number in the batch, that are not among those ``known``."""
    left = np.ones(int(batch.counts[report]), np.bool_)
    left[known] = False
    numbers: Array = np.flatnonzero(left) + batch.starts[report]
    return numbers


def _best(one: Array, other: Array, scores: Array, lengths: Array, similarity: float) -> Iterator[Shared]:
    """The most similar pairs, each passage used once."""
    used: set[int] = set()
    used_other: set[int] = set()
    for at in np.argsort(-scores, kind="stable").tolist():
        place, other_place = int(one[at]), int(other[at])
        least = max(similarity, _SHORT_SIMILARITY) if lengths[at] < _SHORT else similarity
        # A few characters make another statement of a short passage.
        if scores[at] >= least and place not in used and other_place not in used_other:
            used.add(place)
            used_other.add(other_place)
            yield Shared(place, other_place, round(float(scores[at]), 3))
