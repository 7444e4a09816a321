from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

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
