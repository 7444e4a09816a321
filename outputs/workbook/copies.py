"""Reports that share text: pairs as rows of the sheet 重复比对, groups of three and more on the sheet 雷同组."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from audit.copies.record import CopyFamily, CopyPair, Direction
from checks.finding import Related
from outputs.names import LEVEL_NAMES, section_in_words
from outputs.workbook.cells import Row, Value
from outputs.workbook.cleaner import one_line, shorten
from outputs.workbook.digest import Entry
from outputs.workbook.figures import UNKNOWN_UNIT, file_name
from outputs.workbook.layout import Column, Part, TableLayout, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style

FAMILIES_NAME: Final = "雷同组"
MAX_PAIRS: Final = 5_000
BETWEEN_REPORTS: Final = "报告之间"
EARLIER_YEAR: Final = "与往年报告"
_FAMILIES: Final = (
    Column("组号", 6, Style.CENTER),
    Column("份数", 7, Style.COUNT),
    Column("单位", 44),
    Column("报告", 60),
    Column("相同段数", 9, Style.COUNT),
    Column("文字举例", 60),
)
_DIRECTIONS: Final = {Direction.FROM_OTHER: "乙在先，甲在后", Direction.TO_OTHER: "甲在先，乙在后", None: "先后不明"}
_MAX_PASSAGES = 3
_PASSAGE_LENGTH = 200
_MAX_MEMBERS = 20

Told = Callable[[CopyPair], tuple[Entry, Related] | None]
"""The finding that tells of a pair in its first report, if there is one."""


def strongest(pairs: Sequence[CopyPair]) -> list[CopyPair]:
    """The pairs that share most, by the larger share of either report's text; as many as the sheet takes."""
    ranked = sorted(
        pairs, key=lambda pair: (-max(pair.share, pair.other_share), -pair.characters, pair.path, pair.other_path)
    )
    return ranked[:MAX_PAIRS]


def remark(pairs: int) -> list[str]:
    """What a reader must know of ``pairs`` that the sheet does not take."""
    if pairs <= MAX_PAIRS:
        return []
    return [f"文字雷同的报告共 {pairs:,} 对，“重复比对”只列相同文字最多的 {MAX_PAIRS:,} 对，其余见 findings.json。"]


def pair_row(pair: CopyPair, told: tuple[Entry, Related] | None) -> Row:
    """The columns of a pair behind the ordinal; ``told`` is the finding that tells of it."""
    finding = told[0].finding if told else None
    here, there = _places(pair, told)
    quotes = [(one_line(passage.quote), one_line(passage.other_quote)) for passage in pair.passages[:_MAX_PASSAGES]]
    return (
        finding.number if finding else None,
        pair.unit or UNKNOWN_UNIT,
        _report(pair.path, pair.year),
        LEVEL_NAMES[finding.level] if finding else None,
        here,
        _numbered([quote for quote, _ in quotes]),
        f"{pair.other_unit or UNKNOWN_UNIT}\n{_report(pair.other_path, pair.other_year)}",
        there,
        _numbered([quote for _, quote in quotes]),
        round(pair.passages[0].similarity, 3) if pair.passages else None,
        EARLIER_YEAR if pair.earlier else BETWEEN_REPORTS,
        round(pair.share, 3),
        round(pair.other_share, 3),
        pair.sentences,
        pair.same_figures,
        "：".join(part for part in (_DIRECTIONS[pair.direction], pair.reason) if part),
    )


def write_families(book: AuditBook, families: Sequence[CopyFamily]) -> tuple[Part, ...]:
    """Write the sheet of groups, or nothing where there are none."""
    if not families:
        return ()
    return write_table(book, FAMILIES_NAME, _FAMILIES, map(_family_row, families), TableLayout(frozen=2))


def _family_row(family: CopyFamily) -> tuple[Value, ...]:
    return (
        family.number,
        len(family.paths),
        _listed(list(dict.fromkeys(unit or UNKNOWN_UNIT for unit in family.units)), "、", "个单位"),
        _listed([file_name(path) for path in family.paths], "\n", "份报告"),
        family.sentences,
        shorten(one_line(family.sample), _PASSAGE_LENGTH),
    )


def _listed(names: Sequence[str], between: str, counted: str) -> str:
    shown = between.join(names[:_MAX_MEMBERS])
    return shown if len(names) <= _MAX_MEMBERS else f"{shown}{between}等 {len(names)} {counted}"


def _report(path: str, year: int | None) -> str:
    return f"{file_name(path)}\n（{year}年度）" if year else file_name(path)


def _numbered(quotes: Sequence[str]) -> str:
    """Several passages under numbers, so that both sides can be read line by line."""
    shown = [shorten(quote, _PASSAGE_LENGTH) for quote in quotes]
    return (
        "\n".join(f"({number}) {quote}" for number, quote in enumerate(shown, 1)) if len(shown) > 1 else "".join(shown)
    )


def _places(pair: CopyPair, told: tuple[Entry, Related] | None) -> tuple[str | None, str | None]:
    """Where the longest passage stands in each report, as far as the finding tells."""
    if told is None or not pair.passages:
        return None, None
    longest, (entry, related) = pair.passages[0], told
    finding = entry.finding
    return (
        finding.place if finding.start <= longest.start < finding.end else None,
        section_in_words(related.section) if related.start <= longest.other_start < related.end else None,
    )


def numbered_rows(pairs: Sequence[CopyPair], told: Told) -> Iterator[Row]:
    """The rows of pairs with their ordinals from 1."""
    for number, pair in enumerate(pairs, 1):
        yield (number, *pair_row(pair, told(pair)))
