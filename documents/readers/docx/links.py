"""The other parts of the file that a part leads to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from documents.errors import Unreadable
from documents.readers.docx.ledger import Ledger, Met, Missing
from documents.readers.docx.parts import Parts, Relationship

if TYPE_CHECKING:
    from lxml import etree

# A web address in the text, the template that the author used, and the sub-document that has a word of its own.
_UNREMARKABLE = ("hyperlink", "attachedTemplate", "subDocument")


class Links:
    """What the part ``name`` refers to; what of it is damaged is noted in ``ledger``."""

    def __init__(self, parts: Parts, name: str, ledger: Ledger) -> None:
        self.parts = parts
        self._name = name
        self._ledger = ledger

    @cached_property
    def relationships(self) -> dict[str, Relationship]:
        """All references of the part by their id."""
        return {item.id: item for item in self.parts.relationships(self._name)}

    def of_kind(self, kind: str) -> list[str]:
        """The names of the parts that are referred to as ``kind``."""
        return [item.target for item in self.relationships.values() if item.kind == kind and not item.external]

    def optional(self, kind: str, missing: Missing) -> etree._Element | None:
        """The root of the part that is referred to as ``kind``, found by its usual name where the reference is lost."""
        folder = self._name.rpartition("/")[0]
        usual = f"{folder}/{kind}.xml" if folder else f"{kind}.xml"
        name = next(iter(self.of_kind(kind)), usual if usual in self.parts else None)
        return None if name is None else self.parsed(name, missing)

    def parsed(self, name: str, missing: Missing) -> etree._Element | None:
        """The root of a part that the text can do without; where it is damaged, ``missing`` is noted."""
        try:
            return self.parts.parse(name)
        except Unreadable as obstacle:
            if obstacle.status != "corrupt":
                raise
            self._ledger.missing[missing] += 1
            return None

    def count_external(self) -> None:
        """Note what the part refers to outside the file, other than web addresses."""
        self._ledger.met[Met.EXTERNAL] += sum(
            item.external and item.kind not in _UNREMARKABLE for item in self.relationships.values()
        )
