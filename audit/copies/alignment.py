"""Which passages of two reports are the same, word for word or but for a few characters."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

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
    # Comparing batches is rarer than judging reports, and the library takes its time to load.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    keys, other_keys = batch.keys_of(first), batch.keys_of(second)
    left = sorted(set(range(len(keys))) - {shared.first for shared in same})
    right = sorted(set(range(len(other_keys))) - {shared.second for shared in same})
    if not left or not right:
        return []
    scores = process.cdist(
        [keys[place] for place in left],
        [other_keys[place] for place in right],
        scorer=fuzz.ratio,
        score_cutoff=100 * similarity,
        dtype=np.float32,
    )
    found: list[Shared] = []
    for row, column in zip(*_best_first(scores), strict=True):
        one, other = left[row], right[column]
        score = float(scores[row, column]) / 100
        if score >= _least(len(keys[one]), similarity):
            found.append(Shared(one, other, round(score, 3)))
            scores[row, :] = scores[:, column] = 0
    return found


def _best_first(scores: Array) -> tuple[list[int], list[int]]:
    rows, columns = np.nonzero(scores)
    order = np.argsort(-scores[rows, columns], kind="stable")
    return rows[order].tolist(), columns[order].tolist()


def _least(length: int, similarity: float) -> float:
    """Of a short passage more must be the same: a few characters make it another statement."""
    return max(similarity, _SHORT_SIMILARITY) if length < _SHORT else similarity
