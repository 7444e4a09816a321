"""Whose report it is, as the checks of identity need it: its name, the places above it, what it may call itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from checks.first_use import on_first_use
from checks.match import NotAssessable
from documents.identity.names import core
from documents.lazy_pattern import lazy_pattern
from documents.report import Certainty, Origin, Report, UnitLevel


class Tier(StrEnum):
    """The tier of a territory or organ, as far as its own word (我县, 我镇, 我局) goes."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    DEPARTMENT = "department"


# Which word of a name is of which tier. A 市 may be of the tier of a city or of a county.
_WORDS = {
    "省": Tier.PROVINCE,
    "自治区": Tier.PROVINCE,
    "州": Tier.CITY,
    "盟": Tier.CITY,
    "地区": Tier.CITY,
    "县": Tier.COUNTY,
    "旗": Tier.COUNTY,
    "区": Tier.COUNTY,
    "镇": Tier.TOWNSHIP,
    "乡": Tier.TOWNSHIP,
    "苏木": Tier.TOWNSHIP,
    "街道": Tier.TOWNSHIP,
}
_LETTER = r"[^\W\d_]"
# 新市街道 and 沙市区 are names of one place each.
_PLACE = lazy_pattern(
    f"{_LETTER}{{1,9}}?(?P<word>自治区|自治州|自治县|自治旗|特别行政区|省|市(?!街|镇|乡|区(?!{_LETTER})|北区|南区|中区)|州(?!市|区|县)"
    "|盟|地区|县|旗|(?<![新园港景])区|街道|街(?=办|$)|镇|乡|苏木)"
)
# 城市管理局 and 市场监督管理局 name a field of work, not a place.
_FIELD = lazy_pattern("城市(?=管理|建设|综合|更新|规划|运行)|市场监|市政|市容|城乡|乡村振兴")
_STREET = lazy_pattern("街$")
_MUNICIPALITY = lazy_pattern("^(?:北京|天津|上海|重庆)市")
_AUTONOMOUS = ("自治区", "广西", "宁夏", "西藏", "内蒙古", "新疆", "兵团")
_ZONE = lazy_pattern("(?:开发|新|高新|经开|园|保税|度假|示范|管理|合作|高新技术产业|风景名胜)区|管委会|管理委员会")
# Beginning with a plain class lets the search skip quickly; what stands before it is looked at after it.
_COUNTY_ORGAN = lazy_pattern(
    r"[县区旗](?<![社小片园辖景库学校新].)(?=委(?![员托])|政府|人民政府|直|人大|法院|纪委|(?![域块])[^\W\d_]{2,6}局)"
)
_FEWEST = 2
_MARGIN = 3
_ORGAN = lazy_pattern("(?:局|厅|委员会|委|办公室|办公厅|办|署|中心|[总支大]队|院|海关|处)$")


@dataclass(frozen=True)
class OwnUnit:
    """Its fullest name, its level, and the normalised ``text`` of its report; ``certain``: the report states the name.

    What has to be looked for is looked for when it is asked for.
    """

    name: str
    level: UnitLevel
    certain: bool
    text: str = field(repr=False)

    @on_first_use
    def places(self) -> tuple[str, ...]:
        """The names of the territories in the unit's name, the widest first."""
        return places_in(self.name)

    @on_first_use
    def word(self) -> str:
        """What the unit calls itself by: 县, 街道, 局."""
        return _own_word(self.name, self.level, self.places)

    @on_first_use
    def county(self) -> str | None:
        """县, 区 or 旗, where the name or the organs spoken of (县委, 县司法局) tell which it is or stands under."""
        return _county_word(self.text, self.level, self.places)

    @on_first_use
    def autonomous(self) -> bool:
        """Whether 我区 may be an autonomous region."""
        return any(word in self.text for word in _AUTONOMOUS)

    @on_first_use
    def municipality(self) -> bool:
        """Whether it stands under the central government directly, or belongs to a city that does."""
        return _MUNICIPALITY.search(self.name) is not None

    @on_first_use
    def zone(self) -> bool:
        """Whether it is the administration of a development zone or the like."""
        return _ZONE.search(self.name) is not None

    def place_of(self, tier: Tier) -> str | None:
        """The place of this tier in the unit's name, if it names one."""
        return next((place for place in self.places if tier_of(place) is tier), None)

    def place_ending(self, word: str) -> str | None:
        """The place in the unit's name that ends with ``word``, if there is one."""
        return next((place for place in self.places if place.endswith(word)), None)


@lru_cache(maxsize=4096)
def tier_of(place: str) -> Tier | None:
    """The tier of a place by the last word of its name; ``None`` for a 市, which may be of two."""
    return next((tier for word, tier in _WORDS.items() if place.endswith(word)), None)


@lru_cache(maxsize=4096)
def places_in(name: str) -> tuple[str, ...]:
    """The territories that a full name names, the widest first: 广州市, 白云区, 新市街道."""
    words = core(name)
    field = _FIELD.search(words)
    places = _PLACE.finditer(words, 0, field.start() if field else len(words))
    return tuple(_STREET.sub("街道", match.group()) for match in places)


def read_own_unit(report: Report) -> OwnUnit:
    """The unit of ``report``; raises NotAssessable where it is not known or only guessed."""
    unit, level = report.unit, report.level
    if unit is None or level is None:
        raise NotAssessable("未能识别报告单位或其层级，无法判断文中自称是否相符")
    if unit.certainty is Certainty.GUESS or level.certainty is Certainty.GUESS:
        raise NotAssessable(f"报告单位“{unit.value}”仅由个别字句推测，不足以判断文中自称是否相符")
    named = [item.value for item in unit.evidence if item.origin is not Origin.PAGE and item.value.endswith(unit.value)]
    name = max([unit.value, *named], key=len)
    return OwnUnit(name, level.value, unit.certainty is Certainty.CERTAIN, report.view.text)


def _county_word(text: str, level: UnitLevel, places: tuple[str, ...]) -> str | None:
    stated = next((place for place in places if tier_of(place) is Tier.COUNTY), None)
    if stated is not None:
        return stated[-1]
    if level is not UnitLevel.TOWNSHIP:
        return None
    counts = Counter(match.group() for match in _COUNTY_ORGAN.finditer(text))
    (word, most), *others = [*counts.most_common(2), ("", 0)]
    return word if most >= _FEWEST and all(most >= _MARGIN * count for _, count in others) else None


def _own_word(name: str, level: UnitLevel, places: tuple[str, ...]) -> str:
    if level is UnitLevel.DEPARTMENT:
        organ = _ORGAN.search(name)
        return organ.group() if organ else ""
    last = places[-1] if places else core(name)
    for word in ("街道", "自治区", "苏木", "地区"):
        if last.endswith(word):
            return word
    return "街道" if last.endswith("街") else last[-1:]
