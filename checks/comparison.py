"""What comparing a report with others found: given to the rules on copies, which decide what of it is a finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checks.match import Related
from documents.report import Span


class Direction(StrEnum):
    """Which report copied, where their dates tell: ``from_other`` if the first one did."""

    FROM_OTHER = "from_other"
    TO_OTHER = "to_other"


@dataclass(frozen=True, slots=True)
class SharedText:
    """A passage of the report and the same words in another; ``similarity`` is 1 if only names and numbers differ."""

    span: Span
    other: Related
    similarity: float


@dataclass(frozen=True, slots=True)
class OtherReport:
    """Another report that shares text with this one; ``share`` is of this report's words, ``other_share`` of its own.

    ``sentences`` and ``characters`` count what of this report is shared; ``passages`` are samples, most telling first.
    ``direction`` is ``None`` where dates do not tell; ``reason`` says in Chinese what it rests on. ``is_version`` tells
    that it is a report of the same unit on the same year. ``same_figures`` counts the shared passages in which no
    number differs.
    """

    path: str
    unit: str | None
    year: int | None
    share: float
    other_share: float
    sentences: int
    characters: int
    direction: Direction | None
    reason: str | None
    passages: tuple[SharedText, ...]
    is_version: bool = False
    same_figures: int = 0


@dataclass(frozen=True, slots=True)
class UnchangedFigure:
    """A statement with the same numbers in both years; ``what`` names the metric, or is empty for a whole sentence."""

    span: Span
    other: Related
    what: str


@dataclass(frozen=True, slots=True)
class GrowthClaim:
    """A value with its growth rate in percent (below 0 for a fall), and the same metric of the year before.

    ``digits`` are the decimals that the rate is written with.
    """

    span: Span
    other: Related
    what: str
    unit: str
    now: float
    before: float
    stated: float
    digits: int


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """The same unit's report on an earlier year, and what this year's report has in common with it.

    ``share`` is ``None`` where only the findings and metrics of the earlier report are known. ``passages`` are samples,
    the most telling first; ``plans`` are tasks that both years announce for the year to come; ``growth``
    are growth rates of this year whose base the earlier report states.
    """

    path: str
    year: int | None
    share: float | None
    sentences: int
    characters: int
    passages: tuple[SharedText, ...]
    unchanged: tuple[UnchangedFigure, ...]
    plans: tuple[SharedText, ...]
    growth: tuple[GrowthClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """All that comparison found about one report."""

    others: tuple[OtherReport, ...] = ()
    earlier: tuple[EarlierReport, ...] = ()
