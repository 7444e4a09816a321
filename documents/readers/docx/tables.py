"""How the rows of a table become lines: cells side by side where they hold data, one after the other where text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from documents.readers.docx.story import Block
from documents.readers.docx.vocabulary import is_on, w

if TYPE_CHECKING:
    from lxml import etree

_WRAPPERS: Final = frozenset(
    w(name) for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "bookmarkStart")
)
# A cell with several paragraphs and more characters than this is a column of text and no figure.
_LONGEST_DATA = 100


def members(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those inside content controls and inserted ones."""
    for child in parent:
        tag = child.tag
        if tag == name:
            yield child
        elif tag in _WRAPPERS:
            yield from members(child, name)


def is_deleted(row: etree._Element) -> bool:
    """Whether a revision that is not yet accepted deletes the row."""
    return row.find(f"{w('trPr')}/{w('del')}") is not None


def is_hidden(row: etree._Element) -> bool:
    """Whether the row is not printed."""
    return is_on(row.find(f"{w('trPr')}/{w('hidden')}")) is True


def rows_as_blocks(cells: Sequence[Sequence[Block]]) -> list[Block]:
    """One row: a line with tabs between its cells, or the paragraphs of the cells where the row only lays out text."""
    filled = [cell for cell in cells if cell]
    if len(filled) <= 1 or any(_is_text(cell) for cell in filled):
        return [block for cell in filled for block in cell]
    apart = all(block.apart for cell in filled for block in cell)
    return [Block("\t".join(_in_one_line(cell) for cell in cells).rstrip("\t"), apart=apart)]


def _is_text(cell: Sequence[Block]) -> bool:
    if any("\t" in block.text for block in cell):
        return True
    return len(cell) > 1 and sum(len(block.text) for block in cell) > _LONGEST_DATA


def _in_one_line(cell: Sequence[Block]) -> str:
    return " ".join(block.text.strip() for block in cell)
