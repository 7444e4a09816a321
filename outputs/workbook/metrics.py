"""Sheets 指标 (report × metric, real numbers) and 指标明细 (every value with the words it was read from)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from audit.record import ReportRecord
from checks.metrics.values import MetricValue
from outputs.names import section_in_words
from outputs.workbook.cells import Cell, Row
from outputs.workbook.cleaner import clean, one_line, shorten
from outputs.workbook.digest import Digest
from outputs.workbook.figures import file_name, unit_name
from outputs.workbook.layout import Column, Part, TableLayout, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style

NAME: Final = "指标"
DETAIL_NAME: Final = "指标明细"
_FRONT: Final = (
    Column("单位", 20),
    Column("年度", 7, Style.CENTER),
    Column("值序", 6, Style.CENTER),
    Column("报告", 29),
)
_DETAIL: Final = (
    Column("序号", 6, Style.CENTER),
    Column("单位", 20),
    Column("报告", 29),
    Column("指标", 20),
    Column("数值", 14, Style.NUMBER),
    Column("计量单位", 10, Style.CENTER),
    Column("约数用词", 10, Style.CENTER),
    Column("数据年度", 10, Style.CENTER),
    Column("位置", 14),
    Column("原文", 50),
)
# Excel refuses a workbook with more than some 250 number formats; beyond this the unit stands in 指标明细 only.
_MAX_FORMATS = 150
_MAX_UNIT_LENGTH = 20
_VALUE_WIDTH = 12.0
_REMEMBERED = 4096
_BEFORE: Final = frozenset("近约超逾达")
_PERCENT: Final = frozenset("%％")


class _Formats:
    """Number formats that show unit and approximation while the cell stays a number (``#,##0"余件"``, ``0.0#%``)."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def cell(self, metric: MetricValue) -> Cell:
        """The value of a metric, a percentage as the fraction that Excel takes it for."""
        percentage = metric.unit in _PERCENT
        value = round(metric.value / 100, 8) if percentage else metric.value
        whole = float(metric.value).is_integer()
        digits = ("0%" if whole else "0.0#%") if percentage else ("#,##0" if whole else "#,##0.0#")
        return Cell(value, number_format=self._admit(metric, digits, "" if percentage else metric.unit))

    def _admit(self, metric: MetricValue, digits: str, unit: str) -> str:
        wanted = _format(digits, metric.approx or "", unit)
        if len(self._known) >= _MAX_FORMATS and wanted not in self._known:
            return f"{digits}_ "
        self._known.add(wanted)
        return wanted


@lru_cache(_REMEMBERED)
def _format(digits: str, approx: str, unit: str) -> str:
    before, after = (approx, unit) if approx[:1] in _BEFORE else ("", approx + unit)
    return f"{_literal(before)}{digits}{_literal(after)}_ "


def _literal(words: str) -> str:
    # Quotes would end the literal, and readers take a semicolon for the end of the format even inside one.
    words = clean(words).translate({ord('"'): None, ord(";"): "；", ord("\n"): " "})[:_MAX_UNIT_LENGTH]
    return f'"{words}"' if words else ""


def write_metrics(book: AuditBook, digest: Digest) -> tuple[Part, ...]:
    """Write the matrix and, if wanted, the details; nothing where no report states a metric. Returns the matrix."""
    names = _stated(digest)
    if not names:
        return ()
    columns = [*_FRONT, *(Column(name, _VALUE_WIDTH, Style.NUMBER) for name in names.values())]
    parts = write_table(book, NAME, columns, _matrix(digest, list(names)), TableLayout(frozen=3))
    if digest.info.details:
        write_table(book, DETAIL_NAME, _DETAIL, _details(digest), TableLayout(frozen=3))
    return parts


def _stated(digest: Digest) -> dict[str, str]:
    """The metrics that some report states, id to name, in the order of the catalogue and then of appearance."""
    stated = {value.id: value.name for report in digest.judged for value in report.metrics}
    ordered = [metric.id for metric in digest.info.metrics if metric.id in stated]
    names = {metric: stated[metric] for metric in dict.fromkeys([*ordered, *stated])}
    repeated = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {metric: f"{name}({metric})" if name in repeated else name for metric, name in names.items()}


def _matrix(digest: Digest, ids: list[str]) -> Iterator[Row]:
    formats = _Formats()
    places = {metric: place for place, metric in enumerate(ids)}
    for report in digest.judged:
        # Of dozens of columns a report fills a few.
        stated = sorted((places[metric], values) for metric, values in _distinct(report).items())
        for ordinal in range(max([1, *(len(values) for _, values in stated)])):
            cells: list[Cell | None] = [None] * len(ids)
            for place, values in stated:
                if ordinal < len(values):
                    cells[place] = formats.cell(values[ordinal])
            yield (unit_name(report), report.year, ordinal + 1, file_name(report.path), *cells)


def _distinct(report: ReportRecord) -> dict[str, list[MetricValue]]:
    """The values of each metric for the reported year in order of position, each value and unit once."""
    first: dict[tuple[str, float, str, str | None], MetricValue] = {}
    for value in sorted(report.metrics, key=lambda value: value.start):
        if value.year in (None, report.year):
            first.setdefault((value.id, value.value, value.unit, value.approx), value)
    distinct: dict[str, list[MetricValue]] = {}
    for value in first.values():
        distinct.setdefault(value.id, []).append(value)
    return distinct


def _details(digest: Digest) -> Iterator[Row]:
    stated = ((report, metric) for report in digest.judged for metric in report.metrics)
    for number, (report, metric) in enumerate(stated, 1):
        yield (
            number,
            unit_name(report),
            file_name(report.path),
            metric.name,
            Cell(metric.value, number_format="#,##0.0#_ " if isinstance(metric.value, float) else None),
            metric.unit,
            metric.approx,
            metric.year,
            section_in_words(metric.section),
            shorten(one_line(metric.quote), 300),
        )
