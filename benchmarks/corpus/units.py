"""Invented provinces, cities, counties, departments, townships and streets, each computed from its number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

FIRST_YEAR: Final = 2019
LAST_YEAR: Final = 2025

# Reports of one county: its government, then departments, then townships; see ``assignment``.
_BLOCK: Final = 34
_DEPARTMENTS: Final = range(1, 13)
_CITY_EVERY, _PROVINCE_EVERY = 10, 120

_HEADS: Final = "岚渌沅淇溧沭洮浔滏涪泸澧沣汝颍沂濮滦桓檀榆槐枫桐柏栎梧樟楠杉棠梓楸筠芷蘅荻菱莲蕙葭茗苓芦薇葵稷黍穗粟稻"
_TAILS: Final = "川宁阳州泽陵浦源岭原溪冈城港峰塘岩谷湾坪渡桥塬口墩堰坝台沟店集屯营寨堡庄坊桓屿洲岗"
_VILLAGES: Final = "东西南北上下前后大小新老高长双三五石金银龙凤云清白红青永福兴和富祥瑞嘉丰安吉庆康"

_DEPARTMENT_NAMES: Final = [
    "教育",
    "科学技术",
    "公安",
    "民政",
    "司法",
    "财政",
    "人力资源和社会保障",
    "自然资源",
    "生态环境",
    "住房和城乡建设",
    "交通运输",
    "水务",
    "农业农村",
    "商务",
    "文化和旅游",
    "卫生健康",
    "退役军人事务",
    "应急管理",
    "审计",
    "市场监督管理",
    "统计",
    "医疗保障",
    "城市管理",
    "信访",
    "林业",
    "数据",
    "体育",
    "粮食和物资储备",
    "乡村振兴",
    "地方金融管理",
    "国防动员",
    "政务服务管理",
    "机关事务管理",
    "园林绿化",
    "文物",
    "供销合作",
    "气象",
    "投资促进",
    "海洋渔业",
    "矿产资源",
]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as its reports name it.

    ``level`` is one of the levels of :mod:`documents.report`; ``we`` and ``area`` are how it speaks of itself and of
    its territory, ``above`` whom it answers to, ``leader`` its chief, ``region`` the folder of its reports.
    """

    name: str
    short: str
    level: str
    we: tuple[str, ...]
    area: tuple[str, ...]
    above: str
    leader: str
    addressee: str
    places: tuple[str, ...]
    region: str


def assignment(seed: int, index: int) -> tuple[Unit, int]:
    """The unit and the reported year of report ``index``; no two reports have both in common."""
    county, place = divmod(index, _BLOCK)
    again = place > _DEPARTMENTS[0] and place % 5 == 4
    unit = _unit(seed, county, place - 1 if again else place)
    year = Random(f"{seed}/year/{county}/{place - again}").randint(FIRST_YEAR + 1, LAST_YEAR)
    return unit, year - 1 if again else year


def _unit(seed: int, county: int, place: int) -> Unit:
    city, province = county // _CITY_EVERY, county // _PROVINCE_EVERY
    names = _Names(
        f"{_stem(seed, 'province', province)}省", f"{_stem(seed, 'city', city)}市", _county_name(seed, county)
    )
    departments = _shuffled(f"{seed}/departments/{county}", _DEPARTMENT_NAMES)
    if county % _CITY_EVERY == 0 and place == 1:
        return _city(names)
    if county % _CITY_EVERY == 0 and place in (2, 3):
        return _department(names, names.city, departments[place], "局")
    if county % _PROVINCE_EVERY == 0 and place == 5:
        return _province(names)
    if county % _PROVINCE_EVERY == 0 and place in (6, 7):
        return _department(names, names.province, departments[place], "厅")
    if place == 0:
        return _county(names)
    if place in _DEPARTMENTS:
        return _department(names, names.county, departments[place], "局")
    return _township(names, *_township_name(seed, county, place))


@dataclass(frozen=True, slots=True)
class _Names:
    """The province, city and county that a unit lies in."""

    province: str
    city: str
    county: str


def _province(names: _Names) -> Unit:
    return Unit(
        f"{names.province}人民政府", names.province, "province", ("我省", "全省"), ("全省",), "党中央、国务院",
        "省委、省政府主要负责同志", "国务院", (names.province,), names.province,
    )  # fmt: skip


def _city(names: _Names) -> Unit:
    return Unit(
        f"{names.city}人民政府", names.city, "city", ("我市", "全市"), ("全市",), "省委、省政府",
        "市委、市政府主要负责同志", "省委、省政府", (names.city, names.province), names.city,
    )  # fmt: skip


def _county(names: _Names) -> Unit:
    kind = names.county[-1]
    return Unit(
        f"{names.county}人民政府", names.county, "county", (f"我{kind}", f"全{kind}"), (f"全{kind}",), "市委、市政府",
        f"{kind}委、{kind}政府主要负责同志", "市委、市政府", (names.county, names.city), names.city,
    )  # fmt: skip


def _department(names: _Names, seat: str, field: str, office: str) -> Unit:
    kind = seat[-1]
    own = f"{field}{office}"
    region = names.province if kind == "省" else names.city
    return Unit(
        f"{seat}{own}", own, "department", (f"我{office}", f"全{office}"), (f"全{kind}", "辖区"),
        f"{kind}委、{kind}政府", f"{office}党组书记、{office}长", f"{kind}委、{kind}政府", (seat,), region,
    )  # fmt: skip


def _township(names: _Names, stem: str, kind: str) -> Unit:
    seat = names.county[-1]
    street = kind == "街道"
    leader = "街道党工委书记、办事处主任" if street else f"{kind}党委书记、{kind}长"
    full = f"{names.county}{stem}{kind}" + ("办事处" if street else "人民政府")
    own = ("我街道", "街道") if street else (f"我{kind}", f"全{kind}")
    return Unit(
        full, f"{stem}{kind}", "township", own, ("辖区", "街道") if street else (f"全{kind}", "辖区"),
        f"{seat}委、{seat}政府", leader, f"{seat}委、{seat}政府", (names.county, f"{stem}{kind}"), names.city,
    )  # fmt: skip


def _county_name(seed: int, county: int) -> str:
    kind = "区" if Random(f"{seed}/county/{county}").random() < 0.55 else "县"
    return f"{_stem(seed, 'county', county)}{kind}"


def _township_name(seed: int, county: int, place: int) -> tuple[str, str]:
    chance = Random(f"{seed}/townships/{county}")
    stem = chance.sample(_stems(seed, "township"), _BLOCK)[place]
    return stem, Random(f"{seed}/township/{county}/{place}").choice(("镇", "镇", "镇", "乡", "街道", "街道"))


def _stem(seed: int, kind: str, number: int) -> str:
    stems = _stems(seed, kind)
    return stems[number % len(stems)]


@lru_cache(maxsize=16)
def _stems(seed: int, kind: str) -> list[str]:
    return _shuffled(f"{seed}/stems/{kind}", [head + tail for head in _HEADS for tail in _TAILS if head != tail])


@lru_cache(maxsize=64)
def _shuffled_once(seed: str, items: tuple[str, ...]) -> tuple[str, ...]:
    mixed = list(items)
    Random(seed).shuffle(mixed)
    return tuple(mixed)


def _shuffled(seed: str, items: list[str]) -> list[str]:
    return list(_shuffled_once(seed, tuple(items)))


def village(chance: Random) -> str:
    """The name of an invented community or village."""
    pick = chance.random
    first = _VILLAGES[int(pick() * len(_VILLAGES))]
    middle = _HEADS[int(pick() * len(_HEADS))]
    last = _TAILS[int(pick() * len(_TAILS))]
    return f"{first}{middle}{last}{'社区' if pick() < 0.5 else '村'}"
