"""The region that a unit's name places it in: province, city and county, as far as the name tells.

Source of the hierarchy: the lists of cities in ``cities.txt`` (one line a province), and for prefectures that are no 市
the list below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from documents.lazy_pattern import lazy_pattern

PROVINCES: Final = (
    "河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省", "黑龙江省", "江苏省", "浙江省", "安徽省", "福建省",
    "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区", "海南省", "四川省", "贵州省",
    "云南省", "西藏自治区", "陕西省", "甘肃省", "青海省", "宁夏回族自治区", "新疆维吾尔自治区",
)  # fmt: skip
"""The provinces with cities, in the order of the lines of ``cities.txt``."""

_MUNICIPALITIES: Final = ("北京市", "天津市", "上海市", "重庆市")
_CORPS: Final = "新疆生产建设兵团"
_OTHER_PREFECTURES: Final = {
    "内蒙古自治区": ("兴安盟", "锡林郭勒盟", "阿拉善盟"),
    "吉林省": ("延边朝鲜族自治州", "延边州"),
    "黑龙江省": ("大兴安岭地区",),
    "湖北省": ("恩施土家族苗族自治州", "恩施州"),
    "湖南省": ("湘西土家族苗族自治州", "湘西自治州", "湘西州"),
    "四川省": (
        "阿坝藏族羌族自治州", "阿坝州", "甘孜藏族自治州", "甘孜州", "凉山彝族自治州", "凉山州",
    ),
    "贵州省": (
        "黔西南布依族苗族自治州", "黔西南州", "黔东南苗族侗族自治州", "黔东南州", "黔南布依族苗族自治州", "黔南州",
    ),
    "云南省": (
        "楚雄彝族自治州", "楚雄州", "红河哈尼族彝族自治州", "红河州", "文山壮族苗族自治州", "文山州",
        "西双版纳傣族自治州", "西双版纳州", "大理白族自治州", "大理州", "德宏傣族景颇族自治州", "德宏州",
        "怒江傈僳族自治州", "怒江州", "迪庆藏族自治州", "迪庆州",
    ),
    "西藏自治区": ("阿里地区",),
    "甘肃省": ("临夏回族自治州", "临夏州", "甘南藏族自治州", "甘南州"),
    "青海省": (
        "海北藏族自治州", "海北州", "黄南藏族自治州", "黄南州", "海南藏族自治州", "海南州", "果洛藏族自治州", "果洛州",
        "玉树藏族自治州", "玉树州", "海西蒙古族藏族自治州", "海西州",
    ),
    "新疆维吾尔自治区": (
        "昌吉回族自治州", "昌吉州", "博尔塔拉蒙古自治州", "巴音郭楞蒙古自治州",
        "克孜勒苏柯尔克孜自治州", "伊犁哈萨克自治州", "伊犁州",
        "阿克苏地区", "喀什地区", "和田地区", "塔城地区", "阿勒泰地区",
    ),
}  # fmt: skip
_LIST_OF_COUNTIES = "[县级市]"
_LONGEST_PREFECTURE = 12

_SUPERIOR = lazy_pattern("(?:中国共产党|中共|国家税务总局|国家统计局)")
_SHORT_PROVINCE = re.compile("|".join(re.sub("省$|(?:壮族|回族|维吾尔)?自治区$", "", name) for name in PROVINCES))
_PROVINCE = lazy_pattern("[^省市区县旗州盟局厅委]{2,8}?(?:省|自治区)")
_STEM = "[^省市区县旗盟局厅委]"
_CITY = lazy_pattern(rf"{_STEM}{{2,12}}?市(?!场监)")
# What follows tells 城区街道, 红旗镇 and 区域 from a county.
_COUNTY = lazy_pattern(
    rf"(?:(?:市[中南北]|[新沙]市)区|{_STEM}{{1,12}}?(?:自治[县旗]|[区县旗])|{_STEM}{{2,8}}?市)(?!场监|街|镇|乡|办事处|路|域|划|级)"
)


def region_of(name: str) -> tuple[str, ...]:
    """The region of the unit ``name``, the largest part first (``("广东省", "广州市", "白云区")``).

    Empty where the name has no region. The province of a city that the lists know is added; that of a county is not
    known.
    """
    above = _SUPERIOR.match(name)
    rest = name[above.end() :] if above else name
    province, rest = _province(rest)
    if province in _MUNICIPALITIES:
        return (province, *_county(rest))
    known, city, rest = _city(rest, province)
    region = tuple(part for part in (province or known, city) if part)
    return region if city and _is_county(city) else (*region, *_county(rest))


def _province(name: str) -> tuple[str, str]:
    """The province at the start of ``name`` and what follows."""
    for province in (*PROVINCES, *_MUNICIPALITIES, _CORPS):
        if name.startswith(province):
            return province, name[len(province) :]
    unknown = _PROVINCE.match(name)
    return (unknown.group(), name[unknown.end() :]) if unknown else ("", name)


def _city(name: str, province: str) -> tuple[str, str, str]:
    """The city at the start of ``name``, its province if the lists know it, and what follows."""
    short = None if province else _SHORT_PROVINCE.match(name)
    for start in (0, short.end()) if short else (0,):
        for end in range(start + 2, min(start + _LONGEST_PREFECTURE, len(name)) + 1):
            if its := _prefectures().get(name[start:end]):
                return its, name[start:end], name[end:]
    city = _CITY.match(name)
    return ("", city.group(), name[city.end() :]) if city else ("", "", name)


def _county(rest: str) -> tuple[str, ...]:
    county = _COUNTY.match(rest)
    return (county.group(),) if county else ()


def _is_county(city: str) -> bool:
    return city[:-1] in _county_cities()


@cache
def _prefectures() -> Mapping[str, str]:
    """The province of each city of either kind and of the other prefectures."""
    prefectures, _, counties = _written().partition(_LIST_OF_COUNTIES)
    cities = {f"{name}市": province for name, province in (*_by_province(counties), *_by_province(prefectures))}
    return cities | {name: province for province, names in _OTHER_PREFECTURES.items() for name in names}


@cache
def _county_cities() -> frozenset[str]:
    return frozenset(name for name, _ in _by_province(_written().partition(_LIST_OF_COUNTIES)[2]))


def _written() -> str:
    return (Path(__file__).parent / "cities.txt").read_text(encoding="utf-8")


def _by_province(lists: str) -> Iterator[tuple[str, str]]:
    lines = [line for line in lists.splitlines() if line and not line.startswith(("#", "["))]
    # The last line of the county-level cities are those of the corps, which lie in the last province.
    for number, line in enumerate(lines):
        for city in line.split():
            yield city, PROVINCES[min(number, len(PROVINCES) - 1)]
