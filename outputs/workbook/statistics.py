"""Sheet 统计: findings by family and level, files by status, reports by score, with charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.worksheet.worksheet import Worksheet

from outputs.names import LEVEL_NAMES, STATUS_NAMES, family_name
from outputs.workbook.cells import Scalar
from outputs.workbook.figures import Figures, family_of
from outputs.workbook.layout import put, set_up_page
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style
from rules.model import Level

NAME: Final = "统计"
_Rows = list[Sequence[Scalar]]
_CHART_WIDTH_CM = 17.0
_CM_PER_POINT = 2.54 / 72
_ROW_HEIGHT = 20.0
_LEVEL_COLOURS: Final = ("D9776F", "F2CD7C", "C3D3EC")
_BANDS: Final = ((90, "90 分及以上"), (80, "80—89.9 分"), (60, "60—79.9 分"), (0, "60 分以下"))


def write_statistics(book: AuditBook, figures: Figures) -> None:
    """Write the sheet: three small tables on the left, a chart beside each."""
    sheet = book.create_sheet(NAME)
    sheet.sheet_view.showGridLines = False
    for letter, width in zip("ABCDEF", (20, 10, 10, 10, 10, 4), strict=True):
        sheet.column_dimensions[letter].width = width
    row = _block(sheet, 1, "各类问题数量", ("类别", *LEVEL_NAMES.values(), "合计"), _by_family(figures), 3)
    row = _block(sheet, row, "文件处理情况", ("处理状态", "份数"), _by_status(figures), 1)
    row = _block(sheet, row, "报告得分分布", ("得分", "份数"), _by_score(figures), 1)
    set_up_page(sheet, NAME)
    sheet.print_area = f"A1:P{row - 1}"


def _by_family(figures: Figures) -> _Rows:
    counts: Counter[tuple[str, Level]] = Counter()
    for summary in figures.summaries:
        for rule, level, count in summary.rules:
            counts[family_of(rule), level] += count
    rows: _Rows = []
    for family in figures.families:
        numbers = [counts[family, level] for level in LEVEL_NAMES]
        # A count of nothing stays empty, for the chart would label it.
        rows.append((family_name(family), *(number or None for number in numbers), sum(numbers)))
    return rows


def _by_status(figures: Figures) -> _Rows:
    counts = Counter(summary.status for summary in figures.summaries)
    return [(name, counts[status]) for status, name in STATUS_NAMES.items() if counts[status]]


def _by_score(figures: Figures) -> _Rows:
    scores = [figures.score(summary) or 0.0 for summary in figures.judged]
    rows: _Rows = []
    ceiling = float("inf")
    for floor, name in _BANDS:
        rows.append((name, sum(floor <= score < ceiling for score in scores)))
        ceiling = floor
    return rows


def _block(sheet: Worksheet, top: int, title: str, header: Sequence[str], rows: _Rows, series: int) -> int:
    """Write one table and its chart; returns the row where the next block starts."""
    for column in range(1, len(header) + 1):
        put(sheet, top, column, title if column == 1 else None, Style.SECTION)
    sheet.row_dimensions[top].height = 24
    for column, name in enumerate(header, 1):
        put(sheet, top + 1, column, name, Style.HEADER)
    for number, row in enumerate(rows, top + 2):
        sheet.row_dimensions[number].height = _ROW_HEIGHT
        for column, value in enumerate(row, 1):
            put(sheet, number, column, value, Style.TEXT if column == 1 else Style.COUNT)
    height = max(6.0, 2.6 + 0.85 * len(rows))
    if rows:
        _chart(sheet, f"G{top}", (top + 1, top + 1 + len(rows), series), height)
    # What the chart is higher than its table stands beside rows of the usual 15 points.
    beside = (height - len(rows) * _ROW_HEIGHT * _CM_PER_POINT) / (15 * _CM_PER_POINT)
    return top + len(rows) + max(3, int(beside) + 2)


def _chart(sheet: Worksheet, anchor: str, data: tuple[int, int, int], height: float) -> None:
    header, last, series = data
    chart = BarChart()
    chart.type, chart.gapWidth = "bar", 60
    if series > 1:
        chart.grouping, chart.overlap = "stacked", 100
    chart.add_data(Reference(sheet, min_col=2, max_col=1 + series, min_row=header, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=header + 1, max_row=last))
    for one, colour in zip(chart.series, _LEVEL_COLOURS if series > 1 else ("9DB7E0",), strict=False):
        one.graphicalProperties.solidFill = one.graphicalProperties.line.solidFill = colour
        one.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
        one.dLbls.position = "ctr" if series > 1 else "outEnd"
    chart.title = None
    chart.x_axis.scaling.orientation = "maxMin"
    # Without these newer Excel hides the axes of a chart that openpyxl writes.
    chart.x_axis.delete = chart.y_axis.delete = False
    # The categories run downwards, which would put the axis of values on top.
    chart.y_axis.crosses = "max"
    chart.y_axis.majorGridlines = None
    chart.y_axis.number_format = "#,##0"
    chart.legend = chart.legend if series > 1 else None
    if chart.legend:
        chart.legend.position = "b"
    chart.layout = Layout(
        manualLayout=ManualLayout(x=0.2, y=0.05, w=0.75, h=0.72 if series > 1 else 0.8, xMode="edge", yMode="edge")
    )
    chart.width, chart.height = _CHART_WIDTH_CM, height
    sheet.add_chart(chart, anchor)
