"""Twelve written reports judged by the real engine: planted defects are found, carefully edited reports stay silent."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from checks.context import Context
from checks.engine import Judgement, judge
from checks.finding import Finding
from checks.kinds import parameter_models
from documents.read import report_from_text
from documents.report import Report, Span, UnitLevel
from rules.facts import Facts
from rules.load import load_ruleset
from rules.model import Level, Ruleset
from rules.strict_yaml import load_list

FOLDER = Path(__file__).parent / "reports"
WEIGHT = {Level.INFO: 0, Level.WARNING: 1, Level.ERROR: 2}


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Defect(Case):
    family: str
    level: Level
    quote: str = ""
    missing: str = ""


class Measure(Case):
    quote: str
    value: float
    unit: str


class Expected(Case):
    report: str
    unit: str
    level: UnitLevel | None = None
    year: int
    contents: dict[str, str]
    defects: tuple[Defect, ...] = ()
    metrics: tuple[Measure, ...] = ()


EXPECTED = load_list(FOLDER / "expected.yaml", Expected)
DEFECTS = [
    pytest.param(case, defect, id=f"{case.report}-{defect.family}-{number}")
    for case in EXPECTED
    for number, defect in enumerate(case.defects, 1)
]
CLEAN = [pytest.param(case, id=case.report) for case in EXPECTED if not case.defects]
ALL = [pytest.param(case, id=case.report) for case in EXPECTED]


@cache
def ruleset() -> Ruleset:
    return load_ruleset("fazhi", parameter_models())


@cache
def context(name: str) -> Context:
    return Context(report_from_text((FOLDER / name).read_text(encoding="utf-8")), Facts())


@cache
def judgement(name: str) -> Judgement:
    return judge(context(name), ruleset())


def place(report: Report, quote: str) -> Span:
    start = report.text.index(quote)
    return Span(start, start + len(quote))


def places(report: Report, quote: str) -> list[Span]:
    starts = [at for at in range(len(report.text)) if report.text.startswith(quote, at)]
    return [Span(start, start + len(quote)) for start in starts]


def shown(findings: list[Finding]) -> str:
    return "\n".join(f"{item.level.value} {item.rule} “{item.quote}” {item.message}" for item in findings)


def test_every_quote_stands_in_its_report() -> None:
    quotes = [(case.report, defect.quote) for case in EXPECTED for defect in case.defects]
    quotes += [(case.report, measure.quote) for case in EXPECTED for measure in case.metrics]
    assert [pair for pair in quotes if pair[1] not in (FOLDER / pair[0]).read_text(encoding="utf-8")] == []


def test_every_report_is_expected() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.txt")) == sorted(case.report for case in EXPECTED)


@pytest.mark.parametrize("case", ALL)
def test_identity(case: Expected) -> None:
    report = context(case.report).report
    assert report.year is not None
    assert report.unit is not None
    assert report.year.value == case.year
    assert case.unit in report.unit.value
    if case.level is not None:
        assert report.level is not None
        assert report.level.value == case.level


@pytest.mark.parametrize("case", ALL)
def test_required_contents(case: Expected) -> None:
    found = {name: content.presence.value for name, content in context(case.report).contents.places.items()}
    assert {name: found[name] for name in case.contents} == case.contents


@pytest.mark.parametrize("case", ALL)
def test_metric_values(case: Expected) -> None:
    found = context(case.report).metric_values
    report = context(case.report).report
    missed = [
        measure
        for measure in case.metrics
        if not any(
            (value.value, value.unit) == (measure.value, measure.unit)
            and place(report, measure.quote).overlaps(Span(value.start, value.end))
            for value in found
        )
    ]
    assert missed == []


@pytest.mark.parametrize(("case", "defect"), DEFECTS)
def test_planted_defect_is_found(case: Expected, defect: Defect) -> None:
    report = context(case.report).report
    family = [item for item in judgement(case.report).findings if item.rule.startswith(f"{defect.family}/")]
    spans = places(report, defect.quote) if defect.quote else []
    found = [
        item
        for item in family
        if any(span.overlaps(Span(item.start, item.end)) for span in spans)
        or (defect.missing and not item.quote and defect.missing in f"{item.message}{item.values.get('missing')}")
    ]
    assert any(WEIGHT[item.level] >= WEIGHT[defect.level] for item in found), shown(family)


@pytest.mark.parametrize("case", CLEAN)
def test_carefully_edited_report_is_silent(case: Expected) -> None:
    wrong = [item for item in judgement(case.report).findings if item.level is not Level.INFO]
    assert wrong == [], shown(wrong)


@pytest.mark.parametrize("case", [param for param in ALL if param not in CLEAN])
def test_nothing_but_the_planted_defects(case: Expected) -> None:
    """A report with planted defects has no error or warning beyond them."""
    report = context(case.report).report
    planted = [span for defect in case.defects if defect.quote for span in places(report, defect.quote)]
    wrong = [
        item
        for item in judgement(case.report).findings
        if item.level is not Level.INFO
        and item.quote
        and not any(span.overlaps(Span(item.start, item.end)) for span in planted)
    ]
    assert wrong == [], shown(wrong)
