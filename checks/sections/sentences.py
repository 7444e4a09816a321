"""Finds the sentences that carry a required content outside a section of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checks.sections.headings import told_by_relation
from documents.lazy_pattern import lazy_pattern
from documents.report import CONTENT_KINDS, Report, Span
from rules.facts.contents import RequiredContent
from rules.pattern import TextPattern

_OPENING = lazy_pattern(
    r"(?:第?[一二三四五六七八九十]+[是、,]|[(（]?[一二三四五六七八九十\d]+[)）][、.]?|\d+[.、]|同时|此外|另外|最后|首先|总之|[,、;:\s])+"
)
_LONGEST_BARE_HEADING = 24


class Statement(NamedTuple):
    """A sentence of the report's own body; ``words`` are its normalised words, years told by relation."""

    span: Span
    words: str
    heading: int | None


def statements(report: Report, places: Iterable[tuple[int, int]]) -> list[Statement]:
    """The sentences of the body, web residue and bare headings left out (a heading may be a whole statement).

    ``places`` are those of the report's sentences in its normalised view.
    """
    reported = report.year.value if report.year else None
    body = [paragraph.kind in CONTENT_KINDS for paragraph in report.paragraphs]
    view = report.view.text
    return [
        Statement(sentence.span, _words(view[start:end], reported), sentence.heading)
        for sentence, (start, end) in zip(report.sentences, places, strict=True)
        if body[sentence.paragraph]
        and not (sentence.is_heading and sentence.span.end - sentence.span.start <= _LONGEST_BARE_HEADING)
        and not (report.residue and report.in_residue(sentence.span))
    ]


def naming(content: RequiredContent, candidates: list[Statement]) -> Iterator[Statement]:
    """The statements that carry ``content`` and name it."""
    return _carrying(content.sentence_pattern, content.overlooked_sentence_pattern, candidates)


def implying(content: RequiredContent, candidates: list[Statement]) -> Iterator[Statement]:
    """The statements that carry ``content`` without naming it."""
    return _carrying(content.implied_pattern, content.overlooked_sentence_pattern, candidates)


def _carrying(pattern: TextPattern, overlooked: TextPattern, candidates: list[Statement]) -> Iterator[Statement]:
    for statement in candidates:
        if pattern.search(statement.words) and pattern.search(overlooked.sub("", statement.words)):
            yield statement


def _words(normalised: str, reported: int | None) -> str:
    words = told_by_relation(normalised, reported).strip()
    opening = _OPENING.match(words)
    return words[opening.end() :] if opening else words
