"""What passages are compared by: their words without what a copyist changes, as numbers.

A comparison key is the normalised text of a passage without punctuation, numbers, the words for tiers of territory (市,
县, 街道) and the author's own names; a copy with the name and the figures replaced has the same key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

BANDS: Final = 6
ROWS: Final = 4
_DROPPED = "0123456789.%省市区县旗州盟镇乡街道"
LINE_END: Final = 10
_WITHOUT_DROPPED = str.maketrans("", "", _DROPPED)
_SEED = 20211108
_LONGEST = 1 << 14

Codes = NDArray[np.uint16]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of passages in a row: UTF-16 codes, each key closed by a line end, with their hashes and bands.

    ``lengths`` count the codes without the line end; ``bands`` has a row of :data:`BANDS` values for each passage.
    """

    codes: Codes
    lengths: NDArray[np.uint32]
    hashes: Hashes
    bands: Hashes


def make_keys(texts: Sequence[str]) -> Keys:
    """The keys of passages of normalised text, in order. No text may hold a line end."""
    joined = "\n".join([*texts, ""]).encode("utf-16-le", "surrogatepass")
    codes: Codes = np.frombuffer(joined, dtype="<u2")
    codes = codes[_tables().kept[codes]]
    ends = np.flatnonzero(codes == LINE_END)
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    lengths = (ends - starts).astype(np.uint32)
    return Keys(codes, lengths, _hashes(codes, starts, ends), _bands(codes, starts, ends))


def key_form(text: str) -> str:
    """Words without blanks and punctuation as a key has them."""
    return text.translate(_WITHOUT_DROPPED)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Which codes stay, a random coefficient for each code, the powers of the hash, and the row functions."""

    kept: NDArray[np.bool_]
    coefficients: Hashes
    powers: Hashes
    multipliers: NDArray[np.uint32]
    increments: NDArray[np.uint32]


@cache
def _tables() -> _Tables:
    kept = np.ones(1 << 16, dtype=np.bool_)
    kept[[ord(letter) for letter in _DROPPED]] = False
    coefficients = _random(np.arange(1 << 16, dtype=np.uint64) + np.uint64(_SEED))
    coefficients[LINE_END] = 0
    powers = np.full(_LONGEST, 0x9E3779B97F4A7C15, dtype=np.uint64).cumprod(dtype=np.uint64)
    functions = _random(np.arange(2 * BANDS * ROWS, dtype=np.uint64)).astype(np.uint32)
    return _Tables(kept, coefficients, powers, functions[::2] | np.uint32(1), functions[1::2])


def _random(values: Hashes) -> Hashes:
    """Well mixed 64-bit values, the same on every machine (splitmix64 of Steele, Lea and Flood, 2014)."""
    with np.errstate(over="ignore"):
        values = values * np.uint64(0x9E3779B97F4A7C15)
        values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return values ^ (values >> np.uint64(31))


def _hashes(codes: Codes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Hashes:
    """A polynomial hash of each key, modulo 2**64, with random coefficients for the codes."""
    if not len(starts):
        return np.empty(0, dtype=np.uint64)
    tables = _tables()
    places = np.arange(len(codes)) - np.repeat(starts, ends - starts + 1)
    terms = tables.coefficients[codes] * tables.powers[places % _LONGEST]
    return _random(np.add.reduceat(terms, starts))


def _bands(codes: Codes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Hashes:
    """For each key the hashes of :data:`BANDS` groups of :data:`ROWS` minima over its pairs of characters (MinHash)."""
    if not len(starts):
        return np.empty((0, BANDS), dtype=np.uint64)
    tables = _tables()
    grams = (codes[:-1].astype(np.uint32) << np.uint32(16)) | codes[1:]
    grams = (grams ^ (grams >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    grams ^= grams >> np.uint32(12)
    grams = np.append(grams, np.uint32(0))
    # The pairs that a line end takes part in belong to no key; a key of one character keeps one of them.
    outside = np.concatenate((ends, ends - 1))
    result = np.zeros((len(starts), BANDS), dtype=np.uint64)
    for row in range(BANDS * ROWS):
        values = grams * tables.multipliers[row] + tables.increments[row]
        values[outside] = np.iinfo(np.uint32).max
        least = np.minimum.reduceat(values, starts).astype(np.uint64)
        band = row // ROWS
        result[:, band] = _random(result[:, band] ^ least)
    return result
