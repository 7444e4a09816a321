"""What a part refers to in other parts of the same file; nothing outside the file is ever opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from documents.decode import decode
from documents.errors import Unreadable
from documents.extraction import Extraction
from documents.limits import ReadingLimits
from documents.readers.docx.coverage import characters_below, characters_held
from documents.readers.docx.flow import Definitions, Flow
from documents.readers.docx.ledger import Missing
from documents.readers.docx.links import Links
from documents.readers.docx.story import Block
from documents.readers.docx.vocabulary import w
from documents.sniff import Format, sniff

if TYPE_CHECKING:
    from lxml import etree

ChunkReader = Callable[[bytes, ReadingLimits], Extraction]
_NOTE_KINDS: Final = {"footnote": ("footnotes", "注"), "endnote": ("endnotes", "尾注")}
_FIELD_MARK: Final = w("fldChar")


class References:
    """The references of one part, looked up in the file.

    ``read_chunk`` reads an embedded docx file; ``None`` inside such a file, so that they do not nest.
    """

    def __init__(self, links: Links, definitions: Definitions, read_chunk: ChunkReader | None) -> None:
        self._links = links
        self._parts = links.parts
        self._definitions = definitions
        self._read_chunk = read_chunk
        self._ledger = definitions.ledger
        self._numbers = dict.fromkeys(_NOTE_KINDS, 0)
        self._notes: dict[str, dict[str, etree._Element]] = {}

    def read(self, root: etree._Element) -> list[Block]:
        """The paragraphs of the part whose root is ``root``."""
        self._ledger.held += characters_held(root)
        return Flow(self._definitions, self, fields=_paired(root)).read(root)

    # What the walk asks for

    def note(self, kind: str, note_id: str) -> list[Block]:
        """The paragraphs of a footnote or endnote, the first with its mark; each note is given once."""
        part, word = _NOTE_KINDS[kind]
        if kind not in self._notes:
            self._notes[kind] = self._load_notes(kind, part)
        element = self._notes[kind].pop(note_id, None)
        if element is None:
            return []
        self._numbers[kind] += 1
        blocks = Flow(self._definitions, self, fields=_paired(element)).read(element)
        if blocks:
            blocks[0].text = f"{word}{self._numbers[kind]}：{blocks[0].text.strip()}"
        return blocks

    def _load_notes(self, kind: str, part: str) -> dict[str, etree._Element]:
        root = self._links.optional(part, Missing.NOTES)
        if root is None:
            return {}
        self._ledger.held += characters_held(root)
        return {element.get(w("id"), ""): element for element in root.iterfind(w(kind))}

    def close(self) -> None:
        """Account for the notes that nothing refers to, which Word does not show either."""
        for notes in self._notes.values():
            self._ledger.left_out += sum(characters_below(element) for element in notes.values())

    def chunk(self, reference: str) -> list[Block]:
        """The paragraphs of an embedded text, web page or Word file."""
        item = self._links.relationships.get(reference)
        extraction = None if item is None or item.external else self._extracted(item.target)
        if extraction is None or extraction.incomplete:
            self._ledger.missing[Missing.CHUNK] += 1
        return [] if extraction is None else _as_blocks(extraction)

    def _extracted(self, name: str) -> Extraction | None:
        try:
            data = self._parts.read(name)
            form = sniff(data, self._parts.limits)
            if form is Format.TEXT:
                return Extraction(decode(data).text.replace("\r\n", "\n").replace("\r", "\n"))
            if form in (Format.HTML, Format.MHTML):
                return _read_page(data, form, self._parts.limits)
            if form is Format.DOCX and self._read_chunk is not None:
                return self._read_chunk(data, self._parts.limits)
        except Unreadable as obstacle:
            if obstacle.status == "over_limit":
                raise
        return None

    def diagram(self, reference: str) -> list[Block]:
        """The words of a diagram, one paragraph a shape."""
        item = self._links.relationships.get(reference)
        name = None if item is None or item.external or item.target not in self._parts else item.target
        root = None if name is None else self._links.parsed(name, Missing.DIAGRAM)
        return [] if root is None else self.read(root)


def _read_page(data: bytes, form: Format, limits: ReadingLimits) -> Extraction:
    from documents.readers.html import read_html, read_mhtml  # noqa: PLC0415 - few documents embed a web page

    return read_mhtml(data, limits) if form is Format.MHTML else read_html(data, limits)


def _as_blocks(extraction: Extraction) -> list[Block]:
    blocks = []
    start = 0
    apart = {item.span.start for item in extraction.set_apart}
    for line in extraction.text.split("\n"):
        if line.strip():
            blocks.append(Block(line.rstrip(), extraction.outline.get(start), start in apart))
        start += len(line) + 1
    return blocks


def _paired(root: etree._Element) -> bool:
    """Whether each field that begins ends too; else its result cannot be told from the rest of the text."""
    depth = 0
    for mark in root.iter(_FIELD_MARK):
        kind = mark.get(w("fldCharType"))
        depth += (kind == "begin") - (kind == "end")
        if depth < 0:
            return False
    return depth == 0
