"""Every value that a record may hold has a Chinese name that a GBK console can show."""

from __future__ import annotations

from enum import StrEnum

import pytest

from audit.record import Status
from checks.sections.places import Presence
from documents.report import UNIT_LEVEL_NAMES, UnitLevel
from outputs import names
from rules.model import Level


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


def test_families_of_the_design_are_named_and_others_keep_their_id() -> None:
    assert names.family_name("duplicates") == "重复雷同"
    assert names.family_name("house-rules") == "house-rules"
