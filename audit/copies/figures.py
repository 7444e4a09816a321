"""The numbers of passages as evidence: two reports that agree in many digits have not counted the same by chance.

What is evidence are counts. Years and other parts of dates, the numbers of documents and articles, and those of public
lines are the same everywhere.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_ZERO, _NINE = ord("0"), ord("9")
_NO_COUNTS: Final = [ord(character) for character in "年月日号条款届时"]
# 12·4 is Constitution Day, 4·15 National Security Education Day; punctuation is gone from keys.
_PUBLIC: Final = (
    *(110, 119, 120, 122, 124, 415),
    *(12309, 12313, 12315, 12320, 12328, 12329, 12333, 12336, 12337, 12338, 12345, 12348, 12350, 12351, 12355, 12368),
    *(12369, 12371, 12377, 12380, 12381, 12385, 12388, 12389, 12393, 95598),
)
_FIRST_YEAR, _LAST_YEAR = 1949, 2049
_LONGEST = 9
# A digit says less than ten different ones could: small and round numbers are more frequent.
_DIGIT = 0.7
_CERTAINTY = 2
_FEWEST_DIGITS = 8
FEWEST_TO_DIFFER: Final = 4

Figures = NDArray[np.uint32]


class FoundFigures(NamedTuple):
    """The counts in a text, in order, of longer ones the last nine digits, and where they begin."""

    values: Figures
    starts: NDArray[np.int64]


def find_figures(codes: NDArray[np.uint16]) -> FoundFigures:
    """The counts in UTF-16 ``codes``, which may not end in a digit."""
    is_digit = (codes >= _ZERO) & (codes <= _NINE)
    edges = np.flatnonzero(np.diff(is_digit, prepend=False))
    starts, ends = edges[::2], edges[1::2]
    lengths = ends - starts
    values = np.zeros(len(starts), dtype=np.uint32)
    for place in range(_LONGEST):
        digits = codes[np.maximum(ends - 1 - place, starts)].astype(np.uint32) - _ZERO
        values += np.where(lengths > place, digits * np.uint32(10**place), 0).astype(np.uint32)
    years = (lengths == 4) & _are_years(values)
    # 2021-2025 is one number in a key.
    years |= (lengths == 8) & _are_years(values // 10_000) & _are_years(values % 10_000)
    counts = ~(years | np.isin(codes[ends], _NO_COUNTS) | np.isin(values, _PUBLIC))
    return FoundFigures(values[counts], starts[counts])


def _are_years(values: Figures) -> NDArray[np.bool_]:
    return (values >= _FIRST_YEAR) & (values <= _LAST_YEAR)


def digits_of(values: NDArray[Any]) -> NDArray[np.uint8]:
    """How many digits of each value say something: round numbers are frequent, so zeros at the end do not."""
    digits = np.zeros(len(values), dtype=np.uint8)
    rest = values.astype(np.uint32)
    begun = np.zeros(len(values), dtype=np.bool_)
    while rest.any():
        begun |= rest % 10 != 0
        digits += begun & (rest > 0)
        rest //= 10
    return digits


def agreeing_digits(figures: Sequence[int], others: Sequence[int]) -> int:
    """How many digits say something in the numbers that two passages have in common."""
    if set(figures).isdisjoint(others):
        return 0
    return _digits((Counter(figures) & Counter(others)).elements())


def _digits(figures: Iterable[int]) -> int:
    return sum([len(str(value).rstrip("0")) for value in figures])


def differ(figures: Sequence[int], others: Sequence[int]) -> bool:
    """Whether two passages have numbers of several digits together, most of which differ."""
    fewer = min(_digits(figures), _digits(others))
    return fewer >= FEWEST_TO_DIFFER and 2 * agreeing_digits(figures, others) < fewer


def digits_to_link(reports: int) -> int:
    """So many digits agree by chance in few pairs of passages of a batch of so many reports."""
    return math.ceil(math.log10(max(1, reports)) / _DIGIT)


def digits_of_no_chance(reports: int) -> int:
    """So many digits agree by chance in hardly any pair of reports of a batch of so many."""
    return max(_FEWEST_DIGITS, math.ceil((2 * math.log10(max(1, reports)) + _CERTAINTY) / _DIGIT))
