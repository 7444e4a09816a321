"""Repeated clauses: the same words between two commas, in sentences that are otherwise different.

A clause inside a sentence that is itself repeated is left to the rule on sentences. Cases: ``adjacent``
(twice in a row), ``theme`` (in parts of different content), ``short``, and none for a long clause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from pydantic import Field

from checks.context import Context
from checks.duplicates.passages import (
    Passage,
    clause_keys,
    clauses_of,
    may_have_lead,
    own_words,
    shortened,
    whereabouts,
)
from checks.duplicates.repeats import Repeat, find_repeats, repeated_in
from checks.kind import Kind
from checks.match import Match
from documents.report import Report, Span
from rules.model import Parameters

_RELATED = 5
# As many ends of clauses are looked for one by one: more would take longer than to read all clauses.
_MOST_ENDS = 50


class RepeatedClauseParameters(Parameters):
    """Lengths are in characters without punctuation; all but ``adjacent_length`` leave policy formulas out."""

    adjacent_length: int = Field(default=6, ge=4, description="紧接着重复时，分句至少几个字（含固定表述）")
    min_length: int = Field(default=12, ge=4, description="不相邻的重复，去掉固定表述后至少几个字")
    long_length: int = Field(default=20, ge=4, description="去掉固定表述后达到几个字算长分句")
    sentence_similarity: float = Field(default=85, ge=0, le=100, description="两句整体相似到此程度的，由整句规则判断")
    rest_similarity: float = Field(
        default=50, ge=0, le=100, description="两句其余部分的相似度达到此值的，视为排比，不按分句报告"
    )
    ignore: tuple[str, ...] = Field(default=(), description="本地另外允许重复的表述")


class _Clause(NamedTuple):
    """``start`` and ``end`` are places in the normalised view."""

    key: str
    start: int
    end: int
    sentence: Passage


def run(context: Context, parameters: RepeatedClauseParameters) -> Iterator[Match]:
    """Yield one match for each clause, or run of clauses, that comes again in another sentence."""
    clauses = _own_clauses(context, parameters)
    for repeat in find_repeats([clause.key for clause in clauses]):
        if match := _judge(context, clauses, repeat, parameters):
            yield match


def _own_clauses(context: Context, parameters: RepeatedClauseParameters) -> list[_Clause]:
    """The clauses of every sentence that stands in the report once, headings left out.

    A sentence of which no clause comes again is a single clause without a key; there are no clauses at all where none
    comes again that may be reported.
    """
    again = repeated_in([sentence.key for sentence in context.passages])
    own = [sentence for sentence in context.passages if not sentence.is_heading and sentence.key not in again]
    if not _may_be_reported(own, parameters):
        return []
    keys = clause_keys(own)
    repeated = repeated_in(list(chain.from_iterable(keys)))
    clauses: list[_Clause] = []
    for sentence, its_keys in zip(own, keys, strict=True):
        if repeated.isdisjoint(its_keys):
            clauses.append(_Clause("", 0, 0, sentence))
        else:
            clauses += [_Clause(*clause, sentence) for clause in clauses_of(context.report, sentence)]
    return clauses


def _may_be_reported(own: list[Passage], parameters: RepeatedClauseParameters) -> bool:
    """Whether a repeated clause may be long enough wherever it stands, or long enough to be written twice in a row.

    Clauses with the same key end alike, whatever number or auxiliary was taken off them.
    """
    text = ",\n,".join([sentence.clauses for sentence in own])
    clauses, ends = _alike(text.split(","), parameters.adjacent_length)
    long, _ = _alike(clauses, parameters.min_length)
    if repeated_in(long) or any(map(may_have_lead, long)):
        return True
    if len(ends) > _MOST_ENDS:
        return True
    twice = [end for end in ends if any("\n" not in between for between in text.split(end)[1:-1])]
    sentences = [sentence for sentence in own if any(sentence.clauses.count(end) > 1 for end in twice)] if twice else []
    return any(_is_doubled(keys, parameters.adjacent_length) for keys in clause_keys(sentences))


def _alike(clauses: list[str], length: int) -> tuple[list[str], set[str]]:
    """Those of the clauses that have the last ``length`` characters in common with another, and these characters."""
    ends = [clause[-length:] for clause in clauses]
    repeated = {end for end, count in Counter(ends).items() if count > 1 and len(end) == length}
    return [clause for clause, end in zip(clauses, ends, strict=True) if end in repeated] if repeated else [], repeated


def _is_doubled(keys: list[str], length: int) -> bool:
    """Whether different keys in a row, the first of at least ``length``, come at once again in the same order."""
    places: dict[str, int] = {}
    distance = copied = 0
    for place, key in enumerate(keys):
        before = distance
        distance = place - places.get(key, place)
        places[key] = place
        copied = copied + 1 if distance == before else 1
        if 0 < distance <= copied and len(keys[place - distance + 1]) >= length:
            return True
    return False


def _judge(
    context: Context, clauses: list[_Clause], repeat: Repeat, parameters: RepeatedClauseParameters
) -> Match | None:
    report = context.report
    one, other = clauses[repeat.first.start], clauses[repeat.again[0].start]
    if repeat.adjacent and one.sentence is other.sentence:
        if len(one.key) < parameters.adjacent_length:
            return None
        first, again = _span(report, clauses, repeat.first), _span(report, clauses, repeat.again[0])
        message = f"“{shortened(report, first)}”在同一句中接连出现，请删去重复的文字"
        return Match(
            Span(first.start, again.end), message, _related(report, clauses, repeat), _values(repeat), "adjacent"
        )
    run = clauses[repeat.first.start : repeat.first.stop]
    if max([len(clause.key) for clause in run]) < parameters.min_length:
        return None
    length = _own_length(context, run, parameters)
    if length < parameters.min_length or _sentences_alike(clauses, repeat, parameters):
        return None
    first, again = _span(report, clauses, repeat.first), _span(report, clauses, repeat.again[0])
    known = f"“{shortened(report, again)}”在{whereabouts(report, first.start)}已经写过"
    message = f"{known}，全文出现{repeat.count}次，请精简或改写其中一处"
    case = _case(context, first, again, is_long=length >= parameters.long_length)
    return Match(again, message, _related(report, clauses, repeat), _values(repeat), case)


def _related(report: Report, clauses: list[_Clause], repeat: Repeat) -> tuple[Span, ...]:
    return tuple(_span(report, clauses, place) for place in (repeat.first, *repeat.again[1:_RELATED]))


def _values(repeat: Repeat) -> dict[str, int]:
    return {"count": repeat.count}


def _own_length(context: Context, clauses: list[_Clause], parameters: RepeatedClauseParameters) -> int:
    """The own words of the longest clause of a run: several short clauses in a row are set phrases."""
    formulas = context.facts.policy_formulas
    return max(
        len(own_words(context.report, _span(context.report, [clause], range(1)), formulas, parameters.ignore))
        for clause in clauses
    )


def _sentences_alike(clauses: list[_Clause], repeat: Repeat, parameters: RepeatedClauseParameters) -> bool:
    """Whether the sentences are near copies as a whole, or go on alike, too, as parallel constructions do."""
    # Most reports repeat no clause, and loading the library takes longer than judging one of them.
    from rapidfuzz import fuzz  # noqa: PLC0415

    shared = "".join(clause.key for clause in clauses[repeat.first.start : repeat.first.stop])
    one, other = clauses[repeat.first.start].sentence.key, clauses[repeat.again[0].start].sentence.key
    if fuzz.ratio(one, other) >= parameters.sentence_similarity:
        return True
    rests = one.replace(shared, ""), other.replace(shared, "")
    return all(rests) and fuzz.ratio(*rests) >= parameters.rest_similarity


def _case(context: Context, first: Span, again: Span, *, is_long: bool) -> str | None:
    if context.contents.content_at(first.start) != context.contents.content_at(again.start):
        return "theme"
    return None if is_long else "short"


def _span(report: Report, clauses: list[_Clause], indexes: range) -> Span:
    return Span(*report.view.to_text(clauses[indexes[0]].start, clauses[indexes[-1]].end))


KIND = Kind(
    name="repeated-clause",
    summary="同一分句在不同句子中重复出现",
    parameters=RepeatedClauseParameters,
    run=run,
    cases=("adjacent", "theme", "short"),
)
