"""The source of a web page: parsed into a tree, and read by itself to see whether the tree holds all of its words."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.limits import ReadingLimits, refuse_over_limit

if TYPE_CHECKING:
    from lxml import etree

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>", re.IGNORECASE)
_INLINE = re.compile(
    r"</?(?:font|span|b|strong|i|em|u|s|a|big|small|tt|st1:\w+|o:p|label|nobr)(?:\s[^<>]*)?>", re.IGNORECASE
)
_TAG_NAME = re.compile(r"/?([a-zA-Z][\w:-]*)")
_REST_OF_TAG = re.compile(r"""[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+>""")
_RAW = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}
_LINE_TAGS = (
    "p div br li tr h1 h2 h3 h4 h5 h6 table ul ol dl dt dd section article header footer body center blockquote"
)
_OPENS_LINE = frozenset(_LINE_TAGS.split())
_PARAGRAPH_ENDS = re.compile(r"</p>|<br", re.IGNORECASE)
_PARAGRAPHS_OF_A_TEXT = 5
_HAN = re.compile("[\u3400-\u9fff]+")
_PAGE_OPENS = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_PAGE_CLOSES = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_BOX_OPENS = re.compile(r"<(?:div|table)\b", re.IGNORECASE)
_BOX_CLOSES = re.compile(r"</(?:div|table)\s*>", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


def parse_page(source: str, limits: ReadingLimits) -> etree._Element | None:
    """The root element of a page, ``None`` where it holds none or is nested beyond what can be parsed.

    Raises :class:`~documents.errors.Unreadable` (``over_limit``) for a page of too many tags.
    """
    _refuse_too_many_tags(source, limits)
    declaration = _DECLARATION.match(source)
    source = source[declaration.end() :] if declaration else source
    root = _parsed(source)
    # Unclosed tags of fonts, one for each paragraph, nest as deep as the page is long.
    return _parsed(_INLINE.sub("", source)) if root is None else root


def _parsed(source: str) -> etree._Element | None:
    from lxml import etree, html  # noqa: PLC0415 - plain text is read without it

    parser = html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    # Beyond its depth libxml2 gives back an empty page and no exception.
    fatal = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return None if fatal else root


def _refuse_too_many_tags(source: str, limits: ReadingLimits) -> None:
    tags = source.count("<")
    if tags > limits.characters:
        raise refuse_over_limit("网页的标签", f"{tags:,} 个", f"{limits.characters:,} 个", "max_characters")


@dataclass(frozen=True, slots=True)
class SourceText:
    """The words of a page between its tags, line by line, without scripts, styles and comments; ``swallowed`` are the
    Han characters of text that a broken tag, or a script or style that never ends, has made part of itself."""

    lines: list[str]
    swallowed: int


def read_source(source: str) -> SourceText:
    """Read a page by its source alone, without making a tree of it."""
    scan = _Scan(source)
    pieces = ["\n" if piece is None else piece.replace("\n", " ") for piece in scan.pieces()]
    lines = (_BLANKS.sub(" ", line).strip() for line in entities.unescape("".join(pieces)).split("\n"))
    return SourceText([line for line in lines if line], scan.swallowed)


def han_characters(text: str) -> int:
    """How many Han characters there are in ``text``."""
    return sum(len(run) for run in _HAN.findall(text))


def is_cut_off(source: str) -> bool:
    """Whether the page ends before its end: inside a tag, or without the end tags that it must have."""
    last = source.rfind("<")
    if last >= 0 and ">" not in source[last:] and _TAG_NAME.match(source, last + 1):
        return True
    if source.rfind("<!--") > source.rfind("-->"):
        return True
    if _PAGE_OPENS.search(source):
        return _PAGE_CLOSES.search(source) is None
    unclosed = len(_BOX_OPENS.findall(source)) > len(_BOX_CLOSES.findall(source))
    return unclosed and not source.rstrip().endswith(">")


class _Scan:
    """Goes from tag to tag of a source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.swallowed = 0

    def pieces(self) -> Iterator[str | None]:
        """The text between the tags, and ``None`` wherever a tag begins a line."""
        position = 0
        while (start := self._source.find("<", position)) >= 0:
            yield self._source[position:start]
            position, begins_line = self._after_tag(start)
            if begins_line:
                yield None
        yield self._source[position:]

    def _after_tag(self, start: int) -> tuple[int, bool]:
        """Where the markup that begins at ``start`` ends, and whether it begins a line; a bare ``<`` is a character."""
        source = self._source
        if source.startswith("<!--", start):
            end = source.find("-->", start + 2)
            return (len(source) if end < 0 else end + 3), False
        name = _TAG_NAME.match(source, start + 1)
        if name is None and not source.startswith(("<!", "<?", "</"), start):
            return start + 1, False
        rest = _REST_OF_TAG.match(source, start + 1)
        end = rest.end() if rest else source.find(">", start) + 1 or len(source)
        if source.find("<", start + 1, end) >= 0:
            self.swallowed += han_characters(source[start:end])
        tag = name[1].lower() if name else ""
        if name and tag in _RAW and name[0][0] != "/":
            return self._after_raw(tag, end), False
        return end, tag in _OPENS_LINE

    def _after_raw(self, tag: str, start: int) -> int:
        close = _RAW[tag].search(self._source, start)
        end = close.start() if close else len(self._source)
        content = self._source[start:end]
        if close is None or len(_PARAGRAPH_ENDS.findall(content)) >= _PARAGRAPHS_OF_A_TEXT:
            self.swallowed += han_characters(content)
        return end
