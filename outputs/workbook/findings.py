"""Sheet 问题清单: one row a finding, with the columns that inspectors fill in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from openpyxl.worksheet.datavalidation import DataValidation

from audit.decisions import FIELD_NAMES, Opinion, Rectification, Word, dispute_in_words
from audit.rectification import Progress, Review
from checks.finding import Finding
from outputs.names import LEVEL_NAMES, PROGRESS_NAMES, family_name
from outputs.review.origin import HEADER as ORIGIN
from outputs.review.origin import origin_of
from outputs.workbook.cells import Row
from outputs.workbook.cleaner import around_hit
from outputs.workbook.digest import Digest, Entry
from outputs.workbook.figures import family_of, file_name, unit_name
from outputs.workbook.layout import Column, Part, TableLayout, colour_where, colour_words, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style

NAME: Final = "问题清单"
LAYOUT: Final = TableLayout(frozen=3, printed=12, empty="本次审核未发现问题。", minimum_height=32)
OPINIONS: Final = tuple(opinion.value for opinion in Opinion)
STATES: Final = tuple(state.value for state in Rectification)
LEVEL_TONES: Final = {"错误": "bad", "警告": "middling", "提示": "remark"}

_TOLD: Final = (
    Column("序号", 6, Style.CENTER),
    Column("问题编号", 10, Style.CENTER),
    Column("单位", 15),
    Column("报告", 16),
    Column("年度", 7, Style.CENTER),
    Column("类别", 10, Style.CENTER),
    Column("级别", 7, Style.CENTER),
    Column("位置", 13),
    Column("原文", 42),
    Column("问题说明", 32),
    Column("依据", 26),
    Column("整改建议", 28),
)
_COMPARED: Final = (Column("与上期比较", 10, Style.CENTER), Column("审核提示", 22))
_INPUT_COLUMNS: Final = (
    Column("审核意见", 10, Style.INPUT_CENTER, input=True),
    Column("整改状态", 10, Style.INPUT_CENTER, input=True),
    Column("责任人", 10, Style.INPUT_CENTER, input=True),
    Column("整改时限", 12, Style.INPUT_DATE, input=True),
    Column("整改情况", 26, Style.INPUT, input=True),
    Column("复核意见", 20, Style.INPUT, input=True),
    Column("销号日期", 12, Style.INPUT_DATE, input=True),
)
_FINGERPRINT: Final = Column("指纹", 20, hidden=True)
_ORIGIN: Final = Column(ORIGIN, 20, hidden=True)
COLUMNS: Final = (*_TOLD, *_INPUT_COLUMNS, _FINGERPRINT)
"""The columns where no history is kept."""
REVIEWED_COLUMNS: Final = (*_TOLD, *_COMPARED, *_INPUT_COLUMNS, _FINGERPRINT, _ORIGIN)
"""The columns of a workbook that carries earlier decisions."""
_INPUTS: Final = (None,) * len(_INPUT_COLUMNS)
PROGRESS_TONES: Final = {
    PROGRESS_NAMES[Progress.NEW]: "middling",
    PROGRESS_NAMES[Progress.OPEN]: "bad",
    PROGRESS_NAMES[Progress.RETURNED]: "bad",
    PROGRESS_NAMES[Progress.RESOLVED]: "good",
    PROGRESS_NAMES[Progress.RULE_CHANGED]: "aside",
    PROGRESS_NAMES[Progress.UNDECIDED]: "aside",
    PROGRESS_NAMES[Progress.GONE_BEFORE]: "quiet",
}


def write_findings(book: AuditBook, digest: Digest, layout: TableLayout | None = None) -> tuple[Part, ...]:
    """Write the sheet; the parts are the sheets it took."""
    review = digest.info.review
    columns = COLUMNS if review is None else REVIEWED_COLUMNS
    parts = write_table(book, NAME, columns, _rows(digest), layout or LAYOUT)
    for part in parts:
        colour_words(part, "级别", LEVEL_TONES)
        if review is not None:
            colour_words(part, "与上期比较", PROGRESS_TONES)
        add_inputs(part)
    return parts


def evidence(entry: Entry) -> str:
    """The passage with the hit in 【】; for something absent, what was looked for."""
    finding = entry.finding
    missing = finding.values.get("missing")
    if not finding.quote and isinstance(missing, str) and missing:
        return f"（文中未见：{missing}）"
    return around_hit(finding.excerpt, finding.quote)


def _rows(digest: Digest) -> Iterator[Row]:
    review = digest.info.review
    reviewed = None if review is None else _Reviewed(review)
    for number, entry in enumerate(digest.entries, 1):
        report, finding = entry.report, entry.finding
        yield (
            number,
            finding.number,
            unit_name(report),
            file_name(report.path),
            report.year,
            family_name(family_of(finding.rule)),
            LEVEL_NAMES[finding.level],
            finding.place,
            evidence(entry),
            finding.message,
            finding.basis,
            finding.advice,
            *((*_INPUTS, finding.fingerprint) if reviewed is None else reviewed.cells(finding)),
        )


class _Reviewed:
    """The cells of a row that earlier audits and inspectors have filled."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._progress = review.progress()

    def cells(self, finding: Finding) -> Row:
        """与上期比较 and 审核提示, the yellow columns, and the hidden ones."""
        key = finding.fingerprint
        progress = self._progress.get(key)
        word = self._review.words.get(key)
        return (
            PROGRESS_NAMES[progress] if progress else None,
            self._hint(finding, word),
            *filled_in(word),
            key,
            origin_of(word),
        )

    def _hint(self, finding: Finding, word: Word | None) -> str | None:
        lines = [self._review.hints.get(finding.fingerprint, "")]
        if word is not None and word.disputed:
            lines.append(f"意见不一致，请核定：{dispute_in_words(word)}")
        if finding.suppression is not None:
            lines.append("已按豁免清单或审核意见搁置，不计入问题数量")
        return "\n".join(line for line in lines if line) or None


def filled_in(word: Word | None) -> Row:
    """The yellow columns as inspectors have filled them; empty where they disagree."""
    if word is None:
        return _INPUTS
    said = (word.values.get(name) for name in FIELD_NAMES)
    return tuple(str(value) if isinstance(value, str) else value for value in said)


def add_inputs(part: Part) -> None:
    """Choices, date checks and colours of the columns that people fill in."""
    _choice(
        part, "审核意见", OPINIONS, "确认：问题属实；误报：机器判断有误；豁免：属实但不要求整改；待定：需进一步核实。"
    )
    _choice(part, "整改状态", STATES, "由责任单位整改后填写；需持续推进的选“长期坚持”。")
    _dates(part, "整改时限")
    _dates(part, "销号日期")
    colour_words(part, "审核意见", {"确认": "bad", "误报": "aside", "豁免": "aside", "待定": "middling"})
    colour_words(part, "整改状态", {"未整改": "bad", "整改中": "middling", "已整改": "good", "长期坚持": "remark"})
    term, state = part.top("整改时限"), part.top("整改状态")
    closed = part.top("销号日期")
    overdue = f'AND(ISNUMBER({term}),{term}<TODAY(),{state}<>"已整改",{state}<>"长期坚持",{closed}="")'
    colour_where(part, "整改时限", overdue, "bad")


def _choice(part: Part, header: str, options: tuple[str, ...], prompt: str) -> None:
    validation = DataValidation(type="list", formula1=f'"{",".join(options)}"', allow_blank=True)
    _explain(validation, header, prompt, f"请从下拉列表中选择：{'、'.join(options)}。")
    part.sheet.add_data_validation(validation)
    validation.add(part.range(header))


def _dates(part: Part, header: str) -> None:
    validation = DataValidation(type="date", operator="between", allow_blank=True)
    validation.formula1, validation.formula2 = "DATE(2015,1,1)", "DATE(2099,12,31)"
    _explain(validation, header, "填写日期，如 2025-06-30。", "请填写日期，如 2025-06-30。")
    part.sheet.add_data_validation(validation)
    validation.add(part.range(header))


def _explain(validation: DataValidation, header: str, prompt: str, error: str) -> None:
    validation.promptTitle, validation.prompt = header, prompt
    validation.errorTitle, validation.error = "填写不符合要求", error
    validation.showInputMessage = validation.showErrorMessage = True
