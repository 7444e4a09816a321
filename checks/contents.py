"""Which part of a report carries each legally required content."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from documents.report import Report, Span
from rules.facts.contents import RequiredContent


class Presence(StrEnum):
    """How a required content is present: in a section of its own, folded into another part, or not at all."""

    OWN = "own"
    FOLDED = "folded"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class ContentPlace:
    """Where one required content stands. ``headings`` are indexes into ``Report.headings`` of its own section(s);
    ``spans`` the passages that carry it (sections when own, sentences when folded, empty when absent)."""

    id: str
    presence: Presence
    headings: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ContentMap:
    """The place of every required content, by id (``achievements``, ``shortcomings``, ``responsibility``, ``plan``)."""

    places: dict[str, ContentPlace]

    def content_at(self, offset: int) -> str | None:
        """The id of the required content whose own section holds ``offset``; ``None`` in the introduction or elsewhere."""
        raise NotImplementedError


def map_contents(report: Report, contents: tuple[RequiredContent, ...]) -> ContentMap:
    """Find the place of every required content."""
    raise NotImplementedError
