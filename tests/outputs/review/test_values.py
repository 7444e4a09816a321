"""The cells people fill in, in every form they use."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from outputs.review.values import CellError, read_cell

DAY = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("opinion", "确认", "确认"),
        ("opinion", " 属 实 ", "确认"),
        ("opinion", "误判", "误报"),
        ("opinion", "不属实", "误报"),
        ("opinion", "免于整改\n", "豁免"),
        ("opinion", "待核实", "待定"),
        ("opinion", "　", None),
        ("opinion", None, None),
        ("state", "未整改", "未整改"),
        ("state", "正在整改", "整改中"),
        ("state", "已完成", "已整改"),
        ("state", "长期坚持", "长期坚持"),
        ("deadline", datetime(2025, 6, 30, 9, 30), DAY),
        ("deadline", DAY, DAY),
        ("deadline", 45838, DAY),
        ("deadline", 45838.5, DAY),
        ("deadline", 20250630, DAY),
        ("deadline", "2025-6-30", DAY),
        ("deadline", "2025/06/30", DAY),
        ("deadline", "2025.6.30", DAY),
        ("deadline", "2025年6月30日", DAY),
        ("deadline", "２０２５年６月３０日", DAY),
        ("deadline", "2025-06-30 00:00:00", DAY),
        ("closed", "20250630", DAY),
        ("responsible", " 王五 ", "王五"),
        ("responsible", 12, "12"),
        ("responsible", 12.0, "12"),
        ("remark", "已修改\n并公开", "已修改\n并公开"),
        ("remark", "=1+1", "=1+1"),
        ("review", "同意销号", "同意销号"),
    ],
)
def test_is_read_as_meant(name: str, cell: object, value: object) -> None:
    assert read_cell(name, cell) == value


@pytest.mark.parametrize(
    ("name", "cell", "expected"),
    [
        ("opinion", "好的", "应当填确认、误报、豁免、待定"),
        ("opinion", "豁免（至2026年）", "期限写在“复核意见”里"),
        ("state", "差不多", "应当填未整改、整改中、已整改、长期坚持"),
        ("deadline", "六月底", "2025-06-30"),
        ("deadline", "2025-13-30", "不是日期"),
        ("deadline", 3, "不是日期"),
        ("closed", "1925-06-30", "不是日期"),
        ("closed", True, "不是日期"),
        ("remark", "#REF!", "错误值"),
        ("deadline", "#VALUE!", "错误值"),
    ],
)
def test_is_refused_with_the_expected_form(name: str, cell: object, expected: str) -> None:
    with pytest.raises(CellError, match=expected):
        read_cell(name, cell)
