"""One finding for a habit: the same remark in many places is made once, with the count and a few samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checks.match import Match, Value
from documents.report import Span

_SAMPLES = 3


def habit(
    spans: Sequence[Span], message: str, *, values: Mapping[str, Value] | None = None, case: str | None = None
) -> Match:
    """A match at the first of ``spans`` that stands for all; ``message`` lacks the full stop and the count."""
    if len(spans) == 1:
        return Match(spans[0], message, values=values or {}, case=case)
    return Match(
        spans[0],
        f"{message}（全文共{len(spans)}处，此处列出首处）",
        related=tuple(spans[1 : _SAMPLES + 1]),
        values={**(values or {}), "count": len(spans)},
        case=case,
    )
