"""From the lines on laid-out pages (PDF, OFD) back to the text that was laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.readers.layout.furniture import without_furniture
from documents.readers.layout.lines import Page, Run, lines_of
from documents.readers.layout.paragraphs import Flow, flow_together
from documents.readers.layout.rows import rows_of
from documents.report import Residue, ResidueKind, Span

__all__ = ["Composition", "Page", "Run", "compose"]


@dataclass(frozen=True, slots=True)
class Composition:
    """``text`` with ``\\n`` between paragraphs; ``set_apart`` and ``pages`` as in ``documents.extraction``."""

    text: str
    set_apart: tuple[Residue, ...]
    pages: tuple[int, ...]


def compose(pages: Sequence[Page], beside: Sequence[str] = ()) -> Composition:
    """The text of ``pages`` in reading order, with what belongs to the page behind it.

    ``beside`` are passages that a reader found next to the pages, such as comments: they are set apart, too.
    """
    lined = [lines_of(page.runs) for page in pages]
    kept, furniture = without_furniture(lined)
    if not any(kept):
        kept, furniture = lined, []
    furniture += [run.words for page in pages for run in page.aside]
    flow = flow_together([rows_of(lines) for lines in kept], [round(page.width) for page in pages])
    return _with_tail(flow, [*furniture, *beside])


def _with_tail(flow: Flow, tail: Sequence[str]) -> Composition:
    text = flow.text
    spans = []
    pieces = [text]
    position = len(text)
    for words in tail:
        if position:
            pieces.append("\n")
            position += 1
        pieces.append(words)
        spans.append(Residue(Span(position, position + len(words)), ResidueKind.STRAY))
        position += len(words)
    return Composition("".join(pieces), tuple(spans), flow.pages)
