"""Signatures are found below notes, beside their dates and at the end of a text without line ends."""

from __future__ import annotations

import pytest

from checks.signatures import find_signatures
from documents.read import report_from_text

_BODY = """青石县司法局2023年法治政府建设年度报告
2023年,我局扎实推进法治政府建设。现将有关情况报告如下:
一、主要举措和成效
全局共办理行政复议案件26件。
"""


@pytest.mark.parametrize(
    ("tail", "unit", "day"),
    [
        ("青石县司法局\n2024年1月20日", "青石县司法局", "2024年1月20日"),
        ("青石县司法局（盖章）\n二〇二四年一月二十日", "青石县司法局", "二〇二四年一月二十日"),
        ("青石县司法局  2024年1月20日", "青石县司法局", "2024年1月20日"),
        ("青石县司法局\n2024年1月20日\n附件\n统计表\n案件 12\n合计 12\n注:另行公布", "青石县司法局", "2024年1月20日"),
        ("继续加强监督。 青石县司法局 2024年1月20日 密级:秘密", "青石县司法局", "2024年1月20日"),
    ],
)
def test_a_signature_is_found(tail: str, unit: str, day: str) -> None:
    report = report_from_text(_BODY + tail)
    (signature,) = find_signatures(report)
    assert signature.unit.text == unit
    assert report.quote(signature.day_span) == day


@pytest.mark.parametrize(
    "tail",
    [
        "继续加强行政执法监督。",
        "2024年1月20日",
        "全局将于2024年1月20日召开会议。",
        "（数据截止2023年12月15日）",
        "12月4日,青石县司法局开展宪法宣传。",
    ],
)
def test_other_dates_are_no_signature(tail: str) -> None:
    assert find_signatures(report_from_text(_BODY + tail)) == ()
