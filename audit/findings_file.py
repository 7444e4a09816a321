"""Reads the reports of an earlier run back from its ``findings.json``, one after another, however large the file is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from audit.record import ReportRecord

NAME = "findings.json"
# As the file is written: indented by one, each report of the list "reports" opens and closes on a line of its own. No
# text in it holds a line end, so what closes a report stands nowhere else in the list.
_LIST_OPENS = b' "reports": ['
_REPORT_CLOSES = b"\n  }"
_LIST_CLOSES = b"\n ]"
_BLOCK = 1 << 20


class FindingsFileError(Exception):
    """The file is no ``findings.json`` of this program; the argument says so in Chinese."""


def run_file(place: str | Path) -> Path | None:
    """The ``findings.json`` of a run, if ``place`` is its folder or the file itself."""
    file = Path(place)
    file = file if file.name == NAME else file / NAME
    return file if file.is_file() else None


def read_reports(path: Path) -> Iterator[ReportRecord]:
    """The records of a run, in order. Raises FindingsFileError for another file, and OSError."""
    decoder = msgspec.json.Decoder(ReportRecord)
    try:
        for item in _items(path):
            yield decoder.decode(item)
    except msgspec.MsgspecError as fault:
        raise FindingsFileError(f"“{path}”不是本程序写出的 findings.json（{fault}）") from fault


def _items(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        opening = next((line for line in stream if line.startswith(_LIST_OPENS)), None)
        if opening is None:
            raise FindingsFileError(f"“{path}”不是本程序写出的 findings.json：没有 reports 一项")
        if opening.rstrip(b",\n").endswith(b"]"):
            return
        rest = b"\n"
        while block := stream.read(_BLOCK):
            *reports, rest = (rest + block).split(_REPORT_CLOSES)
            for report in reports:
                if report.startswith(_LIST_CLOSES):
                    return
                yield report.removeprefix(b",") + b"}"
        if not rest.startswith(_LIST_CLOSES):
            raise FindingsFileError(f"“{path}”不完整：没有读到结尾")
