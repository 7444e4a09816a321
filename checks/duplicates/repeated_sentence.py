"""Repeated sentences: the same words twice, in a row or anywhere in the report.

Cases: ``adjacent`` (twice in a row), ``heading`` (a heading on a line of its own that its text begins with again),
``plan-copies-achievements``, ``theme`` (a short sentence in two parts of different content), ``short`` (a short
sentence again in the same part), and none for a long sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from pydantic import Field

from checks.context import Context
from checks.duplicates.passages import Passage, own_words, shortened, whereabouts
from checks.duplicates.repeats import Repeat, find_repeats
from checks.kind import Kind
from checks.match import Match
from documents.report import Span
from rules.model import Parameters

_RELATED = 5


class RepeatedSentenceParameters(Parameters):
    """Lengths are in characters without punctuation; all but ``adjacent_length`` leave policy formulas out."""

    adjacent_length: int = Field(default=6, ge=2, description="紧接着重复时，句子至少几个字（含固定表述）")
    min_length: int = Field(default=15, ge=2, description="不相邻的重复，去掉固定表述后至少几个字")
    long_length: int = Field(default=25, ge=2, description="去掉固定表述后达到几个字算长句")
    ignore: tuple[str, ...] = Field(default=(), description="本地另外允许重复的表述")


def run(context: Context, parameters: RepeatedSentenceParameters) -> Iterator[Match]:
    """Yield one match for each sentence, or run of sentences, that comes again."""
    passages = context.passages
    for repeat in find_repeats([passage.key for passage in passages]):
        if repeat.adjacent and len(passages[repeat.first.start].key) >= parameters.adjacent_length:
            match = _adjacent(context, repeat)
        else:
            match = _distant(context, repeat, parameters)
        if match:
            yield match


def _adjacent(context: Context, repeat: Repeat) -> Match | None:
    passages = context.passages
    first, again = passages[repeat.first.start], passages[repeat.again[0].start]
    copies = _copies_in_a_row(repeat)
    last = passages[repeat.again[copies - 1].stop - 1]
    whole = Span(first.span.start, last.span.end)
    values = _values(repeat)
    if copies == 1 and _is_echo(first, again):
        message = f"标题“{shortened(context.report, first.span)}”在本段开头又作为一句话重复，请改写或删去这一句"
        return Match(again.span, message, (first.span,), values, "heading")
    if not (first.is_heading or last.closed):
        return None
    words = shortened(context.report, _span(passages, repeat.first))
    times = "两" if copies == 1 else f"{copies + 1}"
    others = f"，全文共{repeat.count}次" if repeat.count > copies + 1 else ""
    message = f"“{words}”接连写了{times}遍{others}，请删去重复的文字"
    return Match(whole, message, _related(passages, repeat), values, "adjacent")


def _copies_in_a_row(repeat: Repeat) -> int:
    """How many of the copies follow the first place, and each other, at once."""
    ends = (repeat.first.stop, *(copy.stop for copy in repeat.again))
    in_a_row = takewhile(lambda pair: pair[0].start == pair[1], zip(repeat.again, ends, strict=False))
    return sum(1 for _ in in_a_row)


def _is_echo(first: Passage, again: Passage) -> bool:
    """A heading set apart from its text, by a line end or by having no full stop, that the text takes up again."""
    if not first.is_heading or again.is_heading:
        return False
    return first.paragraph != again.paragraph or not first.closed


def _distant(context: Context, repeat: Repeat, parameters: RepeatedSentenceParameters) -> Match | None:
    passages, report = context.passages, context.report
    pairs = [(passages[one], passages[other]) for one, other in zip(repeat.first, repeat.again[0], strict=True)]
    parts = [one for one, other in pairs if _counts(one, parameters) and _counts(other, parameters)]
    formulas = context.facts.policy_formulas
    length = sum(len(own_words(report, part.span, formulas, parameters.ignore)) for part in parts)
    if not parts or length < parameters.min_length:
        return None
    begin = next(at for at, index in enumerate(repeat.first) if not passages[index].is_heading)
    first, again = _span(passages, repeat.first[begin:]), _span(passages, repeat.again[0][begin:])
    case = _case(context, first, again, is_long=length >= parameters.long_length)
    what = "这段话" if len(parts) > 1 else "这句话"
    same = f"{what}与{whereabouts(report, first.start)}的“{shortened(report, first)}”完全相同"
    message = f"{same}，全文出现{repeat.count}次，{_ADVICE[case]}"
    return Match(again, message, _related(passages, repeat), _values(repeat), case)


def _counts(passage: Passage, parameters: RepeatedSentenceParameters) -> bool:
    """Headings may name the same task in two parts; a line without a full stop is text only when it is long."""
    if passage.is_heading:
        return False
    return passage.closed or len(passage.key) >= parameters.long_length


def _case(context: Context, first: Span, again: Span, *, is_long: bool) -> str | None:
    places = context.contents.content_at(first.start), context.contents.content_at(again.start)
    if places == ("achievements", "plan"):
        return "plan-copies-achievements"
    if is_long:
        return None
    return "short" if places[0] == places[1] else "theme"


_ADVICE = {
    None: "请删去重复的一处",
    "short": "请删去或改写重复的一处",
    "theme": "请确认两处是否都需要",
    "plan-copies-achievements": "下一年度安排照抄了上一年度举措，请改写为下一年度的具体安排",
}


def _span(passages: tuple[Passage, ...], indexes: range) -> Span:
    return Span(passages[indexes[0]].span.start, passages[indexes[-1]].span.end)


def _related(passages: tuple[Passage, ...], repeat: Repeat) -> tuple[Span, ...]:
    return tuple(_span(passages, place) for place in (repeat.first, *repeat.again[1:_RELATED]))


def _values(repeat: Repeat) -> dict[str, int]:
    return {"count": repeat.count, "sentences": len(repeat.first)}


KIND = Kind(
    name="repeated-sentence",
    summary="同一句话（或同一段话）在报告中重复出现",
    parameters=RepeatedSentenceParameters,
    run=run,
    cases=("adjacent", "heading", "plan-copies-achievements", "short", "theme"),
)
