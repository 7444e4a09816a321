"""What a reader delivers: the text of a file, and what the file itself says about the parts of the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from documents.report import Residue


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text of one file with ``\\n`` between its paragraphs and at no other place.

    ``set_apart`` are the passages of the text that the file itself marks as belonging to the page (running heads, page
    numbers, navigation), in order and without overlap; a reader puts them where they do not interrupt the report: in
    front of its first or behind its last paragraph. ``outline`` gives, by the offset where a paragraph begins, the
    level (1 is the top) of each paragraph that the file marks as a heading. ``pages`` are the offsets at which the
    pages begin, empty for a format without pages. ``encoding`` is that of the characters, ``""`` where the format
    leaves no choice. ``notes`` are for people, in Chinese, without a full stop; ``incomplete`` says, in Chinese, what
    of the file could not be read, ``None`` where all of it was.
    """

    text: str
    encoding: str = ""
    set_apart: tuple[Residue, ...] = ()
    outline: Mapping[int, int] = field(default_factory=dict[int, int])
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    incomplete: str | None = None
