from __future__ import annotations

import pytest

from audit.packs import load_pack
from checks.match import Match, NotAssessable
from checks.metrics.metric_absent import KIND
from checks.metrics.metric_variety import KIND as VARIETY
from documents.report import UnitLevel
from rules.model import Level, Rule
from tests.checks.metrics.metric_reports import FACTS, context_of

PENALTIES = {"metrics": ["penalty_cases", "cases_filed"], "name": "行政处罚案件数", "subject": ["执法", "行政处罚"]}


def absent(text: str, level: str = "county", **more: object) -> list[Match]:
    return list(KIND.run(context_of(text, level), KIND.parameters.model_validate(PENALTIES | more)))


@pytest.mark.parametrize(
    "text",
    [
        "全面规范行政执法,开展执法培训8场。",
        "2022年办理行政处罚案件30件。",
        "严格规范行政处罚裁量权基准,审核行政处罚案卷32宗。",
        "规范执法。\n二、2024年工作安排\n计划办理行政处罚案件50件。",
    ],
)
def test_absent(text: str) -> None:
    (match,) = absent(text)
    assert match.span.start == match.span.end
    assert match.values["missing"] == "行政处罚案件数"


@pytest.mark.parametrize(
    "text",
    [
        "办理行政处罚案件1301件。",
        "全年立案查处40宗。",
        "本年度未办理行政处罚案件。",
        "2021年以来累计办理行政处罚案件860件。",
        "全年办理行政处罚案件XX件。",
    ],
)
def test_stated(text: str) -> None:
    assert absent(text) == []


def test_the_place_is_the_heading_on_the_subject() -> None:
    text = "（一）加强培训\n执法队伍学习法律。\n（二）严格行政执法\n规范执法行为。"
    context = context_of(text)
    (match,) = KIND.run(context, KIND.parameters.model_validate(PENALTIES))
    assert context.report.section_label(match.span.start) == "一/（二）"


def test_a_matter_that_does_not_concern_the_unit() -> None:
    text = "组织会前学法6次。"
    assert len(absent(text)) == 1
    assert absent(text, only_if_treated=True) == []


def test_unknown_metric_is_named() -> None:
    with pytest.raises(NotAssessable, match="no_such_metric"):
        absent("规范执法。", metrics=["no_such_metric"])


def few(text: str, level: str | None) -> list[Match]:
    parameters = VARIETY.parameters.model_validate({"minimum": {"township": 3, "county": 4}})
    return list(VARIETY.run(context_of(text, level), parameters))


FIGURES = "办理行政处罚案件12件,罚款3万元,开展普法活动18场次。未发生行政复议案件。"


def test_groups_are_counted_not_figures() -> None:
    assert few(FIGURES, "township") == []
    (match,) = few(FIGURES, "county")
    assert match.values["groups"] == ["行政处罚", "普法宣传", "行政复议"]
    assert "县级" in match.message


def test_levels_without_a_minimum_and_unknown_levels() -> None:
    assert few("规范执法。", "province") == []
    context = context_of("规范执法。", None)
    if context.report.level is None:
        with pytest.raises(NotAssessable, match="层级"):
            list(VARIETY.run(context, VARIETY.parameters.model_validate({"minimum": {"township": 3}})))


RULES = [rule for rule in load_pack()[0].rules if rule.family == "metrics"]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.check == KIND.name], ids=lambda rule: rule.id)
def test_rules_ask_only_for_what_the_catalogue_lets_a_level_state(rule: Rule) -> None:
    asked = {metric.id: metric for metric in FACTS.metrics if metric.id in rule.parameters.metrics}
    assert set(asked) == set(rule.parameters.metrics)
    for level in rule.applies.levels or UnitLevel:
        assert any(level in (*metric.expected, *metric.optional) for metric in asked.values()), level


def test_house_rules_are_called_house_rules() -> None:
    assert all(rule.basis.startswith("审查口径(可调整)") for rule in RULES)
    assert {rule.level for rule in RULES if rule.check == KIND.name} == {Level.INFO}
