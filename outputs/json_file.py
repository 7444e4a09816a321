"""``findings.json``: the record of a run as a published, versioned format (docs/json.md)."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from audit.reconcile import SCHEMA
from audit.record import RunRecord
from outputs.atomic import Saved, save_atomically

_RECORD = TypeAdapter(RunRecord)


class UnreadableRecord(ValueError):  # noqa: N818 - names what was found, as an inspector would say it
    """A file is not a ``findings.json`` that this version can read; the message says so in Chinese."""


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


def read_run(path: Path) -> RunRecord:
    """The record that ``path`` holds. Fields of a later minor version are passed over.

    Raises UnreadableRecord for what is not such a record, OSError for a file that cannot be opened.
    """
    try:
        plain = json.loads(path.read_bytes())
    except ValueError as error:
        raise UnreadableRecord(f"{path}：不是有效的 JSON 文件（{error}）") from error
    version = plain.get("schema") if isinstance(plain, dict) else None
    if version != SCHEMA:
        raise UnreadableRecord(f"{path}：格式版本应为 {SCHEMA}，实为 {version!r}；请用相应版本的程序打开")
    try:
        return _RECORD.validate_python(plain)
    except ValidationError as error:
        raise UnreadableRecord(f"{path}：内容不符合格式要求：{error}") from error
