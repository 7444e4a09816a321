from __future__ import annotations

import re
from datetime import date

import pytest

from checks.vocabulary import vocabulary_of
from checks.years.named_facts import law_facts, meeting_facts, plan_facts
from rules.facts import Facts
from rules.facts.chronology import Law, LawVersion, Plan, PlanKind
from rules.model import Confidence

FACTS = Facts()
NAMED = {fact.name: fact for facts in (law_facts, plan_facts, meeting_facts) for fact in facts(FACTS)}


def _law(name: str) -> Law:
    return next(law for law in FACTS.laws if law.name == name)


def test_names_are_unique() -> None:
    for facts in (FACTS.laws, FACTS.plans, FACTS.meetings):
        names = [fact.name for fact in facts]
        assert len(names) == len(set(names))


def test_what_follows_is_listed() -> None:
    plans = {plan.name for plan in FACTS.plans}
    assert {plan.successor for plan in FACTS.plans if plan.successor} <= plans


def test_dates_run_forward() -> None:
    for law in FACTS.laws:
        days = [version.passed or version.effective for version in law.versions]
        assert days == sorted(day for day in days if day)
        assert all(version.passed or version.effective for version in law.versions)
    assert all(plan.first <= plan.last for plan in FACTS.plans)
    assert all(meeting.first <= meeting.last for meeting in FACTS.meetings)


def test_a_date_without_a_seen_source_is_marked() -> None:
    for law in FACTS.laws:
        if law.confidence is Confidence.CONFIRMED:
            assert "尚未" not in law.source
    for meeting in FACTS.meetings:
        assert (meeting.confidence is Confidence.UNCONFIRMED) == ("尚未" in meeting.source)
        assert meeting.terms_confidence is Confidence.UNCONFIRMED


@pytest.mark.parametrize(
    ("name", "since", "confidence"),
    [
        ("民法典", date(2020, 5, 28), Confidence.CONFIRMED),
        ("监察法", date(2018, 3, 20), Confidence.CONFIRMED),
        ("信访工作条例", date(2022, 2, 25), Confidence.CONFIRMED),
        ("反有组织犯罪法", date(2021, 5, 1), Confidence.CONFIRMED),
    ],
)
def test_the_day_from_which_a_law_can_be_cited(name: str, since: date, confidence: Confidence) -> None:
    assert (_law(name).citable_from, _law(name).citable_confidence) == (since, confidence)


@pytest.mark.parametrize("name", ["行政处罚法", "宪法"])
def test_a_law_older_than_its_listed_versions_can_always_be_cited(name: str) -> None:
    assert _law(name).citable_from is None


def test_a_version_without_any_date_cannot_be_placed() -> None:
    assert LawVersion(kind="adopted").citable is None


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("民法典", "组织学习《民法典》", "民法典"),
        ("民法典", "学习《中华人民共和国民法典》", "中华人民共和国民法典"),
        ("民法典", "开展民法典宣传月活动", "民法典"),
        ("民法典", "学习民法典型案例", None),
        ("优化营商环境条例", "落实《优化营商环境条例》", "优化营商环境条例"),
        ("优化营商环境条例", "落实《上海市优化营商环境条例》", None),
        ("公职人员政务处分法", "学习《政务处分法》", "政务处分法"),
        ("数据安全法", "推进数据安全法治建设", None),
        ("反有组织犯罪法", "宣传反有组织犯罪法", "反有组织犯罪法"),
        ("二十大", "学习党的二十大精神", "党的二十大"),
        ("二十大", "推进二十大民生项目", None),
        ("二十届三中全会", "学习党的二十届二中、三中全会精神", "二十届二中、三中全会"),
        ("二十届三中全会", "学习二十届二中全会精神", None),
        ("十九届四中全会", "十九届二中、三中、四中全会", "十九届二中、三中、四中全会"),
        ("十九届三中全会", "贯彻市委十九届三中全会精神", None),
        ("两个确立", "深刻领悟“两个确立”", "两个确立"),
        (
            "《法治政府建设实施纲要(2021-2025年)》",
            "《法治政府建设实施纲要(2021—2025年)》",
            "法治政府建设实施纲要(2021—2025年)",
        ),
        ("《法治政府建设实施纲要(2021-2025年)》", "《河东区法治政府建设实施纲要(2021年-2025年)》", None),
        (
            "《法治政府建设实施纲要(2015-2020年)》",
            "《广东省法治政府建设实施纲要(2016-2020年)》",
            "法治政府建设实施纲要(2016-2020年)",
        ),
        ("“七五”普法", "深入开展“七五”普法", "“七五”普法"),
        ("“七五”普法", "七五法治宣传教育", "七五法治宣传"),
        ("“十四五”规划", "纳入“十四五”规划", "“十四五”规划"),
        ("“十四五”规划", "“十四五”期间", None),
    ],
)
def test_facts_are_found_by_name(name: str, text: str, found: str | None) -> None:
    match = NAMED[name].pattern.search(text)
    assert (match.group() if match else None) == found
    assert not match or not vocabulary_of(FACTS).search(text).needles.isdisjoint(NAMED[name].needles)


def test_every_cue_compiles_and_reads_the_side_it_names() -> None:
    for cue in FACTS.year_cues:
        re.compile(cue.pattern)
        assert (cue.scope == "before") == cue.pattern.endswith("$")


@pytest.mark.parametrize(("pattern", "word"), [("[“]?八五[”]?普法", "七五"), (None, "九五")])
def test_the_word_of_a_plan_must_stand_in_what_finds_it(pattern: str | None, word: str) -> None:
    with pytest.raises(ValueError, match="不在查找它的写法里"):
        Plan(
            name="“八五”普法", kind=PlanKind.CAMPAIGN, pattern=pattern, word=word, first=2021, last=2025, source="公告"
        )


def test_a_plan_without_a_word_is_looked_for_by_its_name_or_everywhere() -> None:
    plain = Plan(name="法治规划", kind=PlanKind.DOCUMENT, first=2021, last=2025, source="公告")
    assert (plain.needle, plain.model_copy(update={"pattern": "法治.?规划"}).needle) == ("法治规划", "")


def test_only_the_needles_in_the_text_are_found() -> None:
    found = vocabulary_of(FACTS).search("学习党的二十届三中全会精神,落实“八五”普法规划。").needles
    assert {"", "二十届", "八五"} <= found
    assert found.isdisjoint({"十九届", "七五", "民法典"})
