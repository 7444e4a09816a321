"""Sheet 重复比对: the two places of a repetition side by side, between reports and within one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz

from audit.copies.record import CopyPair
from checks.finding import Related
from outputs.names import LEVEL_NAMES, section_in_words
from outputs.workbook.cells import Row
from outputs.workbook.cleaner import one_line, shorten
from outputs.workbook.copies import BETWEEN_REPORTS, EARLIER_YEAR, numbered_rows, strongest, write_families
from outputs.workbook.digest import Digest, Entry
from outputs.workbook.figures import family_of, file_name, unit_name
from outputs.workbook.findings import LEVEL_TONES
from outputs.workbook.layout import Column, Part, TableLayout, colour_words, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style

NAME: Final = "重复比对"
_FAMILY = "duplicates"
_COLUMNS: Final = (
    Column("序号", 6, Style.CENTER),
    Column("问题编号", 10, Style.CENTER),
    Column("单位", 18),
    Column("报告", 27),
    Column("级别", 7, Style.CENTER),
    Column("甲处位置", 14),
    Column("甲处原文", 38),
    Column("乙处报告", 23),
    Column("乙处位置", 14),
    Column("乙处原文", 38),
    Column("相似度", 9, Style.PERCENT),
    Column("情形", 12, Style.CENTER),
    Column("占甲报告", 10, Style.PERCENT),
    Column("占乙报告", 10, Style.PERCENT),
    Column("相同段数", 9, Style.COUNT),
    Column("数字相同", 9, Style.COUNT),
    Column("先后", 22),
)
_QUOTE_LENGTH = 300
_WITHIN = "报告之内"
_OF_FINDINGS: Final = frozenset(("问题编号", "级别", "甲处位置", "乙处位置"))
_TONES: Final = {BETWEEN_REPORTS: "middling", EARLIER_YEAR: "remark"}


def write_duplicates(book: AuditBook, digest: Digest) -> tuple[Part, ...]:
    """Write the sheet, or nothing where nothing is repeated; then the groups of reports."""
    pairs = list(_told(digest))
    told = {(entry.report.path, related.path): (entry, related) for entry, related in reversed(pairs)}
    shown = strongest(digest.run.copies)
    rows = numbered_rows(shown, lambda pair: told.get((pair.path, pair.other_path)))
    parts = _write(book, [*rows, *_rows(digest, pairs, len(shown))])
    for part in parts:
        colour_words(part, "级别", LEVEL_TONES)
    write_families(book, digest.run.families)
    return parts


def write_pairs(book: AuditBook, pairs: Sequence[CopyPair]) -> tuple[Part, ...]:
    """Write the sheet with pairs of reports alone, without what only findings tell; nothing where there are none."""
    kept = [index for index, column in enumerate(_COLUMNS) if column.header not in _OF_FINDINGS]
    rows = numbered_rows(strongest(pairs), lambda _: None)
    return _write(book, [[row[index] for index in kept] for row in rows], [_COLUMNS[index] for index in kept])


def _write(book: AuditBook, rows: Sequence[Row], columns: Sequence[Column] = _COLUMNS) -> tuple[Part, ...]:
    if not rows:
        return ()
    parts = write_table(book, NAME, columns, rows, TableLayout(frozen=3))
    for part in parts:
        colour_words(part, "情形", _TONES)
    return parts


def _told(digest: Digest) -> Iterator[tuple[Entry, Related]]:
    """Each place that a finding names as a repetition."""
    for entry in digest.entries:
        if family_of(entry.finding.rule) == _FAMILY:
            yield from ((entry, related) for related in entry.finding.related)


def _rows(digest: Digest, places: Sequence[tuple[Entry, Related]], above: int) -> Iterator[Row]:
    """The repetitions that no pair of reports tells of, below ``above`` other rows."""
    known = {frozenset((pair.path, pair.other_path)) for pair in digest.run.copies}
    other = (place for place in places if frozenset((place[0].report.path, place[1].path)) not in known)
    for number, (entry, related) in enumerate(other, above + 1):
        yield (
            number,
            entry.finding.number,
            unit_name(entry.report),
            file_name(entry.report.path),
            LEVEL_NAMES[entry.finding.level],
            *_sides(digest, entry, related),
            _similarity(digest, entry, related),
            _WITHIN if related.path == entry.report.path else BETWEEN_REPORTS,
            *[None] * 5,
        )


def _sides(digest: Digest, entry: Entry, related: Related) -> tuple[str, str, str, str, str]:
    """Both places, the earlier one first where they stand in one report."""
    here = (entry.finding.place, _quote(_other_words(entry, related)))
    there = (section_in_words(related.section), _quote(related.quote))
    if digest.places(entry.finding) > 1:
        return *here, "同类问题（示例）", *there
    if related.path != entry.report.path:
        other = digest.reports_by_path.get(related.path)
        return *here, unit_name(other) if other else file_name(related.path), *there
    first, second = (there, here) if related.start <= entry.finding.start else (here, there)
    return *first, "同一报告", *second


def _other_words(entry: Entry, related: Related) -> str:
    """The finding's quote, without the related passage where the quote takes in both of two neighbours."""
    finding = entry.finding
    begin, end = related.start - finding.start, related.end - finding.start
    inside = related.path == entry.report.path and 0 <= begin < end < len(finding.quote)
    return finding.quote[:begin] + finding.quote[end:] if inside else finding.quote


def _quote(quote: str) -> str:
    return shorten(one_line(quote), _QUOTE_LENGTH)


def _similarity(digest: Digest, entry: Entry, related: Related) -> float | None:
    """The share of equal characters in order, 1 for two equal texts. The samples of a habit are not compared."""
    if digest.places(entry.finding) > 1:
        return None
    return round(fuzz.ratio(_other_words(entry, related), related.quote) / 100, 3)
