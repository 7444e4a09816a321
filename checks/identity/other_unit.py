"""Another unit of the same kind where the author's own name belongs: 乙街道党工委高度重视… in a report of 甲街道.

Cases: ``author`` (as the one who acts), ``place`` (as the place whose progress it is), ``superior`` (as the leader of a
unit that stands under another one), ``office`` (an office of another place as the subject of a sentence), ``city``
(the same of another city, which may be one that the author administers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pydantic import Field

from checks.boundaries import Boundaries
from checks.context import Context
from checks.identity.own_names import OwnNames, stem
from checks.identity.own_unit import OwnUnit, Tier
from checks.kind import Kind
from checks.match import Match
from documents.identity.names import parse_name
from documents.lazy_pattern import lazy_pattern
from documents.report import ParagraphKind, Report, Span, UnitLevel
from rules.model import Parameters
from rules.pattern import Re2Pattern
from rules.pattern_syntax import PatternError

_LAST_WORDS = "街道|镇|乡|县|区|市|旗|省|州|局|委员会|厅"
_LAST_WORD = lazy_pattern(_LAST_WORDS)
_LONGEST_LAST_WORD = 3
_LONGEST_RUN = 22
_REACH = 40
_CLAUSE_STARTS = frozenset(",。;!:、.)\n")
_SENTENCE_STARTS = frozenset("。;!?\n")
_NUMBER_ENDS = frozenset(")、.")
_NUMBERED_END = "[一二三四五六七八九十0-9][)、.]"
_NUMBERED = lazy_pattern(f"{_NUMBERED_END}$")
# Words with which a clause opens, glued to the author's own 镇党委 or to a name: 一是镇党委…, 疫情期间柳溪镇….
_OPENING = lazy_pattern(
    "^(?:[一二三四五六七八九十]+[是要]|其[一二三四五]|第[一二三四五六七八九十]+|年[初中底末内]"
    "|.*(?:期间|期内|以来|而言|同时|方面|总体上|(?:工作|过程|实践|活动)中|.{2}后))"
)
_PRAISED = lazy_pattern("^.*(?:推进|推动|加快|加强|深化|建设|提升|助力|服务|谱写|促进|保障|打造|为)(?P<name>.{3,9})$")
# 加强某局党组对法治工作的领导 can only be said of the author's own leadership.
_LED_BY_OWN = lazy_pattern("^.*(?:加强|坚持|强化)(?P<name>.{4,})$")
_OWN_LEADERS = ("党组对", "党委对", "党工委对")
_LED = lazy_pattern("^.*在(?P<name>.{2,5})$")
_LONGEST_LED = 6
_KINDS = {Tier.TOWNSHIP: ("街道", "镇", "乡"), Tier.COUNTY: ("县", "区", "旗")}
_ORGANS = lazy_pattern("人民政府|政府|党委|党工委|办事处|委[、办]")
# What says that a pattern begins at the start, outside of sets and escapes.
_START_SIGN = lazy_pattern(r"\\A|\^|(\\.|\[\^?\]?(?:\\.|[^\]\\])*\])")
_LONGEST_PLACE = 6
_LONGEST_NAME = 20
_SHORTEST_STEM = 2


class OtherUnitParameters(Parameters):
    """Words around a name, matched on the normalised view; ``excused`` in its sentence explains another unit."""

    offices: Re2Pattern = Field(description="句首地名之后表示当地机关、队伍的词，如综合执法队、人民政府、行政执法人员")
    organs: Re2Pattern = Field(description="名称之后表示该单位机关、领导的词，如党工委、办事处、主要负责人")
    acts: Re2Pattern = Field(description="名称（和机关）之后表示自述工作的词，如高度重视、坚持以")
    praises: Re2Pattern = Field(description="名称之后表示本地发展、法治建设的词，如法治政府建设、高质量发展")
    leads: Re2Pattern = Field(description="上级名称之后表示领导的词，如委、县政府的坚强领导下")
    excused: Re2Pattern = Field(description="所在句子有这些写法时，提到其他单位是正常的，如合作、考察、案件、来源地")


class _Mention(NamedTuple):
    """What may be a name, at ``[start, end)`` of the view: the letters before its last word, and what follows."""

    start: int
    end: int
    letters: str
    before: str
    after: str


class _Suspect(NamedTuple):
    """A name at ``[start, end)`` of the view that is another unit's, and how it is used."""

    start: int
    end: int
    case: str


def run(context: Context, parameters: OtherUnitParameters) -> Iterator[Match]:
    """One match for each use of another unit's name where only the author's can stand."""
    report = context.report
    own = context.own_unit
    end = 0
    for suspect in sorted(_suspects(report.view.text, own, parameters)):
        span = Span(*report.view.to_text(suspect.start, suspect.end))
        if span.start < end or not _is_said(report, span):
            continue
        end = span.end
        quote = report.quote(span)
        message = f"“{quote}”不是报告单位“{own.name}”（或其上级），疑似沿用了其他单位的文稿"
        yield Match(span, message, values={"other": quote, "unit": own.name}, case=suspect.case)


def _is_said(report: Report, span: Span) -> bool:
    """Whether a name stands in what the report says, and not in its title, its signature or on the page around it."""
    paragraph = report.paragraph_at(span.start)
    kind = None if paragraph is None else report.paragraphs[paragraph].kind
    return kind not in (ParagraphKind.TITLE, ParagraphKind.SIGNATURE) and not report.in_residue(span)


def _suspects(text: str, own: OwnUnit, parameters: OtherUnitParameters) -> Iterator[_Suspect]:
    names = OwnNames(own)
    sentences = Boundaries(text, "。;\n")
    for mention in _mentions(text, names, _uses(parameters)):
        for find in (_author, _place, _own_leader, _superior, _office):
            suspect = find(mention, names, parameters)
            if suspect and not _is_excused(text, suspect, sentences, parameters):
                yield suspect
                break
    for suspect in _other_kinds(text, own):
        if not _is_excused(text, suspect, sentences, parameters):
            yield suspect


def _mentions(text: str, names: OwnNames, uses: Re2Pattern | re.Pattern[str]) -> Iterator[_Mention]:
    """What may be another unit's name that is used in one of the ways looked for; ``uses`` leads to them."""
    for use in uses.finditer(text):
        for last in _LAST_WORD.finditer(text, use.start(), use.end() + _LONGEST_LAST_WORD - 1):
            start, end = last.span()
            if start >= use.end() or text.endswith(names.mine, 0, end):
                continue
            if last.group() in names.telling or text.startswith(_OWN_LEADERS, end):
                yield _mention(text, start, end)


def _mention(text: str, start: int, end: int) -> _Mention:
    first = max(0, end - _LONGEST_RUN)
    while start > first and text[start - 1].isalpha():
        start -= 1
    before = text[max(0, start - 2) : start] or "\n"
    opening = _OPENING.search(text[start:end])
    start += opening.end() if opening else 0
    return _Mention(start, end, text[start:end], before, text[end : end + _REACH])


@lru_cache(maxsize=8)
def _uses(parameters: OtherUnitParameters) -> Re2Pattern | re.Pattern[str]:
    """The last word of a name and what must follow it, looked for in one pass, since most names are just named."""
    last, organs, acts = f"(?:{_LAST_WORDS})", _behind(parameters.organs), _behind(parameters.acts)
    praises, leads, offices = map(_behind, (parameters.praises, parameters.leads, parameters.offices))
    followed = f"{last}(?:{organs}?{acts}|{praises}|{leads}|{'|'.join(_OWN_LEADERS)})"
    try:
        return Re2Pattern(rf"{followed}|(?:^|[。;!?\n]|{_NUMBERED_END})\p{{L}}+{last}{offices}")
    except PatternError:
        # Together they are too large for one pattern; then every name is looked at.
        return _LAST_WORD


def _behind(pattern: Re2Pattern) -> str:
    """The source of a pattern that begins where a name ends."""
    return "(?:" + _START_SIGN.sub(r"\1", pattern.source) + ")"


def _opens_a_sentence(before: str) -> bool:
    return before[-1] in _SENTENCE_STARTS or (before[-1] in _NUMBER_ENDS and _NUMBERED.search(before) is not None)


def _author(mention: _Mention, names: OwnNames, parameters: OtherUnitParameters) -> _Suspect | None:
    if mention.before[-1] not in _CLAUSE_STARTS or not 2 < len(mention.letters) <= _LONGEST_NAME:
        return None
    if not mention.letters.endswith(names.of_own_kind):
        return None
    organ = parameters.organs.match(mention.after)
    if not parameters.acts.match(mention.after[organ.end() :] if organ else mention.after):
        return None
    name = parse_name(mention.letters)
    return _Suspect(mention.start, mention.end, "author") if name and names.is_another(name) else None


def _place(mention: _Mention, names: OwnNames, parameters: OtherUnitParameters) -> _Suspect | None:
    praised = _PRAISED.search(mention.letters) if mention.letters.endswith(names.of_own_kind) else None
    if praised is None or not parameters.praises.match(mention.after):
        return None
    name = parse_name(praised["name"])
    return _named(mention, praised, "place") if name and names.is_another(name) else None


def _own_leader(mention: _Mention, names: OwnNames, parameters: OtherUnitParameters) -> _Suspect | None:
    led = _LED_BY_OWN.search(mention.letters) if mention.after.startswith(_OWN_LEADERS) else None
    name = parse_name(led["name"]) if led else None
    return _named(mention, led, "author") if led and name and names.is_other_office(name) else None


def _superior(mention: _Mention, names: OwnNames, parameters: OtherUnitParameters) -> _Suspect | None:
    led = _LED.search(mention.letters[-_LONGEST_LED:])
    if led is None or not parameters.leads.match(mention.after):
        return None
    return _named(mention, led, "superior") if names.is_other_superior(led["name"]) else None


def _office(mention: _Mention, names: OwnNames, parameters: OtherUnitParameters) -> _Suspect | None:
    """Sentences whose subject is an office of another place: 柳溪镇综合执法中队坚持…; a line with nothing after it is
    a signature."""
    if not _opens_a_sentence(mention.before):
        return None
    place = mention.letters
    if not 2 < len(place) <= _LONGEST_PLACE:
        return None
    office = parameters.offices.match(mention.after)
    if office is None or not mention.after[office.end() :][:1].strip():
        return None
    case = names.case_of_place(place)
    return _Suspect(mention.end - len(place), mention.end + office.end(), case) if case else None


def _other_kinds(text: str, own: OwnUnit) -> Iterator[_Suspect]:
    """The author's own place with another kind of word (双桥区人民政府 for 双桥县); a 市 may be the place above."""
    tier = Tier.TOWNSHIP if own.level is UnitLevel.TOWNSHIP else Tier.COUNTY
    mine = own.place_of(tier)
    if mine is None or len(stem(mine)) < _SHORTEST_STEM:
        return
    letters = stem(mine)
    for name in (letters + kind for kind in _KINDS[tier]):
        place = text.find(name) if name != mine else -1
        while place >= 0:
            end = place + len(name)
            if _ORGANS.match(text, end):
                yield _Suspect(place, end, "place")
            place = text.find(name, end)


def _named(mention: _Mention, match: re.Match[str], case: str) -> _Suspect:
    return _Suspect(mention.end - len(match["name"]), mention.end, case)


def _is_excused(text: str, suspect: _Suspect, sentences: Boundaries, parameters: OtherUnitParameters) -> bool:
    """Whether the sentence says why another unit is spoken of."""
    sentence = text[sentences.start_of(suspect.start) : sentences.end_of(suspect.end)]
    return parameters.excused.search(sentence) is not None


KIND = Kind(
    name="other-unit",
    summary="该写本单位的地方写了其他单位的名称",
    parameters=OtherUnitParameters,
    run=run,
    cases=("author", "place", "superior", "office", "city"),
)
