"""Who wrote a report, what kind of unit that is, and which year it reports on, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from documents.identity.level import find_level, read_self_references
from documents.identity.published import find_page_date, find_published, find_signed_date
from documents.identity.reading import Reading
from documents.identity.reported_year import find_year
from documents.identity.title import find_title
from documents.identity.unit import find_unit
from documents.report import Attribute, UnitLevel


class Identity(NamedTuple):
    """What a report says about itself; a fact that nothing speaks for is ``None``."""

    title: Attribute[str] | None
    unit: Attribute[str] | None
    level: Attribute[UnitLevel] | None
    year: Attribute[int] | None
    published: Attribute[date] | None


def identify(readings: Sequence[Reading]) -> list[Identity]:
    """Infer the identity of each of several reports from its own words; a file name never takes part."""
    titles = [find_title(reading) for reading in readings]
    references = [read_self_references(reading) for reading in readings]
    openings = [reading.opening(place) for reading, (_, place) in zip(readings, titles, strict=True)]
    units = [
        find_unit(reading, place, opening, own)
        for reading, (_, place), opening, own in zip(readings, titles, openings, references, strict=True)
    ]
    levels = [find_level(*known) for known in zip(readings, units, references, strict=True)]
    signed = [find_signed_date(reading) for reading in readings]
    paged = [find_page_date(reading) for reading in readings]
    years = [
        find_year(reading, place, opening, day, page)
        for reading, (_, place), opening, day, page in zip(readings, titles, openings, signed, paged, strict=True)
    ]
    published = [find_published(reading, day) for reading, day in zip(readings, signed, strict=True)]
    return [
        Identity(title, unit[0] if unit else None, level, year, day)
        for (title, _), unit, level, year, day in zip(titles, units, levels, years, published, strict=True)
    ]
