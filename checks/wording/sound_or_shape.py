"""Slips by sound or shape: 排察 for 排查, 贯彻落时 for 贯彻落实.

A character is reported where it stands alone, part of no word, where its neighbours are strangers to it, and where
one that sounds or looks alike joins them to a frequent word of annual reports and makes the passage far likelier.
Cases: ``sure`` and ``likely``, by how much likelier; none for a remark. What the tables of slips and of fixed phrases
know is left to them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, Value
from checks.wording.confusion import Likeness
from checks.wording.fixed_phrase import misspelt, phrase_table
from checks.wording.likelihood import Likelihood
from checks.wording.passages import is_in_short_quotation, is_own_wording
from checks.wording.slips import slips_of
from checks.wording.suspects import Suspect, SuspectFinder
from documents.report import Span
from rules.facts.register import Register
from rules.model import Parameters

_REASONS = {Likeness.SOUND: "音同", Likeness.SHAPE: "形近", Likeness.NEAR_SOUND: "音近"}
# Words that end in these are mostly names of places and organs, which no list holds.
_ENDINGS_OF_NAMES = "镇乡县区市村街路社局"
_ROUNDING = 1e-6


class SoundOrShapeParameters(Parameters):
    """How much likelier the corrected passage must be: powers of e."""

    sure: float = Field(default=9.5, gt=0, description="改正后可能性高出这么多（自然对数），算把握很大")
    likely: float = Field(default=6.8, gt=0, description="高出这么多，算把握较大")
    least: float = Field(default=5.8, gt=0, description="高出不到这么多，不指出")
    near_sound_cost: float = Field(
        default=3, ge=0, description="只是音近（平翘舌、前后鼻音、n与l）时，要求另外提高这么多"
    )
    allow: tuple[str, ...] = Field(default=(), description="写法特别而没有写错的词，如本地地名、品牌")


class _Slip(NamedTuple):
    suspect: Suspect
    gain: float


def run(context: Context, parameters: SoundOrShapeParameters) -> Iterator[Match]:
    """One match for each character that is most likely written for another one."""
    report = context.report
    register = context.facts.register
    best: dict[int, _Slip] = {}
    for suspect in _finder(register).suspects(report.view.text):
        place = suspect.start + suspect.at
        gain = _gain(register, suspect, parameters)
        slip = _Slip(suspect, gain)
        if gain >= parameters.least and (place not in best or _is_better(slip, best[place])):
            best[place] = slip
    matches = [_match(context, best[place], parameters) for place in sorted(best)]
    yield from _unknown(context, [match for match in matches if match.values["written"] not in parameters.allow])


def _unknown(context: Context, matches: list[Match]) -> Iterator[Match]:
    """Those of ``matches`` that no table knows, in the report's own words."""
    own = [match for match in matches if is_own_wording(context.report, match.span)]
    if not own:
        return
    view, facts = context.report.view, context.facts
    places = [(start, end) for _, start, end in slips_of(context)]
    places += [(start, end) for start, end, _ in misspelt(view.text, phrase_table(facts), facts.register)]
    known = {place for found in places for place in range(*view.to_text(*found))}
    yield from (match for match in own if known.isdisjoint(range(*match.span)))


def _gain(register: Register, suspect: Suspect, parameters: SoundOrShapeParameters) -> float:
    """How much likelier the passage becomes, as a logarithm; less than nothing for what is too little."""
    if suspect.word[-1] in _ENDINGS_OF_NAMES and suspect.at < suspect.last - 1:
        return -math.inf
    likelihood, at, corrected = _likelihood(register), suspect.at, suspect.corrected
    cost = parameters.near_sound_cost if suspect.likeness is Likeness.NEAR_SOUND else 0
    if likelihood.most_gained(suspect.run, at, corrected) - cost < parameters.least - _ROUNDING:
        return -math.inf
    as_written = likelihood.read(suspect.run)
    if as_written.word_at(at) != (at, at + 1):
        return -math.inf
    meant = likelihood.read(corrected)
    first, last = meant.word_at(at)
    if last - first == 1:
        return -math.inf
    return meant.score - as_written.score - cost - _rareness(register, corrected[first:last])


def _rareness(register: Register, word: str) -> float:
    """How much rarer the word is in reports than in general: 世界 is hardly ever what a report means."""
    return max(0.0, _likelihood(register).excess(word))


def _is_better(slip: _Slip, other: _Slip) -> bool:
    """Likelier, or as likely and a shorter word."""
    return (slip.gain, -len(slip.suspect.word)) > (other.gain, -len(other.suspect.word))


def _match(context: Context, slip: _Slip, parameters: SoundOrShapeParameters) -> Match:
    report = context.report
    suspect = slip.suspect
    span = Span(*report.view.to_text(suspect.start + suspect.first, suspect.start + suspect.last))
    wrong, right = suspect.run[suspect.at], suspect.meant
    reason = _REASONS[suspect.likeness]
    message = f"“{suspect.written}”疑为“{suspect.word}”之误：“{wrong}”与“{right}”{reason}，请核对"
    values: dict[str, Value] = {"written": suspect.written, "suggestion": suspect.word, "gain": round(slip.gain, 1)}
    case = None if is_in_short_quotation(report, span) else _case(slip.gain, parameters)
    return Match(span, message, values=values, case=case)


def _case(gain: float, parameters: SoundOrShapeParameters) -> str | None:
    if gain >= parameters.sure:
        return "sure"
    return "likely" if gain >= parameters.likely else None


@lru_cache(maxsize=2)
def _finder(register: Register) -> SuspectFinder:
    return SuspectFinder(register)


@lru_cache(maxsize=2)
def _likelihood(register: Register) -> Likelihood:
    return Likelihood(register)


KIND = Kind(
    name="sound-or-shape",
    summary="音近、形近的错字：单独成不了词，换一个字就是常用词",
    parameters=SoundOrShapeParameters,
    run=run,
    cases=("sure", "likely"),
)
