from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import residue
from documents.folded import fold
from documents.paragraphs import split_lines
from documents.read import report_from_text
from documents.report import ResidueKind
from tests.documents.texts import TEXTS
from tests.places import SEEDS, seed, table

CASES = table("residue")
KINDS = {"title": "题名", "heading": "标题", "body": "正文", "signature": "落款", "residue": "残留"}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["名称"]) for case in CASES])
def test_furniture_of_a_page_is_set_apart(case: dict[str, str | list[str]]) -> None:
    report = report_from_text(str(case["原文"]))
    assert [report.quote(item.span) for item in report.residue] == [str(words) for words in case["残留"]]
    assert [KINDS[paragraph.kind] for paragraph in report.paragraphs] == case["种类"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("古美路", [("|", ResidueKind.STRAY)]),
        ("新市", []),
        ("中山门", [("分享到:", ResidueKind.TOOLS)]),
        ("从化", [("返回顶部", ResidueKind.TOOLS)]),
        (
            "海沧",
            [
                ("来源 :海沧城管局 时间:2024-03-11 11:05", ResidueKind.PAGE_INFO),
                ("附件下载", ResidueKind.ATTACHMENT),
                ("分享:", ResidueKind.TOOLS),
            ],
        ),
    ],
)
def test_residue_of_the_samples(name: str, expected: list[tuple[str, ResidueKind]]) -> None:
    path = seed(name)
    report = report_from_text(path.read_text(encoding="utf-8"))
    assert [(report.quote(item.span), item.kind) for item in report.residue] == expected


@given(TEXTS)
def test_residue_lies_in_order_inside_the_text(text: str) -> None:
    report = report_from_text(text)
    assert all(0 <= item.span.start < item.span.end <= len(report.text) for item in report.residue)
    assert all(first.span.end <= second.span.start for first, second in pairwise(report.residue))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_hardly_anything_of_a_real_report_is_residue(path: Path) -> None:
    report = report_from_text(path.read_text(encoding="utf-8"))
    assert sum(item.span.end - item.span.start for item in report.residue) < 0.02 * len(report.text)


LINES = st.one_of(
    st.sampled_from(
        [
            "打印",
            "【关闭】",
            "第",
            "3",
            "页",
            "-3-",
            "3/5",
            "1",
            "今天是2024年1月5日",
            "星期五",
            "来源：某县司法局",
            "附件：1.名单",
            "目录",
            "一、主要工作",
            "····3",
            "（一）加强领导……12",
            "字号：大",
            "中",
            "小",
            "分享到",
            "|",
            "",
            "办理案件5件。",
            "2024年1月5日星期五",
            "首页>政务公开",
            "版权所有：某县",
            "现将情况报告如下：",
        ]
    ),
    st.text("打印关闭星期二目录一、。:| 3-今天是2024年月日第页", max_size=30),
    st.sampled_from(["推进" * 110 + " | 打印 关闭", "今天是2024年1月5日" + "推进" * 110 + "。", "推进" * 110 + "。"]),
)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_lines_that_are_passed_over_hold_no_residue(text: str) -> None:
    folded = fold(text)
    lines = split_lines(folded)
    found = residue.find_residue(folded, lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(residue, "_suspects", lambda _, every, *__: range(len(every)))
        assert residue.find_residue(folded, lines) == found


EDGE = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "首页",
                "位置",
                "您现在的位置：",
                "上一篇",
                "下一条：",
                "相关链接",
                "友情链接",
                "主办单位",
                "附件",
                "附件1：",
                "报告.docx",
            ]
        ),
        st.sampled_from(
            [
                "政务公开",
                "搜索",
                "门户网站",
                "政府网",
                "某县政府",
                ">",
                "|",
                " ",
                "·",
                "/",
                "→",
                "【",
                "】",
                "关于",
                "报告",
            ]
        ),
    ),
    max_size=5,
).map("".join)


@given(EDGE)
def test_furniture_of_the_edge_holds_a_sign_of_it(words: str) -> None:
    words = fold(words)
    if any(pattern.fullmatch(words) for pattern, _ in residue._AT_THE_EDGE):
        assert residue._SIGN_OF_EDGE.search(words)
