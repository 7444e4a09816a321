"""Sheet 说明: what a person in charge reads first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from audit.record import ToolRecord
from audit.summary import ReportSummary
from outputs.names import LEVEL_NAMES
from outputs.workbook import findings, guide
from outputs.workbook.cells import Cell
from outputs.workbook.digest import Digest
from outputs.workbook.figures import Figures, file_name, unit_name
from outputs.workbook.info import WorkbookInfo
from outputs.workbook.layout import Part, location, set_up_page
from outputs.workbook.page import COLUMNS, FIRST, Page
from outputs.workbook.ranking import Hit, RankedRule, rank_reports, rank_rules
from outputs.workbook.styles import FIGURE_FONT, PALE_BLUE, PALE_YELLOW, TONES, Style, fill, font
from rules.model import Level

NAME: Final = "说明"
TITLE: Final = "法治政府建设年度报告审核结果"
_TOP: Final = 5

Facts = Sequence[tuple[str, str]]


def write_cover(sheet: Worksheet, digest: Digest, parts: Sequence[Part]) -> None:
    """Fill the sheet of an ordinary workbook; ``parts`` are the parts of the list of findings."""

    def details(report: ReportSummary) -> Cell:
        place = location(findings.NAME, digest.first_entry[report.path], findings.LAYOUT, column=2)
        return Cell("查看", location=place)

    info, figures = digest.info, digest.figures
    page = Page(sheet)
    part: Facts = [("本册", f"{info.part}（全部报告的汇总见总册）")] if info.part else []
    write_opening(page, TITLE, figures, [*part, *facts(info, digest.run.tool)])
    write_remarks(page, [*guide.attention(figures), *guide.limits(digest, len(parts))])
    # A rule may have a title for each of its cases.
    hits = ([(one.level, one.title, 1) for one in report.findings] for report in digest.judged)
    write_ranking(page, figures, hits, details)
    write_levels(page)
    _filling(page)
    write_closing(page, info, guide.SHEETS)


def facts(info: WorkbookInfo, tool: ToolRecord) -> Facts:
    """What was audited, when and by which rules."""
    return [
        ("审核范围", "；".join(info.scope) or "—"),
        ("审核时间", f"{info.started:%Y-%m-%d %H:%M:%S} 至 {info.finished:%Y-%m-%d %H:%M:%S}"),
        ("规则包", f"{info.ruleset.title}（{tool.rules.pack}），启用规则 {len(info.ruleset.rules)} 条"),
        ("规则校验值", tool.rules.sha256),
        ("审核程序", f"{tool.name} {tool.version}" + (f"，{info.engine}" if info.engine else "")),
    ]


def write_opening(page: Page, title: str, figures: Figures, known: Facts) -> None:
    """Title, notice, the main counts and what is known of the run."""
    info = figures.info
    page.gap(10)
    page.line([(COLUMNS, title, Style.TITLE)], 42)
    page.line([(COLUMNS, f"{info.finished:%Y年%m月%d日 %H:%M} 完成　·　批次 {info.run}", Style.SUBTITLE)], 20)
    page.gap(6)
    page.line([(COLUMNS, guide.NOTICE, Style.NOTICE)], 26)
    page.gap(8)
    _counts(page, figures)
    page.section("审核概况")
    page.facts(known)


def _counts(page: Page, figures: Figures) -> None:
    counts: list[tuple[str, int]] = [
        ("收到文件（份）", len(figures.summaries)),
        ("已审核（份）", len(figures.judged)),
        ("未能审核（份）", figures.unread),
        *((f"{name}（项）", figures.levels[level]) for level, name in LEVEL_NAMES.items()),
    ]
    page.line([(2, number, Style.FIGURE) for _, number in counts], 40)
    for index, tone in ((3, "bad"), (4, "middling"), (5, "remark")):
        for column in range(2):
            cell = page.sheet.cell(page.row - 1, FIRST + 2 * index + column)
            cell.font = font(FIGURE_FONT, 22, bold=True, color=TONES[tone].letters)
    page.line([(2, caption, Style.CAPTION) for caption, _ in counts], 22)


def write_remarks(page: Page, remarks: Sequence[str]) -> None:
    """What a reader must know lest a count mislead."""
    if not remarks:
        return
    page.section("需要注意")
    for remark in remarks:
        page.line([(COLUMNS, f"· {remark}", Style.PLAIN)])


def write_ranking(
    page: Page, figures: Figures, hits: Iterable[Iterable[Hit]], details: Callable[[ReportSummary], Cell]
) -> None:
    """The most frequent of the problems ``hits`` and the reports with the most; ``details`` gives a report's link."""
    _worst_rules(page, hits)
    _worst_reports(page, figures, details)


def _worst_rules(page: Page, hits: Iterable[Iterable[Hit]]) -> None:
    ranked = rank_rules(hits, _TOP)
    if not ranked:
        return
    page.section("最突出的问题")
    header = ((1, "级别"), (7, "问题"), (2, "涉及报告"), (2, "处数"))
    page.line([(span, name, Style.HEADER) for span, name in header], 22)
    for rule in ranked:
        _worst_rule(page, rule)


def _worst_rule(page: Page, rule: RankedRule) -> None:
    page.line(
        [
            (1, LEVEL_NAMES[rule.level], Style.CENTER),
            (7, rule.title, Style.TEXT),
            (2, rule.reports, Style.COUNT),
            (2, rule.places, Style.COUNT),
        ]
    )
    page.tint(0, 1, findings.LEVEL_TONES[LEVEL_NAMES[rule.level]])


def _worst_reports(page: Page, figures: Figures, details: Callable[[ReportSummary], Cell]) -> None:
    ranked = rank_reports(figures, _TOP)
    if not ranked:
        return
    page.section("问题最多的报告")
    header = ((4, "单位"), (3, "报告"), (1, "得分"), *((1, name) for name in LEVEL_NAMES.values()), (1, "详情"))
    page.line([(span, name, Style.HEADER) for span, name in header], 22)
    for report in ranked:
        link = details(report)
        page.line(
            [
                (4, unit_name(report), Style.TEXT),
                (3, file_name(report.path), Style.TEXT),
                (1, figures.score(report), Style.SCORE),
                *((1, report.count(level), Style.COUNT) for level in Level),
                (1, link.value, Style.LINK),
            ]
        )
        page.link(COLUMNS - 1, link.location, link.target)


def write_levels(page: Page) -> None:
    """What the levels mean."""
    page.section("怎样看级别")
    for level, meaning in guide.LEVEL_MEANINGS.items():
        name = LEVEL_NAMES[level]
        page.line([(1, name, Style.CENTER), (COLUMNS - 1, meaning, Style.PLAIN)])
        page.tint(0, 1, findings.LEVEL_TONES[name])


def _filling(page: Page) -> None:
    page.section("怎样填写黄色列")
    for label, text in guide.FILLING:
        page.line([(2, label, Style.LABEL), (COLUMNS - 2, text, Style.PLAIN)])
        _ground(page, PALE_YELLOW)


def write_closing(page: Page, info: WorkbookInfo, sheets: Mapping[str, str]) -> None:
    """How the score is made, what each sheet of the workbook shows (of those in ``sheets``), and the page set-up."""
    page.section("得分怎样计算")
    page.line([(COLUMNS, guide.scoring(info.weights), Style.PLAIN)])
    page.section("各表内容")
    for name, text in sheets.items():
        if name in page.sheet.parent.sheetnames:
            page.line([(2, name, Style.LABEL), (COLUMNS - 2, text, Style.PLAIN)])
            _ground(page, PALE_BLUE)
            page.link(0, f"'{name}'!A1")
    set_up_page(page.sheet, "")
    page.sheet.page_setup.orientation = "portrait"
    page.sheet.print_area = f"A1:N{page.row - 1}"


def _ground(page: Page, colour: str) -> None:
    """Colour the label of the row just written."""
    for column in (FIRST, FIRST + 1):
        page.sheet.cell(page.row - 1, column).fill = fill(colour)
