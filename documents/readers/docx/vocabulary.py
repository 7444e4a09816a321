"""The names of WordprocessingML that the reader knows, and how a strict file is made to use them too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

_OPEN_XML = "http://schemas.openxmlformats.org/"
WORD: Final = f"{_OPEN_XML}wordprocessingml/2006/main"
RELATIONSHIPS: Final = f"{_OPEN_XML}officeDocument/2006/relationships"
MATH: Final = f"{_OPEN_XML}officeDocument/2006/math"
DRAWING: Final = f"{_OPEN_XML}drawingml/2006/main"
DIAGRAM: Final = f"{_OPEN_XML}drawingml/2006/diagram"
CHART: Final = f"{_OPEN_XML}drawingml/2006/chart"
COMPATIBILITY: Final = f"{_OPEN_XML}markup-compatibility/2006"
PACKAGE_RELATIONSHIPS: Final = f"{_OPEN_XML}package/2006/relationships"
CONTENT_TYPES: Final = f"{_OPEN_XML}package/2006/content-types"
VML: Final = "urn:schemas-microsoft-com:vml"
OFFICE: Final = "urn:schemas-microsoft-com:office:office"

# ISO/IEC 29500 Strict has the same names in other namespaces.
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL: Final[Mapping[str, str]] = {
    f"{_STRICT}wordprocessingml/main": WORD,
    f"{_STRICT}officeDocument/relationships": RELATIONSHIPS,
    f"{_STRICT}officeDocument/math": MATH,
    f"{_STRICT}drawingml/main": DRAWING,
    f"{_STRICT}drawingml/diagram": DIAGRAM,
    f"{_STRICT}drawingml/chart": CHART,
}


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{WORD}}}{name}"


VALUE: Final = w("val")
RELATIONSHIP_ID: Final = f"{{{RELATIONSHIPS}}}id"
_OFF: Final = frozenset({"0", "false", "off"})


def transitional(data: bytes, root: etree._Element) -> etree._Element:
    """``root``, its names moved into the transitional namespaces where ``data``, its source, is strict."""
    if _STRICT.encode() not in data.replace(b"\x00", b""):
        return root
    for element in root.iter("{*}*"):
        element.tag = _moved(str(element.tag))
        for name in element.attrib:
            moved = _moved(str(name))
            if moved != name:
                element.set(moved, element.attrib.pop(name))
    return root


def _moved(name: str) -> str:
    namespace, brace, local = name[1:].partition("}")
    return f"{{{_TRANSITIONAL[namespace]}}}{local}" if brace and namespace in _TRANSITIONAL else name


def is_on(switch: etree._Element | None) -> bool | None:
    """What an on/off property says: ``None`` where it is absent, on where it has no value."""
    return None if switch is None else switch.get(VALUE, "1").lower() not in _OFF


def value_of(parent: etree._Element | None, name: str) -> str | None:
    """The ``w:val`` of the child ``name`` (qualified) of ``parent``."""
    child = None if parent is None else parent.find(name)
    return None if child is None else child.get(VALUE)


def number_of(parent: etree._Element | None, name: str) -> int | None:
    """The whole number that :func:`value_of` finds, ``None`` where it is none."""
    return whole_number(value_of(parent, name))


_MOST_DIGITS = 9


def whole_number(words: str | None) -> int | None:
    """The value of a decimal number of an attribute, ``None`` for anything else."""
    words = (words or "").strip()
    digits = words.removeprefix("-")
    return int(words) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None
