"""Mutations of numbers: sums, rates, metrics and placeholders."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.mutations.base import Base, Mutant, around, replaced, some
from documents.report import Span

_UNITS = "件次|人次|场次|户次|家次|件|宗|起|项|人|名|份|场|次|家|户|个|条|卷|万件|万人"
_COUNT = re.compile(rf"(?<![\d.])(\d{{1,7}})(?=({_UNITS}))")
_PER_CENT = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2})%")
_ABSENT = "metric-absent"
# What a sentence that lost a clause can show.
_LEFT_BEHIND = ("metrics", "wording", "sections", "figures")
_PARTS_FOLLOW = re.compile(r"其中|分别|包括|[（(：:中]")


@dataclass(frozen=True, slots=True)
class _Count:
    value: int
    unit: str
    place: Span


def broken_addend(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """One part of a closed list is changed by a few: the parts no longer make the total."""
    places: list[Span] = []
    for sentence in base.report.sentences:
        counts = _counts(base.text, sentence.span)
        places += [parts[-1].place for parts in _sums(base.text, counts)]
    for place in some(places, chance, 4):
        value = int(base.text[place.start : place.end])
        mutant = replaced(base, "addend", place, str(value + chance.choice((1, 2, 5, 10))), ("figures",))
        yield around(mutant, 60, 30)


def _counts(text: str, span: Span) -> list[_Count]:
    found = _COUNT.finditer(text, *span)
    return [_Count(int(match[1]), match[2], Span(match.start(1), match.end(1))) for match in found]


def _sums(text: str, counts: Sequence[_Count]) -> Iterator[Sequence[_Count]]:
    """Runs of two to nine counts that make the count before them, all of one unit and announced as its parts."""
    for first, total in enumerate(counts[:-1]):
        if not _PARTS_FOLLOW.search(text, total.place.end, counts[first + 1].place.start):
            continue
        run = 0
        for last in range(first + 1, min(len(counts), first + 10)):
            if counts[last].unit != total.unit or not counts[last].value:
                break
            run += counts[last].value
            if run == total.value and last > first + 1:
                yield counts[first + 1 : last + 1]
                break


def broken_rate(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A rate that follows from two counts of its sentence follows no longer."""
    places: list[Span] = []
    for sentence in base.report.sentences:
        counts = [count.value for count in _counts(base.text, sentence.span)]
        rates = _PER_CENT.finditer(base.text, *sentence.span)
        places += [Span(*rate.span(1)) for rate in rates if _follows(rate[1], counts)]
    for place in some(places, chance, 3):
        whole, _, decimals = base.text[place.start : place.end].partition(".")
        new = f"{int(whole) + (1 if int(whole) < 98 else -1)}.{decimals}"
        yield around(replaced(base, "rate", place, new, ("figures",)), 60, 10)


def _follows(rate: str, counts: Sequence[int]) -> bool:
    decimals = len(rate.partition(".")[2])
    return any(
        part < whole and f"{100 * part / whole:.{decimals}f}" == rate for part in counts for whole in counts if whole
    )


def contradictory_approximation(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """近 before a number with 余."""
    found = base.matches(r"(?<![近约超达过逾\d.])(\d{2,6}余)(?=人次|场次|份|人|件|次|家)")
    for place in some([Span(match.start(), match.end()) for match in found], chance, 2):
        quote = base.report.quote(place)
        yield replaced(base, "near-and-over", place, f"近{quote}", ("figures", "wording"))


def placeholder(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A number was never filled in."""
    found = base.matches(rf"(?<=[\u4e00-\u9fff])\d{{1,5}}(?={_UNITS})")
    for place in some([Span(match.start(), match.end()) for match in found], chance, 3):
        blank = chance.choice(("XX", "××", "__", "XXX"))
        yield around(replaced(base, "placeholder", place, blank, ("metrics",), beside=("figures", "wording")), 4, 4)


def dropped_metric(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """Every statement of a metric that the level should report is gone, while its subject is still written about."""
    del chance
    for rule in base.ruleset.rules:
        if rule.check != _ABSENT or base.record.outcomes.get(rule.id) != "passed":
            continue
        names = set(getattr(rule.parameters, "metrics", ()))
        places = [Span(item.start, item.end) for item in base.record.metrics if item.id in names]
        text = _without_clauses(base.text, places)
        if places and any(word in text for word in getattr(rule.parameters, "subject", ())):
            yield Mutant("metric-dropped", base.name, text, None, (rule.id,), _LEFT_BEHIND)


def _without_clauses(text: str, places: Sequence[Span]) -> str:
    """``text`` without the clauses that hold ``places``; a clause ends at a comma, semicolon or full stop."""
    for place in sorted(places, reverse=True):
        start = max(text.rfind(mark, 0, place.start) for mark in "，,；;。\n、") + 1
        ends = [at for at in (text.find(mark, place.end) for mark in "，,；;。\n") if at >= 0]
        end = min(ends, default=len(text))
        if start < end and place.end <= len(text):
            text = text[:start] + text[end + (text[end : end + 1] in "，,；;") :]
    return text
