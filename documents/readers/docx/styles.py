"""What the styles of a document say about headings, numbering and hidden text (ECMA-376 Part 1, 17.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from documents.lazy_pattern import lazy_pattern
from documents.readers.docx.vocabulary import VALUE, is_on, number_of, value_of, w

if TYPE_CHECKING:
    from lxml import etree

_DEEPEST_CHAIN = 20
_BODY_LEVEL: Final = 9
# The built-in names keep their meaning where a program writes the style without its outline level.
_HEADING_NAME = lazy_pattern(r"(?:heading|标题|標題)\s*([1-9])")
NUMBERING: Final = w("numPr")
OUTLINE: Final = w("outlineLvl")
_PARAGRAPH_PROPERTIES: Final = w("pPr")
_RUN_PROPERTIES: Final = w("rPr")


@dataclass(frozen=True, slots=True)
class NumberingReference:
    """Which list a paragraph belongs to and at which level of it; ``None`` where it is not said."""

    list_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it inherits.

    ``outline``: 1 for the top level, ``None`` for body text. ``chain``: its own id and those it is based on.
    """

    outline: int | None = None
    numbering: NumberingReference = NumberingReference()
    hidden: bool | None = None
    chain: tuple[str, ...] = ()


_PLAIN = Style()


def outline_level(properties: etree._Element | None) -> int | None:
    """The level that paragraph properties set: 1 for the top, 0 for body text, ``None`` where they set none."""
    level = number_of(properties, OUTLINE)
    if level is None:
        return None
    return level + 1 if 0 <= level < _BODY_LEVEL else 0


def numbering_reference(properties: etree._Element | None) -> NumberingReference | None:
    """The list that paragraph properties name."""
    numbering = None if properties is None else properties.find(NUMBERING)
    if numbering is None:
        return None
    return NumberingReference(value_of(numbering, w("numId")), number_of(numbering, w("ilvl")))


class Styles:
    """The styles of a document by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._default = {"paragraph": "", "character": ""}
        for element in () if root is None else root.iterfind(w("style")):
            style_id = element.get(w("styleId"), "")
            self._elements[style_id] = element
            if is_on_attribute(element.get(w("default"))):
                self._default[element.get(w("type"), "")] = style_id
        self.hides = root is not None and next(root.iter(w("vanish")), None) is not None

    def __getitem__(self, style_id: str | None) -> Style:
        """The style with this id, the default style of paragraphs without one."""
        style_id = style_id or self._default["paragraph"]
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def hidden_run(self, style_id: str) -> bool | None:
        """Whether the character style hides text, ``None`` where it does not say."""
        return self[style_id].hidden if style_id in self._elements else None

    def list_of_style(self, style_id: str) -> str | None:
        """The id of the list that a numbering style stands for."""
        return self[style_id].numbering.list_id

    def _resolve(self, style_id: str) -> Style:
        chain = tuple(self._chain(style_id))
        style = replace(_PLAIN, chain=chain)
        for ancestor in reversed(chain):
            style = _with_own(style, self._elements[ancestor])
        return style

    def _chain(self, style_id: str) -> Iterator[str]:
        seen: set[str] = set()
        while style_id in self._elements and style_id not in seen and len(seen) < _DEEPEST_CHAIN:
            seen.add(style_id)
            yield style_id
            style_id = value_of(self._elements[style_id], w("basedOn")) or ""


def is_on_attribute(value: str | None) -> bool:
    """Whether an on/off attribute is there and on."""
    return value is not None and value.lower() in ("1", "true", "on")


def _with_own(base: Style, element: etree._Element) -> Style:
    """``base`` overridden by what ``element``, a style based on it, says itself."""
    properties = element.find(_PARAGRAPH_PROPERTIES)
    outline = outline_level(properties)
    if outline is None:
        outline = _level_of_name(value_of(element, w("name")))
    numbering = numbering_reference(properties) or NumberingReference()
    hidden = is_on(element.find(f"{_RUN_PROPERTIES}/{w('vanish')}"))
    return replace(
        base,
        outline=base.outline if outline is None else outline or None,
        numbering=NumberingReference(
            base.numbering.list_id if numbering.list_id is None else numbering.list_id,
            base.numbering.level if numbering.level is None else numbering.level,
        ),
        hidden=base.hidden if hidden is None else hidden,
    )


def _level_of_name(name: str | None) -> int | None:
    match = _HEADING_NAME.fullmatch((name or "").strip().lower())
    return int(match[1]) if match else None


def style_id_of(properties: etree._Element | None, name: str) -> str | None:
    """The style that paragraph (``w:pStyle``) or run properties (``w:rStyle``) name."""
    style = None if properties is None else properties.find(name)
    return None if style is None else style.get(VALUE)
