"""Every rule of identity on small reports with one word or name that matters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from audit.packs import load_pack
from checks.context import Context
from checks.engine import judge
from checks.finding import Finding, Outcome
from checks.identity.own_unit import places_in
from documents.read import report_from_text
from rules.model import Level, Ruleset
from tests.places import ROOT, SEEDS, table

TEXTS = [*SEEDS, *sorted((ROOT / "tests" / "reports").glob("*.txt"))]
_REPORT = """{unit}2023年法治政府建设年度报告
{opening}
一、推进法治政府建设的主要举措和成效
严格执行行政执法各项制度。
{text}
二、存在的不足和原因
执法力量还有欠缺,主要是专业人员流动较大。
三、2024年主要工作安排
继续加强行政执法监督。
{signature}
"""


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unit: str
    opening: str = ""
    text: str = ""
    signed: str = ""
    rule: str = ""
    level: Level = Level.INFO
    quote: str = ""

    def written(self) -> str:
        return _REPORT.format(
            unit=self.unit,
            opening=self.opening or f"2023年,{self.unit}扎实推进法治政府建设。现将2023年法治政府建设情况报告如下:",
            text=self.text,
            signature=f"{self.signed}\n2024年1月20日" if self.signed else "",
        )


def _ruleset() -> Ruleset:
    ruleset = load_pack()[0]
    return replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.family == "identity"))


RULESET, FACTS = _ruleset(), load_pack()[1]
FOUND = [Case(**case) for case in table("identity_rules")["found"]]
SILENT = [Case(**case) for case in table("identity_rules")["silent"]]


def _id(case: Case) -> str:
    return f"{case.unit}-{case.text or case.signed or case.opening}"[:40]


def _findings(text: str) -> tuple[Finding, ...]:
    return judge(Context(report_from_text(text), FACTS), RULESET).findings


@pytest.mark.parametrize("case", FOUND, ids=_id)
def test_each_defect_is_found_alone(case: Case) -> None:
    (finding,) = _findings(case.written())
    assert (finding.rule, finding.level) == (case.rule, case.level)
    assert case.quote in finding.quote


@pytest.mark.parametrize("case", SILENT, ids=_id)
def test_what_is_right_is_silent(case: Case) -> None:
    assert [item for item in _findings(case.written()) if item.level is not Level.INFO] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_published_reports_name_nobody_else(path: Path) -> None:
    assert _findings(path.read_text(encoding="utf-8")) == ()


def test_a_word_used_often_is_one_finding() -> None:
    text = "我局开展检查。" + "\n我局组织评查。" * 5
    (finding,) = _findings(Case(unit="枫林街道办事处", text=text).written())
    assert finding.values["count"] == 6
    assert len(finding.related) == 3


def test_without_a_unit_nothing_is_judged() -> None:
    report = report_from_text("法治政府建设情况。\n我局开展检查。")
    outcomes = judge(Context(report, FACTS), RULESET).outcomes
    assert set(outcomes.values()) == {Outcome.NOT_ASSESSABLE}


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("广州市白云区新市街道办事处", ("广州市", "白云区", "新市街道")),
        ("天津市河东区中山门街道", ("天津市", "河东区", "中山门街道")),
        ("荆州市沙市区人民政府", ("荆州市", "沙市区")),
        ("广西壮族自治区桂林市", ("广西壮族自治区", "桂林市")),
        ("青石县司法局", ("青石县",)),
        ("大理白族自治州漾濞彝族自治县", ("大理白族自治州", "漾濞彝族自治县")),
        ("柳河镇人民政府", ("柳河镇",)),
        ("新市街", ("新市街道",)),
        ("厦门市海沧区城市管理局", ("厦门市", "海沧区")),
        ("晋城市城市管理局", ("晋城市",)),
        ("北屿市市场监督管理局", ("北屿市",)),
        ("青石县乡村振兴局", ("青石县",)),
    ],
)
def test_the_places_in_a_name(name: str, places: tuple[str, ...]) -> None:
    assert places_in(name) == places


def test_a_township_learns_its_county_from_the_organs_it_speaks_of() -> None:
    text = "县委、县政府高度重视。县司法局到会指导。县直部门参加。县人大调研。"
    own = Context(report_from_text(Case(unit="柳河镇", text=text).written()), FACTS).own_unit
    assert own.county == "县"
    assert Context(report_from_text(Case(unit="柳河镇").written()), FACTS).own_unit.county is None
