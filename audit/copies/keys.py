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

GRAM: Final = 10
SAMPLED: Final = 3
_DROPPED = "0123456789.%省市区县旗州盟镇乡街道"
LINE_END: Final = 10
_WITHOUT_DROPPED = str.maketrans("", "", _DROPPED)
_SEED = 20211108
_LONGEST = 1 << 14

Codes = NDArray[np.uint16]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of passages in a row: UTF-16 codes, each key closed by a line end, with what compares them.

    ``lengths`` count the codes without the line end. ``signatures`` has two values for each passage, a set of its pairs
    of characters in 128 bits. ``grams`` are hashes of runs of :data:`GRAM` characters, a sample of one in
    :data:`SAMPLED` that equal runs share, ``gram_owners`` the passages they are of.
    """

    codes: Codes
    lengths: NDArray[np.uint32]
    hashes: Hashes
    signatures: Hashes
    grams: Hashes
    gram_owners: NDArray[np.int64]


def make_keys(texts: Sequence[str]) -> Keys:
    """The keys of passages of normalised text, in order. No text may hold a line end."""
    joined = "\n".join([*texts, ""]).encode("utf-16-le", "surrogatepass")
    codes: Codes = np.frombuffer(joined, dtype="<u2")
    codes = codes[_tables().kept[codes]]
    ends = np.flatnonzero(codes == LINE_END)
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    lengths = (ends - starts).astype(np.uint32)
    return Keys(codes, lengths, _hashes(codes, starts, ends), _signatures(codes, starts, ends), *_grams(codes, ends))


def key_form(text: str) -> str:
    """Words without blanks and punctuation as a key has them."""
    return text.translate(_WITHOUT_DROPPED)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Which codes stay, a random coefficient for each code, and the powers of the hash."""

    kept: NDArray[np.bool_]
    coefficients: Hashes
    powers: Hashes


@cache
def _tables() -> _Tables:
    kept = np.ones(1 << 16, dtype=np.bool_)
    kept[[ord(letter) for letter in _DROPPED]] = False
    coefficients = _random(np.arange(1 << 16, dtype=np.uint64) + np.uint64(_SEED))
    coefficients[LINE_END] = 0
    powers = np.full(_LONGEST, 0x9E3779B97F4A7C15, dtype=np.uint64).cumprod(dtype=np.uint64)
    return _Tables(kept, coefficients, powers)


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


def _signatures(codes: Codes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Hashes:
    """The set of pairs of characters of each key, each pair one of 128 bits."""
    if not len(starts):
        return np.empty((0, 2), dtype=np.uint64)
    pairs = _mixed((codes[:-1].astype(np.uint32) << np.uint32(16)) | codes[1:])
    bits = np.append(np.uint64(1) << (pairs & np.uint32(63)).astype(np.uint64), np.uint64(0))
    # The pairs that a line end takes part in belong to no key.
    bits[ends] = bits[ends - 1] = 0
    upper = np.append(pairs & np.uint32(64), np.uint32(0)).astype(np.bool_)
    halves = (np.bitwise_or.reduceat(np.where(chosen, bits, np.uint64(0)), starts) for chosen in (upper, ~upper))
    return np.stack(list(halves), axis=1)


def _grams(codes: Codes, ends: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int64]]:
    """A sample of the runs of :data:`GRAM` characters inside keys, chosen by what they are, and their keys."""
    count = max(0, len(codes) - GRAM + 1)
    tables = _tables()
    coefficients = tables.coefficients[codes]
    values = np.zeros(count, dtype=np.uint64)
    for place in range(GRAM):
        values += coefficients[place : place + count] * tables.powers[place]
    values ^= values >> np.uint64(32)
    owners = np.cumsum(codes == LINE_END) - (codes == LINE_END)
    inside = owners[:count] == owners[GRAM - 1 :] if count else np.empty(0, np.bool_)
    inside &= codes[GRAM - 1 :] != LINE_END
    chosen = np.flatnonzero(inside & (values % np.uint64(SAMPLED) == 0))
    return _random(values[chosen]), owners[chosen]


def _mixed(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    values = (values ^ (values >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    return values ^ (values >> np.uint32(12))
