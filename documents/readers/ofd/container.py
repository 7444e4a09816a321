"""The files inside an OFD package, and the XML in them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from documents.errors import Unreadable
from documents.limits import ReadingLimits
from documents.package import Package
from documents.xml_parts import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

WHAT = "OFD 文件"


class Container:
    """An opened OFD package. Names are found as producers write them: in any case, with either slash."""

    def __init__(self, data: bytes, limits: ReadingLimits) -> None:
        self._package = Package(data, limits, WHAT)
        self._limits = limits
        self._parsed: set[str] = set()

    @cached_property
    def _entries(self) -> dict[str, zipfile.ZipInfo]:
        return {_plain(entry.filename): entry for entry in self._package.entries if not entry.is_dir()}

    def find(self, location: str, beside: str = "") -> str | None:
        """The name of the file that ``location`` means in the file ``beside``, ``None`` where there is none.

        A location that leaves the package means nothing.
        """
        folder = posixpath.dirname(beside)
        wanted = location.strip().replace("\\", "/")
        if wanted.startswith("/"):
            folder = ""
        for base in dict.fromkeys((folder, folder.split("/", 1)[0], "")):
            name = _plain(posixpath.join(base, wanted.lstrip("/")))
            if name in self._entries:
                return name
        return None

    def has(self, ending: str) -> bool:
        """Whether a file of the name ``ending`` (in lower case) is in any folder of the package."""
        return any(posixpath.basename(name) == ending for name in self._entries)

    def unread_pages(self) -> int:
        """How many files that have the usual place and name of a page were never parsed."""
        return sum(
            posixpath.basename(name) == "content.xml" and "page" in posixpath.dirname(name)
            for name in self._entries.keys() - self._parsed
        )

    def parse(self, name: str) -> _Element:
        """The root element of a file of the package. Raises :class:`Unreadable`."""
        self._parsed.add(name)
        return parse_xml(self._package.read(self._entries[name]), self._limits, WHAT)

    def parse_some(self, location: str, beside: str) -> _Element | None:
        """The root element of the file that ``location`` means, ``None`` where it is missing or damaged.

        Raises :class:`Unreadable` for what concerns the whole package: a password, a limit.
        """
        name = self.find(location, beside)
        if name is None:
            return None
        try:
            return self.parse(name)
        except Unreadable as fault:
            if fault.status != "corrupt":
                raise
            return None


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def local_name(element: _Element) -> str:
    """The name of an element without its namespace: producers differ in it."""
    return str(element.tag).rpartition("}")[2]


def children(element: _Element, name: str) -> Iterator[_Element]:
    """The children of ``element`` called ``name``."""
    return (child for child in element if local_name(child) == name)


def descendants(element: _Element, name: str) -> Iterator[_Element]:
    """All elements called ``name`` below ``element``, in order."""
    return element.iter("{*}" + name)


def text_of(element: _Element, name: str) -> str:
    """The text of the first child called ``name``, ``""`` where there is none."""
    return next(((child.text or "").strip() for child in children(element, name)), "")
