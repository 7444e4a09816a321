"""Reads the reports of an earlier run back from its ``findings.json``, one after another, however large the file is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from audit.record import ReportRecord

NAME = "findings.json"
# As the file is written: indented by one, each report of the list "reports" opens and closes on a line of its own.
_LIST_OPENS = b' "reports": ['
_REPORT_OPENS, _REPORT_CLOSES = b"  {", b"  }"
_LIST_CLOSES = b" ]"


class FindingsFileError(Exception):
    """The file is no ``findings.json`` of this program; the argument says so in Chinese."""


def read_reports(path: Path) -> Iterator[ReportRecord]:
    """The records of a run, in order. Raises FindingsFileError for another file, and OSError."""
    decoder = msgspec.json.Decoder(ReportRecord)
    try:
        for item in _items(path):
            yield decoder.decode(item)
    except msgspec.MsgspecError as fault:
        raise FindingsFileError(f"“{path}”不是本程序写出的 findings.json（{fault}）") from fault


def _items(path: Path) -> Iterator[bytes]:
    with path.open("rb") as lines:
        opening = next((line for line in lines if line.startswith(_LIST_OPENS)), None)
        if opening is None:
            raise FindingsFileError(f"“{path}”不是本程序写出的 findings.json：没有 reports 一项")
        if opening.rstrip(b",\n").endswith(b"]"):
            return
        gathered: list[bytes] = []
        for line in lines:
            bare = line.rstrip(b"\n")
            if bare.startswith(_LIST_CLOSES) and not gathered:
                return
            gathered.append(bare)
            if bare.rstrip(b",") == _REPORT_CLOSES:
                yield b"".join(gathered).rstrip(b",")
                gathered = []
    raise FindingsFileError(f"“{path}”不完整：没有读到结尾")
