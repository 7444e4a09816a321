"""Sheet 说明: what a person in charge reads first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from outputs.names import LEVEL_NAMES
from outputs.workbook import findings, guide
from outputs.workbook.cells import MAX_LINKS, Scalar
from outputs.workbook.digest import Digest, file_name, unit_name
from outputs.workbook.layout import LINE_HEIGHT, Part, link_to, location, put, set_up_page, text_lines
from outputs.workbook.ranking import RankedRule, rank_reports, rank_rules
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import FIGURE_FONT, PALE_BLUE, PALE_YELLOW, TONES, Style, fill, font
from rules.model import Level

NAME: Final = "说明"
_COLUMNS: Final = 12
_COLUMN_WIDTH: Final = 11.0
_FIRST: Final = 2
_TOP: Final = 5


class _Page:
    """A sheet of twelve equal columns that is written from top to bottom."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.row = 1
        sheet.sheet_view.showGridLines = False
        for index, width in enumerate([2.0, *[_COLUMN_WIDTH] * _COLUMNS, 2.0]):
            sheet.column_dimensions["ABCDEFGHIJKLMN"[index]].width = width

    def line(self, cells: Sequence[tuple[int, Scalar, Style]], height: float | None = None) -> None:
        """One row of cells, each ``(columns it spans, value, style)``, as high as its texts need."""
        column, lines = _FIRST, 1
        for span, value, style in cells:
            for covered in range(column, column + span):
                put(self.sheet, self.row, covered, None, style)
            put(self.sheet, self.row, column, value, style)
            if span > 1:
                self.sheet.merge_cells(
                    start_row=self.row, end_row=self.row, start_column=column, end_column=column + span - 1
                )
            if isinstance(value, str):
                lines = max(lines, text_lines(value, span * _COLUMN_WIDTH))
            column += span
        self.sheet.row_dimensions[self.row].height = height or lines * LINE_HEIGHT + 5
        self.row += 1

    def gap(self, height: float = 9) -> None:
        """An empty row."""
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def section(self, title: str) -> None:
        """A heading with a line under it."""
        self.gap(12)
        self.line([(_COLUMNS, title, Style.SECTION)], 24)
        self.gap(4)

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Rows of a label and its text."""
        for label, text in facts:
            self.line([(2, label, Style.LABEL), (_COLUMNS - 2, text, Style.PLAIN)])

    def tint(self, span_start: int, span: int, tone: str) -> None:
        """Colour cells of the row just written."""
        for column in range(_FIRST + span_start, _FIRST + span_start + span):
            cell = self.sheet.cell(self.row - 1, column)
            cell.fill = fill(TONES[tone].ground)
            cell.font = font(color=TONES[tone].letters, bold=True)

    def link(self, span_start: int, target: str) -> None:
        """Make a cell of the row just written a link."""
        link_to(self.sheet.cell(self.row - 1, _FIRST + span_start), target)


def write_cover(sheet: Worksheet, digest: Digest, parts: Sequence[Part]) -> None:
    """Fill the sheet; ``parts`` are the parts of the list of findings."""
    page = _Page(sheet)
    _title(page, digest)
    _figures(page, digest)
    _overview(page, digest)
    _attention(page, digest, parts)
    _worst_rules(page, digest)
    _worst_reports(page, digest)
    _levels(page)
    _filling(page)
    page.section("得分怎样计算")
    page.line([(_COLUMNS, guide.scoring(digest.info.weights), Style.PLAIN)])
    _sheets(page, sheet.parent)
    set_up_page(sheet, "")
    sheet.page_setup.orientation = "portrait"
    sheet.print_area = f"A1:N{page.row - 1}"


def _title(page: _Page, digest: Digest) -> None:
    info = digest.info
    page.gap(10)
    page.line([(_COLUMNS, "法治政府建设年度报告审核结果", Style.TITLE)], 42)
    page.line([(_COLUMNS, f"{info.finished:%Y年%m月%d日 %H:%M} 完成　·　批次 {info.run}", Style.SUBTITLE)], 20)
    page.gap(6)
    page.line([(_COLUMNS, guide.NOTICE, Style.NOTICE)], 26)
    page.gap(8)


def _figures(page: _Page, digest: Digest) -> None:
    figures: list[tuple[str, int]] = [
        ("收到文件（份）", len(digest.run.reports)),
        ("已审核（份）", len(digest.judged)),
        ("未能审核（份）", len(digest.unread)),
        *((f"{name}（项）", digest.levels[level]) for level, name in LEVEL_NAMES.items()),
    ]
    page.line([(2, number, Style.FIGURE) for _, number in figures], 40)
    for index, tone in ((3, "bad"), (4, "middling"), (5, "remark")):
        for column in range(2):
            cell = page.sheet.cell(page.row - 1, _FIRST + 2 * index + column)
            cell.font = font(FIGURE_FONT, 22, bold=True, color=TONES[tone].letters)
    page.line([(2, caption, Style.CAPTION) for caption, _ in figures], 22)


def _overview(page: _Page, digest: Digest) -> None:
    info, tool = digest.info, digest.run.tool
    page.section("审核概况")
    page.facts(
        [
            ("审核范围", "；".join(info.scope) or "—"),
            ("审核时间", f"{info.started:%Y-%m-%d %H:%M:%S} 至 {info.finished:%Y-%m-%d %H:%M:%S}"),
            ("规则包", f"{info.ruleset.title}（{tool.rules.pack}），启用规则 {len(info.ruleset.rules)} 条"),
            ("规则校验值", tool.rules.sha256),
            ("审核程序", f"{tool.name} {tool.version}" + (f"，{info.engine}" if info.engine else "")),
        ]
    )


def _attention(page: _Page, digest: Digest, parts: Sequence[Part]) -> None:
    remarks = guide.attention(digest, len(parts))
    if len(digest.first_entry) > MAX_LINKS:
        remarks.append(f"链接超过 {MAX_LINKS:,} 处的部分以文字显示。")
    if not remarks:
        return
    page.section("需要注意")
    for remark in remarks:
        page.line([(_COLUMNS, f"· {remark}", Style.PLAIN)])


def _worst_rules(page: _Page, digest: Digest) -> None:
    ranked = rank_rules(digest)[:_TOP]
    if not ranked:
        return
    page.section("最突出的问题")
    page.line(
        [
            (1, "级别", Style.HEADER),
            (7, "问题", Style.HEADER),
            (2, "涉及报告", Style.HEADER),
            (2, "处数", Style.HEADER),
        ],
        22,
    )
    for rule in ranked:
        _worst_rule(page, rule)


def _worst_rule(page: _Page, rule: RankedRule) -> None:
    page.line(
        [
            (1, LEVEL_NAMES[rule.level], Style.CENTER),
            (7, rule.title, Style.TEXT),
            (2, rule.reports, Style.COUNT),
            (2, rule.places, Style.COUNT),
        ]
    )
    page.tint(0, 1, findings.LEVEL_TONES[LEVEL_NAMES[rule.level]])


def _worst_reports(page: _Page, digest: Digest) -> None:
    ranked = rank_reports(digest)[:_TOP]
    if not ranked:
        return
    page.section("问题最多的报告")
    header = ((4, "单位"), (3, "报告"), (1, "得分"), *((1, name) for name in LEVEL_NAMES.values()), (1, "详情"))
    page.line([(span, name, Style.HEADER) for span, name in header], 22)
    for report in ranked:
        levels = [sum(finding.level is level for finding in report.findings) for level in Level]
        page.line(
            [
                (4, unit_name(report), Style.TEXT),
                (3, file_name(report.path), Style.TEXT),
                (1, digest.score(report), Style.SCORE),
                *((1, number, Style.COUNT) for number in levels),
                (1, "查看", Style.LINK),
            ]
        )
        page.link(11, location(findings.NAME, digest.first_entry[report.path], findings.LAYOUT, column=2))


def _levels(page: _Page) -> None:
    page.section("怎样看级别")
    for level, meaning in guide.LEVEL_MEANINGS.items():
        name = LEVEL_NAMES[level]
        page.line([(1, name, Style.CENTER), (_COLUMNS - 1, meaning, Style.PLAIN)])
        page.tint(0, 1, findings.LEVEL_TONES[name])


def _filling(page: _Page) -> None:
    page.section("怎样填写黄色列")
    for label, text in guide.FILLING:
        page.line([(2, label, Style.LABEL), (_COLUMNS - 2, text, Style.PLAIN)])
        for column in (_FIRST, _FIRST + 1):
            page.sheet.cell(page.row - 1, column).fill = fill(PALE_YELLOW)


def _sheets(page: _Page, book: AuditBook) -> None:
    page.section("各表内容")
    for name, text in guide.SHEETS.items():
        if name in book.sheetnames:
            page.line([(2, name, Style.LABEL), (_COLUMNS - 2, text, Style.PLAIN)])
            cell = page.sheet.cell(page.row - 1, _FIRST)
            cell.fill = fill(PALE_BLUE)
            page.sheet.cell(page.row - 1, _FIRST + 1).fill = fill(PALE_BLUE)
            page.link(0, f"'{name}'!A1")
