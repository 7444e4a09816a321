"""The level of the unit, from its name and from how the report speaks of its author (我区, 我局, 镇党委)."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.identity.names import UnitName
from documents.identity.reading import Piece, Reading
from documents.lazy_pattern import lazy_pattern
from documents.report import Attribute, Certainty, Evidence, Origin, UnitLevel

_STRONG_SCORE = 4.0
_STATUTES_WEIGH = 2
# Each row: what the words say the author is, how much one mention weighs, how much they weigh together, the words.
_SELF_REFERENCES = (
    (UnitLevel.TOWNSHIP, 3.0, 15.0, "(?<!自)我(?:街道|街|镇|乡|苏木)|本(?:街道|镇|乡)(?![土村级])"),
    (
        UnitLevel.DEPARTMENT,
        3.0,
        15.0,
        "(?<!自)我(?:局(?!限)|委(?![员托])|厅|办(?![理公事])|中心|支队|总队|大队|队|关|院|处|站|馆|分局|单位)|本局(?!部)",
    ),
    (UnitLevel.COUNTY, 2.0, 9.0, "我(?:区|县|旗|自治县|新区|开发区|高新区)"),
    (UnitLevel.CITY, 1.5, 6.0, "我(?:市|州|盟|地区)"),
    (UnitLevel.PROVINCE, 2.0, 4.0, "我(?:省|自治区)"),
    (UnitLevel.TOWNSHIP, 1.5, 6.0, "(?<![健安完])全(?:镇|乡|街道|街(?!区))(?![镇街])"),
    (
        UnitLevel.DEPARTMENT,
        1.5,
        6.0,
        "全[局厅委](?=干部|上下|各|人员|职工|执法|系统|党员|工作人员|共)|(?<![各全])[局厅委]系统",
    ),
    (UnitLevel.COUNTY, 0.7, 5.0, "(?<![健安完])全(?:区|县|旗)(?![域级])"),
    (UnitLevel.CITY, 0.5, 3.0, "(?<![健安完])全(?:市|州|盟)(?![场域级])"),
    (UnitLevel.PROVINCE, 0.7, 5.0, "(?<![健安完])全(?:省|自治区)"),
    (
        UnitLevel.TOWNSHIP,
        1.0,
        4.0,
        "(?:(?<![各乡个、])[镇乡]|(?<=街)道)(?:党委|党工委|党政|主要负责|主要领导|司法所|综合行政执法)|处主任|(?<![各、乡])[镇乡]长",
    ),
    (
        UnitLevel.TOWNSHIP,
        1.5,
        6.0,
        "(?<=[,。;:\\n])街道(?=按照|建立|组织|坚持|聘请|成立|积极|及时|全年|领导|班子|通过|结合|严格|召开|开展|充分|始终|深入|认真|制定|完善|平安办|司法所|综合|机关|累计|共)",
    ),
    (
        UnitLevel.DEPARTMENT,
        1.5,
        7.0,
        "(?<!各)[局厅](?:党组|党委|机关|务会|长办公会|主要负责|主要领导|领导班子|属|班子)|委党组",
    ),
    (UnitLevel.COUNTY, 1.0, 5.0, "(?<!自治)[区县旗](?:委常委|政府常务会|政府党组|政府主要|委主要|委书记|人民政府常务)"),
    (UnitLevel.CITY, 1.0, 5.0, "[市州盟](?:委常委|政府常务会|政府党组|政府主要|委主要|委书记|人民政府常务)"),
    (UnitLevel.PROVINCE, 1.0, 5.0, "(?:省|(?<=自治)区)(?:委常委|政府常务会|政府党组|政府主要|委主要|人民政府常务)"),
)
_WEIGHTS = {f"row{number}": row[:3] for number, row in enumerate(_SELF_REFERENCES)}
_WORDS = lazy_pattern("|".join(f"(?P<row{number}>{row[3]})" for number, row in enumerate(_SELF_REFERENCES)))
# Every row begins with one of these pairs; to look for pairs first is ten times as fast as trying every row everywhere.
_BEGINNING = lazy_pattern(
    "[我本全镇乡街道处局厅委区县旗市州盟省]"
    "(?=[街镇乡苏局委厅办中支总大队关院处站馆分单区县旗自新开高市州盟地省党主司综长系机务领属班政人道])"
)

# What only a city with districts has, and what a county-level city says of itself.
_CITY_WITH_DISTRICTS = lazy_pattern(
    "县\\(?市?、?区\\)?|区县|各区(?!域)|县区|市县|市、县|区\\(市|市直|市辖区|市属各|市本级"
)
# Only a city of prefecture level makes local statutes and rules, and has a court of the second instance.
_CITY_WITH_STATUTES = lazy_pattern(
    "(?:制定|出台|修改|修订|废止|公布)[^,。;]{0,6}(?:市政府|政府)规章|市政府规章|提请市人大常委会审议|市中级人民法院"
)
_CITY_OF_COUNTIES = lazy_pattern("镇街|镇\\(?、?街|镇乡|乡镇|各镇|街道|村\\(社区\\)")


@dataclass(slots=True)
class SelfReferences:
    """How strongly the words of the body speak for each level, and the first words that do."""

    scores: dict[UnitLevel, float] = field(default_factory=lambda: defaultdict(float))
    evidence: dict[UnitLevel, Evidence] = field(default_factory=dict)

    @property
    def best(self) -> UnitLevel | None:
        """The level with the highest score, if any stands out."""
        ranked = sorted(self.scores.items(), key=lambda item: -item[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]

    @property
    def clear(self) -> UnitLevel | None:
        """The best level where it is beyond doubt."""
        best = self.best
        if best is None or self.scores[best] < _STRONG_SCORE:
            return None
        rest = max((score for level, score in self.scores.items() if level is not best), default=0.0)
        return best if self.scores[best] >= 2 * rest else None


def read_self_references(reading: Reading) -> SelfReferences:
    """Weigh the self-references of the report proper."""
    found = SelfReferences()
    by_row: dict[str, float] = defaultdict(float)
    for match in _matches(reading):
        row = match.lastgroup or ""
        level, weight, most = _WEIGHTS[row]
        step = min(weight, most - by_row[row])
        by_row[row] += step
        found.scores[level] += step
        if level not in found.evidence:
            piece = Piece(match.start() - match[0].startswith("道"), match.end())
            found.evidence[level] = reading.evidence(Origin.BODY, piece, level.value)
    return found


def _matches(reading: Reading) -> Iterator[re.Match[str]]:
    text, match = reading.view.text, _WORDS.match
    lines = iter(reading.lines)
    start, end = next(lines, _NOWHERE)
    for beginning in _BEGINNING.finditer(text):
        place = beginning.start()
        while place >= end:
            start, end = next(lines, _NOWHERE)
        if place >= start and (words := match(text, place, end)):
            yield words


# After the last line there is no place in any text.
_NOWHERE = Piece(sys.maxsize, sys.maxsize)


def find_level(
    reading: Reading, unit: tuple[Attribute[str], UnitName] | None, references: SelfReferences
) -> Attribute[UnitLevel] | None:
    """The level that the unit's name says; where it does not decide or is missing, what the self-references say."""
    if unit is None:
        return _from_references(reading, references)
    attribute, name = unit
    level, certainty = _from_name(reading, name)
    if references.clear not in (None, level) or attribute.certainty is Certainty.GUESS:
        certainty = Certainty.LIKELY if certainty is Certainty.CERTAIN else Certainty.GUESS
    named = attribute.evidence[0]
    evidence = Evidence(named.origin, named.span, named.quote, level.value)
    return Attribute(level, certainty, (evidence, *references.evidence.values()))


def _from_name(reading: Reading, name: UnitName) -> tuple[UnitLevel, Certainty]:
    if name.level is not None:
        return name.level, Certainty.CERTAIN if name.sure else Certainty.LIKELY
    return _kind_of_city(reading)


def _kind_of_city(reading: Reading) -> tuple[UnitLevel, Certainty]:
    """Whether a 市 that no list knows has districts or is of county level, from the units it speaks of."""
    districts = len(_CITY_WITH_DISTRICTS.findall(reading.view.text))
    districts += _STATUTES_WEIGH * len(_CITY_WITH_STATUTES.findall(reading.view.text))
    townships = len(_CITY_OF_COUNTIES.findall(reading.view.text))
    if districts == townships:
        return UnitLevel.CITY, Certainty.GUESS
    return (UnitLevel.CITY if 2 * districts > townships else UnitLevel.COUNTY), Certainty.LIKELY


def _from_references(reading: Reading, references: SelfReferences) -> Attribute[UnitLevel] | None:
    best = references.best
    if best is None:
        return None
    certainty = Certainty.LIKELY if references.clear is best else Certainty.GUESS
    first = references.evidence[best]
    others = tuple(e for level, e in references.evidence.items() if level is not best)
    value = best
    if best is UnitLevel.CITY and "市" in first.quote:
        value, of_city = _kind_of_city(reading)
        certainty = Certainty.GUESS if Certainty.GUESS in (certainty, of_city) else Certainty.LIKELY
        first = Evidence(first.origin, first.span, first.quote, value.value)
    return Attribute(value, certainty, (first, *others))
