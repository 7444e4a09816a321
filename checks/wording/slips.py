"""Slips of the pen and confusions that a table knows, each with the context that makes it sure.

Cases: ``sure`` (wrong wherever it stands), ``likely`` (wrong as a rule) and ``style`` (usage).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.wording.habits import habit
from checks.wording.passages import is_own_wording
from documents.report import Report, Span
from rules.facts import Facts
from rules.facts.wording import Certainty, Slip
from rules.model import Parameters
from rules.needles import needles_of_any
from rules.pattern import Re2Pattern
from rules.pattern_set import PatternSet

# Of entries that stand together in the table, the first one has the word where several match.
_TOGETHER = 80
_REACH = 40
# Three rules ask of the same report what the tables know, and reports are judged a few at a time.
TEXTS_KEPT = 16
_USAGE = "“{}”宜写作“{}”"
_WRONG = {Certainty.SURE: "“{}”应为“{}”", Certainty.LIKELY: "“{}”疑为“{}”之误，请核对", Certainty.STYLE: _USAGE}


class SlipsParameters(Parameters):
    """``own`` adds entries of the inspector's own to the built-in table (slips.yaml), which ``builtin`` switches."""

    builtin: bool = Field(default=True, description="是否使用自带的错别字表（rules/data/slips.yaml）")
    own: tuple[Slip, ...] = Field(default=(), description="本地增加的错误写法，写法同错别字表")
    allow: tuple[str, ...] = Field(default=(), description="表中有而本地认为不算错的写法")


def run(context: Context, parameters: SlipsParameters) -> Iterator[Match]:
    """One match for each form of a slip, wherever it stands in the report's own words."""
    report = context.report
    table = slip_table(context.facts, parameters.own, builtin=parameters.builtin)
    found: dict[tuple[Slip, str], list[Span]] = {}
    for slip, start, end in slips_in(report.view.text, table):
        span = Span(*report.view.to_text(start, end))
        words = report.view.text[start:end]
        if words not in parameters.allow and _counts(report, slip, span):
            found.setdefault((slip, words), []).append(span)
    for (slip, words), spans in found.items():
        values = {"written": words, "suggestion": slip.right}
        yield habit(spans, _message(slip, words), values=values, case=slip.certainty.value)


def needles(parameters: SlipsParameters, facts: Facts) -> frozenset[str]:
    """Every slip of the table has one of these."""
    return needles_of_any(slip.wrong for slip in _entries(facts, parameters.own, parameters.builtin))


def slips_of(context: Context) -> tuple[tuple[Slip, int, int], ...]:
    """What the built-in table knows in the normalised view of a report."""
    words = _needles(context.facts)
    if context.needles >= words and words.isdisjoint(context.found_words.needles):
        return ()
    return slips_in(context.report.view.text, slip_table(context.facts))


@lru_cache(maxsize=4)
def _needles(facts: Facts) -> frozenset[str]:
    return needles(SlipsParameters(), facts)


def _message(slip: Slip, words: str) -> str:
    return f"“{words}”：{slip.note}" if slip.note else _WRONG[slip.certainty].format(words, slip.right)


@dataclass(frozen=True, eq=False, slots=True)
class SlipTable:
    """Entries with the patterns of all of them in one set."""

    entries: tuple[Slip, ...]
    patterns: PatternSet


def slip_table(facts: Facts, own: tuple[Slip, ...] = (), *, builtin: bool = True) -> SlipTable:
    """The entries of an inspector, ``own``, and the built-in ones, made ready once."""
    return _slip_table(facts, own, builtin)


@lru_cache(maxsize=8)
def _slip_table(facts: Facts, own: tuple[Slip, ...], builtin: bool) -> SlipTable:
    entries = _entries(facts, own, builtin)
    return SlipTable(entries, PatternSet(slip.wrong for slip in entries))


def _entries(facts: Facts, own: tuple[Slip, ...], builtin: bool) -> tuple[Slip, ...]:
    return (*own, *(facts.slips if builtin else ()))


@lru_cache(TEXTS_KEPT)
def slips_in(text: str, table: SlipTable) -> tuple[tuple[Slip, int, int], ...]:
    """Each entry of ``table`` that ``text``, a normalised view, has, with its place there."""
    return tuple(_slips_in(text, table))


def _slips_in(text: str, table: SlipTable) -> Iterator[tuple[Slip, int, int]]:
    for _, group in groupby(table.patterns.matching(text), key=lambda index: index // _TOGETHER):
        entries = [table.entries[index] for index in group]
        together = _compiled("|".join(f"(?:{slip.wrong})" for slip in entries))
        for match in together.finditer(text):
            slip = next(slip for slip in entries if _is_whole(slip.wrong, match.group()))
            if not _is_meant(text, slip, *match.span()):
                yield slip, *match.span()


@lru_cache(maxsize=4096)
def _is_whole(pattern: str, words: str) -> bool:
    match = _compiled(pattern).search(words)
    return match is not None and match.span() == (0, len(words))


def _is_meant(text: str, slip: Slip, start: int, end: int) -> bool:
    """Whether the words at ``[start, end)`` are part of a longer form that is right."""
    if slip.unless is None:
        return False
    hits = _compiled(slip.unless).finditer(text, max(0, start - _REACH), end + _REACH)
    return any(match.start() < end and start < match.end() for match in hits)


def _counts(report: Report, slip: Slip, span: Span) -> bool:
    """Whether the entry holds for this report and place."""
    if slip.since and not (report.year and report.year.value >= slip.since):
        return False
    return is_own_wording(report, span)


@lru_cache(maxsize=1024)
def _compiled(source: str) -> Re2Pattern:
    return Re2Pattern(source)


KIND = Kind(
    name="slips",
    summary="错别字、混淆词和不规范用语（按表查找）",
    parameters=SlipsParameters,
    run=run,
    cases=("sure", "likely", "style"),
    needles=needles,
)
