"""A report as far as findings about its passages need it, packed: nothing need be read twice to quote it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
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
    Paragraph,
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


class _Packed(msgspec.Struct, array_like=True, frozen=True):
    """What is asked for apart from the rest is packed apart, so that nobody need go through what is not asked for."""

    text: str
    headings: bytes
    metrics: bytes
    rest: bytes


class _Rest(msgspec.Struct, array_like=True, frozen=True):
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    residue: list[tuple[Span, ResidueKind]]
    pages: tuple[int, ...]
    title: str | None
    unit: str | None
    level: UnitLevel | None
    year: int | None
    published: date | None


_ENCODER: Final = msgspec.msgpack.Encoder()
_PACKED: Final = msgspec.msgpack.Decoder(_Packed)
_HEADINGS: Final = msgspec.msgpack.Decoder(tuple[Heading, ...])
_METRICS: Final = msgspec.msgpack.Decoder(list[_MetricRow])
_REST: Final = msgspec.msgpack.Decoder(_Rest)


def pack_report(report: Report, metrics: Iterable[MetricValue]) -> bytes:
    """The report's text, structure, identity and metrics as MessagePack, without its normalised view and evidence."""
    text = _writable(report.text)
    headings = report.headings
    if text is not report.text:
        headings = tuple(_writable_heading(heading) for heading in headings)
    rest = _Rest(
        paragraphs=report.paragraphs,
        sentences=report.sentences,
        residue=[(residue.span, residue.kind) for residue in report.residue],
        pages=report.pages,
        title=_value(report.title),
        unit=_value(report.unit),
        level=_value(report.level),
        year=_value(report.year),
        published=_value(report.published),
    )
    pack = _ENCODER.encode
    return pack(_Packed(text, pack(headings), pack([_METRIC(metric) for metric in metrics]), pack(rest)))


def unpack_report(packed: bytes, path: str) -> Report:
    """The report again, named ``path``; its normalised view and its evidence are empty."""
    known = _PACKED.decode(packed)
    rest = _REST.decode(known.rest)
    return Report(
        text=known.text,
        view=_NO_VIEW,
        paragraphs=rest.paragraphs,
        sentences=rest.sentences,
        headings=_HEADINGS.decode(known.headings),
        residue=tuple(Residue(*row) for row in rest.residue),
        title=_attribute(rest.title),
        unit=_attribute(rest.unit),
        level=_attribute(rest.level),
        year=_attribute(rest.year),
        published=_attribute(rest.published),
        source=_source(path),
        pages=rest.pages,
    )


def skim_report(packed: bytes, path: str) -> Report:
    """The text and the headings of the report, which is all that quotes and labels of sections need."""
    known = _PACKED.decode(packed)
    return _bare_report(path, text=known.text, headings=_HEADINGS.decode(known.headings))


def report_without_text(path: str, level: UnitLevel | None, year: int | None) -> Report:
    """A report of which nothing need be quoted: its level and year decide which rules are meant for it."""
    return _bare_report(path, level=_attribute(level), year=_attribute(year))


def _bare_report(
    path: str,
    text: str = "",
    headings: tuple[Heading, ...] = (),
    level: Attribute[UnitLevel] | None = None,
    year: Attribute[int] | None = None,
) -> Report:
    return Report(
        text=text,
        view=_NO_VIEW,
        paragraphs=(),
        sentences=(),
        headings=headings,
        residue=(),
        title=None,
        unit=None,
        level=level,
        year=year,
        published=None,
        source=_source(path),
    )


def _source(path: str) -> Source:
    return Source(path=path, sha256="", size=0, format="", encoding="")


def unpack_metrics(packed: bytes) -> tuple[MetricValue, ...]:
    """The metrics that the report states."""
    return tuple(MetricValue(*row) for row in _METRICS.decode(_PACKED.decode(packed).metrics))


def _writable_heading(heading: Heading) -> Heading:
    return heading._replace(number=_writable(heading.number), title=_writable(heading.title))


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
