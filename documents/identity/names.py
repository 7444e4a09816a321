"""Names of units: what a name looks like, and what kind of unit its words say it is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from documents.report import UnitLevel

# A range of Han characters is compiled a hundred times as slowly as the category of letters.
_LETTER = r"[^\W\d_]"
_GOVERNMENT = "(?:人民政府|政府|党工委|工委|党委)?"
_TOWNSHIP = lazy_pattern(
    f"(?:(?:街道|镇|乡|苏木)(?:办事处|办|管理处|{_GOVERNMENT})|街(?:办事处|党工委)?|(?:地区|管理区|新区)办事处)$"
)
_ZONE = lazy_pattern(
    "(?:开发区|新区|高新区|经开区|园区|保税区|度假区|示范区|试验区|实验区|先行区|先导区|风景区|名胜区|景区|合作区|集聚区|管理区|产业园|工业园|科技城"
    "|新城|自贸区|港区|经济区|功能区|片区|生态城|商务区|[^学]园)(?P<organ>管理委员会|管委会|人民政府|政府|党工委|工委)?$"
)
_PROVINCE = lazy_pattern(f"(?:省|自治区|特别行政区|生产建设兵团|^(?:北京|天津|上海|重庆)市){_GOVERNMENT}$")
_PREFECTURE = lazy_pattern(
    f"(?:自治州|州|地区|盟|第[一二三四五六七八九十]+师(?:{_LETTER}{{2,5}}市)?)(?:行政公署|行署|{_GOVERNMENT})$"
)
_COUNTY = lazy_pattern(f"(?:县|旗|区){_GOVERNMENT}$")
_CITY = lazy_pattern(f"(?P<stem>{_LETTER}+?)市{_GOVERNMENT}$")
_DEPARTMENT = lazy_pattern(
    "(?:局|厅|委员会|委|办公室|办公厅|研究室|海关|[总支大]队|中心|署|检察院|人民法院|处|司法所|财政所|税务所|管理站|图书馆"
    "|档案馆|集团|公司|联合会|总会|工会|联合社|[支分]行|部)$"
)
_PARTY_COMMITTEE = lazy_pattern("(?<=[省市县区旗州盟])(?:委员会|委)$")
_PARTY_GROUP = lazy_pattern("^(?:中共)?(?P<unit>.{2,}[局厅委会院府])(?:党组|党委)$")
_REGION = lazy_pattern(f"{_LETTER}{{2,7}}?(?:特别行政区|自治区|自治州|省|市|州|盟|地区)")

_NOT_A_NAME = lazy_pattern(
    "领导|坚强|指导|要求|坚持|贯彻|部署|落实|学习|精神|法治|依法治|依法行政|推[进动]|全面|深入|围绕|按照|根据|组织|开展|重点"
    "|国务院|中共中央|党中央|最高人民|全国人大|[村居]民委员会|调解|干部|支部|基地|城乡社区"
    "|[现特兹]将|现就|关于|公布|印发|报送|转发|[以年]来|的|了|等(?!岭)|各(?!族自治)|每|我|该|其|某|本级|有关|相关|辖区|下辖|上级|基层"
    "|[委府局会处][和及]|(?<![省市区县旗州盟淳单])(?<!^)于|^(?:在|以|把|让|与|及|是|对照|通过|结合|针对|使|将[^乐]|不|所|一个|两个|[省市县区州旗盟][委府]"
    "|全[省市区县旗镇乡局委厅]|本[省市区县旗镇乡局委厅街单])"
)
_PARTY_PREFIX = lazy_pattern(
    "^中(?:国共产党|共).{2,24}?(?:党工委|工委|工作委员会|委员会|委)(?:.{2,8}?(?:工作委员会|工委|党委|党组))?(?=.{3,})"
)
# What is left of a general word ("县政府", "示范区") once the kind of unit is cut off: no proper name.
_GENERAL_STEM = lazy_pattern(
    "[省市县区州盟旗镇乡街城村地社小园辖片校景山灾库林牧特新郊矿港湖农老都门全本]|街道|城乡|国家|中央|全国|中国|直辖|县级|地级|自治|乡村|中心|特色小?"
    "|小城|示范|[试实]验|功能|(?:经济)?开发|经济|高新|经开|工业|产业|管理|保税|度假|风景|旅游|科技|建制|步行|商业|历史|城市|[乡村街]镇|农村|城镇|人民"
)
_KIND_OF_PLACE = lazy_pattern(
    "(?:街道|开发区|新区|高新区|经开区|园区|保税区|度假区|示范区|[试实]验区|管理区|特别行政区|自治[区州县旗]|地区|林区|[省市区县旗盟州镇乡街]|苏木)$"
)
# Short general words for an organ; they name a unit only together with a place ("市司法局", "城关镇财政所").
_NEEDS_PLACE = lazy_pattern("(?:[总支大]队|中心|处|[站馆所部]|集团|公司|委|办|会)$")
_SHORT_DEPARTMENT = lazy_pattern("[省市区县州盟旗][教建商农科经体计]委$")
_PLACE = lazy_pattern("^(?:[省市区县州旗盟]|国家|国网|中国)|[省市区县州旗盟镇乡]|街道|海关")
_OF_PLACES = "省市区县州旗盟镇乡局"
_LONGEST_NAME = 40
_WRITTEN = lazy_pattern(f"(?:{_LETTER}++|[()·×])++")


class UnitName(NamedTuple):
    """The name of a unit. ``level`` is ``None`` where a 市 may be of either kind; ``sure``: the name decides it."""

    text: str
    level: UnitLevel | None
    sure: bool


@lru_cache(maxsize=512)
def parse_name(words: str) -> UnitName | None:
    """The unit that ``words`` name as a whole, or ``None`` where they are no name of one certain unit."""
    name = words.strip(" :、")
    if name.endswith(("党组", "党委")):
        name = _PARTY_GROUP.sub(r"\g<unit>", name)
    if name.startswith("中"):
        name = _PARTY_PREFIX.sub("", name)
    if name.endswith(("委员会", "委")) and not name.startswith("中"):
        name = _PARTY_COMMITTEE.sub("", name)
    if not 2 <= len(name) <= _LONGEST_NAME or _NOT_A_NAME.search(name) or not _WRITTEN.fullmatch(name):
        return None
    kind = _kind(re.sub(r"\(.*?\)$", "", name) if name.endswith(")") else name)
    return UnitName(name, *kind) if kind and _is_proper(name, kind[0]) else None


def _kind(name: str) -> tuple[UnitLevel | None, bool] | None:
    if _TOWNSHIP.search(name):
        return UnitLevel.TOWNSHIP, not name.endswith("街")
    if zone := _ZONE.search(name):
        return UnitLevel.COUNTY, bool(zone["organ"]) or name.endswith("新区")
    for pattern, level in (
        (_PROVINCE, UnitLevel.PROVINCE),
        (_PREFECTURE, UnitLevel.CITY),
        (_COUNTY, UnitLevel.COUNTY),
    ):
        if pattern.search(name):
            return level, True
    if city := _CITY.search(name):
        return _city_kind(city["stem"])
    return (UnitLevel.DEPARTMENT, True) if _DEPARTMENT.search(name) else None


def _city_kind(stem: str) -> tuple[UnitLevel | None, bool]:
    """Whether a 市 is a city with districts or a county-level city: from what stands before it, else from the lists."""
    above = _REGION.match(stem)
    own = stem[above.end() :] if above and above.end() < len(stem) else stem
    prefectures, counties = _cities()
    if own in prefectures:
        return UnitLevel.CITY, True
    if own in counties or (above and own != stem and above.group()[-1] in "市州盟区" and "自治区" not in above.group()):
        return UnitLevel.COUNTY, True
    return None, False


@cache
def _cities() -> tuple[frozenset[str], frozenset[str]]:
    """The names (without 市) of the cities with districts and of the county-level cities."""
    written = (Path(__file__).parent / "cities.txt").read_text(encoding="utf-8")
    prefectures, _, counties = written.partition("[县级市]")
    return frozenset(prefectures.partition("[地级市]")[2].split()), frozenset(counties.split())


def _is_proper(name: str, level: UnitLevel | None) -> bool:
    if level is UnitLevel.DEPARTMENT:
        complete = not _NEEDS_PLACE.search(name) or bool(_PLACE.search(name[:-1]))
        return (len(name) >= 4 and complete) or bool(_SHORT_DEPARTMENT.search(name))
    stem = _stem(name)
    return (
        bool(stem)
        and not _GENERAL_STEM.fullmatch(stem)
        and (len(stem) > 1 or name.endswith(("县", "县人民政府", "旗", "芒市")))
    )


def _stem(name: str) -> str:
    """The proper part of the name of a region or township; empty where there is none."""
    return _KIND_OF_PLACE.sub("", core(name), count=1)


_ORGAN = lazy_pattern("(?:人民政府|政府|管理委员会|管委会|党工委|党委|行政公署|行署|办事处|(?<=街)道|(?<=街道)办)$")


@lru_cache(maxsize=64)
def core(name: str) -> str:
    """The name without the words that only say which organ of the place it is, for comparing names of one unit."""
    previous = ""
    while previous != name:
        previous, name = name, _ORGAN.sub("", name)
    return name


def same_unit(one: str, other: str) -> bool:
    """Whether two names can be the same unit, one perhaps with the names of its superiors before it."""
    if one == other:
        return True
    short, long = sorted((core(one), core(other)), key=len)
    above = long[: len(long) - len(short)]
    return long.endswith(short) and (not above or above[-1] in _OF_PLACES or short[0] in _OF_PLACES)


_TITLE_YEAR = r"\(?(?:20[0-9]{2}|二[〇零0Oo○][一二三四五六七八九〇零]{2})年?度?\)?"
_TITLE_REST = lazy_pattern(
    f"{_TITLE_YEAR}|关于|的?(?:法治政府|法治建设|法治工作|依法行政|法治|推进|贯彻|落实|全面|上年度|上一年度|年度|党政主要负责人|建设法治)"
)
_TITLE_LEAD = lazy_pattern(f"(?:{_TITLE_YEAR}|关于|[〈《(])*")
_FORWARDED = lazy_pattern("(?:印发|公布|公开|报送|转发)[〈《]?")


@lru_cache(maxsize=64)
def unit_in_title(title: str) -> tuple[int, int] | None:
    """The range of the unit's name in a normalised title: what stands before the year or the topic.

    In 甲办公室关于印发乙县2023年……报告的通知 it is 乙县 that reports.
    """
    forwarded = _FORWARDED.search(title)
    inner = _unit_from(title, forwarded.end()) if forwarded else None
    return inner or _unit_from(title, 0)


def _unit_from(title: str, position: int) -> tuple[int, int] | None:
    lead = _TITLE_LEAD.match(title, position)
    start = lead.end() if lead else position
    for rest in _TITLE_REST.finditer(title, start + 1):
        if name := parse_name(title[start : rest.start()]):
            place = title.find(name.text, start)
            return place, place + len(name.text)
    return None
