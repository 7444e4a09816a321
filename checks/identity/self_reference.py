"""Words by which a report speaks of its author (我县, 我局, 全镇) that its author cannot use of itself.

A unit may speak of the places above it (a bureau says 我县 and 我市), so only words of its own tier and below, and
words of a tier whose place its name states, can be wrong. Cases: ``opening`` (where the report announces itself) and
``body``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from checks.boundaries import Boundaries
from checks.context import Context
from checks.identity.own_unit import OwnUnit, Tier
from checks.kind import Kind
from checks.match import Match, NotAssessable
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span, UnitLevel
from rules.model import Parameters

Sort = Literal["we", "whole", "this"]
"""我县, 全县 or 本县."""

# Each with what may stand before it and after it, which would make it another word. The first characters come first, so
# that the search can skip to them.
_REFERENCE = lazy_pattern(
    "我(?<![自他你敌小大忘]我)(?:"
    "自治区|省|市(?![场民面值井])|州|盟(?!友)|县(?!级)|旗(?!帜)|区(?![别分间块域])|街道|街(?![头区坊景边上])|镇(?![静压定痛])"
    "|乡(?![村愁亲音土镇])|局(?![限面势])|厅(?!堂)|委(?![员托派屈任以])|院(?!士))"
    "|全(?<![各每健安完齐周保成双两]全)(?:县(?![域级])|区(?![域级间])|镇(?![街域])|乡(?![镇域村])|街道"
    "|局(?=各项|各科|各股|各单位|上下|干部|职工|人员|执法|党员|全体|共)|院(?=上下|各科|各部门|干部|职工|干警|党员))"
    "|本(?<![各每根基版剧样标成资日书]本)(?:县(?![级域])|区(?![域间级])|镇(?![级])|乡(?![本土镇])|街道)"
)
_SORTS: dict[str, Sort] = {"我": "we", "全": "whole", "本": "this"}
_SURROUNDED = lazy_pattern(
    r"各(?:级|地|有关|相关|[省市州县旗区镇乡街局委办厅部单])[^,。;]{0,18}$|结合$|原$|“[^”。\n]*$|《[^》。\n]*$|‘[^’。\n]*$"
)
_ANNOUNCES = lazy_pattern("现(?:将|就|把)[^。;]{0,6}$")
_TIERS = {
    "省": Tier.PROVINCE,
    "自治区": Tier.PROVINCE,
    "市": Tier.CITY,
    "州": Tier.CITY,
    "盟": Tier.CITY,
    "县": Tier.COUNTY,
    "旗": Tier.COUNTY,
    "区": Tier.COUNTY,
    "镇": Tier.TOWNSHIP,
    "乡": Tier.TOWNSHIP,
    "街道": Tier.TOWNSHIP,
    "街": Tier.TOWNSHIP,
    "局": Tier.DEPARTMENT,
    "厅": Tier.DEPARTMENT,
    "委": Tier.DEPARTMENT,
    "院": Tier.DEPARTMENT,
}
_TOWN = lazy_pattern("[^\\W\\d_全各我本乡城村][镇乡](?!村)|街道")
_OFFICE = lazy_pattern("[^\\W\\d_全各我本布格大结]局(?![部面限势])")
_INSTITUTE = lazy_pattern("[医法察学剧究]院")
_COUNTY = lazy_pattern("[^\\W\\d_全各我本州郡]县(?![级域])")
_NAMESAKES = {"县": _COUNTY, "局": _OFFICE, "厅": _OFFICE, "委": _OFFICE, "院": _INSTITUTE}
_CLAUSE = 30
_NEARBY = 120


class _Said(NamedTuple):
    """What a reference says: 镇 of 全镇 is ``whole``; ``namesake``: a unit of that kind was named shortly before."""

    word: str
    sort: Sort
    namesake: bool


class _Reference(NamedTuple):
    said: _Said
    span: Span
    opening: bool


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """One match for each wrong word, at its first place, with the others as related places."""
    report = context.report
    written = set(_REFERENCE.findall(report.view.text))
    own = _own_unit(context, written) if written else None
    if own is None:
        return
    suspect = {words for words in written if _may_be_wrong(words, own)}
    wrong: dict[str, list[_Reference]] = {}
    for reference in _references(report, suspect) if suspect else ():
        if _is_wrong(reference.said, own):
            wrong.setdefault(report.normalised(reference.span), []).append(reference)
    for words, places in wrong.items():
        yield _match(words, places, own)


def _own_unit(context: Context, written: set[str]) -> OwnUnit | None:
    """Whose report it is; where that is not known, it matters only if the report speaks of its author at all."""
    try:
        return context.own_unit
    except NotAssessable:
        if any(_references(context.report, written)):
            raise
        return None


def _match(words: str, places: list[_Reference], own: OwnUnit) -> Match:
    first = next((item for item in places if item.opening), places[0])
    others = tuple(item.span for item in places if item is not first)
    return Match(
        first.span,
        f"“{words}”与报告单位“{own.name}”不符，疑似沿用了其他单位的文稿{_times(len(places))}",
        related=others[:3],
        values={"count": len(places), "unit": own.name},
        case="opening" if first.opening and own.certain else "body",
    )


def _times(count: int) -> str:
    return f"（全文共{count}处）" if count > 1 else ""


def _references(report: Report, wanted: set[str]) -> Iterator[_Reference]:
    """Where the report speaks of its author in one of the ``wanted`` words."""
    text = report.view.text
    lines, openings = Boundaries(text, "\n"), Boundaries(text, "“《")
    for match in _REFERENCE.finditer(text):
        if match.group() not in wanted:
            continue
        span = Span(*report.view.to_text(*match.span()))
        line = lines.start_of(match.start())
        before = _line_before(match, line, openings)
        if not (_SURROUNDED.search(before) or report.in_residue(span)):
            word, sort = _parts(match.group())
            announced = sort == "we" and _ANNOUNCES.search(before) is not None
            yield _Reference(_Said(word, sort, _follows_namesake(match, word, line)), span, announced)


def _parts(words: str) -> tuple[str, Sort]:
    return words[1:], _SORTS[words[0]]


def _line_before(match: re.Match[str], line: int, openings: Boundaries) -> str:
    """The last words before a reference on its line, from the last opening mark on where that is farther away."""
    first = match.start() - _CLAUSE
    if opened := openings.start_of(match.start()):
        first = min(first, opened - 1)
    return match.string[max(line, first) : match.start()]


def _follows_namesake(match: re.Match[str], word: str, line: int) -> bool:
    """Whether a unit of the same kind was just named on the line, which 全镇 or 全局 may then mean."""
    kind = _NAMESAKES.get(word, _TOWN)
    return kind.search(match.string, max(line, match.start() - _NEARBY), match.start()) is not None


def _may_be_wrong(words: str, own: OwnUnit) -> bool:
    """Whether the words are wrong in some surroundings."""
    return any(_is_wrong(_Said(*_parts(words), namesake), own) for namesake in (False, True))


def _is_wrong(said: _Said, own: OwnUnit) -> bool:
    tier = _TIERS[said.word]
    if tier is Tier.DEPARTMENT:
        return _is_wrong_organ(said, own)
    if tier is Tier.TOWNSHIP:
        return _is_wrong_township(said, own)
    if tier is Tier.COUNTY:
        return _is_wrong_county(said, own)
    return said.sort == "we" and _is_wrong_above(said.word, own)


def _is_wrong_organ(said: _Said, own: OwnUnit) -> bool:
    word = said.word
    if said.namesake and (said.sort == "whole" or word == "院"):
        return False
    if own.level is not UnitLevel.DEPARTMENT:
        return not own.zone
    return own.word in ("局", "厅") and word not in own.name


def _is_wrong_township(said: _Said, own: OwnUnit) -> bool:
    """Elsewhere than in a township's report 全镇 and 本镇 may speak of a town that was just named."""
    if own.level is not UnitLevel.TOWNSHIP:
        own_word = said.sort == "we" or (said.sort == "whole" and not said.namesake)
        return own_word and not own.name.endswith(("所", "站", "中心", "队", "处"))
    word = "街道" if said.word == "街" else said.word
    return own.word in ("镇", "乡", "街道") and word != own.word


def _is_wrong_county(said: _Said, own: OwnUnit) -> bool:
    if said.word == "区" and (own.autonomous or own.zone):
        return False
    # One of a wider unit's counties may be told of, once it was named.
    whole_county = said.word == "县" and said.sort == "whole" and not said.namesake
    if own.level is UnitLevel.PROVINCE:
        return (said.sort == "we" or whole_county) and not own.municipality
    if own.county is not None:
        return own.county != said.word
    if own.level in (UnitLevel.CITY, UnitLevel.COUNTY):
        # A city tells of one of its counties what 全县 did; of itself it says 我市.
        told_of_itself = own.level is UnitLevel.COUNTY and not (said.word == "县" and said.namesake)
        return own.word == "市" and (said.sort == "we" or whole_county or told_of_itself)
    # A bureau whose name says 市 and nothing below is the city's.
    told = said.sort == "we" or whole_county
    return own.level is UnitLevel.DEPARTMENT and told and bool(own.places) and not own.municipality


def _is_wrong_above(word: str, own: OwnUnit) -> bool:
    """我市 of a province, 我省 of a municipality."""
    if own.municipality:
        return word in ("省", "自治区", "州", "盟")
    return own.level is UnitLevel.PROVINCE and word in ("市", "州", "盟")


KIND = Kind(
    name="self-reference",
    summary="文中自称（我县、我局、全镇等）与报告单位的层级、类型不符",
    parameters=Parameters,
    run=run,
    cases=("opening", "body"),
)
