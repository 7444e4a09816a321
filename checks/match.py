"""What a check yields, and what it raises when it cannot judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from documents.report import Span

Value = str | int | float | bool | list[Any] | dict[str, Any] | None
"""What JSON can say, as a type that records can be unpacked to."""


class NotAssessable(Exception):  # noqa: N818 - an outcome, not an error
    """A check lacks what it needs to judge this report; the argument says what, in Chinese, for the inspector."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Related:
    """Another passage that takes part in a finding; ``path`` names its report.

    ``line`` and ``column`` say where it starts, ``None`` where the text of its report is no more at hand.
    """

    path: str
    start: int
    end: int
    quote: str
    section: str
    line: int | None = None
    column: int | None = None


# Not frozen: to freeze one costs more than to make it.
@dataclass(slots=True)
class Match:
    """One place where a rule is not met.

    ``span`` is the passage itself; for something absent it is empty (``start == end``, where it would be looked for)
    and ``values["missing"]`` names what is absent. ``related`` are the other places that take part, such as the first
    of two repeated sentences; ``elsewhere`` are passages of other reports. ``values`` holds what the check reasoned
    with. ``case`` names the variant that the rule file may give a level of its own (``levels: {folded: info}``).
    """

    span: Span
    message: str
    related: tuple[Span, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])
    case: str | None = None
    elsewhere: tuple[Related, ...] = ()
