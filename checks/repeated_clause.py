"""Repeated clauses: the same words between two commas, in sentences that are otherwise different.

A clause inside a sentence that is itself repeated, or nearly so, is left to the rules on sentences. Cases: ``adjacent``
(twice in a row), ``theme`` (in parts of different content), ``short``, and none for a long clause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field
from rapidfuzz import fuzz

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.passages import Passage, clauses_of, own_words, shortened, whereabouts
from checks.repeats import Repeat, find_repeats
from documents.report import Span
from rules.model import Parameters

_RELATED = 5


class RepeatedClause(Parameters):
    """Lengths are in characters without punctuation; all but ``adjacent_length`` leave policy formulas out."""

    adjacent_length: int = Field(default=6, ge=4, description="紧接着重复时,分句至少几个字(含固定表述)")
    min_length: int = Field(default=12, ge=4, description="不相邻的重复,去掉固定表述后至少几个字")
    long_length: int = Field(default=20, ge=4, description="去掉固定表述后达到几个字算长分句")
    sentence_similarity: float = Field(
        default=75, ge=0, le=100, description="所在两句的相似度达到此值时,由整句规则判断"
    )
    ignore: tuple[str, ...] = Field(default=(), description="本地另外允许重复的表述")


@dataclass(frozen=True, slots=True)
class _Clause:
    passage: Passage
    sentence: Passage


def run(context: Context, parameters: RepeatedClause) -> Iterator[Match]:
    """Yield one match for each clause, or run of clauses, that comes again in another sentence."""
    clauses = _own_clauses(context)
    for repeat in find_repeats([clause.passage.key for clause in clauses]):
        if match := _judge(context, clauses, repeat, parameters):
            yield match


def _own_clauses(context: Context) -> list[_Clause]:
    """The clauses of every sentence that stands in the report once, headings left out."""
    times = Counter(sentence.key for sentence in context.passages)
    own = [sentence for sentence in context.passages if times[sentence.key] == 1 and not sentence.is_heading]
    return [_Clause(clause, sentence) for sentence in own for clause in clauses_of(context.report, sentence)]


def _judge(context: Context, clauses: list[_Clause], repeat: Repeat, parameters: RepeatedClause) -> Match | None:
    report = context.report
    first, again = _span(clauses, repeat.first, repeat.length), _span(clauses, repeat.again[0], repeat.length)
    places = (repeat.first, *repeat.again[1:_RELATED])
    related = tuple(_span(clauses, start, min(repeat.length, len(clauses) - start)) for start in places)
    values = {"count": len(repeat.again) + 1}
    one, other = clauses[repeat.first], clauses[repeat.again[0]]
    if repeat.adjacent and one.sentence is other.sentence:
        if len(one.passage.key) < parameters.adjacent_length:
            return None
        message = f"“{shortened(report, first)}”在同一句中接连出现,请删去重复的文字"
        return Match(Span(first.start, again.end), message, related, values, "adjacent")
    length = _own_length(context, clauses[repeat.first : repeat.first + repeat.length], parameters)
    if length < parameters.min_length or _sentences_alike(one.sentence, other.sentence, parameters):
        return None
    known = f"“{shortened(report, again)}”在{whereabouts(report, first.start)}已经写过"
    message = f"{known},全文出现{values['count']}次,请精简或改写其中一处"
    case = _case(context, first, again, is_long=length >= parameters.long_length)
    return Match(again, message, related, values, case)


def _own_length(context: Context, clauses: list[_Clause], parameters: RepeatedClause) -> int:
    """The own words of the longest clause of a run: several short clauses in a row are set phrases."""
    formulas = context.facts.policy_formulas
    return max(len(own_words(context.report, clause.passage.span, formulas, parameters.ignore)) for clause in clauses)


def _sentences_alike(one: Passage, other: Passage, parameters: RepeatedClause) -> bool:
    return fuzz.ratio(one.key, other.key, score_cutoff=parameters.sentence_similarity) > 0


def _case(context: Context, first: Span, again: Span, *, is_long: bool) -> str | None:
    if context.contents.content_at(first.start) != context.contents.content_at(again.start):
        return "theme"
    return None if is_long else "short"


def _span(clauses: list[_Clause], start: int, length: int) -> Span:
    return Span(clauses[start].passage.span.start, clauses[start + length - 1].passage.span.end)


KIND = Kind(
    name="repeated-clause",
    summary="同一分句在不同句子中重复出现",
    parameters=RepeatedClause,
    run=run,
    cases=("adjacent", "theme", "short"),
)
