"""The immutable model of one submitted report.

Every position is a half-open ``[start, end)`` pair of Unicode code points into :attr:`Report.text`, which is the
decoded text of the file with its line ends made ``\\n``, its personal data masked character for character
(:mod:`documents.personal`) and nothing else changed. Checks match on
:attr:`Report.view` and translate what they find back, so a quote is always an exact substring of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, Protocol, TypeVar

from documents.normalised import NormalisedView

if TYPE_CHECKING:
    from documents.personal import PersonalDatum

T = TypeVar("T")


class Found(Protocol):
    """One match of a pattern: at least where it starts and ends."""

    def start(self) -> int:
        """Where it starts."""

    def end(self) -> int:
        """Where it ends."""


F = TypeVar("F", bound=Found)
F_co = TypeVar("F_co", bound=Found, covariant=True)


class Finder(Protocol[F_co]):
    """A compiled pattern, of ``re`` or of a rule file."""

    def finditer(self, text: str, start: int, end: int, /) -> Iterator[F_co]:
        """Each match in ``text[start:end]``."""


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points in a report's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


class UnitLevel(StrEnum):
    """The kind of unit that submits a report, from the widest territory to the smallest; 部门 stand apart."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    DEPARTMENT = "department"
    TOWNSHIP = "township"


UNIT_LEVEL_NAMES: Final[Mapping[UnitLevel, str]] = {
    UnitLevel.PROVINCE: "省级",
    UnitLevel.CITY: "市级",
    UnitLevel.COUNTY: "县级",
    UnitLevel.DEPARTMENT: "部门",
    UnitLevel.TOWNSHIP: "乡镇街道",
}


class Certainty(StrEnum):
    """How sure an inferred fact is: stated outright, concluded from several signs, or guessed from one weak sign."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"


class Origin(StrEnum):
    """The part of a document that a piece of evidence was taken from."""

    TITLE = "title"
    OPENING = "opening"
    HEADING = "heading"
    BODY = "body"
    SIGNATURE = "signature"
    PAGE = "page"


class Evidence(NamedTuple):
    """One passage that speaks for a fact: where it stands, its exact words, and the value it speaks for."""

    origin: Origin
    span: Span
    quote: str
    value: str


@dataclass(frozen=True, slots=True)
class Attribute(Generic[T]):
    """An inferred fact about a report, with all evidence seen (also evidence that contradicts it)."""

    value: T
    certainty: Certainty
    evidence: tuple[Evidence, ...]


class ParagraphKind(StrEnum):
    """What a paragraph is: only those of :data:`CONTENT_KINDS` carry the report's own content."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    SIGNATURE = "signature"
    RESIDUE = "residue"


CONTENT_KINDS: Final = frozenset({ParagraphKind.BODY, ParagraphKind.HEADING})


class Paragraph(NamedTuple):
    """One line of the text without its surrounding blanks; a report without line ends is a single paragraph."""

    span: Span
    kind: ParagraphKind


class Sentence(NamedTuple):
    """One sentence with its closing mark, quotes and brackets.

    ``heading`` is the index in :attr:`Report.headings` of the innermost numbered or titled heading (not ``一是`` items)
    that the sentence stands under, or ``None`` before the first; ``is_heading`` marks a sentence that is a heading.
    """

    span: Span
    paragraph: int
    heading: int | None
    is_heading: bool = False


class NumberStyle(StrEnum):
    """How a heading is numbered. The value is the style's name in Chinese, as shown to people."""

    PART = "第一部分"
    HAN = "一、"
    HAN_BRACKET = "（一）"
    ARABIC = "1."
    ARABIC_BRACKET = "（1）"
    CIRCLED = "①"
    ITEM = "一是"
    NONE = "无编号"


class Heading(NamedTuple):
    """One node of the heading tree.

    ``span`` is number and title; ``number`` is the number as written (``"（一）"``, ``""`` without one);
    ``title_span`` the title alone. ``section`` runs from the heading to the next heading of the same or a higher level;
    ``body`` is what remains of it after the heading. ``level`` is the depth in the tree (1 is the top); ``parent`` an
    index into :attr:`Report.headings`. ``inline`` is true where text follows the heading on the same line.
    """

    span: Span
    number: str
    style: NumberStyle
    ordinal: int | None
    title: str
    title_span: Span
    level: int
    parent: int | None
    section: Span
    body: Span
    inline: bool


class ResidueKind(StrEnum):
    """What the web page or the office system left around the report."""

    NAVIGATION = "navigation"
    PAGE_INFO = "page-info"
    PAGE_CLOCK = "page-clock"
    TOOLS = "tools"
    ATTACHMENT = "attachment"
    STRAY = "stray"


@dataclass(frozen=True, slots=True)
class Residue:
    """A passage that belongs to the page and not to the report: kept in the text, set apart from the body."""

    span: Span
    kind: ResidueKind


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report came from. ``sha256`` is of the file's bytes, ``size`` in bytes; ``notes`` are for people, in
    Chinese. ``incomplete`` says, in Chinese, what of the file could not be read; ``None`` when all of it was."""

    path: str
    sha256: str
    size: int
    format: str
    encoding: str
    notes: tuple[str, ...] = ()
    incomplete: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report, read: its text, its structure, and what it says about itself.

    In ``text`` and all that is taken from it the numbers in ``personal`` are masked, one ``*`` for each character.
    """

    text: str
    view: NormalisedView
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    headings: tuple[Heading, ...]
    residue: tuple[Residue, ...]
    title: Attribute[str] | None
    unit: Attribute[str] | None
    level: Attribute[UnitLevel] | None
    year: Attribute[int] | None
    published: Attribute[date] | None
    source: Source
    pages: tuple[int, ...] = ()
    """The offsets at which the pages begin; empty for a format without pages."""
    personal: tuple[PersonalDatum, ...] = ()
    """The personal data of the text, masked in it, by position."""
    _places: _Places = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", _Places(self))

    def quote(self, span: Span) -> str:
        """The exact words at ``span``."""
        return self.text[span.start : span.end]

    def normalised(self, span: Span) -> str:
        """The words at ``span`` as the normalised view has them."""
        start, end = self.view.from_text(span.start, span.end)
        return self.view.text[start:end]

    def find(self, pattern: Finder[F], span: Span | None = None) -> Iterator[tuple[F, Span]]:
        """Each match of ``pattern`` in the normalised view (within ``span``), with its place in the text."""
        start, end = self.view.from_text(*span) if span else (0, len(self.view.text))
        for match in pattern.finditer(self.view.text, start, end):
            yield match, Span(*self.view.to_text(match.start(), match.end()))

    def heading_at(self, offset: int) -> int | None:
        """Index of the innermost heading whose section holds ``offset`` (``一是`` items count), or ``None``."""
        index = bisect_right(self._places.headings, offset) - 1
        while index >= 0 and self.headings[index].section.end <= offset:
            index -= 1
        return index if index >= 0 else None

    def paragraph_at(self, offset: int) -> int | None:
        """Index of the paragraph that holds ``offset``, ``None`` in the blanks between paragraphs."""
        index = bisect_right(self._places.paragraphs, offset) - 1
        return index if index >= 0 and offset < self.paragraphs[index].span.end else None

    def page_at(self, offset: int) -> int | None:
        """The page that holds ``offset``, counted from 1; ``None`` for a format without pages."""
        return bisect_right(self.pages, offset) or None

    def ancestry(self, heading: int | None) -> tuple[int, ...]:
        """Indexes from the top heading down to ``heading`` itself; empty for ``None``."""
        chain: list[int] = []
        while heading is not None:
            chain.append(heading)
            heading = self.headings[heading].parent
        return tuple(reversed(chain))

    def section_label(self, offset: int) -> str:
        """The path of heading numbers at ``offset``, such as ``"二/(一)"``; the title where there is no number."""
        heading = self.heading_at(offset)
        labels = self._places.labels
        if heading not in labels:
            parts = (self.headings[index] for index in self.ancestry(heading))
            labels[heading] = "/".join(part.number.rstrip("、.．, ") or part.title[:12] for part in parts)
        return labels[heading]

    def in_residue(self, span: Span) -> bool:
        """Whether ``span`` touches a passage that was set apart as web residue."""
        if not self.residue:
            return False
        index = bisect_right(self.residue, span.start, key=lambda residue: residue.span.end)
        return index < len(self.residue) and self.residue[index].span.overlaps(span)


class _Places:
    """What looking up a place in a report needs again and again: where headings and paragraphs start, and the labels
    of sections by the index of their heading, as far as they were asked for."""

    __slots__ = ("headings", "labels", "paragraphs")

    def __init__(self, report: Report) -> None:
        self.headings = [heading.span.start for heading in report.headings]
        self.paragraphs = [paragraph.span.start for paragraph in report.paragraphs]
        self.labels: dict[int | None, str] = {}
