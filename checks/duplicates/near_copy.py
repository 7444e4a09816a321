"""Near copies: two sentences of one report that differ in a few characters only.

Two sentences that differ in a number, in a name in 《》 or “” or in a word that makes another statement of them (市/县,
复议/诉讼) are parallel constructions, not copies. Cases: ``adjacent`` (a heading and the sentence after it on the same
line), ``plan-copies-achievements``, ``theme`` (in parts of different content), ``loose`` (more was changed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat

from pydantic import Field

from checks.context import Context
from checks.duplicates.passages import Passage, clause_text, own_words, shortened, whereabouts
from checks.kind import Kind
from checks.match import Match
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.model import Parameters

# Runs of three characters that begin in a part of the alphabet: a sample that equal texts share. Of short texts these
# are all that begin in one half of it, of others those that begin in one quarter and do not overlap.
_GRAM_OF_SHORT = lazy_pattern("[0-9\u5000-\u57ff\u6000-\u67ff\u7000-\u77ff\u8000-\u87ff\u9000-\u97ff](?<=(?=(...)).)")
_GRAM = lazy_pattern("[0-9\u5000-\u53ff\u6000-\u63ff\u7000-\u73ff\u8000-\u83ff\u9000-\u93ff]..")
_SHORT = 40
_CANDIDATES = 3
_SHARED = 4
_TOPIC = lazy_pattern(r"[^,。;:]{4,16},")
_LONGEST_WORD = 6
_NUMBER = lazy_pattern(r"\d+(?:\.\d+)?%?|[一二三四五六七八九十百千万两]+(?=[次个件场名项人份年月日季宗起类部位条])")
_DIGITS = lazy_pattern(r"[0-9]+")
_NAME = lazy_pattern(r"《[^《》]*》|“[^“”]*”")


class NearCopyParameters(Parameters):
    """Lengths are in characters without punctuation; shares are of the longer sentence."""

    min_length: int = Field(default=20, ge=6, description="去掉固定表述后至少几个字才比较")
    adjacent_length: int = Field(default=10, ge=6, description="标题句与紧接的一句比较时至少几个字")
    close_share: float = Field(default=0.1, gt=0, lt=0.5, description="改动的字不超过这个比例，算几乎照抄")
    loose_share: float = Field(default=0.15, gt=0, lt=0.5, description="改动的字不超过这个比例，仍提示")
    longest_change: int = Field(default=3, ge=1, description="一处换掉的字超过这个数，视为换了对象，不算照抄")
    contrasts: tuple[str, ...] = Field(default=(), description="换一个词即为另一件事的词：一句换成另一个时不算照抄")
    ignore: tuple[str, ...] = Field(default=(), description="本地另外允许重复的表述")


def run(context: Context, parameters: NearCopyParameters) -> Iterator[Match]:
    """Yield one match for each sentence that nearly repeats an earlier one."""
    yield from _echoes(context, parameters)
    passages = _own(context)
    seen: set[str] = set()
    holders: dict[str, int] = {}
    of_long, of_short = _GRAM.findall, _GRAM_OF_SHORT.findall
    reported = 0
    for index, key in _comparable(passages, parameters.min_length):
        if key in seen or (reported and passages[index].span.end <= reported):
            continue
        seen.add(key)
        grams = of_long(key) if len(key) >= _SHORT else of_short(key)
        first = list(map(holders.setdefault, grams, repeat(index)))
        # Most share nothing with another, or one run only.
        if first.count(index) > len(first) - 2:
            continue
        earlier = [variant for other in _likely(first, index) for variant in passages[other : other + 2]]
        apart = [variant for variant in earlier if _may_be_copied(variant, passages[index], grams)]
        copies = (_compare(context, variant, passages[index], parameters) for variant in apart)
        if apart and (match := next(filter(None, copies), None)):
            reported = passages[index].span.end
            yield match


def _comparable(passages: list[Passage], shortest: int) -> list[tuple[int, str]]:
    """The places and the keys of the passages that are long enough and have no numbers, or the numbers of another.

    Most sentences with numbers have some that no other has; only a variant of the same sentence has them, too.
    """
    found: list[tuple[int, str, str]] = []
    ends: dict[str, int] = {}
    shared = {""}
    for index, passage in enumerate(passages):
        key = passage.key
        if len(key) < shortest:
            continue
        digits = "" if key.isalpha() else "".join(_DIGITS.findall(key))
        if digits and ends.setdefault(digits, passage.span.end) != passage.span.end:
            shared.add(digits)
        found.append((index, key, digits))
    return [(index, key) for index, key, digits in found if digits in shared]


def _likely(holders: list[int], own: int) -> list[int]:
    """The passages other than ``own`` that come up most often among the ``holders``, and more than once."""
    counts: dict[int, int] = {}
    for holder in holders:
        if holder != own:
            counts[holder] = counts.get(holder, 0) + 1
    several = [other for other, count in counts.items() if count > 1]
    return sorted(several, key=counts.__getitem__, reverse=True)[:_CANDIDATES] if several else several


def _may_be_copied(first: Passage, again: Passage, grams: list[str]) -> bool:
    """Whether a passage apart from ``again`` is about as long and has a good part of its ``grams``."""
    key, length = first.key, len(again.key)
    if not 0.8 * length <= len(key) <= 1.25 * length or first.span.overlaps(again.span):
        return False
    return _SHARED * sum([gram in key for gram in grams]) >= len(grams)


def _own(context: Context) -> list[Passage]:
    """The passages that are no headings, with their variants."""
    passages: list[Passage] = []
    for passage in context.passages:
        if passage.is_heading:
            continue
        passages.append(passage)
        if passage.numbered and (topic := _TOPIC.match(passage.words)):
            passages.append(_without_topic(context.report, passage, topic.group()))
    return passages


def _without_topic(report: Report, passage: Passage, topic: str) -> Passage:
    """What follows the few words that name the topic of a numbered item, and the comma after them."""
    view, (start, end) = report.view, passage.span
    place = view.from_text(start, end)[0] + len(topic)
    span = Span(view.to_text(place, place)[0], end)
    clauses = passage.clauses[len(clause_text(topic)) :]
    return passage._replace(span=span, words=passage.words[len(topic) :], clauses=clauses, key=clauses.replace(",", ""))


def _echoes(context: Context, parameters: NearCopyParameters) -> Iterator[Match]:
    """A heading or item and the sentence that follows it on its line, nearly the same."""
    passages = context.passages
    for place in [place for place, passage in enumerate(passages[:-1]) if passage.numbered]:
        first, again = passages[place : place + 2]
        if again.numbered or not first.closed or first.paragraph != again.paragraph:
            continue
        if first.key == again.key or min(len(first.key), len(again.key)) < parameters.adjacent_length:
            continue
        changed = _changed(context, first, again, parameters)
        if changed is not None and changed <= parameters.close_share * 2:
            whole = Span(first.span.start, again.span.end)
            message = f"标题句“{shortened(context.report, first.span)}”与紧接的一句几乎相同，请删去其中一句"
            yield Match(whole, message, (first.span,), {"changed": round(changed, 3)}, "adjacent")


def _compare(context: Context, first: Passage, again: Passage, parameters: NearCopyParameters) -> Match | None:
    changed = _changed(context, first, again, parameters)
    if changed is None or changed > parameters.loose_share:
        return None
    report = context.report
    own = own_words(report, again.span, context.facts.policy_formulas, parameters.ignore)
    if len(own) < parameters.min_length:
        return None
    words = f"这句话与{whereabouts(report, first.span.start)}的“{shortened(report, first.span)}”只有个别字词不同"
    case = _case(context, first, again, is_close=changed <= parameters.close_share)
    advice = "请改写为下一年度的具体安排" if case == "plan-copies-achievements" else "请删去或改写其中一处"
    return Match(again.span, f"{words}，{advice}", (first.span,), {"changed": round(changed, 3)}, case)


def _case(context: Context, first: Passage, again: Passage, *, is_close: bool) -> str | None:
    if not is_close:
        return "loose"
    contents = context.contents
    places = contents.content_at(first.span.start), contents.content_at(again.span.start)
    if places == ("achievements", "plan"):
        return "plan-copies-achievements"
    return None if places[0] == places[1] else "theme"


def _changed(context: Context, first: Passage, again: Passage, parameters: NearCopyParameters) -> float | None:
    """The share of characters changed, or ``None`` where the two say different things."""
    longest = max(len(first.key), len(again.key))
    most = int(longest * max(parameters.loose_share, parameters.close_share * 2))
    if abs(len(first.key) - len(again.key)) > most or _fewest_edits(first.key, again.key) > most:
        return None
    # Few reports hold anything worth comparing, and loading the library takes longer than judging one of them.
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    distance = Levenshtein.distance(first.key, again.key, score_cutoff=most)
    if distance == 0 or distance > most:
        return None
    edits = Levenshtein.opcodes(first.key, again.key)
    if any(edit.tag == "replace" and edit.src_end - edit.src_start > parameters.longest_change for edit in edits):
        return None
    if any(pattern.findall(first.words) != pattern.findall(again.words) for pattern in (_NUMBER, _NAME)):
        return None
    words = _contrast_pattern(parameters.contrasts)
    for edit in edits:
        if (
            edit.tag == "replace"
            and _is_word(words, first.key, edit.src_start, edit.src_end)
            and _is_word(words, again.key, edit.dest_start, edit.dest_end)
        ):
            return None
    return distance / longest


def _fewest_edits(one: str, other: str) -> int:
    """How many edits it takes at least to turn ``one`` into ``other``, by the characters used in them."""
    have, want = set(one), set(other)
    return max(len(have - want), len(want - have))


def _is_word(words: re.Pattern[str], key: str, start: int, end: int) -> bool:
    """Whether ``key[start:end]`` holds one of ``words``, or is part of one."""
    around = words.finditer(key, max(0, start - _LONGEST_WORD), end + _LONGEST_WORD)
    places = [match.span() for match in around]
    return any((start <= low and high <= end) or (low <= start and end <= high) for low, high in places)


@lru_cache(maxsize=8)
def _contrast_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)")


KIND = Kind(
    name="near-copy",
    summary="两句话只差个别字词",
    parameters=NearCopyParameters,
    run=run,
    cases=("adjacent", "plan-copies-achievements", "theme", "loose"),
)
