"""How much text a part of a document holds, counted without the reader's own understanding of its structure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, cast

from documents.readers.docx.vocabulary import DRAWING, MATH, WORD

if TYPE_CHECKING:
    from lxml import etree

_NAMES: Final = {"w": WORD, "m": MATH, "a": DRAWING}
_TEXTS: Final = tuple(f"{{{space}}}t" for space in _NAMES.values())
# Character data of these vocabularies is text; that of drawings is measures.
_ASTRAY = (
    "//text()[normalize-space()][parent::w:* or parent::m:* or namespace-uri(parent::*)='']"
    "[not(parent::w:t or parent::m:t or parent::w:delText or parent::w:instrText or parent::w:delInstrText)]"
)


def characters_held(root: etree._Element) -> int:
    """The characters of a part: those of its text elements, and those that stand where no text should."""
    from lxml import etree  # noqa: PLC0415

    words = "".join(_words(root))
    everything = etree.tostring(root, method="text", encoding="unicode")
    if len("".join(everything.split())) == len("".join(words.split())):
        return len(words)
    astray = cast("list[str]", _astray()(root))
    return len(words) + sum(len(text.strip()) for text in astray)


def characters_below(element: etree._Element) -> int:
    """The characters of the text elements in ``element``."""
    return sum(map(len, _words(element)))


def _words(element: etree._Element) -> list[str]:
    return [text.text or "" for text in element.iter(*_TEXTS)]


@cache
def _astray() -> etree.XPath:
    from lxml import etree  # noqa: PLC0415

    return etree.XPath(_ASTRAY, namespaces=_NAMES, smart_strings=False)
