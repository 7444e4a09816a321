"""What of one report is compared with other reports, taken while it is judged and small enough to keep for a batch."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from audit.copies.outline import pack_report
from checks.context import Context
from checks.duplicates.passages import Passage, text_key
from checks.identity.own_unit import places_in
from checks.sections.places import ContentPlace
from documents.identity.names import core
from documents.normalised import normal_form
from documents.report import Report, Span, UnitLevel

FEWEST_CHARACTERS: Final = 15
"""Passages below this length are set phrases and headings: they are not compared."""

_SHORTEST_LINE = 30
_KINDS_OF_PLACE = (
    "自治区",
    "自治州",
    "自治县",
    "街道",
    "地区",
    "新区",
    "省",
    "市",
    "区",
    "县",
    "镇",
    "乡",
    "旗",
    "盟",
    "州",
)


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """Whose report it is and of when: what tells which of two reports may have copied."""

    path: str
    unit: str | None = None
    level: UnitLevel | None = None
    year: int | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class ReportPassages:
    """The passages of one report, prepared for comparison.

    ``keys`` are their words without punctuation and without the author's own names, one a line; ``places`` their
    starts and ends in the report's text, in turn, as unsigned 32-bit integers; ``planned`` has a byte of 1 for each
    that stands in the plan for the coming year. ``characters`` counts those of all its passages, ``outline`` is the
    packed report itself.
    """

    keys: str
    places: bytes
    planned: bytes
    characters: int
    outline: bytes


def collect(context: Context) -> ReportPassages:
    """The comparable passages of the report under judgement, from the analyses that its rules have already made."""
    passages = [passage for passage in _joined(context.passages) if _is_compared(passage)]
    spans = [passage.span for passage in passages]
    own = [passage.span for passage in context.passages if not passage.is_heading]
    return ReportPassages(
        keys=_without_names("\n".join([passage.key for passage in passages]), own_names(context.report)),
        places=array("I", chain.from_iterable(spans)).tobytes(),
        planned=_inside([start for start, _ in spans], context.contents.places.get("plan")),
        characters=sum([end - start for start, end in own]),
        outline=pack_report(context.report, context.metric_values),
    )


def _joined(passages: tuple[Passage, ...]) -> list[Passage]:
    """The passages; parts of a sentence between semicolons that are too short to be compared join a neighbour."""
    joined: list[Passage] = []
    done = 0
    for first, last in _groups(passages).items():
        joined += passages[done:first]
        joined.append(_merged(passages[first : last + 1]))
        done = last + 1
    return [*joined, *passages[done:]]


def _groups(passages: tuple[Passage, ...]) -> dict[int, int]:
    """The first and the last of the passages that are to be joined, by their places."""
    groups: dict[int, int] = {}
    first = last = length = 0
    for place in [place for place, passage in enumerate(passages[:-1]) if passage.words.endswith(";")]:
        passage, following = passages[place], passages[place + 1]
        if place != last or not groups:
            first, length = place, len(passage.key)
        shorter = min(length, len(following.key))
        if shorter < FEWEST_CHARACTERS and passage.paragraph == following.paragraph:
            last = groups[first] = place + 1
            length += len(following.key)
    return groups


def _merged(parts: tuple[Passage, ...]) -> Passage:
    span = Span(parts[0].span.start, parts[-1].span.end)
    return parts[-1]._replace(span=span, key="".join([part.key for part in parts]))


def _is_compared(passage: Passage) -> bool:
    """A line without a full stop is text only where it is long."""
    length = len(passage.key)
    return length >= FEWEST_CHARACTERS and not passage.is_heading and (passage.closed or length >= _SHORTEST_LINE)


def _inside(starts: list[int], plan: ContentPlace | None) -> bytes:
    """A byte for each of some ascending places: 1 where the plan holds it."""
    inside = bytearray(len(starts))
    for start, end in plan.spans if plan else ():
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        inside[low:high] = b"\1" * (high - low)
    return bytes(inside)


def own_names(report: Report) -> tuple[str, ...]:
    """The names that the author and the places in its name go by, the longest first, as keys have them."""
    if report.unit is None:
        return ()
    written = {report.unit.value, *(item.value for item in report.unit.evidence)}
    names: set[str] = set()
    for name in map(normal_form, written):
        places = places_in(name)
        names.update((name, core(name), *places, *map(_stem, places)))
        if places and (organ := name.rpartition(places[-1])[2]):
            names.add(organ)
    keys = {text_key(name) for name in names}
    return tuple(sorted((key for key in keys if len(key) > 1), key=lambda key: (-len(key), key)))


def _stem(place: str) -> str:
    for kind in _KINDS_OF_PLACE:
        if place.endswith(kind):
            return place.removesuffix(kind)
    return place


def _without_names(keys: str, names: tuple[str, ...]) -> str:
    for name in names:
        keys = keys.replace(name, "")
    return keys
