"""What of one report is compared with other reports, taken while it is judged and small enough to keep for a batch."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from audit.copies.outline import pack_report
from checks.context import Context
from checks.duplicates.passages import Passage, text_key
from checks.identity.own_unit import places_in
from documents.identity.names import core
from documents.normalised import normal_form
from documents.report import Report, Span, UnitLevel

FEWEST_CHARACTERS: Final = 15
"""Passages below this length are set phrases and headings: they are not compared."""

_SHORTEST_LINE = 30
_SEMICOLONS = ";；﹔︔"
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
    passages = [passage for passage in _joined(context) if not passage.is_heading and _is_long(passage)]
    spans = [passage.span for passage in passages]
    plan = context.contents.places.get("plan")
    words = [span for span, _, _, _, _, is_heading, _, _ in context.passages if not is_heading]
    return ReportPassages(
        keys=_without_names("\n".join([passage.key for passage in passages]), own_names(context.report)),
        places=array("I", chain.from_iterable(spans)).tobytes(),
        planned=bytes([plan.holds(start) for start, _ in spans] if plan and plan.spans else len(spans)),
        characters=sum([end - start for start, end in words]),
        outline=pack_report(context.report, context.metric_values),
    )


def _joined(context: Context) -> list[Passage]:
    """The passages; parts of a sentence between semicolons that are too short to be compared join a neighbour."""
    text = context.report.text
    groups: list[list[Passage]] = []
    paragraph, is_open, length = -1, False, 0
    for passage in context.passages:
        (_, end), own_length, own_paragraph = passage.span, len(passage.key), passage.paragraph
        if is_open and own_paragraph == paragraph and (length < FEWEST_CHARACTERS or own_length < FEWEST_CHARACTERS):
            groups[-1].append(passage)
            length += own_length
        else:
            groups.append([passage])
            length = own_length
        paragraph, is_open = own_paragraph, text[end - 1] in _SEMICOLONS
    return [_merged(group) if len(group) > 1 else group[0] for group in groups]


def _merged(parts: list[Passage]) -> Passage:
    span = Span(parts[0].span.start, parts[-1].span.end)
    return parts[-1]._replace(span=span, key="".join([part.key for part in parts]))


def _is_long(passage: Passage) -> bool:
    """A line without a full stop is text only where it is long."""
    return len(passage.key) >= (FEWEST_CHARACTERS if passage.closed else _SHORTEST_LINE)


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
