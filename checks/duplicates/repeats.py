"""Finds runs of equal items in a sequence, in time linear in its length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A run of items at the indexes ``first`` that comes again at ``again[0]``, and at least in part at the others."""

    first: range
    again: tuple[range, ...]

    @property
    def adjacent(self) -> bool:
        """Whether the run is repeated at once, with nothing in between."""
        return self.again[0].start == self.first.stop

    @property
    def count(self) -> int:
        """How many times the run occurs."""
        return len(self.again) + 1


def repeated_in(keys: Sequence[T]) -> set[T]:
    """Those of ``keys`` that come more than once."""
    if len(set(keys)) == len(keys):
        return set()
    return {key for key, count in Counter(keys).items() if count > 1}


def find_repeats(keys: Sequence[str]) -> list[Repeat]:
    """The longest runs of ``keys`` that come again later, each with all its later places; empty keys never repeat.

    An item takes part in one result only, so a copied paragraph is one repeat and not one for each of its sentences.
    """
    if len(set(keys)) == len(keys):
        return []
    firsts: dict[str, int] = {}
    runs: list[tuple[int, int, int]] = []
    index = 0
    while index < len(keys):
        first = firsts.setdefault(keys[index], index) if keys[index] else index
        if first == index:
            index += 1
            continue
        length = _run_length(keys, firsts, first, index)
        runs.append((first, length, index))
        index += length
    return _grouped(sorted(runs))


def _run_length(keys: Sequence[str], firsts: dict[str, int], first: int, again: int) -> int:
    length = 1
    limit = min(again - first, len(keys) - again)
    while length < limit:
        key = keys[first + length]
        if not key or key != keys[again + length] or firsts.get(key) != first + length:
            break
        length += 1
    return length


def _grouped(runs: list[tuple[int, int, int]]) -> list[Repeat]:
    """Runs whose first places overlap become one repeat: its first place is the longest of theirs."""
    groups: list[list[tuple[int, int, int]]] = []
    end = -1
    for run in runs:
        if run[0] < end:
            groups[-1].append(run)
        else:
            groups.append([run])
        end = max(end, run[0] + run[1])
    return [_repeat(group) for group in groups]


def _repeat(group: list[tuple[int, int, int]]) -> Repeat:
    first, length, _ = max(group, key=lambda run: (run[1], -run[0], -run[2]))
    places = sorted(group, key=lambda run: (run[:2] != (first, length), run[2]))
    return Repeat(range(first, first + length), tuple(range(again, again + size) for _, size, again in places))
