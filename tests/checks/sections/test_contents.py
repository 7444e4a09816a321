"""Where the required contents stand, over the table of written reports and the five samples."""

from __future__ import annotations

from typing import Any

import pytest

from checks.examples import assume
from checks.match import NotAssessable
from checks.sections.contents import map_contents
from checks.sections.places import ContentMap, Presence, required_content
from documents.read import report_from_text
from documents.report import Report
from rules.facts import Facts
from rules.model import Assumption
from tests.places import seed, table

CASES: list[dict[str, Any]] = table("sections_presence")
SAMPLES = {
    "新市街道": ("own", "own", "folded", "own"),
    "古美路街道": ("own", "own", "own", "own"),
    "城市管理局": ("own", "own", "absent", "own"),
    "中山门街道": ("own", "own", "own", "own"),
    "从化区": ("own", "own", "implicit", "own"),
}
FACTS = Facts()


def written(case: dict[str, Any]) -> Report:
    return assume(report_from_text(case["text"]), Assumption(year=case["year"], level=case["level"]))


def presences(contents: ContentMap) -> dict[str, str]:
    return {key: place.presence.value if place.named else "implicit" for key, place in contents.places.items()}


def sample(name: str) -> Report:
    path = seed(name)
    return report_from_text(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_written_reports(case: dict[str, Any]) -> None:
    assert presences(map_contents(written(case), FACTS.contents)) == case["expect"]


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    order = ("achievements", "shortcomings", "responsibility", "plan")
    expected = dict(zip(order, SAMPLES[name], strict=True))
    assert presences(map_contents(sample(name), FACTS.contents)) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_spans_lie_in_the_report_and_own_places_have_headings_or_text(case: dict[str, Any]) -> None:
    report = written(case)
    for place in map_contents(report, FACTS.contents).places.values():
        assert bool(place.spans) == (place.presence is not Presence.ABSENT)
        assert all(0 <= span.start < span.end <= len(report.text) for span in place.spans)
        assert all(0 <= index < len(report.headings) for index in place.headings)


def test_content_at_tells_sections_apart() -> None:
    report = written(next(case for case in CASES if case["name"] == "规范的四部分报告"))
    contents = map_contents(report, FACTS.contents)
    places = {"986件": "achievements", "承接执法权": "shortcomings", "带头学法": "responsibility", "府院联动": "plan"}
    assert {words: contents.content_at(report.text.index(words)) for words in places} == places
    assert contents.content_at(report.text.index("现将有关情况")) is None


def test_a_section_on_two_contents_is_shared_out() -> None:
    report = written(next(case for case in CASES if case["name"] == "问题与打算合在一节"))
    contents = map_contents(report, FACTS.contents)
    assert contents.content_at(report.text.index("普法形式单一")) == "shortcomings"
    assert contents.content_at(report.text.index("充实执法队伍")) == "plan"
    assert not contents.in_plan(report.text.index("普法形式单一"))
    assert contents.in_plan(report.text.index("下一步工作打算"))


@pytest.mark.parametrize(
    ("name", "planned", "done"),
    [
        ("没有任何标题的短报告", "提升依法行政能力", "法治讲座"),
        ("没有标题的一段到底的部门报告", "开展实战培训", "审核合同"),
        ("针对问题的一句话安排", "引进人才", "队伍年龄偏大"),
        ("安排的年份没有改", "健全学法制度", "业务不够熟练"),
    ],
)
def test_in_plan(name: str, planned: str, done: str) -> None:
    report = written(next(case for case in CASES if case["name"] == name))
    contents = map_contents(report, FACTS.contents)
    assert contents.in_plan(report.text.index(planned))
    assert not contents.in_plan(report.text.index(done))


@pytest.mark.parametrize("text", ["", "\n\n", "附件:年度报告.pdf", "一、\n二、\n", "2023年,"])
def test_scraps_do_not_break(text: str) -> None:
    places = map_contents(report_from_text(text), FACTS.contents).places
    assert {place.presence for place in places.values()} == {Presence.ABSENT}


def test_unknown_content_is_named() -> None:
    with pytest.raises(NotAssessable, match="achievments"):
        required_content(FACTS.contents, "achievments")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_section_cut_out_is_missed(name: str) -> None:
    report = sample(name)
    before = map_contents(report, FACTS.contents)
    for place in before.places.values():
        if place.presence is Presence.OWN and len(place.headings) == 1:
            text = "".join(report.text[: place.spans[0].start] + report.text[place.spans[-1].end :])
            after = map_contents(report_from_text(text), FACTS.contents)
            assert after.places[place.id].presence is Presence.ABSENT
            assert [key for key in after.places if presences(after)[key] == "own"] == [
                key for key in before.places if presences(before)[key] == "own" and key != place.id
            ]


@pytest.mark.parametrize("name", ["古美路街道", "中山门街道"])
def test_a_character_lost_from_a_heading_hides_no_section(name: str) -> None:
    report = sample(name)
    before = presences(map_contents(report, FACTS.contents))
    for place in map_contents(report, FACTS.contents).places.values():
        title = report.headings[place.headings[0]].title_span
        for lost in range(title.start, len(report.quote(title).rstrip()) + title.start):
            text = report.text[:lost] + report.text[lost + 1 :]
            assert presences(map_contents(report_from_text(text), FACTS.contents)) == before, text[
                title.start : title.end
            ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_lost_line_ends_change_no_verdict(case: dict[str, Any]) -> None:
    opening = "今年以来,我们深入学习贯彻习近平法治思想,以高度的责任感统筹发展和安全,为高质量发展提供法治保障。" * 13
    in_one_line = {**case, "text": " ".join([opening, *case["text"].split("\n")])}
    found = presences(map_contents(written(in_one_line), FACTS.contents))
    if case["name"] == "标题没有序号":
        assert "absent" not in found.values()
    else:
        assert found == case["expect"]
