"""What a report repeats of the same unit's report on an earlier year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from audit.copies.alignment import Shared
from audit.copies.description import Describer
from audit.copies.growth import growth_claims
from audit.copies.outline import unpack_metrics
from audit.copies.pairs import FoundPair
from audit.copies.passages import ReportHeader
from checks.comparison import EarlierReport, SharedText, UnchangedFigure
from checks.match import Related
from checks.metrics.values import MetricValue
from documents.identity.names import core
from documents.lazy_pattern import lazy_pattern
from documents.normalised import normal_form
from documents.report import Span

_SMALLEST: Final = 10
_COUNT: Final = lazy_pattern(
    r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)[余多]?([万亿]?)(?:余|多)?"
    r"(?:人次|件次|场次|次|件|个|场|名|人|份|起|宗|项|家|户|期|元|部|篇|处|批|笔|支|册|幅|辆|公里|平方米)"
)
_TITLE: Final = lazy_pattern(r"《[^《》]*》")


def unit_key(header: ReportHeader) -> str | None:
    """What the names of one unit have in common, with and without 人民政府 or 办事处."""
    return _name_key(header.unit) if header.unit else None


@lru_cache(1 << 17)
def _name_key(unit: str) -> str:
    return core(normal_form(unit))


def earlier_pairs(headers: Sequence[ReportHeader]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each report that has an earlier one of the same unit, with the numbers of those on the latest earlier year."""
    units: dict[str, list[int]] = {}
    for number, header in enumerate(headers):
        key = unit_key(header)
        if key and header.year:
            units.setdefault(key, []).append(number)
    for numbers in units.values():
        years = {number: headers[number].year or 0 for number in numbers}
        for number in numbers:
            before = [year for year in years.values() if year < years[number]]
            if before:
                yield number, tuple(other for other in numbers if years[other] == max(before))


def describe_earlier(describer: Describer, found: FoundPair, planned: Iterable[Shared]) -> EarlierReport:
    """What the first report of the pair repeats of the second, which is the earlier; ``planned`` are in both plans."""
    header = describer.headers[found.second]
    metrics, before = (unpack_metrics(describer.batch.outline_of(number)) for number in (found.first, found.second))
    return EarlierReport(
        path=header.path,
        year=header.year,
        share=found.share,
        sentences=len(found.shared),
        characters=found.characters,
        passages=_texts(describer, found, describer.samples(found)),
        unchanged=(
            *_unchanged_statements(describer, found),
            *unchanged_metrics(metrics, describer.headers[found.first].year, before, header),
        ),
        plans=_texts(describer, found, planned),
        growth=tuple(
            growth_claims(
                describer.report(found.first).text, metrics, describer.headers[found.first].year, before, header
            )
        ),
    )


def known_only_by_metrics(
    text: str, metrics: Sequence[MetricValue], year: int | None, earlier: Sequence[MetricValue], header: ReportHeader
) -> EarlierReport:
    """What can be said where of the earlier report only the record is left: what its metrics tell.

    ``text`` and ``metrics`` are those of the report on ``year``.
    """
    unchanged = tuple(unchanged_metrics(metrics, year, earlier, header))
    growth = tuple(growth_claims(text, metrics, year, earlier, header))
    return EarlierReport(header.path, header.year, None, 0, 0, (), unchanged, (), growth)


def unchanged_metrics(
    metrics: Iterable[MetricValue], year: int | None, earlier: Iterable[MetricValue], header: ReportHeader
) -> Iterator[UnchangedFigure]:
    """The metrics that both years state with the same number of at least 10, each once; rates are left out."""
    before = {(each.id, each.value, each.unit): each for each in earlier if each.year in (header.year, None)}
    seen: set[str] = set()
    for each in metrics:
        old = before.get((each.id, each.value, each.unit))
        if (
            old is None
            or each.id in seen
            or each.year not in (year, None)
            or each.unit == "%"
            or each.value < _SMALLEST
        ):
            continue
        seen.add(each.id)
        place = Related(header.path, old.start, old.end, old.quote, old.section)
        yield UnchangedFigure(Span(each.start, each.end), place, f"{each.name}{each.value:g}{each.unit}")


def _unchanged_statements(describer: Describer, found: FoundPair) -> Iterator[UnchangedFigure]:
    """The shared passages whose counts are all the same, one of them at least 10."""
    for shared in found.shared:
        span, other = describer.span(found.first, shared.first), describer.span(found.second, shared.second)
        counts = _counts(describer.report(found.first).quote(span))
        if counts and counts == _counts(describer.report(found.second).quote(other)) and max(counts) >= _SMALLEST:
            yield UnchangedFigure(span, describer.related(found.second, other), "")


def _counts(words: str) -> list[float]:
    """The numbers of things that a passage states, in order."""
    scale = {"": 1, "万": 10_000, "亿": 100_000_000}
    plain = _TITLE.sub("", normal_form(words))
    return [float(match[1].replace(",", "")) * scale[match[2]] for match in _COUNT.finditer(plain)]


def _texts(describer: Describer, found: FoundPair, shared: Iterable[Shared]) -> tuple[SharedText, ...]:
    return tuple(describer.shared_text(found.first, found.second, each) for each in shared)
