from __future__ import annotations

import pytest

from documents.identity.names import parse_name, same_unit, unit_in_title
from documents.report import UnitLevel
from tests.places import table

NAMES = table("unit_names")
GENERAL_WORDS = NAMES.pop("none")


@pytest.mark.parametrize(("name", "level"), [(name, level) for level, names in NAMES.items() for name in names])
def test_level_of_a_name(name: str, level: str) -> None:
    parsed = parse_name(name)
    assert parsed is not None
    assert parsed.level is UnitLevel(level)


def test_every_level_has_names() -> None:
    assert {UnitLevel(level) for level in NAMES} == set(UnitLevel)


@pytest.mark.parametrize("words", GENERAL_WORDS)
def test_general_words_are_no_names(words: str) -> None:
    assert parse_name(words) is None


def test_a_city_in_no_list_is_left_open() -> None:
    parsed = parse_name("云山市人民政府")
    assert parsed is not None
    assert (parsed.level, parsed.sure) == (None, False)


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("厦门市海沧区城市管理局2023年度法治政府建设情况报告", "厦门市海沧区城市管理局"),
        ("2023年从化区法治政府建设年度报告", "从化区"),
        ("关于从化区2023年法治政府建设情况的报告", "从化区"),
        ("平江县人民政府关于2022年法治政府建设情况的报告", "平江县人民政府"),
        ("中共平江县委平江县人民政府关于2022年法治政府建设情况的报告", "平江县人民政府"),
        ("平江县推进法治政府建设2022年度报告", "平江县"),
        ("平江县税务局二〇二二年度依法行政工作报告", "平江县税务局"),
        ("上海市法治政府建设年度报告(2023年)", "上海市"),
        ("平江县人民政府办公室关于印发平江县2023年法治政府建设年度报告的通知", "平江县"),
        ("江苏省水利厅关于报送2022年度法治政府建设情况的报告", "江苏省水利厅"),
        ("青山镇上年度法治政府建设情况报告", "青山镇"),
        ("2023年法治政府建设年度报告", None),
        ("关于2024年度法治政府建设情况的报告", None),
    ],
)
def test_unit_in_a_title(title: str, unit: str | None) -> None:
    place = unit_in_title(title)
    assert (title[slice(*place)] if place else None) == unit


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("从化区", "广州市从化区人民政府", True),
        ("新市街", "新市街道办事处", True),
        ("古美路街道", "上海市闵行区古美路街道办事处", True),
        ("从化区", "白云区", False),
        ("从化区", "从化区司法局", False),
    ],
)
def test_names_of_one_unit(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same
