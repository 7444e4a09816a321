"""``findings.json``: the record of a run as a published, versioned format (docs/json.md).

The reports may be encoded apart, in fragments by several processes; put together they give the same bytes as at once.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from audit.atomic import Saved, save_atomically
from audit.record import ReportRecord, RunRecord

Fragment = bytes | Path
"""What :func:`encode_reports` gave, or a file that holds it."""

_OPENING, _CLOSING = b"[\n [\n", b"\n ]\n]"
_NO_REPORTS = b'\n "reports": []'


def encode_reports(records: Iterable[ReportRecord]) -> bytes:
    """The items of the list of reports as they stand in ``findings.json``; nothing for no records."""
    batch = list(records)
    if not batch:
        return b""
    try:
        return _items(_formatted([batch]))
    except UnicodeEncodeError:
        return b",\n".join(map(_item, batch))


def write_json_parts(target: Path, frame: RunRecord, fragments: Iterable[Fragment]) -> Saved:
    """Save the record of a run at ``target`` as a whole or not at all, with no more than a fragment in memory.

    ``frame`` is the record without its reports (those it has are left out); they are in ``fragments``, in order.
    """

    def write(stream: BinaryIO) -> None:
        for piece in _pieces(frame, fragments):
            if isinstance(piece, bytes):
                stream.write(piece)
            else:
                with piece.open("rb") as source:
                    shutil.copyfileobj(source, stream, 1 << 20)

    return save_atomically(target, write)


def to_json(run: RunRecord) -> bytes:
    """The record as UTF-8 JSON, indented by one, ending in a line feed. Equal records give equal bytes."""
    return b"".join(piece for piece in _pieces(run, [encode_reports(run.reports)]) if isinstance(piece, bytes))


def write_json(target: Path, run: RunRecord) -> Saved:
    """Save the record at ``target`` as a whole or not at all."""
    return write_json_parts(target, run, [encode_reports(run.reports)])


def _pieces(frame: RunRecord, fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    head, empty, tail = _encoded(replace(frame, reports=())).partition(_NO_REPORTS)
    yield head + empty[:-1]
    between, end = b"\n", b""
    for fragment in fragments:
        if fragment if isinstance(fragment, bytes) else fragment.stat().st_size:
            yield between
            yield fragment
            between, end = b",\n", b"\n "
    yield end + b"]" + tail + b"\n"


def _item(record: ReportRecord) -> bytes:
    return _items(_encoded([[record]]))


def _items(nested: bytes) -> bytes:
    """The items of a list in a list: indented as they stand in the record of the run."""
    return nested[len(_OPENING) : -len(_CLOSING)]


def _encoded(value: object) -> bytes:
    try:
        return _formatted(value)
    except UnicodeEncodeError:
        return _with_surrogates(value)


def _formatted(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value, enc_hook=_plain), indent=1)


def _with_surrogates(value: object) -> bytes:
    # A file name that is not valid UTF-8 reaches Python with lone surrogates; "backslashreplace" writes them as \udcxx,
    # which is what JSON itself calls them.
    plain = msgspec.to_builtins(value, enc_hook=_plain)
    return json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"{type(value).__name__} is no part of a record")
