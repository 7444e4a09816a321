"""``findings.json``: the record of a run as a published, versioned format (docs/json.md)."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from audit.atomic import Saved, save_atomically
from audit.record import RunRecord

_RECORD = TypeAdapter(RunRecord)


def to_json(run: RunRecord) -> bytes:
    """The record as UTF-8 JSON, indented by one, ending in a line feed. Equal records give equal bytes."""
    try:
        return _RECORD.dump_json(run, indent=1) + b"\n"
    except PydanticSerializationError:
        return _with_surrogates(run) + b"\n"


def _with_surrogates(run: RunRecord) -> bytes:
    # A file name that is not valid UTF-8 reaches Python with lone surrogates; "backslashreplace" writes them as \udcxx,
    # which is what JSON itself calls them.
    plain = _RECORD.dump_python(run, mode="json")
    return json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def write_json(target: Path, run: RunRecord) -> Saved:
    """Save the record at ``target`` as a whole or not at all."""
    content = to_json(run)
    return save_atomically(target, lambda stream: stream.write(content))
