"""The tables of titles agree with one another, and a right title is never taken for a slip."""

from __future__ import annotations

from collections import Counter

import pytest

from checks.citations.lookup import lookup
from checks.citations.slips import is_slip
from checks.citations.titles import key_of
from rules.facts import Facts
from rules.model import Confidence
from tests.places import table

FACTS = Facts()
KNOWN = lookup(FACTS)
NAMES = [law.name for law in FACTS.laws] + [name for group in FACTS.titles for name in group.names]


def test_enough_titles_are_known() -> None:
    assert len(set(NAMES)) > 600
    assert len(FACTS.misnomers) > 180


def test_no_title_is_both_right_and_wrong() -> None:
    assert [entry.name for entry in FACTS.misnomers if KNOWN.knows(key_of(entry.name))] == []


def test_each_name_is_listed_once() -> None:
    for names in (
        [entry.name for entry in FACTS.misnomers],
        [name for group in FACTS.titles for name in group.names],
        [name for law in FACTS.laws for name in (law.name, *law.short)],
    ):
        assert [name for name, count in Counter(names).items() if count > 1] == []


def test_what_is_meant_and_what_replaces_is_known() -> None:
    meant = {name for entry in FACTS.misnomers for name in entry.meant}
    replaced_by = {law.replaced_by for law in FACTS.laws if law.replaced_by}
    assert [name for name in meant | replaced_by if not KNOWN.knows(key_of(name))] == []


def test_what_is_meant_still_applies() -> None:
    laws = [KNOWN.law(key_of(name)) for entry in FACTS.misnomers for name in entry.meant]
    assert [law.name for law in laws if law and law.repealed] == []


def test_a_repealed_law_is_replaced_by_one_that_applies() -> None:
    for law in FACTS.laws:
        successor = KNOWN.law(key_of(law.replaced_by)) if law.replaced_by else None
        assert successor is None or law.name == "经济合同法" or successor.repealed is None


def test_versions_on_record_reach_back_as_far_as_they_say() -> None:
    for law in FACTS.laws:
        if law.complete_from is not None:
            assert law.versions, law.name
        if law.complete_from and law.versions and law.versions[0].kind == "adopted":
            first = law.versions[0].passed or law.versions[0].effective
            assert first, law.name
            assert law.complete_from <= first.year, law.name


def test_a_fact_without_a_seen_source_is_marked() -> None:
    for law in FACTS.laws:
        assert (law.confidence is Confidence.UNCONFIRMED) or "尚未" not in law.source, law.name
    for group in FACTS.titles:
        assert (group.confidence is Confidence.UNCONFIRMED) == ("尚未" in group.source)


@pytest.mark.parametrize("name", table("citations_titles"))
def test_other_titles_are_not_taken_for_slips(name: str) -> None:
    assert KNOWN.nearest(key_of(name)) is None


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("行政处罚发", "行政处罚法"),
        ("行政诉颂法", "行政诉讼法"),
        ("反有组织范罪法", "反有组织犯罪法"),
        ("反电信网络诈骗骗法", "反电信网络诈骗法"),
        ("全国人民代表大会法", "全国人民代表大会组织法"),
        ("中国共产党纪律处份条例", "中国共产党纪律处分条例"),
        ("优化营商环境条列", "优化营商环境条例"),
        (
            "关于全面推进行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
            "关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
        ),
    ],
)
def test_slips_are_led_back_to_the_right_title(written: str, right: str) -> None:
    nearest = KNOWN.nearest(key_of(written))
    assert nearest is not None
    assert nearest.name == right


@pytest.mark.parametrize(
    ("written", "right", "is_law", "slip"),
    [
        ("行政处法", "行政处罚法", True, True),
        ("行政处理法", "行政处罚法", True, False),
        ("退伍军人保障法", "退役军人保障法", True, True),
        ("市物业管理条例", "物业管理条例", False, False),
        ("物业管里条例", "物业管理条例", False, True),
        ("物业服务条例", "物业管理条例", False, False),
    ],
)
def test_a_slip_of_the_pen_adds_no_place_and_no_other_word(written: str, right: str, is_law: bool, slip: bool) -> None:
    assert is_slip(written, right, is_law=is_law) is slip
