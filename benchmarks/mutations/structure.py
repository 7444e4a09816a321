"""Mutations of a report's build: its sections, numbers of headings, years and repeated sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.mutations.base import Base, Mutant, around, replaced, some
from documents.report import Heading, Span

_WORKS = r"(?:办理|开展|共|受理|组织|制发|举办|调解|完成|审查)"
_SYNONYMS = (
    ("进一步", "更进一步"),
    ("不断", "持续"),
    ("提升", "提高"),
    ("加强", "强化"),
    ("推进", "推动"),
    ("机制", "体制"),
    ("有效", "切实"),
    ("开展", "组织"),
    ("完善", "健全"),
)


def delete_section(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A required content is gone: its section, heading and all."""
    del chance
    if base.year < 2019:
        return
    for content in base.record.contents:
        own = [heading for heading in base.report.headings if base.report.quote(heading.span) in content.places]
        if content.presence != "own" or len(own) != 1 or content.id == "achievements" or own[0].level > 1:
            continue
        start, end = own[0].section
        text = base.text[:start] + base.text[end:]
        yield Mutant(
            "delete-section", base.name, text, None, (f"sections/{content.id}",), ("sections", "years", "metrics")
        )


def number_skipped(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """The third of the top headings takes the number of the fourth."""
    del chance
    tops = [
        heading for heading in base.report.headings if heading.level == 1 and re.match("[一二三四五]、", heading.number)
    ]
    if len(tops) >= 3 and tops[2].number.startswith("三"):
        place = Span(tops[2].span.start, tops[2].span.start + 1)
        yield around(replaced(base, "heading-number", place, "四", ("sections",)), 0, 30)


def heading_year(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """The year in a heading of the first part, or of the plan, is another one."""
    for heading in base.report.headings:
        if heading.level == 1 and base.record.year:
            yield from _shifted(base, chance, heading, base.year, "heading-year")
            yield from _shifted(base, chance, heading, base.year + 1, "plan-heading-year")


def _shifted(base: Base, chance: random.Random, heading: Heading, year: int, kind: str) -> Iterator[Mutant]:
    at = base.text.find(f"{year}年", heading.span.start, heading.span.end)
    if at >= 0:
        new = str(year + (-1 if kind == "plan-heading-year" else chance.choice((-1, 1))))
        yield around(replaced(base, kind, Span(at, at + 4), new, ("years",)), 20, 30)


def title_year(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """The year in the title is the one before: the body contradicts it."""
    del chance
    title = base.report.title
    if title is None or not title.evidence:
        return
    start, end = title.evidence[0].span
    at = base.text.find(f"{base.year}年", start, end)
    if at >= 0 and base.text.count(str(base.year)) > 2:
        mutant = replaced(base, "title-year", Span(at, at + 4), str(base.year - 1), ("years",), beside=("timeliness",))
        yield replace(mutant, span=None)


def body_year(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """Work of this year is told under the year before."""
    found = base.matches(rf"(?<=[。，,\n]){base.year}年(?=[，,]?[^。；;\n“《]{{0,12}}{_WORKS}[^。；;\n]{{0,20}}\d)")
    places = [Span(match.start(), match.start() + 4) for match in found]
    for place in some(places, chance, 2):
        yield around(replaced(base, "body-year", place, str(base.year - 1), ("years",)), 5, 40)


def repeated_sentence(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A sentence stands twice, in a row or far apart."""
    sentences = [
        span
        for span in base.sentences()
        if base.body().covers(span) and base.text.count(base.report.quote(span).strip("。")) == 1
    ]
    for place in some(sentences, chance, 2):
        quote = base.report.quote(place)
        yield _inserted(base, "sentence-twice", place.end, quote)
    if len(sentences) > 6:
        first, last = sentences[1], sentences[-2]
        quote = base.report.quote(first)
        if len(quote) >= 20:
            yield _inserted(base, "sentence-again", last.end, quote)


def near_copy(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A sentence stands twice, the second time with one word changed."""
    for place in some([span for span in base.sentences() if span.end - span.start >= 30], chance, 3):
        quote = base.report.quote(place)
        for old, new in _SYNONYMS:
            copy = quote.replace(old, new, 1)
            if copy != quote and new * 2 not in copy:
                yield _inserted(base, "near-copy", place.end, copy)
                break


def _inserted(base: Base, kind: str, at: int, sentence: str) -> Mutant:
    """A number such as 三是 or a year repeated with the sentence is a consequence of it."""
    return replaced(base, kind, Span(at, at), sentence, ("duplicates",), beside=("sections", "years", "figures"))
