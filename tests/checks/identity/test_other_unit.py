"""The one pass that leads to the uses of a name, with the patterns that rule files may have."""

from __future__ import annotations

import pytest

from audit.packs import load_pack
from checks.context import Context
from checks.identity import other_unit
from checks.identity.other_unit import OtherUnitParameters
from documents.read import report_from_text

RULE = next(rule for rule in load_pack()[0].rules if rule.id == "identity/other-unit")
USES = ("organs", "acts", "praises", "leads", "offices")
TEXT = """柳河镇人民政府2023年法治政府建设年度报告
2023年,我镇扎实推进法治政府建设。现将有关情况报告如下:
一、主要举措和成效
(一)加强组织领导。青山镇党委高度重视法治建设,召开专题会议4次。柳溪镇综合执法中队坚持文明执法。
柳河镇人民政府
2024年1月20日
"""


def quotes(parameters: OtherUnitParameters) -> list[str]:
    report = report_from_text(TEXT, "甲.txt")
    found = other_unit.run(Context(report, load_pack()[1]), parameters)
    return [report.quote(match.span) for match in found]


def changed(**sources: str) -> OtherUnitParameters:
    written = {name: getattr(RULE.parameters, name).source for name in (*USES, "excused")}
    return OtherUnitParameters.model_validate({**written, **sources})


@pytest.mark.parametrize(
    "acts",
    ["^,?高度重视", "高度重视", "^紧扣|^高度重视", r"\A高度重视", r"[^\^]度重视"],
)
def test_where_a_pattern_begins_may_be_said_or_not(acts: str) -> None:
    assert quotes(changed(acts=acts)) == ["青山镇", "柳溪镇综合执法"]


def test_patterns_too_large_for_one_are_tried_at_every_name() -> None:
    large = r"\p{L}{18}甲"
    parameters = changed(**dict.fromkeys(USES, large) | {"organs": f"^党委|{large}", "acts": f"^高度重视|{large}"})
    assert quotes(parameters) == ["青山镇"]
    assert quotes(changed(**dict.fromkeys(USES, large))) == []
