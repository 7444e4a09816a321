"""The paragraphs of one story (the body, a cell, a text box, a header) while they are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.lazy_pattern import lazy_pattern

# How a line break inside a paragraph is kept until the paragraph ends.
LINE_BREAK = "\v"
_ODD_BLANKS = lazy_pattern("[\\r\\n\\f\\x1c-\\x1e\\x85\u2028\u2029]+")
_LONGEST_HEADING = 60
_LATIN_EDGES = lazy_pattern(r"(?<=[A-Za-z0-9,.;:])\v+(?=[A-Za-z0-9])")
_PROSE_LENGTH = 60
_SENTENCE_END = ("。", "！", "？", "；", ".", ";")


@dataclass(slots=True)
class Block:
    """A paragraph or a row of a table: ``outline`` is its level as a heading; ``apart`` keeps it out of the body."""

    text: str
    outline: int | None = None
    apart: bool = False


@dataclass(slots=True)
class Story:
    """Finished ``blocks``, and the ``pieces`` of the paragraph that is open.

    ``label`` is the number of the open paragraph, ``after`` what its text boxes hold, ``notes`` the footnotes that wait
    for the end of running text.
    """

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    label: str = ""
    outline: int | None = None
    apart: bool = False

    def end_paragraph(self) -> None:
        """End the open paragraph, and put behind it what waits for its end."""
        self.flush()
        self.label, self.outline = "", None
        if self.after:
            self.blocks += self.after
            self.after = []
        if self.notes and self._ends_prose():
            self.end_notes()

    def flush(self) -> None:
        """Make blocks of the pieces so far; the paragraph goes on."""
        if self.pieces:
            text = _ODD_BLANKS.sub(" ", "".join(self.pieces))
            self.pieces.clear()
            self._add(text)

    def end_notes(self) -> None:
        """Put the waiting footnotes here."""
        self.blocks += self.notes
        self.notes = []

    def add(self, blocks: list[Block]) -> None:
        """Blocks that interrupt the open paragraph, such as the rows of a table."""
        self.flush()
        self.blocks += blocks

    def _add(self, text: str) -> None:
        if LINE_BREAK in text:
            if self.outline is not None and len(text) <= _LONGEST_HEADING:
                text = _LATIN_EDGES.sub(" ", text).replace(LINE_BREAK, "")
            else:
                for line in text.split(LINE_BREAK):
                    self._add_line(line)
                return
        self._add_line(text)

    def _add_line(self, line: str) -> None:
        line = line.rstrip()
        if line:
            self.blocks.append(Block(labelled(self.label, line), self.outline, self.apart))
            self.label, self.outline = "", None

    def _ends_prose(self) -> bool:
        text = self.blocks[-1].text if self.blocks else ""
        return len(text) >= _PROSE_LENGTH or text.endswith(_SENTENCE_END)


def labelled(label: str, text: str) -> str:
    """``text`` behind its number; a figure behind ``1.`` keeps apart from it."""
    if not label:
        return text
    text = text.lstrip()
    gap = " " if label[-1] == "." and text[0].isdigit() else ""
    return f"{label}{gap}{text}"
