"""The look of the workbook: named styles, so that an office can change them in one place, and the colours of words."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

NAVY: Final = "1F3864"
INK: Final = "262626"
GREY: Final = "7F7F7F"
RULE_LINE: Final = "D9DEE7"
PALE_BLUE: Final = "EEF3FA"
PALE_YELLOW: Final = "FFF8DC"
WHITE: Final = "FFFFFF"
RED: Final = "B3261E"
AMBER: Final = "8A5200"
BLUE: Final = "2F5597"
GREEN: Final = "1E6B3A"

BODY_FONT: Final = "宋体"
HEADER_FONT: Final = "黑体"
TITLE_FONT: Final = "方正小标宋简体"
FIGURE_FONT: Final = "Arial"
_CHINESE_CHARSET: Final = 134


class Style(StrEnum):
    """The named styles. The values are what Excel shows under 单元格样式."""

    HEADER = "审核 表头"
    INPUT_HEADER = "审核 填写表头"
    TEXT = "审核 正文"
    CENTER = "审核 居中"
    COUNT = "审核 计数"
    NUMBER = "审核 整数"
    SCORE = "审核 小数"
    PERCENT = "审核 百分比"
    LINK = "审核 链接"
    INPUT = "审核 填写"
    INPUT_CENTER = "审核 填写居中"
    INPUT_DATE = "审核 填写日期"
    NOTE = "审核 附注"
    PLAIN = "审核 说明"
    TITLE = "审核 大标题"
    SUBTITLE = "审核 副标题"
    SECTION = "审核 小标题"
    NOTICE = "审核 提醒"
    FIGURE = "审核 数字牌"
    CAPTION = "审核 数字牌说明"
    LABEL = "审核 项目"


@dataclass(frozen=True, slots=True)
class Tone:
    """The colour of a word: letters, ground. The word itself always says the same, for printing is black and white."""

    letters: str
    ground: str


TONES: Final = {
    "bad": Tone(RED, "FBE5E3"),
    "middling": Tone(AMBER, "FFF0D1"),
    "remark": Tone(BLUE, "E6EEF9"),
    "good": Tone(GREEN, "E3F3E8"),
    "aside": Tone("595959", "EDEDED"),
    "quiet": Tone("767676", WHITE),
}


def font(name: str = BODY_FONT, size: float = 10.5, **more: object) -> Font:
    """A Chinese font. Charset and family let a machine without it choose a like one."""
    return Font(name=name, size=size, charset=_CHINESE_CHARSET, family=3, **{"color": INK, **more})


def fill(colour: str) -> PatternFill:
    """A solid ground."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def differential(tone: Tone) -> DifferentialStyle:
    """The style a conditional format lays over a cell."""
    return DifferentialStyle(
        font=Font(color=tone.letters, bold=True), fill=PatternFill(bgColor=tone.ground, fill_type="solid")
    )


_THIN = Side(style="thin", color=RULE_LINE)
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_UNDERLINE = Border(bottom=Side(style="medium", color=NAVY))
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")
_FLUSH = Alignment(horizontal="left", vertical="center")
_DATE_FORMAT = "yyyy-mm-dd"


def _cell(style: Style, alignment: Alignment, number_format: str = "General", ground: str | None = None) -> NamedStyle:
    named = NamedStyle(style.value, font=font(), alignment=alignment, border=_GRID, number_format=number_format)
    if ground:
        named.fill = fill(ground)
    return named


def _table_styles() -> list[NamedStyle]:
    header = NamedStyle(
        Style.HEADER.value, font=font(HEADER_FONT, color=WHITE), fill=fill(NAVY), alignment=_MIDDLE, border=_GRID
    )
    input_header = NamedStyle(
        Style.INPUT_HEADER.value,
        font=font(HEADER_FONT, color=NAVY),
        fill=fill("FFE699"),
        alignment=_MIDDLE,
        border=_GRID,
    )
    link = NamedStyle(Style.LINK.value, font=font(color=BLUE, underline="single"), alignment=_MIDDLE, border=_GRID)
    return [
        header,
        input_header,
        link,
        _cell(Style.TEXT, _LEFT),
        _cell(Style.CENTER, _MIDDLE),
        _cell(Style.COUNT, _MIDDLE, "#,##0"),
        _cell(Style.NUMBER, _RIGHT, "#,##0_ "),
        _cell(Style.SCORE, _MIDDLE, "0.0"),
        _cell(Style.PERCENT, _MIDDLE, "0.0%"),
        _cell(Style.INPUT, _LEFT, "@", PALE_YELLOW),
        _cell(Style.INPUT_CENTER, _MIDDLE, "@", PALE_YELLOW),
        _cell(Style.INPUT_DATE, _MIDDLE, _DATE_FORMAT, PALE_YELLOW),
    ]


def _page_styles() -> list[NamedStyle]:
    figure = NamedStyle(Style.FIGURE.value, font=font(FIGURE_FONT, 22, color=NAVY, bold=True), alignment=_MIDDLE)
    figure.fill, figure.number_format = fill(PALE_BLUE), "#,##0"
    return [
        figure,
        NamedStyle(Style.NOTE.value, font=font(size=9, color=GREY), alignment=Alignment(vertical="center")),
        NamedStyle(Style.PLAIN.value, font=font(), alignment=_LEFT),
        NamedStyle(Style.TITLE.value, font=font(TITLE_FONT, 22, color=NAVY), alignment=_MIDDLE),
        NamedStyle(Style.SUBTITLE.value, font=font(size=10.5, color=GREY), alignment=_MIDDLE),
        NamedStyle(Style.SECTION.value, font=font(HEADER_FONT, 13, color=NAVY), alignment=_FLUSH, border=_UNDERLINE),
        NamedStyle(Style.NOTICE.value, font=font(HEADER_FONT, 11, color=RED), fill=fill("FDF1F0"), alignment=_MIDDLE),
        NamedStyle(Style.CAPTION.value, font=font(size=10, color=GREY), fill=fill(PALE_BLUE), alignment=_MIDDLE),
        NamedStyle(Style.LABEL.value, font=font(HEADER_FONT, color=NAVY), alignment=_LEFT),
    ]


def register_styles(book: Workbook) -> None:
    """Make the named styles known to a workbook."""
    for named in [*_table_styles(), *_page_styles()]:
        book.add_named_style(named)


_known: WeakKeyDictionary[Workbook, dict[Style, Any]] = WeakKeyDictionary()


def apply_style(cell: Cell, style: Style) -> None:
    """Give a cell a named style."""
    known = _known.setdefault(cell.parent.parent, {})
    if style not in known:
        cell.style = style.value
        known[style] = copy(cell._style)  # noqa: SLF001
    # Setting a style by its name searches all names, which takes a third of the time of a large workbook.
    cell._style = copy(known[style])  # noqa: SLF001
