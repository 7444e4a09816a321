"""The workbook: ours, with its styles, links and sheets, against bare rows by openpyxl (write-only) and XlsxWriter.

The bare writers get the values of the very cells that ours has written, sheet by sheet, and no styles.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from benchmarks.corpus.writing import Corpus, compose
from benchmarks.peers.contest import Area, Contestant, Result, Sizes, per, stopwatch

_SEED: Final = 10
_REPORTS: Final = 60
_RECORD: Final = "record.msgpack"
_VALUES: Final = "values.msgpack"
_STARTED: Final = datetime(2026, 1, 5, 9, 0)

Rows = list[list[Any]]


def prepare(folder: Path, sizes: Sizes) -> Result:
    """Judge some reports, repeat them under other paths up to the wanted rows, and keep the cells of our workbook."""
    run, info = _run(sizes.rows)
    target = folder / "prepared.xlsx"
    _write(target, run, info)
    values = _cells(target)
    (folder / _VALUES).write_bytes(msgspec.msgpack.encode(values))
    rows = sum(map(len, values.values()))
    (folder / _RECORD).write_bytes(msgspec.msgpack.encode((sizes.rows, rows)))
    findings = sum(len(report.findings) for report in run.reports)
    return {"findings": findings, "rows": rows, "cells": sum(len(row) for each in values.values() for row in each)}


def _run(rows: int) -> tuple[Any, Any]:
    from audit.assess import Auditor
    from audit.packs import load_pack
    from audit.reconcile import summarise
    from audit.record import ReportRecord, RulesRecord, RunRecord, ToolRecord
    from audit.summary import summary_of
    from documents.read import report_from_text
    from outputs.workbook import WorkbookInfo

    ruleset, facts = load_pack()
    auditor = Auditor(ruleset, facts)
    corpus = Corpus(_REPORTS, _SEED)
    made = [compose(corpus, number) for number in range(_REPORTS)]
    records = [replace(auditor.assess_report(report_from_text(each.text)), path=each.path) for each in made]
    reports: list[ReportRecord] = []
    while rows > 0:
        record = records[len(reports) % len(records)]
        reports.append(replace(record, path=f"{len(reports):06}/{record.path}"))
        rows -= len(record.findings)
    tool = ToolRecord("fazhi-audit", "0", RulesRecord(ruleset.pack, ruleset.sha256))
    run = RunRecord(1, tool, tuple(reports), summarise(map(summary_of, reports)))
    return run, WorkbookInfo("测试", _STARTED, _STARTED, ("收件",), ruleset, metrics=facts.metrics)


def _write(target: Path, run: Any, info: Any) -> None:
    from outputs.workbook import write_workbook

    write_workbook(target, run, info)


def _cells(path: Path) -> dict[str, Rows]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    values = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        values[sheet.title] = [[_plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    book.close()
    return values


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _values(folder: Path) -> dict[str, Rows]:
    return msgspec.msgpack.decode((folder / _VALUES).read_bytes(), type=dict[str, Rows])


def _result(rows: int, seconds: float, target: Path) -> Result:
    size = target.stat().st_size
    target.unlink()
    return {"cpu_s": round(seconds, 2), "rows_per_s": per(rows, seconds), "megabytes": round(size / 1e6, 2)}


def ours(folder: Path) -> Result:
    """The whole audit workbook."""
    findings, rows = msgspec.msgpack.decode((folder / _RECORD).read_bytes(), type=tuple[int, int])
    run, info = _run(findings)
    target = folder / "ours.xlsx"
    with stopwatch() as watch:
        _write(target, run, info)
    return _result(rows, watch.seconds, target)


def with_openpyxl(folder: Path) -> Result:
    """openpyxl in write-only mode."""
    from openpyxl import Workbook

    values, target = _values(folder), folder / "openpyxl.xlsx"
    with stopwatch() as watch:
        book = Workbook(write_only=True)
        for name, rows in values.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(target)
    return _result(sum(map(len, values.values())), watch.seconds, target)


def with_xlsxwriter(folder: Path) -> Result:
    """XlsxWriter with constant_memory."""
    from xlsxwriter import Workbook

    values, target = _values(folder), folder / "xlsxwriter.xlsx"
    with stopwatch() as watch, Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in values.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return _result(sum(map(len, values.values())), watch.seconds, target)


AREA: Final = Area(
    prepare,
    {
        "fazhi-audit": Contestant(ours),
        "openpyxl write-only": Contestant(with_openpyxl, "openpyxl"),
        "XlsxWriter constant_memory": Contestant(with_xlsxwriter, "xlsxwriter"),
    },
)
