"""What the comparison of reports found, in the shape of the published JSON (docs/json.md)."""

from __future__ import annotations

from dataclasses import dataclass

from checks.comparison import Direction

__all__ = ["CopyFamily", "CopyPair", "Direction", "SharedPassage"]


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """One passage that two reports share: ``[start, end)`` in the first report's text, the rest in the other's.

    ``similarity`` is 1 for words that differ at most in units' names, years, numbers and punctuation, else the share of
    equal characters in order.
    """

    start: int
    end: int
    quote: str
    other_start: int
    other_end: int
    other_quote: str
    similarity: float


@dataclass(frozen=True, slots=True)
class CopyPair:
    """Two reports that share text beyond set phrases.

    ``share`` and ``other_share`` are the parts of each report's own words that the other has too (0 to 1);
    ``characters`` counts the shared characters of the first, ``sentences`` the shared passages. ``direction`` is
    ``None`` where dates do not tell, ``reason`` says in Chinese what it rests on. ``passages`` are samples, the most
    telling first. ``earlier`` marks a pair of a report (first) and the one on an earlier year that it is compared with.
    ``same_figures`` counts the shared passages in which no number differs.
    """

    path: str
    unit: str | None
    year: int | None
    other_path: str
    other_unit: str | None
    other_year: int | None
    characters: int
    share: float
    other_share: float
    sentences: int
    direction: Direction | None
    reason: str | None
    passages: tuple[SharedPassage, ...]
    earlier: bool = False
    same_figures: int = 0


@dataclass(frozen=True, slots=True)
class CopyFamily:
    """Three and more reports that share passages with one another, the most connected first."""

    number: int
    paths: tuple[str, ...]
    units: tuple[str | None, ...]
    sentences: int
    sample: str
