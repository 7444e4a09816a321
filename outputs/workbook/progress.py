"""Sheet 整改对比: the findings of this audit and of the last one on the same reports, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audit.decisions import Word
from audit.rectification import Progress, Review
from audit.rectification import Row as Compared
from outputs.names import LEVEL_NAMES, PROGRESS_NAMES, family_name
from outputs.workbook.cells import Row
from outputs.workbook.cleaner import one_line, shorten
from outputs.workbook.digest import Digest
from outputs.workbook.figures import UNKNOWN_UNIT, family_of
from outputs.workbook.findings import LEVEL_TONES, PROGRESS_TONES
from outputs.workbook.layout import Column, Part, TableLayout, colour_words, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style

NAME: Final = "整改对比"
_COLUMNS: Final = (
    Column("序号", 6, Style.CENTER),
    Column("单位", 18),
    Column("年度", 7, Style.CENTER),
    Column("对比结果", 10, Style.CENTER),
    Column("问题编号", 10, Style.CENTER),
    Column("类别", 10, Style.CENTER),
    Column("级别", 7, Style.CENTER),
    Column("问题", 24),
    Column("位置", 13),
    Column("原文", 38),
    Column("审核意见", 9, Style.CENTER),
    Column("整改状态", 9, Style.CENTER),
    Column("责任人", 9, Style.CENTER),
    Column("复核意见", 16),
    Column("说明", 26),
    Column("上期批次", 24),
)
_ORDER: Final = {progress: order for order, progress in enumerate(Progress)}
_QUOTE_LENGTH = 160


def write_progress(book: AuditBook, digest: Digest) -> tuple[Part, ...]:
    """Write the sheet, or nothing where no report of the run was audited before."""
    review = digest.info.review
    if review is None or not review.rows:
        return ()
    parts = write_table(book, NAME, _COLUMNS, _rows(review), TableLayout(frozen=4))
    for part in parts:
        colour_words(part, "对比结果", PROGRESS_TONES)
        colour_words(part, "级别", LEVEL_TONES)
    return parts


def _rows(review: Review) -> Iterator[Row]:
    for number, row in enumerate(sorted(review.rows, key=_key), 1):
        finding, word = row.finding, review.words.get(row.finding.fingerprint)
        quote = shorten(one_line(finding.quote), _QUOTE_LENGTH)
        yield (
            number,
            row.unit or UNKNOWN_UNIT,
            row.year,
            PROGRESS_NAMES[row.progress],
            finding.number,
            family_name(family_of(finding.rule)),
            LEVEL_NAMES[finding.level],
            finding.title,
            finding.place,
            quote or (f"（文中未见：{finding.missing}）" if finding.missing else None),
            *(_said(word, name) for name in ("opinion", "state", "responsible", "review")),
            row.note or None,
            row.run,
        )


def _key(row: Compared) -> tuple[str, int, int]:
    return row.unit or "", row.year or 0, _ORDER[row.progress]


def _said(word: Word | None, name: str) -> str | None:
    if word is None:
        return None
    if name in word.disputed:
        return "／".join(map(str, word.disputed[name]))
    value = word.values.get(name)
    return None if value is None else str(value)
