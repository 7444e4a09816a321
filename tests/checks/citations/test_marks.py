"""Title marks pair as GB/T 15834 wants, in any text, without an exception and in linear time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.citations.marks import read_marks
from checks.citations.titles import key_of, read_titles
from documents.read import report_from_text

PIECES = ("《宪法》", "《民法典》", "《", "》", "<", "〈", "〉", "全年培训12次", "。", "\n", "、")
OPENING = "2023年,我局扎实推进依法行政。\n一、主要举措和成效\n"


def _read(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    report = report_from_text(OPENING + text)
    marks = read_marks(report)
    titles = [report.quote(title.span) for title in read_titles(report, marks)]
    return titles, [(fault.kind.value, report.quote(fault.span)) for fault in marks.faults]


@pytest.mark.parametrize(
    ("text", "titles", "faults"),
    [
        ("学习《宪法》《民法典》。", ["《宪法》", "《民法典》"], []),
        ("印发《关于〈宪法〉的通知》。", ["《关于〈宪法〉的通知》", "〈宪法〉"], []),
        ("印发《关于<宪法>的通知》。", ["《关于<宪法>的通知》", "<宪法>"], []),
        (
            "转发《转〈关于《宪法》的意见〉的通知》。",
            ["《转〈关于《宪法》的意见〉的通知》", "〈关于《宪法》的意见〉", "《宪法》"],
            [],
        ),
        ("学习《宪法、《民法典》。", ["《民法典》"], [("unclosed", "《宪法")]),
        ("学习《宪法。全年培训12次,学习《民法典》。", ["《民法典》"], [("unclosed", "《宪法")]),
        ("学习宪法》,培训12次。", [], [("unopened", "学习宪法》")]),
        ("学习《《宪法》,培训12次。", ["《宪法》"], [("doubled", "《《")]),
        ("学习《宪法》》,培训12次。", ["《宪法》"], [("doubled", "》》")]),
        ("学习《宪法《,培训12次。", [], [("unclosed", "《宪法《")]),
        (
            "印发《关于《宪法》《民法典》的通知》。",
            ["《关于《宪法》《民法典》的通知》", "《宪法》", "《民法典》"],
            [("nested", "《宪法》"), ("nested", "《民法典》")],
        ),
        ("印发《关于〈宪法的通知》。", ["《关于〈宪法的通知》"], [("inner", "〈宪法的通知》")]),
        ("印发《关于〈宪法》的通知》。", ["《关于〈宪法》的通知》", "〈宪法》"], [("inner", "〈宪法》")]),
        ("立案率<5%,办结率>98%,学习《宪法》。", ["《宪法》"], []),
        ("首页》政务公开》法治政府", [], []),
        ("学习《宪\n法》,培训12次。", [], []),
        ("印发《关于进一步加强和改进全县\n行政执法协调监督工作体系\n建设的通知》,培训12次。", [], []),
        ("学习《宪\n培训12次。\n法》,培训12次。", [], [("unclosed", "《宪"), ("unopened", "法》")]),
        ("空白《》", ["《》"], []),
    ],
)
def test_marks_pair(text: str, titles: list[str], faults: list[tuple[str, str]]) -> None:
    found_titles, found_faults = _read(text)
    assert sorted(found_titles) == sorted(titles)
    assert found_faults == faults


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["《", "》", "〈", "〉", "<", ">", "宪法", "、", "。", ",", "和", "\n", "的通知", "首页"]),
        max_size=40,
    )
)
def test_any_marks_are_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    report = report_from_text(OPENING + text)
    marks = read_marks(report)
    for title in read_titles(report, marks):
        quote = report.quote(title.span)
        assert quote[0] in "《〈<"
        assert quote[-1] in "》〉>"
    for fault in marks.faults:
        assert any(mark in report.quote(fault.span) for mark in "《》〈〉<>")


NAME = st.text("宪法民典信访工作条例行政处罚", min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(NAME, st.booleans(), NAME), min_size=1, max_size=8))
def test_well_paired_titles_have_no_fault(parts: list[tuple[str, bool, str]]) -> None:
    titles = [f"《{name}〈{inner}〉的通知》" if nests else f"《{name}》" for name, nests, inner in parts]
    found, faults = _read(f"学习{'、'.join(titles)},培训12次。")
    assert faults == []
    assert [title for title in found if title[0] == "《"] == titles


@pytest.mark.parametrize("piece", ["《", "》", "《》", "《〈》", "《甲《乙》", "》甲", "〈《"])
def test_a_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    marks = read_marks(report_from_text(OPENING + piece * 5000))
    assert len(marks.pairs) + len(marks.faults) <= 2 * 5000 + 1


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("中华人民共和国行政处罚法", "行政处罚法"),
        ("行政处罚法(2021修订)", "行政处罚法"),
        ("国务院办公厅关于严格规范涉企行政检查的意见", "严格规范涉企行政检查的意见"),
        (
            "中共中央办公厅 国务院办公厅关于推行法律顾问制度和公职律师公司律师制度的意见",
            "推行法律顾问制度和公职律师公司律师制度的意见",
        ),
        (
            "关于全面推行行政执法公示制度、执法全过程记录制度的指导意见",
            "全面推行行政执法公示制度执法全过程记录制度的指导意见",
        ),
        ("中国共产党章程", "中国共产党章程"),
        ("国务院组织法", "国务院组织法"),
    ],
)
def test_titles_are_compared_without_what_may_differ(written: str, key: str) -> None:
    assert key_of(written) == key


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_faulty_mark_elsewhere_changes_nothing(text: str) -> None:
    titles, faults = _read(f"{text}\n学习《民法典》,工作取得实效。\n")
    with_fault = _read(f"{text}\n学习《民法典》,工作取得实效。\n学习宪法》,培训12次。\n")
    assert with_fault == (titles, [*faults, ("unopened", "学习宪法》")])


@pytest.mark.parametrize("length", [198, 199, 200])
def test_a_title_of_any_length_pairs_alike(length: int) -> None:
    plain, faulty = _read(f"学习《{'法' * length}》。"), _read(f"学习《{'法' * length}》。\n学习宪法》,培训12次。\n")
    assert plain[0] == faulty[0]
    assert (len(plain[0]) == 1) == (length < 200)
