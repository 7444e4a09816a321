"""A report as far as findings about its passages need it, packed: nothing need be read twice to quote it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Final, TypeVar

import msgspec

from checks.metrics.values import MetricValue
from documents.normalised import NormalisedView
from documents.report import (
    Attribute,
    Certainty,
    Heading,
    NumberStyle,
    Paragraph,
    ParagraphKind,
    Report,
    Residue,
    ResidueKind,
    Sentence,
    Source,
    Span,
    UnitLevel,
)

T = TypeVar("T")

_NO_VIEW: Final = NormalisedView("", array("L"), array("L"))
_METRIC: Final = attrgetter("id", "name", "value", "unit", "approx", "year", "quote", "start", "end", "section")
_MetricRow = tuple[str, str, int | float, str, str | None, int | None, str, int, int, str]
_HeadingRow = tuple[Span, str, NumberStyle, int | None, str, Span, int, int | None, Span, Span, bool]


class _Skimmed(msgspec.Struct, array_like=True, frozen=True):
    text: str
    headings: list[_HeadingRow]


class _Packed(_Skimmed, array_like=True, frozen=True):
    paragraphs: list[tuple[Span, ParagraphKind]]
    sentences: list[tuple[Span, int, int | None, bool]]
    residue: list[tuple[Span, ResidueKind]]
    pages: tuple[int, ...]
    title: str | None
    unit: str | None
    level: UnitLevel | None
    year: int | None
    published: date | None
    metrics: list[_MetricRow]


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_Packed)
_SKIMMER: Final = msgspec.msgpack.Decoder(_Skimmed)


def pack_report(report: Report, metrics: Iterable[MetricValue]) -> bytes:
    """The report's text, structure, identity and metrics as MessagePack, without its normalised view and evidence."""
    text = _writable(report.text)
    # What is taken from a text that can be written can be written, too.
    writable = _as_it_is if text is report.text else _writable
    packed = _Packed(
        text=text,
        paragraphs=list(report.paragraphs),
        sentences=list(report.sentences),
        headings=[_heading_row(heading, writable) for heading in report.headings],
        residue=[(residue.span, residue.kind) for residue in report.residue],
        pages=report.pages,
        title=_value(report.title),
        unit=_value(report.unit),
        level=_value(report.level),
        year=_value(report.year),
        published=_value(report.published),
        metrics=[_METRIC(metric) for metric in metrics],
    )
    return _ENCODER.encode(packed)


def unpack_report(packed: bytes, path: str) -> Report:
    """The report again, named ``path``; its normalised view and its evidence are empty."""
    known = _DECODER.decode(packed)
    return Report(
        text=known.text,
        view=_NO_VIEW,
        paragraphs=tuple(Paragraph(*row) for row in known.paragraphs),
        sentences=tuple(Sentence(*row) for row in known.sentences),
        headings=tuple(Heading(*row) for row in known.headings),
        residue=tuple(Residue(*row) for row in known.residue),
        title=_attribute(known.title),
        unit=_attribute(known.unit),
        level=_attribute(known.level),
        year=_attribute(known.year),
        published=_attribute(known.published),
        source=Source(path=path, sha256="", size=0, format="", encoding=""),
        pages=known.pages,
    )


def skim_report(packed: bytes, path: str) -> Report:
    """The text and the headings of the report, which is all that quotes and labels of sections need."""
    known = _SKIMMER.decode(packed)
    bare = report_without_text(path, None, None)
    return replace(bare, text=known.text, headings=tuple(Heading(*row) for row in known.headings))


def report_without_text(path: str, level: UnitLevel | None, year: int | None) -> Report:
    """A report of which nothing need be quoted: its level and year decide which rules are meant for it."""
    return Report(
        text="",
        view=_NO_VIEW,
        paragraphs=(),
        sentences=(),
        headings=(),
        residue=(),
        title=None,
        unit=None,
        level=_attribute(level),
        year=_attribute(year),
        published=None,
        source=Source(path=path, sha256="", size=0, format="", encoding=""),
    )


def unpack_metrics(packed: bytes) -> tuple[MetricValue, ...]:
    """The metrics that the report states."""
    return tuple(MetricValue(*row) for row in _DECODER.decode(packed).metrics)


def _as_it_is(text: str) -> str:
    return text


def _heading_row(heading: Heading, writable: Callable[[str], str]) -> _HeadingRow:
    return (
        heading.span,
        writable(heading.number),
        heading.style,
        heading.ordinal,
        writable(heading.title),
        heading.title_span,
        heading.level,
        heading.parent,
        heading.section,
        heading.body,
        heading.inline,
    )


def _writable(text: str) -> str:
    """``text`` with a question mark for each lone surrogate, which no UTF-8 can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _value(fact: Attribute[T] | None) -> T | None:
    return None if fact is None else fact.value


def _attribute(value: T | None) -> Attribute[T] | None:
    return None if value is None else Attribute(value, Certainty.CERTAIN, ())
