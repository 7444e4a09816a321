"""Sheet 指标对比: the metrics of one unit side by side over the years, with what is striking in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from audit.yearly import Remark, Striking, YearlyMetric, YearThresholds
from checks.metrics.values import MetricValue
from outputs.workbook.cells import Cell, Row, Value
from outputs.workbook.digest import Digest
from outputs.workbook.layout import Column, Part, TableLayout, colour_words, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style

NAME: Final = "指标对比"
UNKNOWN_YEAR: Final = "未取得"
NOT_STATED: Final = "未写明"
_UNKNOWN: Final = Cell(UNKNOWN_YEAR, Style.CENTER)
_NOT_STATED: Final = Cell(NOT_STATED, Style.CENTER)
_TITLE: Final = "同一单位历年指标对比"
_NAMES: Final[Mapping[Striking, str]] = {
    Striking.JUMP: "大幅上升",
    Striking.DROP: "大幅下降",
    Striking.UNCHANGED: "完全相同",
    Striking.OTHER_MEASURE: "计量单位不同",
    Striking.MISSING: "不再写明",
}
_TONES: Final = {
    "大幅上升": "bad",
    "大幅下降": "bad",
    "完全相同": "middling",
    "计量单位不同": "aside",
    "不再写明": "remark",
}
_SEVERITY: Final = (Striking.JUMP, Striking.DROP, Striking.UNCHANGED, Striking.MISSING, Striking.OTHER_MEASURE)


def write_yearly(book: AuditBook, digest: Digest) -> tuple[Part, ...]:
    """Write the sheet, or nothing where of no unit more than one year is known."""
    metrics = digest.info.yearly
    if not metrics:
        return ()
    known = {year for metric in metrics for year in metric.values}
    years = range(min(known), max(known) + 1)
    columns = (
        Column("单位", 20),
        Column("指标", 22),
        Column("计量单位", 10, Style.CENTER),
        *(Column(f"{year}年度", 13, Style.NUMBER) for year in years),
        Column("提示", 13, Style.CENTER),
        Column("说明", 44),
    )
    layout = TableLayout(frozen=2, heading=_heading(digest.info.thresholds))
    parts = write_table(book, NAME, columns, _rows(metrics, years), layout)
    for part in parts:
        colour_words(part, "提示", _TONES)
        for year in years:
            colour_words(part, f"{year}年度", {UNKNOWN_YEAR: "quiet", NOT_STATED: "aside"})
    return parts


def _heading(thresholds: YearThresholds) -> tuple[str, str]:
    measure = f"超过上年 {thresholds.jump:g} 倍或不足上年 1/{thresholds.jump:g}"
    rule = f"审查口径（可调整）：{measure}的，以及不小于 {thresholds.smallest:g} 而与上年完全相同的，予以提示，供核对。"
    return _TITLE, f"{rule}“{UNKNOWN_YEAR}”指没有该年度的报告，“{NOT_STATED}”指报告里没有写。"


def _rows(metrics: Sequence[YearlyMetric], years: range) -> Iterator[Row]:
    for metric in metrics:
        remarks = sorted(metric.remarks, key=lambda remark: (_SEVERITY.index(remark.kind), -remark.after))
        measures = dict.fromkeys(value.unit for value in metric.values.values() if value)
        yield (
            metric.unit,
            metric.name,
            "／".join(measures) or None,
            *(_cell(metric.values, year) for year in years),
            _NAMES[remarks[0].kind] if remarks else None,
            "；".join(_in_words(remark, metric.values) for remark in remarks) or None,
        )


def _cell(values: Mapping[int, MetricValue | None], year: int) -> Value:
    if year not in values:
        return _UNKNOWN
    value = values[year]
    if value is None:
        return _NOT_STATED
    return Cell(value.value, number_format="#,##0.0#_ " if isinstance(value.value, float) else None)


def _in_words(remark: Remark, values: Mapping[int, MetricValue | None]) -> str:
    before, after = (_written(values[year]) for year in (remark.before, remark.after))
    match remark.kind:
        case Striking.JUMP:
            times = f"，为 {remark.times:.1f} 倍" if remark.times else ""
            return f"{remark.before}年度 {before}，{remark.after}年度 {after}{times}"
        case Striking.DROP:
            return f"{remark.before}年度 {before}，{remark.after}年度 {after}，为 {remark.times or 0:.0%}"
        case Striking.UNCHANGED:
            return f"{remark.before}、{remark.after}年度均为 {after}"
        case Striking.OTHER_MEASURE:
            return f"{remark.before}年度 {before}，{remark.after}年度 {after}，计量单位不同，不作比较"
        case Striking.MISSING:
            return f"{remark.before}年度写了 {before}，{remark.after}年度没有写明"


def _written(value: MetricValue | None) -> str:
    return f"{value.value:g}{value.approx or ''}{value.unit}" if value else ""
