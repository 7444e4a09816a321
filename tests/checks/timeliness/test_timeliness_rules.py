"""Every rule of timeliness on small reports with one date or figure that matters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from audit.packs import load_pack
from checks.context import Context
from checks.engine import Judgement, judge
from checks.examples import assume
from checks.finding import Outcome
from checks.timeliness.dates import DateKind
from documents.read import report_from_text
from documents.report import Report, UnitLevel
from rules.model import Assumption, Level, Ruleset
from tests.places import SEEDS, table

_REPORT = """{title}
{head}
{year}年,全县上下扎实推进法治政府建设。现将{year}年法治政府建设情况报告如下:
一、推进法治政府建设的主要举措和成效
严格执行行政执法各项制度。
{text}
二、存在的不足和原因
执法力量还有欠缺,主要是专业人员流动较大。
三、{next}年主要工作安排
继续加强行政执法监督。
{plan}
{signature}
"""


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid")

    year: int
    level: UnitLevel
    unit: str = "青石县人民政府"
    signed: str = ""
    head: str = ""
    text: str = ""
    plan: str = ""
    rule: str = ""
    severity: Level = Level.INFO
    quote: str = ""

    def report(self) -> Report:
        text = _REPORT.format(
            title=f"{self.unit}{self.year}年法治政府建设年度报告",
            next=self.year + 1,
            signature=f"{self.unit}\n{self.signed}" if self.signed else "",
            **self.model_dump(include={"year", "head", "text", "plan"}),
        )
        return assume(report_from_text(text), Assumption(level=self.level, unit=self.unit))


def _ruleset() -> Ruleset:
    ruleset = load_pack()[0]
    return replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.family == "timeliness"))


RULESET, FACTS = _ruleset(), load_pack()[1]
FOUND = [Case(**case) for case in table("timeliness")["found"]]
SILENT = [Case(**case) for case in table("timeliness")["silent"]]


def _id(case: Case) -> str:
    return f"{case.year}-{case.level}-{case.signed or case.head or case.text or case.plan}"[:40]


def _judged(report: Report) -> Judgement:
    return judge(Context(report, FACTS), RULESET)


@pytest.mark.parametrize("case", FOUND, ids=_id)
def test_each_defect_is_found_alone(case: Case) -> None:
    report = case.report()
    assert report.year is not None
    assert report.year.value == case.year
    (finding,) = _judged(report).findings
    assert (finding.rule, finding.level, finding.quote) == (case.rule, case.severity, case.quote)


@pytest.mark.parametrize("case", SILENT, ids=_id)
def test_what_is_in_time_is_silent(case: Case) -> None:
    report = case.report()
    assert report.year is not None
    assert report.year.value == case.year
    assert _judged(report).findings == ()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_real_reports_have_at_most_a_remark(path: Path) -> None:
    report = report_from_text(path.read_text(encoding="utf-8"))
    found = [(item.rule, item.level, item.quote) for item in _judged(report).findings]
    expected = ("timeliness/counted-early", Level.INFO, "截止2020年12月7日")
    assert found == ([expected] if "古美路" in path.name else [])


def test_without_a_date_the_deadline_is_not_assessable() -> None:
    outcomes = _judged(Case(year=2023, level=UnitLevel.COUNTY).report()).outcomes
    assert outcomes["timeliness/submission"] is Outcome.NOT_ASSESSABLE
    assert outcomes["timeliness/publication"] is Outcome.NOT_ASSESSABLE
    assert outcomes["timeliness/first-quarter"] is Outcome.NOT_APPLICABLE


def test_a_late_report_breaks_both_deadlines_once_each() -> None:
    case = Case(year=2023, level=UnitLevel.COUNTY, signed="2024年5月8日", head="发布时间：2024-05-10")
    found = [(finding.rule, finding.quote) for finding in _judged(case.report()).findings]
    assert found == [("timeliness/publication", "2024-05-10"), ("timeliness/submission", "2024年5月8日")]


def test_each_date_is_told_by_its_label() -> None:
    head = "成文日期：2024-02-20    发布日期：2024-02-26"
    case = Case(year=2023, level=UnitLevel.COUNTY, signed="2024年2月", head=head)
    dates = Context(case.report(), FACTS).dates
    assert [item.kind for item in dates] == [DateKind.SIGNED, DateKind.WRITTEN, DateKind.PUBLISHED]
    assert [item.in_words for item in dates] == [
        "落款日期2024年2月",
        "成文日期2024年2月20日",
        "网页所示发布日期2024年2月26日",
    ]
