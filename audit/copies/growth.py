"""Growth rates that do not follow from what the same unit's report on the year before states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from audit.copies.passages import ReportHeader
from audit.yearly import same_measure
from checks.comparison import GrowthClaim
from checks.match import Related
from checks.metrics.values import MetricValue
from documents.lazy_pattern import lazy_pattern
from documents.report import Span

_CLAIM: Final = lazy_pattern(
    r"[,，(（]?(?:同比|(?:较|比)(?:上年|去年|上一年|上年度)(?:同期)?)"
    r"(?:(?P<rise>增长|增加|上升|提高)|(?P<fall>下降|减少|降低))了?(?P<rate>\d{1,4}(?:\.\d{1,3})?)[%％]"
)
_REACH: Final = 40
# A base of a few makes every rate a leap of rounding.
_SMALLEST: Final = 10


def growth_claims(
    text: str, metrics: Iterable[MetricValue], year: int | None, earlier: Iterable[MetricValue], header: ReportHeader
) -> Iterator[GrowthClaim]:
    """Each exact value with a growth rate right behind it whose metric the report on the year just before states once.

    ``text`` and ``metrics`` are of the report on ``year``, ``earlier`` and ``header`` of the other.
    """
    if year is None or header.year != year - 1:
        return
    before = _stated_once(earlier, header.year)
    seen: set[int] = set()
    for metric in metrics:
        base = before.get(metric.id)
        if base is None or metric.approx or metric.year not in (year, None) or not same_measure(metric.unit, base.unit):
            continue
        found = _CLAIM.match(text[metric.end : metric.end + _REACH])
        if found is None or metric.end in seen:
            continue
        seen.add(metric.end)
        yield GrowthClaim(
            span=Span(metric.start, metric.end + found.end()),
            other=Related(header.path, base.start, base.end, base.quote, base.section),
            what=metric.name,
            unit=metric.unit,
            now=metric.value,
            before=base.value,
            stated=float(found["rate"]) if found["rise"] else -float(found["rate"]),
            digits=len(found["rate"].partition(".")[2]),
        )


def _stated_once(metrics: Iterable[MetricValue], year: int | None) -> dict[str, MetricValue]:
    """The exact metrics of which a report states no more than one value."""
    values: dict[str, list[MetricValue]] = {}
    for metric in metrics:
        if metric.year in (year, None) and metric.unit != "%":
            values.setdefault(metric.id, []).append(metric)
    return {
        name: group[0]
        for name, group in values.items()
        if len({one.value for one in group}) == 1 and group[0].approx is None and group[0].value >= _SMALLEST
    }
