"""What is known of the place of the required contents in a report."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from checks.first_use import on_first_use
from checks.match import NotAssessable
from documents.report import Span
from rules.facts.contents import RequiredContent


class Presence(StrEnum):
    """How a required content is present: in a section of its own, folded into another part, or not at all."""

    OWN = "own"
    FOLDED = "folded"
    ABSENT = "absent"


class ContentPlace(NamedTuple):
    """Where one required content stands.

    ``headings`` are indexes into ``Report.headings``: of its own section(s), of the themes that make up the
    achievements where no heading stands over them, or of the headings that name it inside another part. ``spans`` are
    the passages that carry it (sections when own, sub-sections or sentences when folded, empty when absent).
    ``named`` is false where the passages carry it without naming it.
    """

    id: str
    presence: Presence
    headings: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    named: bool = True

    def holds(self, offset: int) -> bool:
        """Whether one of its passages holds ``offset``."""
        # Asked of every sentence of a report; a generator would take twice as long.
        for start, end in self.spans:  # noqa: SIM110
            if start <= offset < end:
                return True
        return False


class ContentMap:
    """The place of every required content, by id (``achievements``, ``shortcomings``, ``responsibility``, ``plan``)."""

    def __init__(self, places: dict[str, ContentPlace]) -> None:
        self.places = places

    def content_at(self, offset: int) -> str | None:
        """The required content whose own section holds ``offset``; ``None`` in the introduction or elsewhere.

        Where a section is about two contents and does not tell them apart, the one named last in the law's order.
        """
        for start, end, content in self._own:
            if start <= offset < end:
                return content
        return None

    def in_plan(self, offset: int) -> bool:
        """Whether ``offset`` stands in what the report says of the coming year, in a section of its own or folded."""
        plan = self.places.get("plan")
        return plan is not None and plan.holds(offset)

    @on_first_use
    def _own(self) -> list[tuple[int, int, str]]:
        """The own sections with their contents, those of the content named last first."""
        own = [place for place in self.places.values() if place.presence is Presence.OWN]
        return [(start, end, place.id) for place in reversed(own) for start, end in place.spans]


def required_content(contents: tuple[RequiredContent, ...], key: str) -> RequiredContent:
    """The required content with the id that a rule names."""
    content = next((content for content in contents if content.id == key), None)
    if content is None:
        known = "、".join(content.id for content in contents)
        raise NotAssessable(f"规则指定的必备内容“{key}”不存在（现有：{known}）")
    return content
