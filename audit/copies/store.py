"""The passages of many reports as one block of bytes, and many such blocks read as one batch.

A block is a MessagePack header, framed by its length, and arrays one after the other, so that a batch reads what it
needs of a file and no more. The format is the same on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import closing
from functools import cached_property, lru_cache
from io import FileIO
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Final
from weakref import finalize

import msgspec
import numpy as np
from numpy.typing import NDArray

from audit.copies.figures import digits_of
from audit.copies.keys import hash_of, make_keys
from audit.copies.passages import FEWEST_CHARACTERS, ReportPassages

_FRAME = 4
# More of them would no longer fit into the caches of the processor.
_REPORTS_AT_ONCE = 25
_CACHED_REPORTS = 1024
_OPEN_FILES = 200
_MOST_DIGITS = 255
PARTS: Final = 32
"""Grams are kept in parts by their hash, so that a batch need not hold all of them at once."""
OWNER_BITS: Final = np.uint64(26)
_OWNER_MASK: Final = (np.uint64(1) << OWNER_BITS) - np.uint64(1)
_COLUMNS: Final = {
    "counts": "<u4",
    "characters": "<u4",
    "code_counts": "<u4",
    "outline_lengths": "<u4",
    "figure_totals": "<u4",
    "hashes": "<u8",
    "lengths": "<u4",
    "starts": "<u4",
    "ends": "<u4",
    "planned": "u1",
    "upper_signatures": "<u8",
    "lower_signatures": "<u8",
    "gram_counts": "<u4",
    "grams": "<u8",
    "figure_counts": "<u4",
    "figures": "<u4",
    "codes": "<u2",
    "outlines": "u1",
}

_PER_REPORT: Final = frozenset({"counts", "characters", "code_counts", "outline_lengths", "figure_totals"})
# How much of a column is each report's; all others have a value for each of its passages.
_MEASURES: Final = {"codes": "code_counts", "outlines": "outline_lengths", "figures": "figure_totals"}

Array = NDArray[Any]
_Pieces = dict[str, list[Array]]


def encode(reports: Sequence[ReportPassages]) -> bytes:
    """The passages of a chunk of reports, in order, as one block."""
    columns: _Pieces = {name: [] for name in _COLUMNS}
    remaining = iter(reports)
    passages = 0
    while some := list(islice(remaining, _REPORTS_AT_ONCE)):
        for name, values in _columns(some, passages).items():
            columns[name].append(values.astype(_COLUMNS[name], copy=False))
        passages += len(columns["hashes"][-1])
    columns["outlines"] = [np.frombuffer(report.outline, np.uint8) for report in reports]
    return _block(columns)


def _block(columns: _Pieces) -> bytes:
    """The bytes of a block, whose columns are given in pieces; those of the runs need not be sorted."""
    grams = np.concatenate([np.empty(0, np.uint64), *columns["grams"]])
    grams.sort()
    parts = np.arange(PARTS + 1, dtype=np.float64) * 2.0**64 / PARTS
    bounds = np.searchsorted(grams, parts[:-1].astype(np.uint64))
    gram_counts = np.diff(bounds, append=len(grams)).astype("<u4")
    columns = {**columns, "gram_counts": [gram_counts], "grams": [grams]}
    ordered = [columns[name] for name in _COLUMNS]
    header = msgspec.msgpack.encode({name: sum(map(len, columns[name])) for name in _COLUMNS})
    # Joined as they are: each copy of that much costs as much as making it.
    arrays = [np.ascontiguousarray(values).data for pieces in ordered for values in pieces]
    return b"".join([len(header).to_bytes(_FRAME, "little"), header, *arrays])


def _columns(reports: Sequence[ReportPassages], passages: int) -> dict[str, Array]:
    """The columns, apart from the outlines, of some reports of a block that already holds ``passages``."""
    texts = [report.keys.split("\n") if report.places else [] for report in reports]
    keys = make_keys([text for passages in texts for text in passages])
    owners = np.repeat(np.arange(len(reports)), [len(passages) for passages in texts])
    kept = keys.lengths >= FEWEST_CHARACTERS
    numbers = np.cumsum(kept) - 1 + passages
    is_figure_kept = kept[keys.figure_owners]
    figure_owners = keys.figure_owners[is_figure_kept]
    places = np.frombuffer(b"".join(report.places for report in reports), dtype=np.uint32).reshape(-1, 2)[kept]
    return {
        "counts": np.bincount(owners[kept], minlength=len(reports)),
        "characters": np.array([report.characters for report in reports]),
        "code_counts": np.bincount(owners[kept], keys.lengths[kept] + 1, minlength=len(reports)),
        "outline_lengths": np.array([len(report.outline) for report in reports]),
        "figure_totals": np.bincount(owners[figure_owners], minlength=len(reports)),
        "hashes": keys.hashes[kept],
        "lengths": keys.lengths[kept],
        "starts": places[:, 0],
        "ends": places[:, 1],
        "planned": np.frombuffer(b"".join(report.planned for report in reports), dtype=np.uint8)[kept],
        "upper_signatures": keys.signatures[kept, 0],
        "lower_signatures": keys.signatures[kept, 1],
        "grams": (keys.grams & ~_OWNER_MASK | numbers[keys.gram_owners].astype(np.uint64))[kept[keys.gram_owners]],
        "figure_counts": np.bincount(figure_owners, minlength=len(kept))[kept],
        "figures": keys.figures[is_figure_kept],
        "codes": keys.codes[np.repeat(kept, keys.lengths + 1)],
    }


def _sums(values: Array, ends: Array) -> Array:
    """The sums of ``values``, unsigned numbers of 64 bits, in ranges that each begin where the last one ended."""
    totals = np.concatenate((np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)))[ends]
    sums: Array = np.diff(totals, prepend=np.uint64(0))
    return sums


def report_count(block: Path | bytes) -> int:
    """The number of reports of a block."""
    with closing(_Files()) as files:
        return _Block(block, files).sizes["counts"]


def cut(block: Path | bytes, start: int, stop: int) -> bytes:
    """The reports ``[start, stop)`` of a block as a block of their own."""
    with closing(_Files()) as files:
        whole = _Block(block, files)
        columns = {name: whole.read(name, *whole.bounds(name, start, stop)) for name in _COLUMNS if "gram" not in name}
        first, last = whole.bounds("hashes", start, stop)
        grams = whole.read("grams")
    passages = grams & _OWNER_MASK
    kept = (passages >= first) & (passages < last)
    pieces = {name: [values] for name, values in columns.items()}
    return _block({**pieces, "grams": [grams[kept] - np.uint64(first)]})


class _Files:
    """Files kept open, since a batch is read in many small pieces; all are closed with it. Any thread may read."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: OrderedDict[Path, FileIO] = OrderedDict()

    def read(self, path: Path, start: int, count: int) -> bytes:
        with self._lock:
            file = self._open.pop(path, None) or path.open("rb", buffering=0)
            self._open[path] = file
            if len(self._open) > _OPEN_FILES:
                self._open.popitem(last=False)[1].close()
            file.seek(start)
            return file.read(count)

    def close(self) -> None:
        for file in self._open.values():
            file.close()


class _Block:
    """One block, in a file or in memory."""

    def __init__(self, source: Path | bytes, files: _Files) -> None:
        self._source = source
        self._files = files
        length = int.from_bytes(self._bytes(0, _FRAME), "little")
        self.sizes: dict[str, int] = msgspec.msgpack.decode(self._bytes(_FRAME, length), type=dict[str, int])
        position = _FRAME + length
        self._places: dict[str, int] = {}
        for name, kind in _COLUMNS.items():
            self._places[name] = position
            position += self.sizes[name] * np.dtype(kind).itemsize

    def bounds(self, name: str, start: int, stop: int) -> tuple[int, int]:
        """Where the values of the reports ``[start, stop)`` stand in a column other than that of the runs."""
        if name in _PER_REPORT:
            return start, stop
        measure = _MEASURES.get(name, "counts")
        before = int(self.read(measure, 0, start).sum(dtype=np.int64))
        return before, before + int(self.read(measure, start, stop).sum(dtype=np.int64))

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Array:
        """The values ``[start, stop)`` of a column."""
        kind = np.dtype(_COLUMNS[name])
        stop = self.sizes[name] if stop is None else stop
        found = self._bytes(self._places[name] + start * kind.itemsize, (stop - start) * kind.itemsize)
        return np.frombuffer(found, dtype=kind)

    def _bytes(self, start: int, count: int) -> bytes:
        if isinstance(self._source, bytes):
            return self._source[start : start + count]
        return self._files.read(self._source, start, count)


class Batch:
    """Every report of several blocks, numbered through from 0 in the order of the blocks, and so their passages.

    What the comparison goes over stays in memory, about 40 bytes a passage; words are read from the blocks when asked
    for.
    """

    def __init__(self, blocks: Sequence[Path | bytes]) -> None:
        files = _Files()
        finalize(self, files.close)
        self._blocks = [_Block(block, files) for block in blocks]
        self._firsts = np.cumsum([0, *(block.sizes["counts"] for block in self._blocks)])
        self.counts = self.column("counts").astype(np.int64)
        """The number of passages of each report."""
        self.characters = self.column("characters")
        """The number of characters of each report in passages of any length, headings left out."""
        self.starts = np.concatenate(([0], np.cumsum(self.counts)))
        """The number of the first passage of each report, and the number of all passages."""
        self._code_counts = self.column("code_counts").astype(np.int64)
        self._gram_counts = [block.read("gram_counts").astype(np.int64) for block in self._blocks]
        self._outline_lengths = self.column("outline_lengths").astype(np.int64)
        self._code_starts = self._starts_in_blocks(self._code_counts)
        self._outline_starts = self._starts_in_blocks(self._outline_lengths)
        self._figure_totals = self.column("figure_totals").astype(np.int64)
        self._figure_starts = self._starts_in_blocks(self._figure_totals)
        self._bounds: list[int] = self.starts.tolist()
        self._first_reports: list[int] = self._firsts.tolist()
        self.keys_of = lru_cache(_CACHED_REPORTS)(self._keys_of)
        self.figures_of = lru_cache(_CACHED_REPORTS)(self._figures_of)
        self.hash_set = lru_cache(_CACHED_REPORTS)(self._hash_set)

    def __len__(self) -> int:
        return len(self.counts)

    @cached_property
    def hashes(self) -> Array:
        """The hash of the key of each passage."""
        return self.column("hashes")

    @cached_property
    def lengths(self) -> Array:
        """The length of the key of each passage."""
        return self.column("lengths")

    @cached_property
    def signatures(self) -> tuple[Array, Array]:
        """Both halves of the signature of each passage."""
        return self.column("upper_signatures"), self.column("lower_signatures")

    @cached_property
    def signature_sizes(self) -> Array:
        """How many bits of its signature each passage has set."""
        upper, lower = self.signatures
        return np.bitwise_count(upper) + np.bitwise_count(lower)

    @cached_property
    def planned(self) -> Array:
        """Whether each passage stands in the plan for the coming year, as 0 and 1."""
        return self.column("planned")

    @cached_property
    def _places(self) -> tuple[Array, Array]:
        return self.column("starts"), self.column("ends")

    @cached_property
    def owners(self) -> Array:
        """The report of each passage."""
        return np.repeat(np.arange(len(self), dtype=np.uint32), self.counts)

    def grams(self, part: int) -> Array:
        """One of :data:`PARTS` parts of the sampled runs of all passages, sorted: hash above, passage below."""
        found = [np.empty(0, np.uint64)]
        for block, counts, first in zip(self._blocks, self._gram_counts, self._firsts, strict=False):
            start = int(counts[:part].sum())
            found.append(block.read("grams", start, start + int(counts[part])) + np.uint64(self.starts[first]))
        joined = np.concatenate(found)
        joined.sort()
        return joined

    def column(self, name: str) -> Array:
        """A column of all blocks."""
        return np.concatenate([np.empty(0, _COLUMNS[name]), *(block.read(name) for block in self._blocks)])

    def passages_of(self, report: int) -> slice:
        """Where the passages of one report stand among those of all."""
        return slice(self._bounds[report], self._bounds[report + 1])

    def places_of(self, report: int) -> list[tuple[int, int]]:
        """Start and end of each passage of one report in its text."""
        chosen = self.passages_of(report)
        starts, ends = self._places
        return list(zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True))

    def hashes_of(self, report: int) -> list[int]:
        """The hashes of the keys of the passages of one report."""
        found: list[int] = self.hashes[self.passages_of(report)].tolist()
        return found

    def _hash_set(self, report: int) -> frozenset[int]:
        return frozenset(self.hashes_of(report))

    def keys_at(self, passages: Array) -> list[str]:
        """The keys of ``passages``, which are given by number, ascending; each block is read at most once."""
        cuts = np.searchsorted(passages, self.starts[self._firsts]).tolist()
        found: list[str] = []
        for block, first, start, stop in zip(self._blocks, self._first_reports, cuts, cuts[1:], strict=False):
            if start < stop:
                found += self._some_keys(block, self._bounds[first], passages[start:stop])
        return found

    def _some_keys(self, block: _Block, first: int, passages: Array) -> list[str]:
        """The keys of passages of one block, whose first passage is ``first``."""
        ends = 2 * np.cumsum(self.lengths[first : int(passages[-1]) + 1].astype(np.int64) + 1)
        starts, stops = (ends[passages - first] - 2 * self.lengths[passages] - 2).tolist(), ends[passages - first] - 2
        codes = block.read("codes", starts[0] // 2, int(stops[-1]) // 2).tobytes()
        skipped = starts[0]
        return [
            codes[start - skipped : stop - skipped].decode("utf-16-le", "surrogatepass")
            for start, stop in zip(starts, stops.tolist(), strict=True)
        ]

    def _keys_of(self, report: int) -> tuple[str, ...]:
        """The keys of the passages of one report."""
        return tuple(self._words(report, 0, int(self._code_counts[report])).split("\n")[:-1])

    def _words(self, report: int, start: int, count: int) -> str:
        block, _ = self._locate(report)
        start += int(self._code_starts[report])
        return block.read("codes", start, start + count).tobytes().decode("utf-16-le", "surrogatepass")

    def _figures_of(self, report: int) -> tuple[tuple[int, ...], ...]:
        """The figures of each passage of one report, in order."""
        block, first = self._locate(report)
        before = self._bounds[first]
        counts = block.read("figure_counts", self._bounds[report] - before, self._bounds[report + 1] - before)
        start = int(self._figure_starts[report])
        figures = iter(block.read("figures", start, start + int(self._figure_totals[report])).tolist())
        return tuple(tuple(islice(figures, count)) for count in counts.tolist())

    @cached_property
    def figure_sums(self) -> tuple[Array, Array]:
        """Of each passage a hash of its figures in any order, and how many digits of them say something (up to 255)."""
        hashes, digits = np.empty(len(self.hashes), np.uint64), np.empty(len(self.hashes), np.uint8)
        start = 0
        for block in self._blocks:
            ends = np.cumsum(block.read("figure_counts"), dtype=np.int64)
            figures = block.read("figures")
            chosen = slice(start, start + len(ends))
            hashes[chosen] = _sums(hash_of(figures), ends)
            digits[chosen] = np.minimum(_sums(digits_of(figures).astype(np.uint64), ends), _MOST_DIGITS)
            start += len(ends)
        return hashes, digits

    def outline_of(self, report: int) -> bytes:
        """The packed report (:mod:`audit.copies.outline`)."""
        block, _ = self._locate(report)
        start = int(self._outline_starts[report])
        return block.read("outlines", start, start + int(self._outline_lengths[report])).tobytes()

    def _starts_in_blocks(self, counts: Array) -> Array:
        """Where each report's part begins in the column of its block, by how many values the reports have."""
        before = np.cumsum(counts) - counts
        firsts = self._firsts[:-1][np.diff(self._firsts) > 0]
        starts: Array = before - np.repeat(before[firsts], np.diff(self._firsts)[np.diff(self._firsts) > 0])
        return starts

    def _locate(self, report: int) -> tuple[_Block, int]:
        """The block that holds a report, and the number of the first report of that block."""
        index = bisect_right(self._first_reports, report) - 1
        return self._blocks[index], self._first_reports[index]
