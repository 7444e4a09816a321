"""Every value that a record may hold has a Chinese name that a GBK console can show."""

from __future__ import annotations

from enum import StrEnum

import pytest

from audit.record import Status
from checks.sections.places import Presence
from documents.report import UNIT_LEVEL_NAMES, UnitLevel
from outputs import names
from rules.model import Applies, Level


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (names.LEVEL_NAMES, Level),
        (UNIT_LEVEL_NAMES, UnitLevel),
        (names.STATUS_NAMES, Status),
        (names.PRESENCE_NAMES, Presence),
    ],
)
def test_every_value_is_named(table: dict[StrEnum, str], kind: type[StrEnum]) -> None:
    assert set(table) == set(kind)
    assert "".join(table.values()).encode("gbk")


@pytest.mark.parametrize(
    ("section", "shown"),
    [("", "开头"), ("二", "二"), ("二/(一)", "二、(一)"), ("二/（一）/3", "二、（一）3"), ("主要工作", "主要工作")],
)
def test_a_section_is_written_as_people_write_it(section: str, shown: str) -> None:
    assert names.section_in_words(section) == shown


@pytest.mark.parametrize(
    ("applies", "shown"),
    [
        ({}, "各层级"),
        ({"years": {"from": 2019}}, "各层级，2019年度起"),
        ({"years": {"to": 2020}}, "各层级，至2020年度"),
        ({"years": {"from": 2019, "to": 2020}, "levels": ["county", "city"]}, "县级、市级，2019—2020年度"),
    ],
)
def test_the_scope_of_a_rule(applies: dict[str, object], shown: str) -> None:
    assert names.scope_in_words(Applies.model_validate(applies)) == shown


def test_families_of_the_design_are_named_and_others_keep_their_id() -> None:
    assert names.family_name("duplicates") == "重复雷同"
    assert names.family_name("house-rules") == "house-rules"
