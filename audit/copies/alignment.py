"""Which passages of two reports are the same, word for word or but for a few characters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
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
    same = _same(batch, first, second)
    near = _near(batch, first, second, same, similarity)
    return sorted([*same, *near])


def _same(batch: Batch, first: int, second: int) -> list[Shared]:
    values = batch.hash_set(first) & batch.hash_set(second)
    if not values:
        return []
    places = _places(batch.hashes_of(first), values)
    others = _places(batch.hashes_of(second), values)
    return [
        Shared(place, other, 1.0)
        for value in values
        for place, other in _paired(batch, (first, places[value]), (second, others[value]))
    ]


def _paired(batch: Batch, one: tuple[int, list[int]], other: tuple[int, list[int]]) -> Iterator[tuple[int, int]]:
    """Passages of two reports with the same key: those with the same figures together, the others in order."""
    (first, places), (second, others) = one, other
    if len(places) == len(others) == 1:
        yield places[0], others[0]
        return
    figures, other_figures = batch.figures_of(first), batch.figures_of(second)
    waiting: dict[tuple[int, ...], list[int]] = {}
    for place in reversed(others):
        waiting.setdefault(other_figures[place], []).append(place)
    left: list[int] = []
    for place in places:
        same = waiting.get(figures[place])
        if same:
            yield place, same.pop()
        else:
            left.append(place)
    yield from zip(left, sorted(chain.from_iterable(waiting.values())), strict=False)


def _places(hashes: list[int], wanted: frozenset[int]) -> dict[int, list[int]]:
    places: dict[int, list[int]] = {value: [] for value in wanted}
    for place, value in enumerate(hashes):
        if value in places:
            places[value].append(place)
    return places


def _near(batch: Batch, first: int, second: int, same: list[Shared], similarity: float) -> list[Shared]:
    one, other = _likely(batch, first, second, same)
    if not len(one):
        return []
    # Comparing batches is rarer than judging reports, and the library takes its time to load.
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415

    keys, other_keys = batch.keys_of(first), batch.keys_of(second)
    places = zip(one.tolist(), other.tolist(), strict=True)
    # A single precision is what the similarities of whole batches have.
    scores = np.array(
        [ratio(keys[place], other_keys[facing], score_cutoff=100 * similarity) for place, facing in places], np.float32
    )
    return list(_best(one, other, scores / 100, batch.lengths[batch.passages_of(first)][one], similarity))


def _likely(batch: Batch, first: int, second: int, same: list[Shared]) -> tuple[Array, Array]:
    """The places of passages that are not among the ``same`` and have enough pairs of characters in common."""
    left = _others(batch, first, [shared.first for shared in same])
    right = _others(batch, second, [shared.second for shared in same])
    (upper, lower), sizes = batch.signatures, batch.signature_sizes
    common = np.bitwise_count(upper[left][:, None] & upper[right])
    common += np.bitwise_count(lower[left][:, None] & lower[right])
    one, other = np.nonzero(look_alike(common, sizes[left][:, None].astype(np.uint16) + sizes[right]))
    return left[one] - batch.starts[first], right[other] - batch.starts[second]


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
