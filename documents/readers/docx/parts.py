"""The parts of a docx file and how they refer to each other (ECMA-376 Part 2, Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from documents.errors import Unreadable
from documents.limits import MEGABYTE, ReadingLimits, refuse_over_limit
from documents.package import Package, damaged
from documents.readers.docx.vocabulary import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, transitional
from documents.xml_parts import parse_xml

if TYPE_CHECKING:
    from lxml import etree

WHAT = "Word 文档"
_USUAL_MAIN = "word/document.xml"
_MAIN_TYPES = ("document.main+xml", "template.main+xml", "document.macroenabled.main+xml")
# Word writes 10 to 50 bytes of XML a character and lxml takes ten times as much memory, so the longest text that is
# read at all may be dense, and one that is not as long may be as loose as it likes.
_BYTES_A_CHARACTER = 15


@dataclass(frozen=True, slots=True)
class Relationship:
    """A reference of a part: ``kind`` is the last word of its type, ``target`` a part's name or an outside address."""

    id: str
    kind: str
    target: str
    external: bool


class Parts:
    """The members of a docx file by part name, found without regard to case as the standard wants it."""

    def __init__(self, data: bytes, limits: ReadingLimits) -> None:
        self.limits = limits
        self._package = Package(data, limits, WHAT)
        self._members: dict[str, zipfile.ZipInfo] = {}
        self.repeated: list[str] = []
        for entry in self._package.entries:
            key = _key(entry.filename)
            if key in self._members:
                self.repeated.append(entry.filename)
            self._members[key] = entry

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises :class:`Unreadable`, also where it does not exist."""
        entry = self._members.get(_key(name))
        if entry is None:
            raise damaged(WHAT)
        return self._package.read(entry)

    def parse(self, name: str) -> etree._Element:
        """The root of an XML part, in transitional names. Raises :class:`Unreadable`."""
        data = self.read(name)
        most = self.limits.characters * _BYTES_A_CHARACTER
        if len(data) > most:
            told = f"{len(data) / MEGABYTE:,.0f} MB"
            raise refuse_over_limit(f"{WHAT}的正文数据", told, f"{most / MEGABYTE:,.0f} MB", "max_characters")
        return transitional(data, parse_xml(data, self.limits, WHAT))

    def relationships(self, part: str) -> list[Relationship]:
        """The references of ``part`` (``""`` for the package itself); none where they are missing or damaged."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        if place not in self:
            return []
        try:
            root = self.parse(place)
        except Unreadable as obstacle:
            if obstacle.status != "corrupt":
                raise
            return []
        found = root.iterfind(f"{{{PACKAGE_RELATIONSHIPS}}}Relationship")
        return [_relationship(element, folder) for element in found]

    def main(self) -> str:
        """The name of the main part. Raises :class:`Unreadable` where there is none."""
        for name in self._main_candidates():
            if name in self:
                return name
        raise damaged(WHAT)

    def _main_candidates(self) -> Iterator[str]:
        yield from (item.target for item in self.relationships("") if item.kind == "officeDocument")
        yield from (name for name, kind in self._content_types.items() if kind.lower().endswith(_MAIN_TYPES))
        yield _USUAL_MAIN

    @cached_property
    def _content_types(self) -> dict[str, str]:
        """By part name, or by ``.extension``."""
        try:
            root = self.parse("[Content_Types].xml")
        except Unreadable:
            return {}
        types = {}
        for element in root.iter(f"{{{CONTENT_TYPES}}}Override", f"{{{CONTENT_TYPES}}}Default"):
            extension = element.get("Extension")
            key = f".{extension.lower()}" if extension else _key(element.get("PartName", ""))
            types[key] = element.get("ContentType", "")
        return types


def _relationship(element: etree._Element, folder: str) -> Relationship:
    target = element.get("Target", "")
    external = element.get("TargetMode", "") == "External"
    if not external:
        path = target.partition("#")[0].replace("\\", "/")
        target = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
    kind = element.get("Type", "").rpartition("/")[2]
    return Relationship(element.get("Id", ""), kind, target, external)


def _key(name: str) -> str:
    # Some programs write the names of members with backslashes, which no other reader of zip files understands.
    return name.replace("\\", "/").lstrip("/").lower()
