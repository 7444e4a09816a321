"""Where a run keeps what it has judged, so that nothing finished is done again: one file a chunk, whole or not at all.

A chunk file holds the packed records one after another, then its index, the index's length and a mark. The index is all
that planning and reconciling read; records are read from it one by one. Beside it lie the passages of its reports, for
the comparison of reports; they are written first, so that a chunk that is there is complete.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

import msgspec

from audit.atomic import save_atomically
from audit.copies.passages import ReportPassages
from audit.limits import PackChoice
from audit.packing import Packer
from audit.record import Status
from audit.summary import ReportSummary
from audit.verdict import Verdict
from documents.limits import ReadingLimits

_MARK = b"FZCHUNK1"
_LENGTH_BYTES = 8
_SUFFIX = ".chunk"
_PASSAGES_SUFFIX = ".passages"
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
    """The chunk files of one edition in a folder."""

    def __init__(self, folder: Path, edition: str) -> None:
        self._editions = folder
        self.folder = folder / edition

    def write(self, verdicts: Sequence[tuple[str, Verdict]]) -> str:
        """Store a chunk: the shown path and the verdict of each document. Returns the chunk's name. Raises OSError."""
        from audit.copies.store import encode  # noqa: PLC0415 - numpy is needed where chunks are stored only

        name = f"{uuid4().hex}{_SUFFIX}"
        records: list[StoredRecord] = []
        passages: list[ReportPassages] = []
        offset = 0
        for path, verdict in verdicts:
            number = None if verdict.passages is None else len(passages)
            records.append(StoredRecord(name, offset, len(verdict.record), path, verdict.summary, number))
            offset += len(verdict.record)
            if verdict.passages is not None:
                passages.append(verdict.passages)
        block = encode(passages)
        save_atomically(self.passages(name), lambda stream: stream.write(block))
        index = _INDEXES.pack(ChunkIndex(tuple(records)))
        pieces = [*(verdict.record for _, verdict in verdicts), index, len(index).to_bytes(_LENGTH_BYTES), _MARK]
        save_atomically(self.folder / name, lambda stream: stream.writelines(pieces))
        return name

    def passages(self, chunk: str) -> Path:
        """The file with the passages of a chunk's reports (:func:`audit.copies.store.encode`)."""
        return self.folder / f"{chunk}{_PASSAGES_SUFFIX}"

    def indexes(self) -> Iterator[ChunkIndex]:
        """The index of every chunk, in the order in which they were written. A file that is none is removed."""
        paths = sorted(self.folder.glob(f"*{_SUFFIX}"), key=lambda path: (path.stat().st_mtime_ns, path.name))
        for path in paths:
            index = _read_index(path)
            if index is None:
                path.unlink(missing_ok=True)
            else:
                yield index

    def index(self, name: str) -> ChunkIndex:
        """The index of a chunk. Raises OSError where it is gone or is none."""
        index = _read_index(self.folder / name)
        if index is None:
            raise OSError(f"“{self.folder / name}”不是完整的结果文件")
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
                    opened, stream = record.chunk, (self.folder / record.chunk).open("rb")
                stream.seek(record.offset)
                yield stream.read(record.length)
        finally:
            if stream is not None:
                stream.close()

    def keep_only(self, chunks: Iterable[str]) -> None:
        """Remove every other chunk, and all but the newest editions."""
        wanted = set(chunks)
        for path in self.folder.glob("*"):
            if path.name.removesuffix(_PASSAGES_SUFFIX) not in wanted:
                path.unlink(missing_ok=True)
        if self.folder.exists():
            self.folder.touch()
        editions = sorted(
            (path for path in self._editions.glob("*") if path.is_dir()),
            key=lambda path: path.stat().st_mtime_ns,
            reverse=True,
        )
        for path in editions[_EDITIONS_KEPT:]:
            shutil.rmtree(path, ignore_errors=True)


def _read_index(path: Path) -> ChunkIndex | None:
    """The index at the end of a chunk file, ``None`` for what is no whole chunk file."""
    tail = _LENGTH_BYTES + len(_MARK)
    try:
        with path.open("rb") as stream:
            stream.seek(-tail, 2)
            ending = stream.read(tail)
            if ending[_LENGTH_BYTES:] != _MARK:
                return None
            length = int.from_bytes(ending[:_LENGTH_BYTES])
            stream.seek(-tail - length, 2)
            return _INDEXES.unpack(stream.read(length))
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
