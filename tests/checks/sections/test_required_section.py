"""Absent, implied and folded contents: what is said of them, and where."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from checks.context import Context
from checks.examples import assume
from checks.match import Match, NotAssessable
from checks.sections.required_section import KIND, RequiredSectionParameters
from documents.read import report_from_text
from documents.report import Report
from rules.facts import Facts
from rules.model import Assumption
from rules.pattern import Re2Pattern

FACTS = Facts()
REPORT = """一、主要举措和成效
{responsibility}全年召开法治建设专题会4次,办理行政处罚案件21件,开展普法宣传18场次,审查合同52份。
{shortcomings}三、下一步工作安排
继续落实行政执法“三项制度”,充实法制审核力量。
"""
SHORTCOMINGS = "二、存在的不足和原因\n由于专职法制人员少,执法案卷制作还不规范。\n"


def written(responsibility: str = "", shortcomings: str = SHORTCOMINGS) -> Report:
    text = REPORT.format(responsibility=responsibility, shortcomings=shortcomings)
    return assume(report_from_text(text), Assumption(year=2023))


def judge(report: Report, content: str) -> list[Match]:
    return list(KIND.run(Context(report, FACTS), RequiredSectionParameters(content=content)))


def test_own_sections_pass() -> None:
    report = written()
    assert [match for key in ("achievements", "shortcomings", "plan") for match in judge(report, key)] == []


def test_absent_content_is_looked_for_before_the_next_one() -> None:
    report = written(shortcomings="")
    (match,) = judge(report, "shortcomings")
    assert match.case == "absent"
    assert match.values["missing"] == "不足和原因"
    assert match.span == (report.text.index("三、"),) * 2


@pytest.mark.parametrize(
    ("sentence", "case"),
    [
        ("镇长切实履行推进法治建设第一责任人职责。", "folded"),
        ("党政主要负责人带头落实法治建设责任,做到“四个亲自”。", "folded"),
        ("严格执行《党政主要负责人履行推进法治建设第一责任人职责规定》。", "folded"),
        ("党委书记认真履行法治建设领导职责。", "folded"),
        ("落实法治建设第一责任。", "folded"),
        ("镇长主持召开会议,研究依法行政工作3次。", "implicit"),
        ("镇党委主要负责同志带头学法,年终述法1次。", "implicit"),
        ("全面推进法治建设,主要领导亲自抓、分管领导具体抓。", "implicit"),
        ("明确企业主要负责人为安全生产第一责任人。", "absent"),
        ("各科室负责人为“三项制度”第一责任人。", "absent"),
        ("开展信访工作第一责任人履职检查。", "absent"),
        ("村党支部书记带头学法用法。", "absent"),
        ("副镇长主持召开会议,研究依法行政工作3次。", "absent"),
        ("落实行政机关负责人出庭应诉制度,应诉2件。", "absent"),
        ("组织学习《党政主要负责人履行推进法治建设第一责任人职责规定》等党内法规。", "absent"),
        ("成立由镇长任组长的法治政府建设领导小组。", "absent"),
        ("", "absent"),
    ],
)
def test_responsibility_in_a_sentence(sentence: str, case: str) -> None:
    report = written(responsibility=sentence)
    (match,) = judge(report, "responsibility")
    assert match.case == case
    assert report.quote(match.span) == (sentence if case != "absent" else "")


def test_folded_heading_is_quoted() -> None:
    report = written(
        responsibility="(一)党政主要负责人履行推进法治建设第一责任人职责\n镇长亲自部署法治工作。\n(二)规范执法\n"
    )
    (match,) = judge(report, "responsibility")
    assert match.case == "folded"
    assert report.quote(match.span) == "(一)党政主要负责人履行推进法治建设第一责任人职责"
    assert "在“一、(一)”部分" in match.message


def test_a_page_without_the_report_is_not_judged() -> None:
    report = report_from_text("2023年度法治政府建设年度报告\n现将报告予以公布,详见附件。\n附件:2023年度报告.pdf\n")
    with pytest.raises(NotAssessable, match="附件"):
        judge(report, "plan")


def test_nothing_is_missed_in_what_could_not_be_read() -> None:
    report = written(shortcomings="")
    torn = replace(report, source=replace(report.source, incomplete="末尾有无法解码的内容"))
    with pytest.raises(NotAssessable, match="没有读全"):
        judge(torn, "shortcomings")
    assert judge(torn, "plan") == []


DIGITAL = RequiredSectionParameters(
    name="数字法治政府建设情况",
    headings=(Re2Pattern("数字(?:法治|政府)"),),
    cues=(Re2Pattern("(?:建成|上线)[^,。]{0,20}平台"),),
    not_cues=(Re2Pattern("全国一体化[^,。]{0,10}平台"),),
)


@pytest.mark.parametrize(
    ("part", "case"),
    [
        ("二、推进数字政府建设\n实现案件网上办理。\n", None),
        ("二、数字法治政府建设情况\n实现案件网上办理。\n", None),
        ("(三)推进数字政府建设\n实现案件网上办理。\n", "folded"),
        ("建成行政执法监督平台。\n", "folded"),
        ("上线全国一体化政务服务平台。\n", "absent"),
        ("", "absent"),
    ],
)
def test_a_content_that_the_rule_defines(part: str, case: str | None) -> None:
    matches = list(KIND.run(Context(written(shortcomings=part), FACTS), DIGITAL))
    assert [match.case for match in matches] == ([case] if case else [])
    assert all(match.values.get("missing", DIGITAL.name) == DIGITAL.name for match in matches)


@pytest.mark.parametrize(
    "parameters", [{}, {"headings": ("甲",)}, {"content": "plan", "name": "甲"}, {"content": "plan", "cues": ("甲",)}]
)
def test_either_a_known_content_or_one_of_its_own(parameters: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="content"):
        RequiredSectionParameters.model_validate(parameters)
