"""The history in files for other programs: JSON with everything, CSV with one line a finding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from checks.finding import Finding
from history.decisions import all_decisions
from history.records import Run
from history.store import History
from outputs.names import LEVEL_NAMES

_SCHEMA: Final = 1
# Excel reads a CSV file as UTF-8 only where it begins so.
_BYTE_ORDER_MARK: Final = "\ufeff".encode()
_FORMULA_OPENINGS: Final = ("=", "+", "-", "@", "\t", "\r")
_ABOUT_HEAD: Final = ("审核", "开始时间", "单位", "年度", "文件")
_FINDING_HEAD: Final = ("问题编号", "级别", "规则", "名称", "位置", "原文", "问题说明", "豁免理由", "指纹")


def exported_json(history: History, runs: Iterable[Run]) -> Iterator[bytes]:
    """The runs with their reports, in the shape of ``findings.json``, and every decision; one report a line."""
    yield b'{"schema": %d, "runs": [' % _SCHEMA
    between = b"\n"
    for run in runs:
        head = msgspec.json.encode(run_in_json(run))
        yield between + head[:-1] + b', "reports": ['
        inner = b"\n"
        for record in history.reports(run):
            yield inner + msgspec.json.encode(record)
            inner = b",\n"
        yield b"]}"
        between = b",\n"
    yield b'], "decisions": ' + msgspec.json.encode(all_decisions(history)) + b"}\n"


def exported_csv(history: History, runs: Iterable[Run]) -> Iterator[bytes]:
    """One line a finding of each run, for Excel."""
    yield _BYTE_ORDER_MARK + _line((*_ABOUT_HEAD, *_FINDING_HEAD))
    for run in runs:
        started = f"{run.header.started.astimezone():%Y-%m-%d %H:%M:%S}"
        for record in history.reports(run):
            about = (run.header.id, started, record.unit or "", str(record.year or ""), record.path)
            for finding in record.findings:
                yield _line((*about, *_finding_cells(finding)))


def run_in_json(run: Run) -> dict[str, object]:
    """A run without its reports, as machine output has it."""
    return {name: msgspec.to_builtins(getattr(run.header, name)) for name in run.header.__slots__}


def _finding_cells(finding: Finding) -> tuple[str, ...]:
    return (
        finding.number,
        LEVEL_NAMES[finding.level],
        finding.rule,
        finding.title,
        finding.place,
        finding.quote,
        finding.message,
        finding.suppression.reason if finding.suppression else "",
        finding.fingerprint,
    )


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([_harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8", "replace")


def _harmless(cell: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_OPENINGS) else cell
