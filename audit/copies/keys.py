"""What passages are compared by: their words without what a copyist changes, as numbers.

A comparison key is the normalised text of a passage without punctuation, numbers, the words for tiers of territory (市,
县, 街道) and the author's own names; a copy with the name and the figures replaced has the same key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from audit.copies.figures import Figures, find_figures

GRAM: Final = 10
SAMPLED: Final = 3
_DROPPED = "0123456789.%省市区县旗州盟镇乡街道"
LINE_END: Final = 10
_WITHOUT_DROPPED = str.maketrans("", "", _DROPPED)
_SEED = 20211108
_SIGNATURE_BITS = 128
_BASE = 0x9E3779B97F4A7C15
_SHORTEST_TABLE = 1 << 16
_LARGEST = np.uint64((1 << 64) - 1)
_INVERSE_OF_SAMPLED = np.uint64(pow(SAMPLED, -1, 1 << 64))

Codes = NDArray[np.uint16]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of passages in a row: UTF-16 codes, each key closed by a line end, with what compares them.

    ``lengths`` count the codes without the line end. ``signatures`` has two values for each passage, a set of its pairs
    of characters in 128 bits. ``grams`` are hashes of runs of :data:`GRAM` characters, a sample of one in
    :data:`SAMPLED` that equal runs share, ``gram_owners`` the passages they are of. ``figures`` are the counts, in
    order, ``figure_owners`` their passages.
    """

    codes: Codes
    lengths: NDArray[np.uint32]
    hashes: Hashes
    signatures: Hashes
    grams: Hashes
    gram_owners: NDArray[np.int64]
    figures: Figures
    figure_owners: NDArray[np.int64]


def make_keys(texts: Sequence[str]) -> Keys:
    """The keys of passages of normalised text, in order. No text may hold a line end."""
    joined = "\n".join([*texts, ""]).encode("utf-16-le", "surrogatepass")
    written: Codes = np.frombuffer(joined, dtype="<u2")
    figures, places = find_figures(written)
    figure_owners = np.searchsorted(np.flatnonzero(written == LINE_END), places)
    codes = written[_kept()[written]]
    ends = np.flatnonzero(codes == LINE_END)
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    sums = _Sums(codes)
    hashes = hash_of(sums.between(starts, ends))
    lengths, signatures = (ends - starts).astype(np.uint32), _signatures(codes, starts, ends)
    return Keys(codes, lengths, hashes, signatures, *_grams(sums, ends), figures, figure_owners)


def key_form(text: str) -> str:
    """Words without blanks and punctuation as a key has them."""
    return text.translate(_WITHOUT_DROPPED)


class _Sums:
    """Polynomial hashes of all runs of codes, modulo 2**64, from the running sums of their terms."""

    def __init__(self, codes: Codes) -> None:
        self.length = len(codes)
        powers, self._inverse = _powers(max(_SHORTEST_TABLE, 1 << self.length.bit_length()))
        self._sums = np.zeros(self.length + 1, dtype=np.uint64)
        np.cumsum(_coefficients()[codes] * powers[: self.length], out=self._sums[1:])

    def between(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Hashes:
        """The hash of the codes in each range."""
        found: Hashes = (self._sums[ends] - self._sums[starts]) * self._inverse[starts]
        return found

    def of_length(self, length: int) -> Hashes:
        """The hash of each run of ``length`` codes."""
        count = max(0, self.length - length + 1)
        found: Hashes = (self._sums[length : length + count] - self._sums[:count]) * self._inverse[:count]
        return found


@cache
def _kept() -> NDArray[np.bool_]:
    """Which codes stay."""
    kept = np.ones(1 << 16, dtype=np.bool_)
    kept[[ord(letter) for letter in _DROPPED]] = False
    return kept


@cache
def _coefficients() -> Hashes:
    """A random coefficient for each code, none for a line end."""
    coefficients = hash_of(np.arange(1 << 16, dtype=np.uint64) + np.uint64(_SEED))
    coefficients[LINE_END] = 0
    return coefficients


@lru_cache(maxsize=2)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The powers of the hash from the first on, and the inverses of those from the power 0 on."""
    inverse = np.full(count, pow(_BASE, -1, 1 << 64), dtype=np.uint64)
    inverse[0] = 1
    return np.full(count, _BASE, dtype=np.uint64).cumprod(dtype=np.uint64), inverse.cumprod(dtype=np.uint64)


@cache
def _bits() -> tuple[Hashes, Hashes]:
    """The upper and the lower half of the number that has the bit of each place set, and none for one place more."""
    bits = np.uint64(1) << np.arange(64, dtype=np.uint64)
    none = np.zeros(65, dtype=np.uint64)
    return np.concatenate([none[:64], bits, none[64:]]), np.concatenate([bits, none])


def hash_of(values: NDArray[Any]) -> Hashes:
    """Well mixed 64-bit values, the same on every machine (splitmix64 of Steele, Lea and Flood, 2014)."""
    with np.errstate(over="ignore"):
        mixed: Hashes = values.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


def _signatures(codes: Codes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Hashes:
    """The set of pairs of characters of each key, each pair one of 128 bits."""
    if not len(starts):
        return np.empty((0, 2), dtype=np.uint64)
    pairs = _mixed((codes[:-1].astype(np.uint32) << np.uint32(16)) | codes[1:])
    places = np.empty(len(codes), dtype=np.intp)
    places[:-1] = pairs & np.uint32(_SIGNATURE_BITS - 1)
    # The pairs that a line end takes part in belong to no key.
    places[ends] = places[ends - 1] = _SIGNATURE_BITS
    halves = np.empty((len(starts), 2), dtype=np.uint64)
    for half, bits in enumerate(_bits()):
        np.bitwise_or.reduceat(bits.take(places), starts, out=halves[:, half])
    return halves


def _grams(sums: _Sums, ends: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int64]]:
    """A sample of the runs of :data:`GRAM` characters inside keys, chosen by what they are, and their keys."""
    values = sums.of_length(GRAM)
    values ^= values >> np.uint64(32)
    # Just the multiples of an odd number come to that little when multiplied by its inverse; to divide takes longer.
    chosen = np.flatnonzero(values * _INVERSE_OF_SAMPLED <= _LARGEST // np.uint64(SAMPLED))
    owners = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=-1))[chosen]
    inside = chosen + GRAM <= ends[owners]
    return hash_of(values[chosen[inside]]), owners[inside]


def _mixed(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    values = (values ^ (values >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    return values ^ (values >> np.uint32(12))
