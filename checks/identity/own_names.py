"""Whether a name is another unit's: of the author's own kind, and neither the author nor a place above or below it."""

from __future__ import annotations

from checks.first_use import on_first_use
from checks.identity.common_words import is_common_word
from checks.identity.own_unit import OwnUnit, Tier, places_in, tier_of
from documents.identity.names import UnitName, core, parse_name
from documents.lazy_pattern import lazy_pattern
from documents.report import UnitLevel

_NO_NAME = lazy_pattern(
    "[下返回家故城入还离水侨山同异老本各在]乡|[坐城村集古重名强小进色范建]镇"
    "|(?:[社园景辖库片街小城郊矿灾牧新老特校厂战地专全各]|[困远部老]山)区|[全各本外城超上门夜菜都农股楼]市|[全各]县|[全各我]省"
    "|布局|格局|全局|大局|结局|当局|开局|困局|变局"
)
_MOST_LETTERS = 6
# The last words, among those of names in a text, of the names that parse_name gives a level.
_LAST_WORDS = {
    UnitLevel.PROVINCE: ("省", "区", "市", "委员会"),
    UnitLevel.CITY: ("市", "州", "区", "委员会"),
    UnitLevel.COUNTY: ("县", "区", "旗", "市", "委员会"),
    UnitLevel.DEPARTMENT: ("局", "厅", "委员会"),
    UnitLevel.TOWNSHIP: ("街道", "镇", "乡"),
}
_PLACE_WORDS = {Tier.COUNTY: ("县", "区", "旗"), Tier.TOWNSHIP: ("街道", "镇", "乡")}


class OwnNames:
    """The names of the author, to compare others with."""

    def __init__(self, own: OwnUnit) -> None:
        self.own = own

    @property
    def of_own_kind(self) -> tuple[str, ...]:
        """The last words that a name of the author's own kind can have."""
        return _LAST_WORDS[self.own.level]

    @on_first_use
    def mine(self) -> tuple[str, ...]:
        """The author's name and the places in it: whatever ends with one of them is no other unit's."""
        own = self.own
        places = (own.place_of(Tier.COUNTY), own.place_of(Tier.TOWNSHIP), own.place_ending("市"))
        return (own.name, *(place for place in places if place))

    @on_first_use
    def telling(self) -> frozenset[str]:
        """The last words of the names that can be another unit's where the author's, or one above it, belongs."""
        places = (word for tier, words in _PLACE_WORDS.items() if self.own.place_of(tier) for word in words)
        return frozenset((*self.of_own_kind, *places, "市"))

    @on_first_use
    def _cores(self) -> tuple[str, ...]:
        return tuple(core(place) for place in (*self.own.places, self.own.name))

    def is_mine(self, other: str) -> bool:
        """Whether a name is the author's, or that of a place in its name, perhaps in short or with a slip."""
        return any(alike(other, mine) for mine in self._cores)

    def is_another(self, name: UnitName) -> bool:
        """Whether the name is of a unit of the author's own kind and cannot be the author's."""
        other = core(name.text)
        if name.level is not self.own.level or not name.sure:
            return False
        if _NO_NAME.search(other) or self.is_mine(other):
            return False
        own_kind = self._is_same_office_elsewhere if self.own.level is UnitLevel.DEPARTMENT else self._is_of_own_kind
        return own_kind(other) and not is_common_word(stem(other))

    def is_other_office(self, name: UnitName) -> bool:
        """Whether the name is of an office of some other certain place."""
        places = places_in(name.text)
        return bool(places) and name.sure and not self.is_mine(core(name.text)) and not is_common_word(stem(places[0]))

    def case_of_place(self, place: str) -> str | None:
        """``office`` or ``city`` for a place of the author's own tier that is not the author's; ``None`` for others."""
        own, tier = self.own, tier_of(place)
        if place.endswith("市"):
            city_wide = own.level is UnitLevel.CITY or (own.level is UnitLevel.DEPARTMENT and own.county is None)
            mine, case = own.place_ending("市") if city_wide else None, "city"
        else:
            mine, case = own.place_of(tier) if tier in (Tier.COUNTY, Tier.TOWNSHIP) else None, "office"
        if not mine or alike(place, mine) or _NO_NAME.search(place):
            return None
        name = parse_name(place)
        known = name is not None and (name.sure or case == "city") and not is_common_word(stem(place))
        return case if known else None

    def is_other_superior(self, place: str) -> bool:
        """Whether a place that leads the author is another county than the one in the author's name."""
        mine = self.own.place_of(Tier.COUNTY)
        if mine is None or tier_of(place) is not Tier.COUNTY or alike(place, mine):
            return False
        return parse_name(place) is not None and not _NO_NAME.search(place) and not is_common_word(stem(place))

    def _is_of_own_kind(self, other: str) -> bool:
        places = places_in(other)
        above = set(places[:-1])
        if above and self.own.places[:-1] and not above & set(self.own.places[:-1]):
            return True
        return not places or len(places[-1]) <= _MOST_LETTERS

    def _is_same_office_elsewhere(self, other: str) -> bool:
        mine, theirs = places_in(self.own.name), places_in(other)
        if not mine or not theirs or set(mine) & set(theirs) or tier_of(mine[-1]) is not tier_of(theirs[-1]):
            return False
        return other.endswith(core(self.own.name)[len("".join(mine)) :])


def stem(place: str) -> str:
    """The name of a place without the word for its kind."""
    return place[:-2] if place.endswith("街道") else place[:-1]


def alike(one: str, other: str) -> bool:
    """Whether one name is the other in short or with a slip: most letters of the shorter stand in the longer."""
    short, long = sorted((one, other), key=len)
    letters = stem(short)
    return not letters or sum(letter in long for letter in letters) * 2 > len(letters)
