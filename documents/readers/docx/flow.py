"""The walk through a part: every element in order, text where text is, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from documents.readers.docx.coverage import characters_below
from documents.readers.docx.elements import METHODS
from documents.readers.docx.fields import FieldStack, drawn, is_table
from documents.readers.docx.ledger import Ledger, Met, Missing
from documents.readers.docx.numbering import Numbering
from documents.readers.docx.story import LINE_BREAK, Block, Story
from documents.readers.docx.styles import Styles, numbering_reference, outline_level, style_id_of
from documents.readers.docx.symbols import symbol
from documents.readers.docx.tables import is_deleted, is_hidden, members, rows_as_blocks
from documents.readers.docx.vocabulary import (
    COMPATIBILITY,
    RELATIONSHIP_ID,
    RELATIONSHIPS,
    is_on,
    value_of,
    w,
)

if TYPE_CHECKING:
    from lxml import etree

_P_PROPERTIES: Final = w("pPr")
_R_PROPERTIES: Final = w("rPr")
_VANISH: Final = w("vanish")
_STYLE: Final = w("pStyle")
_RUN_STYLE: Final = w("rStyle")
_CHOICE: Final = f"{{{COMPATIBILITY}}}Choice"
_FALLBACK: Final = f"{{{COMPATIBILITY}}}Fallback"
_FIELD_MARK: Final = w("fldChar")
_REVISIONS: Final = (w("del"), w("moveFrom"))
_FORMATTING: Final = tuple(
    w(name)
    for name in "rPr tblPr tblGrid sectPr proofErr bookmarkStart bookmarkEnd lastRenderedPageBreak".split()  # noqa: SIM905
)
_RUN: Final = w("r")
_GALLERY: Final = f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}"


Handler = Callable[[Any], None]


class Outside(Protocol):
    """What a part refers to and has to be looked up elsewhere in the file."""

    def note(self, kind: str, note_id: str) -> list[Block]:
        """The paragraphs of a footnote or endnote (``kind``)."""

    def chunk(self, reference: str) -> list[Block]:
        """The paragraphs of an embedded file in another format."""

    def diagram(self, reference: str) -> list[Block]:
        """The words of a diagram."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """What the paragraphs of all parts share."""

    styles: Styles
    numbering: Numbering
    ledger: Ledger


class Flow:
    """The walk through one part; :meth:`read` gives its paragraphs."""

    def __init__(self, definitions: Definitions, outside: Outside, *, fields: bool = True) -> None:
        self._styles = definitions.styles
        self._numbering = definitions.numbering
        self._ledger = definitions.ledger
        self._outside = outside
        self._handlers = self._bound_handlers(fields=fields)
        self._fields = FieldStack()
        self._story = Story()
        self._style = self._styles[None]
        self._apart = 0
        self._hides = self._styles.hides

    def _bound_handlers(self, *, fields: bool) -> dict[object, Handler | None]:
        handlers: dict[object, Handler | None] = {
            tag: None if method is None else getattr(self, method) for tag, method in METHODS.items()
        }
        # Where fields do not begin and end in pairs, none of them may swallow the rest of the text.
        if not fields:
            handlers[_FIELD_MARK] = None
        return handlers

    def read(self, root: etree._Element) -> list[Block]:
        """The paragraphs below ``root``, in order."""
        self._hides = self._hides or next(root.iter(_VANISH), None) is not None
        if not self._hides and next(root.iter(*_REVISIONS), None) is None:
            _drop_formatting(root)
        self._walk(root)
        self._story.end_paragraph()
        self._story.end_notes()
        return self._story.blocks

    def _walk(self, element: etree._Element) -> None:
        handlers, otherwise = self._handlers, self._walk
        for child in element:
            handler = handlers.get(child.tag, otherwise)
            if handler is not None:
                handler(child)

    def _skip(self, element: etree._Element, met: Met | None = None) -> None:
        self._ledger.left_out += characters_below(element)
        if met is not None:
            self._ledger.met[met] += 1

    # Paragraphs

    def _paragraph(self, element: etree._Element) -> None:
        properties = element.find(_P_PROPERTIES)
        outer = self._style
        story = self._story
        self._style = style = self._styles[style_id_of(properties, _STYLE)]
        own_level = outline_level(properties)
        mark = None if properties is None else properties.find(_R_PROPERTIES)
        hidden = self._hides and mark is not None and is_on(mark.find(_VANISH))
        story.label = "" if hidden else self._numbering.label(numbering_reference(properties), style)
        story.outline = style.outline if own_level is None else own_level or None
        self._walk(element)
        # A paragraph whose mark was deleted runs on into the next one.
        if mark is None or not _is_removed(mark):
            story.end_paragraph()
        self._style = outer

    def _nested_paragraph(self, element: etree._Element) -> None:
        # Only in damaged files does a paragraph stand inside another.
        if self._story.pieces and next(element.iterancestors(w("p")), None) is not None:
            self._story.flush()
        self._paragraph(element)

    @contextmanager
    def _own_story(self) -> Iterator[Story]:
        outer, self._story = self._story, Story(apart=self._apart > 0)
        style = self._style
        try:
            yield self._story
        finally:
            self._story.end_paragraph()
            outer.notes += self._story.notes
            self._story, self._style = outer, style

    def _text_box(self, element: etree._Element) -> None:
        with self._own_story() as story:
            self._walk(element)
        self._story.after += story.blocks

    def _alternate(self, element: etree._Element) -> None:
        """The same content for several versions of Word: the first that holds text, else the first."""
        versions = [child for child in element if child.tag in (_CHOICE, _FALLBACK)]
        chosen = next((version for version in versions if characters_below(version)), versions[0] if versions else None)
        for version in versions:
            if version is chosen:
                self._walk(version)
            else:
                self._skip(version)

    def _control(self, element: etree._Element) -> None:
        if (value_of(element, _GALLERY) or "").startswith("Table of Contents"):
            self._contents(element)
        else:
            self._walk(element)

    def _contents(self, element: etree._Element) -> None:
        self._begin_table()
        self._walk(element)
        self._end_table()

    # Tables

    def _table(self, element: etree._Element) -> None:
        rows: list[Block] = []
        for row in members(element, w("tr")):
            if is_deleted(row):
                self._skip(row, Met.DELETED)
            elif is_hidden(row):
                self._skip(row, Met.HIDDEN)
            else:
                rows += rows_as_blocks([self._cell(cell) for cell in members(row, w("tc"))])
        self._story.add(rows)
        if self._story.notes:
            self._story.end_notes()

    def _cell(self, element: etree._Element) -> Sequence[Block]:
        with self._own_story() as story:
            self._walk(element)
        return [block for block in story.blocks if block.text.strip()]

    # Runs

    def _run(self, element: etree._Element) -> None:
        if self._hides and self._is_hidden(element):
            self._skip(element, Met.HIDDEN)
            return
        self._walk(element)

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(_R_PROPERTIES)
        if properties is not None:
            own = is_on(properties.find(_VANISH))
            if own is not None:
                return own
            style_id = style_id_of(properties, _RUN_STYLE)
            of_style = self._styles.hidden_run(style_id) if style_id else None
            if of_style is not None:
                return of_style
        return bool(self._style.hidden)

    def _text(self, element: etree._Element) -> None:
        text = element.text
        if text:
            if self._fields.fields and self._fields.in_instruction:
                self._ledger.left_out += len(text)
                return
            self._ledger.delivered += len(text)
            self._story.pieces.append(text)

    def _write(self, text: str) -> None:
        self._story.pieces.append(text)

    def _break(self, element: etree._Element) -> None:
        self._write(LINE_BREAK)

    def _tab(self, element: etree._Element) -> None:
        self._write("\t")

    def _hyphen(self, element: etree._Element) -> None:
        self._write("-")

    def _symbol(self, element: etree._Element) -> None:
        self._write(symbol(element.get(w("font"), ""), element.get(w("char"), "")))

    def _ruby(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == w("rubyBase"):
                self._walk(child)
            else:
                self._skip(child)

    def _denominator(self, element: etree._Element) -> None:
        self._write("/")
        self._walk(element)

    # Revisions, notes and what is not text

    def _deleted(self, element: etree._Element) -> None:
        self._skip(element, Met.DELETED)

    def _moved_away(self, element: etree._Element) -> None:
        self._skip(element, Met.MOVED)

    def _inserted(self, element: etree._Element) -> None:
        self._ledger.met[Met.INSERTED] += 1
        self._walk(element)

    def _comment(self, element: etree._Element) -> None:
        self._ledger.met[Met.COMMENT] += 1

    def _picture(self, element: etree._Element) -> None:
        self._ledger.met[Met.PICTURE] += 1

    def _chart(self, element: etree._Element) -> None:
        self._ledger.met[Met.CHART] += 1

    def _object(self, element: etree._Element) -> None:
        self._ledger.met[Met.OBJECT] += 1

    def _subdocument(self, element: etree._Element) -> None:
        self._ledger.missing[Missing.SUBDOCUMENT] += 1

    def _note(self, element: etree._Element) -> None:
        kind = "footnote" if element.tag == w("footnoteReference") else "endnote"
        self._story.notes += self._outside.note(kind, element.get(w("id"), ""))

    def _chunk(self, element: etree._Element) -> None:
        self._story.add(self._outside.chunk(element.get(RELATIONSHIP_ID, "")))

    def _diagram(self, element: etree._Element) -> None:
        self._story.after += self._outside.diagram(element.get(f"{{{RELATIONSHIPS}}}dm", ""))

    def _word_art(self, element: etree._Element) -> None:
        words = element.get("string", "").strip()
        if words:
            self._story.after.append(Block(" ".join(words.split()), apart=self._apart > 0))

    # Fields

    def _simple_field(self, element: etree._Element) -> None:
        if is_table(element.get(w("instr"), "")):
            self._contents(element)
        else:
            self._walk(element)

    def _field_mark(self, element: etree._Element) -> None:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._fields.begin()
        elif kind == "separate":
            if self._fields.separate():
                self._begin_table()
        elif kind == "end":
            self._end_field()

    def _begin_table(self) -> None:
        # The table usually stands in a content control of its own.
        self._ledger.met[Met.CONTENTS] += not self._apart
        self._story.flush()
        self._apart += 1
        self._story.apart = True

    def _end_table(self) -> None:
        self._story.flush()
        self._apart -= 1
        self._story.apart = self._apart > 0

    def _end_field(self) -> None:
        ended = self._fields.end()
        if ended is not None and ended.table:
            self._end_table()
        elif ended is not None and not ended.result:
            self._write(drawn(ended.instruction))

    def _instruction(self, element: etree._Element) -> None:
        self._fields.instruct(element.text or "")


def _drop_formatting(root: etree._Element) -> None:
    """Most of a document is formatting and runs that only carry it: without them, the walk is thrice as fast."""
    from lxml import etree  # noqa: PLC0415

    etree.strip_elements(root, *_FORMATTING, with_tail=False)
    etree.strip_tags(root, _RUN)


def _is_removed(mark: etree._Element) -> bool:
    return mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None
