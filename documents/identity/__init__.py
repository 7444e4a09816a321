"""Who wrote a report, what kind of unit that is, and which year it reports on, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from documents.identity.level import find_level, read_self_references
from documents.identity.published import find_page_date, find_published, find_signed_date
from documents.identity.reading import make_reading
from documents.identity.reported_year import find_year
from documents.identity.title import find_title
from documents.identity.unit import find_unit
from documents.normalised import NormalisedView
from documents.report import Attribute, Heading, Paragraph, Residue, UnitLevel


class Identity(NamedTuple):
    """What a report says about itself; a fact that nothing speaks for is ``None``."""

    title: Attribute[str] | None
    unit: Attribute[str] | None
    level: Attribute[UnitLevel] | None
    year: Attribute[int] | None
    published: Attribute[date] | None


def identify(
    text: str,
    view: NormalisedView,
    paragraphs: Sequence[Paragraph],
    headings: Sequence[Heading],
    residue: Sequence[Residue],
) -> Identity:
    """Infer the identity of the report from its own words; a file name never takes part."""
    reading = make_reading(text, view, paragraphs, headings, residue)
    title, place = find_title(reading)
    references = read_self_references(reading)
    opening = reading.opening(place)
    unit = find_unit(reading, place, opening, references)
    signed = find_signed_date(reading)
    return Identity(
        title=title,
        unit=unit[0] if unit else None,
        level=find_level(reading, unit, references),
        year=find_year(reading, place, opening, signed, find_page_date(reading)),
        published=find_published(reading, signed),
    )
