"""Repeated clauses: the same words between two commas, in sentences that are otherwise different.

A clause inside a sentence that is itself repeated is left to the rule on sentences. Cases: ``adjacent``
(twice in a row), ``theme`` (in parts of different content), ``short``, and none for a long clause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pydantic import Field

from checks.context import Context
from checks.duplicates.passages import Passage, clause_count, clause_keys, clauses_of, own_words, shortened, whereabouts
from checks.duplicates.repeats import Repeat, find_repeats
from checks.kind import Kind
from checks.match import Match
from documents.report import Report, Span
from rules.model import Parameters

_RELATED = 5


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
    times = Counter([sentence.key for sentence in context.passages])
    own = [sentence for sentence in context.passages if times[sentence.key] == 1 and not sentence.is_heading]
    keys = clause_keys(own)
    repeated = {key for key, count in Counter(keys).items() if count > 1 and key}
    if not _may_be_reported(repeated, own, parameters):
        return []
    clauses: list[_Clause] = []
    remaining = iter(keys)
    for sentence in own:
        if repeated.isdisjoint(list(islice(remaining, clause_count(sentence)))):
            clauses.append(_Clause("", 0, 0, sentence))
        else:
            clauses += [_Clause(*clause, sentence) for clause in clauses_of(context.report, sentence)]
    return clauses


def _may_be_reported(repeated: set[str], own: list[Passage], parameters: RepeatedClauseParameters) -> bool:
    """Whether a repeated clause is long enough wherever it stands, or long enough to be repeated in one sentence."""
    lengths = list(map(len, repeated))
    if max(lengths, default=0) >= parameters.min_length:
        return True
    sentences = "\n".join([sentence.key for sentence in own])
    return any(
        any("\n" not in between for between in sentences.split(key)[1:-1])
        for key, length in zip(repeated, lengths, strict=True)
        if length >= parameters.adjacent_length
    )


def _judge(
    context: Context, clauses: list[_Clause], repeat: Repeat, parameters: RepeatedClauseParameters
) -> Match | None:
    report = context.report
    first, again = _span(report, clauses, repeat.first), _span(report, clauses, repeat.again[0])
    related = tuple(_span(report, clauses, place) for place in (repeat.first, *repeat.again[1:_RELATED]))
    values = {"count": repeat.count}
    one, other = clauses[repeat.first.start], clauses[repeat.again[0].start]
    if repeat.adjacent and one.sentence is other.sentence:
        if len(one.key) < parameters.adjacent_length:
            return None
        message = f"“{shortened(report, first)}”在同一句中接连出现，请删去重复的文字"
        return Match(Span(first.start, again.end), message, related, values, "adjacent")
    length = _own_length(context, clauses[repeat.first.start : repeat.first.stop], parameters)
    if length < parameters.min_length or _sentences_alike(clauses, repeat, parameters):
        return None
    known = f"“{shortened(report, again)}”在{whereabouts(report, first.start)}已经写过"
    message = f"{known}，全文出现{repeat.count}次，请精简或改写其中一处"
    case = _case(context, first, again, is_long=length >= parameters.long_length)
    return Match(again, message, related, values, case)


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
