"""Lines on a page in reading order: from the top down, the cells of a table row side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from documents.readers.layout.lines import SAME_LINE, Run, is_wide

_TALL = 6
_BROAD = 10
_BETWEEN_CELLS = "  "


@dataclass(frozen=True, slots=True)
class Row:
    """One line of reading, with what a run has. ``single`` is false where cells stand side by side; ``column`` numbers
    the column of text it stands in, where a page has several, and is 0 otherwise."""

    words: str
    left: float
    right: float
    baseline: float
    em: float
    blank_after: bool = False
    single: bool = True
    column: int = 0


def rows_of(lines: Sequence[Run]) -> list[Row]:
    """The rows of one page, whose ``lines`` come in the order in which they are drawn."""
    order = {id(line): place for place, line in enumerate(lines)}
    bands = list(_bands(sorted(lines, key=lambda line: line.baseline)))
    rows: list[Row] = []
    for alone, group in groupby(_zoned(bands), key=lambda item: item[0]):
        zone = [line for _, band in group for line in band]
        if alone:
            rows += [_row([line]) for line in zone]
        else:
            rows += _side_by_side(sorted(zone, key=lambda line: order[id(line)]))
    return rows


def _bands(lines: Sequence[Run]) -> Iterator[list[Run]]:
    """Lines of one height together, from left to right."""
    band: list[Run] = []
    for line in lines:
        if band and line.baseline - band[0].baseline > SAME_LINE * min(line.em, band[0].em):
            yield sorted(band, key=lambda run: run.left)
            band = []
        band.append(line)
    if band:
        yield sorted(band, key=lambda run: run.left)


def _zoned(bands: Sequence[list[Run]]) -> list[tuple[bool, list[Run]]]:
    """Each band with whether it stands alone, which the rest of a cell between rows of cells does not."""
    alone = [len(band) == 1 for band in bands]
    for steps in (range(1, len(bands)), range(len(bands) - 2, -1, -1)):
        back = -1 if steps.step > 0 else 1
        for place in steps:
            if alone[place] and not alone[place + back] and _wraps(bands[place][0], bands[place + back]):
                alone[place] = False
    return list(zip(alone, bands, strict=True))


def _wraps(line: Run, neighbours: Sequence[Run]) -> bool:
    """Whether ``line`` is the rest of one of several cells, or a part of several, that ``neighbours`` has."""
    if abs(line.baseline - neighbours[0].baseline) > 2.2 * line.em:
        return False
    touched = [cell for cell in neighbours if line.left < cell.right and cell.left < line.right]
    if len(neighbours) == 1:
        return bool(touched) and line.right <= touched[0].right + 2 * line.em and line.left >= touched[0].left - line.em
    return len(touched) == 1 and line.left >= touched[0].left - 2 * line.em


def _side_by_side(lines: Sequence[Run]) -> list[Row]:
    """The rows of a table, or the columns of a page, from lines in the order in which they are drawn."""
    rows: list[Row] = []
    for table_row in _table_rows(lines):
        broad = [cell for cell in table_row if len(cell) >= _TALL and _breadth(cell) >= _BROAD]
        if broad:
            rows += [_row([line], place + 1) for place, cell in enumerate(table_row) for line in cell]
        else:
            rows.append(_row([_merged(cell) for cell in table_row]))
    return rows


def _breadth(cell: Sequence[Run]) -> float:
    return max(line.right for line in cell) / cell[0].em - min(line.left for line in cell) / cell[0].em


def _table_rows(lines: Sequence[Run]) -> Iterator[list[list[Run]]]:
    """Rows of cells of lines: below the line before, the cell goes on; to the right, the next; else, a new row."""
    row: list[list[Run]] = []
    for line in lines:
        if not row:
            row = [[line]]
            continue
        last = row[-1][-1]
        below = line.baseline - last.baseline
        overlaps = line.left < last.right and last.left < line.right
        if overlaps and 0 < below <= 2.2 * line.em and (len(row) == 1 or line.left > row[-2][0].left + line.em):
            row[-1].append(line)
        elif line.left >= last.right - line.em / 2:
            row.append([line])
        else:
            yield row
            row = [[line]]
    if row:
        yield row


def _merged(cell: Sequence[Run]) -> Run:
    return Run(
        joined_words(cell),
        min(line.left for line in cell),
        max(line.right for line in cell),
        cell[0].baseline,
        cell[0].em,
    )


def joined_words(lines: Sequence[Run | Row]) -> str:
    """Lines of one paragraph in one: with a blank where there was one, and between two words of letters."""
    pieces = [lines[0].words]
    for line, following in pairwise(lines):
        if line.blank_after or (_is_letter(line.words[-1]) and _is_letter(following.words[0])):
            pieces.append(" ")
        pieces.append(following.words)
    return "".join(pieces)


def _is_letter(character: str) -> bool:
    return character.isalpha() and not is_wide(character)


def _row(cells: Sequence[Run], column: int = 0) -> Row:
    first = cells[0]
    if len(cells) == 1:
        return Row(first.words, first.left, first.right, first.baseline, first.em, first.blank_after, column=column)
    words = _BETWEEN_CELLS.join(cell.words for cell in cells)
    return Row(words, first.left, cells[-1].right, first.baseline, first.em, single=False)
