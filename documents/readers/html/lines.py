"""The visible lines of a page, as a browser would show them, and the blocks that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from documents.folded import fold
from documents.readers.html.markup import han_characters
from documents.readers.html.numbering import Numbering

if TYPE_CHECKING:
    from lxml import etree

_NO_TEXT_OF_THE_PAGE = (
    "script style noscript template iframe object applet svg canvas audio video noframes head title xml"
)
_LEFT_OUT = frozenset(_NO_TEXT_OF_THE_PAGE.split())
_SHOWN_APART = (
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre section"
    " select summary table tbody td textarea tfoot th thead tr ul"
)
_BLOCKS = frozenset(_SHOWN_APART.split())
_CELLS = frozenset(("td", "th"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_IN_NO_ROW = frozenset(("table", "ul", "ol", "dl", "h1", "h2", "h3", "form"))
_LONGEST_ROW = 1_000
_DEEPEST_LIST = 9
_LONGEST_ATTRIBUTE = 500
_MOST_BLOCKS_IN_ROW = 24
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table)\b", re.IGNORECASE)
_LIST_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_ATTACHED = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|rtf|zip|rar)(?:[?#].*)?$", re.IGNORECASE)
_NEXT_PAGE = frozenset(
    ("下一页", "下一頁", "下页", "[下一页]", "下一页>", "下一页>>", "余下全文", "阅读全文", "查看全文")
)
# Marks that no page can hold: decoding has made line ends of them.
_CELL, _SEAM, _END = "\x1f", "\x1e", "\x1d"
_MARKS = re.compile(f"[{_SEAM}{_END}]")
_BLANKS = re.compile("[ \t\n\r\f\v\x1c\x85\u2028\u2029]+")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·]")
_AROUND_SEAM = re.compile(rf"(?<=[^\s{_CELL}]){_SEAM}+(?=[^\s{_CELL}])")
_AROUND_CELL = re.compile(rf"[ \xa0]*{_CELL}[ \xa0]*")
_INDENT = " \xa0\u3000\t"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is shown. ``spaced`` are its words with a blank between elements that only a style keeps apart;
    ``links`` counts the characters that lead elsewhere; ``heading`` is 1 to 6 for h1 to h6, else 0."""

    words: str
    spaced: str
    folded: str
    links: int
    heading: int

    @property
    def is_link(self) -> bool:
        """Whether nearly all of it leads elsewhere."""
        return self.links > 0.8 * len(self.words)


@dataclass(frozen=True, slots=True)
class Block:
    """An element that holds the lines ``[first, end)``; ``hint`` are its tag, class and id."""

    first: int
    end: int
    hint: str


@dataclass(slots=True)
class Page:
    """What a page shows, and how many Han characters of it are not: hidden, deleted, or there for want of a script
    or in its head.

    ``attachments`` are the words of links to documents, ``embedded`` whether one is shown inside the page;
    ``next_pages`` are the lines with a link to a further page of the same article.
    """

    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    hidden: int = 0
    deleted: int = 0
    fallback: int = 0
    headed: int = 0
    frames: int = 0
    images: int = 0
    attachments: list[str] = field(default_factory=list)
    embedded: bool = False
    next_pages: list[int] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """Han characters that the page holds and does not show."""
        return self.hidden + self.deleted + self.fallback + self.headed


def read_lines(root: etree._Element, *, with_hidden: bool = False) -> Page:
    """The lines below ``root``; ``with_hidden`` takes what the page hides for shown."""
    from lxml import etree  # noqa: PLC0415

    walker = _Walker(with_hidden=with_hidden)
    walk = etree.iterwalk(root, events=("start", "end"))
    left_out: etree._Element | None = None
    for event, element in walk:
        if event == "start":
            if walker.leaves_out(element):
                left_out = element
                walk.skip_subtree()
            else:
                walker.open(element)
        else:
            if element is left_out:
                left_out = None
            else:
                walker.close(element)
            walker.add(element.tail)
    walker.flush()
    return walker.page


class _Walker:
    """Follows the elements of a page in order and gathers lines."""

    def __init__(self, *, with_hidden: bool) -> None:
        self.page = Page()
        self._with_hidden = with_hidden
        self._parts: list[str] = []
        self._links = 0
        self._link_depth = 0
        self._pre_depth = 0
        self._row: etree._Element | None = None
        self._heading = 0
        self._starts: list[tuple[etree._Element, int]] = []
        self._numbers: list[Numbering | None] = []

    def leaves_out(self, element: etree._Element) -> bool:
        """Whether nothing of ``element`` is shown; what it holds is counted."""
        tag = element.tag
        if not isinstance(tag, str):
            return True
        self._notice(element, tag)
        if tag in _LEFT_OUT:
            self._count_left_out(element, tag)
        elif tag == "del":
            self.page.deleted += _han_inside(element)
        elif not self._with_hidden and tag not in ("body", "html") and _is_hidden(element):
            self.page.hidden += _han_inside(element)
        else:
            return False
        return True

    def _count_left_out(self, element: etree._Element, tag: str) -> None:
        if tag in ("head", "title"):
            self.page.headed += _han_inside(element)
        elif tag not in ("script", "style"):
            self.page.fallback += _han_inside(element)

    def _notice(self, element: etree._Element, tag: str) -> None:
        if tag in ("iframe", "frame", "embed", "object"):
            address = element.get("src") or element.get("data") or ""
            self.page.frames += tag in ("iframe", "frame")
            self.page.embedded |= _ATTACHED.search(address[-_LONGEST_ATTRIBUTE:]) is not None
        elif tag == "img":
            self.page.images += 1
        elif tag == "a":
            self._notice_link(element)

    def _notice_link(self, element: etree._Element) -> None:
        if _ATTACHED.search((element.get("href") or "").strip()[-_LONGEST_ATTRIBUTE:]):
            self.page.attachments.append("".join(map(str, element.itertext())).strip())
        elif (element.text or "").strip() in _NEXT_PAGE:
            self.page.next_pages.append(len(self.page.lines))

    def open(self, element: etree._Element) -> None:
        """Begin ``element``."""
        tag = str(element.tag)
        if tag == "br":
            self.line_break()
        elif _is_block(element, tag):
            self._open_block(element, tag)
        elif self._parts and self._parts[-1] == _END:
            self._parts[-1] = _SEAM
        self._link_depth += _leads_elsewhere(element, tag)
        self.add(element.text)

    def _open_block(self, element: etree._Element, tag: str) -> None:
        if self._row is not None and tag in _CELLS and element.getparent() is self._row:
            self._parts.append(_CELL)
        else:
            self.line_break()
        self._starts.append((element, len(self.page.lines)))
        self._heading = _HEADINGS.get(tag, self._heading)
        self._pre_depth += tag == "pre"
        if tag == "tr" and self._row is None and _is_data_row(element):
            self._row = element
        if tag in ("ol", "ul"):
            self._numbers.append(Numbering.of(element) if tag == "ol" else None)
        elif tag == "li" and 0 < len(self._numbers) <= _DEEPEST_LIST and (numbering := self._numbers[-1]):
            self._parts.append(numbering.next(element))

    def close(self, element: etree._Element) -> None:
        """End ``element``."""
        tag = str(element.tag)
        self._link_depth -= _leads_elsewhere(element, tag)
        if self._starts and self._starts[-1][0] is element:
            self._close_block(element, tag)
        elif tag == "span" and _LIST_MARK.search(_style(element)):
            # Word fills the distance between a number and its words with blanks.
            while self._parts and not self._parts[-1].strip(_INDENT + "\n" + _END):
                self._parts.pop()
        elif tag != "br" and self._parts and self._parts[-1] != _END:
            self._parts.append(_END)

    def _close_block(self, element: etree._Element, tag: str) -> None:
        if self._row is element:
            self._row = None
        self.line_break()
        _, first = self._starts.pop()
        if len(self.page.lines) > first:
            hint = f"{tag} {element.get('class') or ''} {element.get('id') or ''}"
            self.page.blocks.append(Block(first, len(self.page.lines), hint[:_LONGEST_ATTRIBUTE]))
        self._pre_depth -= tag == "pre"
        if tag in _HEADINGS:
            self._heading = 0
        if tag in ("ol", "ul") and self._numbers:
            self._numbers.pop()

    def add(self, text: str | None) -> None:
        """Add the words of a text node to the line."""
        if not text:
            return
        if self._parts and self._parts[-1] == _END:
            self._parts.pop()
        if self._link_depth:
            self._links += len(text.strip())
        if self._pre_depth:
            first, *others = text.split("\n")
            self._parts.append(first)
            for other in others:
                self.line_break()
                self._parts.append(other)
        else:
            self._parts.append(text)

    def line_break(self) -> None:
        """End the line; inside a cell of a table row, which is one line, leave a blank."""
        if self._row is None:
            self.flush()
        elif self._parts:
            self._parts.append(" ")

    def flush(self) -> None:
        """Make a line of the words gathered, if there are any."""
        raw = "".join(self._parts)
        links, self._links = self._links, 0
        self._parts.clear()
        if not raw or raw.isspace():
            return
        words = _shown(_MARKS.sub("", raw))
        folded = fold(words)
        if folded.strip():
            spaced = _shown(_MARKS.sub("", _AROUND_SEAM.sub(" ", raw)))
            self.page.lines.append(Line(words, spaced, folded, links, self._heading))


def _shown(raw: str) -> str:
    """Blanks as a browser shows them: runs of them as one, and none for a line end between two Han characters."""
    words = _BLANKS.sub(_one_blank, raw)
    if _CELL in words:
        words = _AROUND_CELL.sub("\t", words)
    return words.replace("\xa0", " ").strip(_INDENT)


def _one_blank(blanks: re.Match[str]) -> str:
    if "\n" not in blanks[0]:
        return " "
    start, end = blanks.span()
    inside = start > 0 and end < len(blanks.string)
    text = blanks.string
    return "" if inside and _WIDE.match(text[start - 1]) and _WIDE.match(text[end]) else " "


def _is_block(element: etree._Element, tag: str) -> bool:
    return tag in _BLOCKS or (tag == "span" and _SHOWN_AS_BLOCK.search(_style(element)) is not None)


def _style(element: etree._Element) -> str:
    return (element.get("style") or "")[:_LONGEST_ATTRIBUTE]


def _is_hidden(element: etree._Element) -> bool:
    return "hidden" in element.attrib or _HIDDEN.search(_style(element)) is not None


def _leads_elsewhere(element: etree._Element, tag: str) -> bool:
    return tag == "a" and bool(address := (element.get("href") or "").strip()) and not address.startswith("#")


def _han_inside(element: etree._Element) -> int:
    raw = ("script", "style")
    inside = ((None if part.tag in raw else part.text, part.tail) for part in element.iterdescendants())
    texts = (text for pair in inside for text in pair if text)
    return sum(map(han_characters, (element.text or "", *texts)))


def _is_data_row(row: etree._Element) -> bool:
    """Whether a row is one of a table of data, shown as one line, and not a means to lay the page out."""
    cells = size = blocks = 0
    for element in row.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _IN_NO_ROW:
            return False
        cells += element.tag in _CELLS
        blocks += element.tag in ("p", "div", "br")
        size += sum(len(text.strip()) for text in (element.text, element.tail if element is not row else "") if text)
        if size > _LONGEST_ROW or blocks > _MOST_BLOCKS_IN_ROW:
            return False
    return cells > 1
