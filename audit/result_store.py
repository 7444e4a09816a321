"""Where a run keeps what it has judged, so that nothing finished is done again: one file a chunk, whole or not at all.

A chunk file holds the packed records one after another, then its index, the index's length and a mark. The index is all
that planning and reconciling read; records are read from it one by one. Beside it lie the passages of its reports, for
the comparison of reports; they are written first, so that a chunk that is there is complete.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

import msgspec

from audit.copies.passages import ReportPassages
from audit.limits import PackChoice
from audit.packing import Packer
from audit.record import Status
from audit.storage import Storage
from audit.summary import ReportSummary
from audit.verdict import Verdict
from documents.limits import ReadingLimits

_MARK = b"FZCHUNK1"
_LENGTH_BYTES = 8
_SUFFIX = ".chunk"
_PASSAGES_SUFFIX = ".passages"
_PLAN_SUFFIX = ".plan"
_JUDGING_PACKAGES = ("documents", "rules", "checks", "audit")
_EDITIONS_KEPT = 3

LASTING = frozenset(
    {
        Status.READ,
        Status.PARTLY_READ,
        Status.NO_TEXT,
        Status.EMPTY,
        Status.ENCRYPTED,
        Status.UNSUPPORTED,
        Status.CORRUPT,
        Status.OVER_LIMIT,
        Status.IGNORED,
    }
)
"""The statuses that the same bytes will have again. All others are tried again in the next run."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """Where a packed record stands, and its summary. ``path`` is the submission's, as shown.

    ``passages`` is the number of the report among those whose passages the chunk has, ``None`` where it has none.
    """

    chunk: str
    offset: int
    length: int
    path: str
    summary: ReportSummary
    passages: int | None = None


@dataclass(frozen=True, slots=True)
class ChunkIndex:
    """What a chunk file holds."""

    records: tuple[StoredRecord, ...]


_INDEXES = Packer(ChunkIndex)


def edition_of(rules_sha256: str, choice: PackChoice, limits: ReadingLimits) -> str:
    """What the verdict on a document depends on besides its bytes and name: rules, facts, program, year and limits."""
    parts = (rules_sha256, _program(), str(choice.audited_year), repr(limits))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


@cache
def _program() -> str:
    """The version, and the hash of the code that judges: a changed program must not reuse what it would now say
    otherwise."""
    digest = hashlib.sha256(version("fazhi-audit").encode())
    root = Path(__file__).resolve().parent.parent
    for package in _JUDGING_PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


class ResultStore:
    """The chunk files of one edition, in a folder of its own, and the plans of the runs that make them."""

    def __init__(self, storage: Storage, edition: str) -> None:
        self._storage = storage
        self._edition = edition

    def write(self, verdicts: Sequence[tuple[str, Verdict]]) -> str:
        """Store a chunk: the shown path and the verdict of each document. Returns the chunk's name. Raises OSError."""
        from audit.copies.store import encode  # noqa: PLC0415 - numpy is needed where chunks are stored only

        # The time first, so that the order of names is the order of writing.
        name = f"{time.time_ns():019}-{uuid4().hex}{_SUFFIX}"
        records: list[StoredRecord] = []
        passages: list[ReportPassages] = []
        offset = 0
        for path, verdict in verdicts:
            number = None if verdict.passages is None else len(passages)
            records.append(StoredRecord(name, offset, len(verdict.record), path, verdict.summary, number))
            offset += len(verdict.record)
            if verdict.passages is not None:
                passages.append(verdict.passages)
        self._storage.save(self._placed(name) + _PASSAGES_SUFFIX, [encode(passages)])
        index = _INDEXES.pack(ChunkIndex(tuple(records)))
        pieces = [*(verdict.record for _, verdict in verdicts), index, len(index).to_bytes(_LENGTH_BYTES), _MARK]
        self._storage.save(self._placed(name), pieces)
        return name

    def write_plan(self, run: str, parts: Iterable[bytes]) -> None:
        """Store the plan of a run, for whoever carries its chunks out. It goes when :meth:`keep_only` is called."""
        self._storage.save(self._placed(run) + _PLAN_SUFFIX, parts)

    def read_plan(self, run: str, offset: int, length: int) -> bytes:
        """So many bytes of the plan of a run. Raises OSError."""
        with self._storage.open(self._placed(run) + _PLAN_SUFFIX) as stream:
            stream.seek(offset)
            return stream.read(length)

    def passages(self, chunk: str) -> Path:
        """The file with the passages of a chunk's reports (:func:`audit.copies.store.encode`), on this machine."""
        return self._storage.local(self._placed(chunk) + _PASSAGES_SUFFIX)

    def indexes(self) -> Iterator[ChunkIndex]:
        """The index of every chunk, in the order in which they were written. A file that is none is removed."""
        for name in self._storage.names(self._edition):
            if not name.endswith(_SUFFIX):
                continue
            index = self._read_index(name)
            if index is None:
                self._storage.remove(self._placed(name))
            else:
                yield index

    def index(self, name: str) -> ChunkIndex:
        """The index of a chunk. Raises OSError where it is gone or is none."""
        index = self._read_index(name)
        if index is None:
            raise OSError(f"“{self._placed(name)}”不是完整的结果文件")
        return index

    def packed_records(self, stored: Iterable[StoredRecord | None]) -> Iterator[bytes | None]:
        """The packed record of each, in the order given; a file is opened once for neighbours of one chunk."""
        opened, stream = "", None
        try:
            for record in stored:
                if record is None:
                    yield None
                    continue
                if record.chunk != opened or stream is None:
                    if stream is not None:
                        stream.close()
                    opened, stream = record.chunk, self._storage.open(self._placed(record.chunk))
                stream.seek(record.offset)
                yield stream.read(record.length)
        finally:
            if stream is not None:
                stream.close()

    def keep_only(self, chunks: Iterable[str]) -> None:
        """Remove every other chunk, and all but the newest editions."""
        wanted = set(chunks)
        for name in self._storage.names(self._edition):
            if name.removesuffix(_PASSAGES_SUFFIX) not in wanted:
                self._storage.remove(self._placed(name))
        others = [name for name in self._storage.names() if name != self._edition]
        others.sort(key=lambda edition: max(self._storage.names(edition), default=""), reverse=True)
        for edition in others[_EDITIONS_KEPT - 1 :]:
            self._storage.remove(edition)

    def _placed(self, name: str) -> str:
        return f"{self._edition}/{name}"

    def _read_index(self, name: str) -> ChunkIndex | None:
        """The index at the end of a chunk file, ``None`` for what is no whole chunk file."""
        tail = _LENGTH_BYTES + len(_MARK)
        with self._storage.open(self._placed(name)) as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - tail))
            ending = stream.read(tail)
            if ending[_LENGTH_BYTES:] != _MARK:
                return None
            length = int.from_bytes(ending[:_LENGTH_BYTES])
            if length > size - tail:
                return None
            stream.seek(size - tail - length)
            try:
                return _INDEXES.unpack(stream.read(length))
            except (ValueError, msgspec.MsgspecError):
                return None
