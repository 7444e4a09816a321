"""The region in a unit's name: a table of names, and the provinces of the lists of cities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.identity.regions import PROVINCES, region_of
from tests.places import table

NAMES = table("regions")


@pytest.mark.parametrize(("name", "region"), NAMES.items())
def test_the_region_is_what_the_name_says(name: str, region: list[str]) -> None:
    assert list(region_of(name)) == region


CAPITALS = (
    "石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 "
    "武汉 长沙 广州 南宁 海口 成都 贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐"
)
COUNTY_CITIES = (
    "迁安 介休 满洲里 海城 延吉 尚志 昆山 义乌 巢湖 石狮 瑞金 寿光 巩义 "
    "仙桃 浏阳 台山 桂平 琼海 都江堰 仁怀 大理 米林 神木 敦煌 格尔木 灵武 库尔勒"
)


@pytest.mark.parametrize("cities", [CAPITALS, COUNTY_CITIES])
def test_the_lists_name_the_province_of_each_city_by_their_line(cities: str) -> None:
    assert [region_of(f"{city}市司法局") for city in cities.split()] == [
        (province, f"{city}市") for province, city in zip(PROVINCES, cities.split(), strict=True)
    ]


@given(st.text("广东省州市白云区县旗盟自治街道镇局委办新疆人民政府中共国家税务总", max_size=20))
def test_the_parts_of_a_region_stand_in_its_name_in_order(name: str) -> None:
    at = 0
    for part in region_of(name):
        assert part in PROVINCES or part in name[at:]
        at = max(at, name.find(part, at))
