"""The engine: runs the rules of a pack over a report and wraps what the checks yield into findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from checks.context import Context
from checks.finding import Finding, Outcome, Related
from checks.fingerprint import comparable, finding_number, fingerprint
from checks.kind import Scope
from checks.kinds import KINDS
from checks.match import Match, NotAssessable
from checks.place import Places
from documents.report import Report, Span, UnitLevel
from rules.facts import Facts
from rules.model import Applies, Rule, Ruleset
from rules.needles import NOTHING

_SAMPLES = 3
# A quotation in a message may hold a line end of the report.
_LINE_END = re.compile(r"\s*\n\s*")
_SPAN = attrgetter("span")
_POSITION = attrgetter("start", "end", "rule")
# Reports of a batch are of few years and levels; what a text claims to be its year may be anything.
_MOST_PLANS = 64


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one report: findings by position, an outcome for every rule, and why one was not assessable."""

    findings: tuple[Finding, ...]
    outcomes: dict[str, Outcome]
    unassessed: dict[str, str]


Watch = Callable[[str], None]
"""Is told, in Chinese, what is about to be done with a document, so that a hang or a death has a name."""


def unwatched(stage: str) -> None:
    """Nobody wants to know."""


class _Plan(NamedTuple):
    """What the rules come to on the reports of one year and level: whether each is run, the outcome of each without a
    match, and why some cannot be assessed."""

    runs: tuple[bool, ...]
    outcomes: dict[str, Outcome]
    unassessed: dict[str, str]


class _Case:
    """A report while it is judged."""

    __slots__ = ("context", "findings", "outcomes", "runs", "unassessed", "words")

    def __init__(self, context: Context, plan: _Plan, needles: frozenset[str]) -> None:
        self.context = context
        self.runs = plan.runs
        # Where they were not looked for, any of them may stand there.
        self.words = context.found_words.needles if needles and context.needles >= needles else needles
        self.findings: list[Finding] = []
        self.outcomes = plan.outcomes.copy()
        self.unassessed = plan.unassessed

    def found(self, rule: Rule, matches: list[Match]) -> None:
        """Keep the places where a rule is not met."""
        self.outcomes[rule.id] = Outcome.FOUND
        self.findings += _findings(self.context, rule, matches)

    def cannot_be_assessed(self, rule: Rule, reason: str) -> None:
        """Keep why a rule cannot be judged."""
        self.outcomes[rule.id] = Outcome.NOT_ASSESSABLE
        self.unassessed = {**self.unassessed, rule.id: reason}

    def judgement(self) -> Judgement:
        """The verdict."""
        self.findings.sort(key=_POSITION)
        unassessed = {rule: self.unassessed[rule] for rule in self.outcomes if rule in self.unassessed}
        return Judgement(tuple(self.findings), self.outcomes, unassessed)


class Engine:
    """Runs the rules of a pack. Made once for many reports: which rules are meant for which of them is kept.

    With the ``facts``, rules are passed over that have no match without certain words, in every report that was asked
    for the ``needles`` of the engine (``Context.needles``) and has none of those words.
    """

    def __init__(self, ruleset: Ruleset, facts: Facts | None = None) -> None:
        self._rules = [
            (rule, KINDS[rule.check], f"执行规则 {rule.id} ", _needles(rule, facts) if facts else frozenset[str]())
            for rule in ruleset.rules
        ]
        self.needles = frozenset[str]().union(*[needles for _, _, _, needles in self._rules])
        self._plan = lru_cache(_MOST_PLANS)(self._planned)

    def judge(self, context: Context, watch: Watch = unwatched) -> Judgement:
        """Run every rule over the report of ``context``, sharing the analyses it has already made.

        Rules that compare reports have nothing to say of a report that was not compared (``Context.compared``).
        """
        return self.judge_together([context], watch)[0]

    def judge_together(self, contexts: Sequence[Context], watch: Watch = unwatched) -> list[Judgement]:
        """As :meth:`judge` for each of several reports, in order.

        Each rule goes over all of them before the next one does: what it works with is then still at hand, which makes
        judging several small reports together a fifth faster than one after another.
        """
        cases = [_Case(context, self._plan_for(context), self.needles) for context in contexts]
        for number, (rule, kind, stage, needles) in enumerate(self._rules):
            concerned = [case for case in cases if case.runs[number]]
            if needles:
                concerned = [case for case in concerned if not needles.isdisjoint(case.words)]
            if concerned:
                watch(stage)
                _apply(rule, kind.run, concerned)
        return [case.judgement() for case in cases]

    def _plan_for(self, context: Context) -> _Plan:
        report, compared = context.report, context.compared
        year, level = report.year.value if report.year else None, report.level.value if report.level else None
        return self._plan(year, level, compared is not None, compared is not None and bool(compared.earlier))

    def _planned(
        self,
        year: int | None,
        level: UnitLevel | None,
        compared: bool,
        has_earlier: bool,
    ) -> _Plan:
        runs: list[bool] = []
        outcomes: dict[str, Outcome] = {}
        unassessed: dict[str, str] = {}
        for rule, kind, _, _ in self._rules:
            comparable_now = {Scope.REPORT: True, Scope.BATCH: compared, Scope.EARLIER: has_earlier}[kind.scope]
            try:
                applies = comparable_now and _applies(rule.applies, year, level)
                outcomes[rule.id] = Outcome.PASSED if applies else Outcome.NOT_APPLICABLE
            except NotAssessable as obstacle:
                applies = False
                outcomes[rule.id] = Outcome.NOT_ASSESSABLE
                unassessed[rule.id] = obstacle.reason
            runs.append(applies)
        return _Plan(tuple(runs), outcomes, unassessed)


def _needles(rule: Rule, facts: Facts) -> frozenset[str]:
    """The words of which a report has one where it does not meet the rule; none where that cannot be said."""
    needles = KINDS[rule.check].needles
    words = needles(rule.parameters, facts) if needles else NOTHING
    return frozenset() if "" in words else words


def _apply(rule: Rule, run: Callable[[Context, Any], Iterator[Match]], cases: list[_Case]) -> None:
    """Run a rule over each of some reports."""
    parameters = rule.parameters
    for case in cases:
        try:
            matches = list(run(case.context, parameters))
        except NotAssessable as obstacle:
            case.cannot_be_assessed(rule, obstacle.reason)
            continue
        if matches:
            case.found(rule, matches)


def judge(context: Context, ruleset: Ruleset, watch: Watch = unwatched) -> Judgement:
    """Run every rule of a pack over a single report; who has many makes an :class:`Engine` for them."""
    return Engine(ruleset).judge(context, watch)


def comparing_engine(ruleset: Ruleset) -> Engine:
    """The engine of those rules of a pack that judge what comparing reports found."""
    rules = tuple(rule for rule in ruleset.rules if KINDS[rule.check].scope is not Scope.REPORT)
    return Engine(replace(ruleset, rules=rules))


def _applies(applies: Applies, year: int | None, level: UnitLevel | None) -> bool:
    """Whether a rule is meant for a report of this year and level; raises NotAssessable where it does not tell them."""
    first, last = applies.years.first, applies.years.last
    if first is not None or last is not None:
        if year is None:
            raise NotAssessable("未能识别报告年度，无法判断本规则是否适用")
        if not (first or 0) <= year <= (last or 9999):
            return False
    if not applies.levels:
        return True
    if level is None:
        raise NotAssessable("未能识别单位层级，无法判断本规则是否适用")
    return level in applies.levels


def _findings(context: Context, rule: Rule, matches: list[Match]) -> Iterator[Finding]:
    report, places = context.report, context.places
    if len(matches) > 1:
        matches.sort(key=_SPAN)
    habit = len(matches) > rule.aggregate_above
    if habit:
        matches = [_aggregate(matches)]
    unit, year = context.unit_identity, report.year.value if report.year else None
    equals: dict[str, int] = {}
    for match in matches:
        # Which place of a habit comes first is chance: it is the same habit when that place is mended.
        quote = report.quote(match.span)
        evidence = "" if habit else comparable(quote or str(match.values.get("missing", "")))
        ordinal = equals.get(evidence, 0)
        equals[evidence] = ordinal + 1
        key = fingerprint(rule.id, unit, year, evidence, ordinal)
        yield _finding(report, places, rule, match, key)


def _finding(report: Report, places: Places, rule: Rule, match: Match, key: str) -> Finding:
    span, case, message = match.span, match.case, match.message
    start, end = span
    quote = report.text[start:end]
    line, column = places.line_and_column(start)
    return Finding(
        rule=rule.id,
        level=rule.levels.get(case, rule.level) if case else rule.level,
        title=rule.titles.get(case, rule.title) if case else rule.title,
        message=_LINE_END.sub("", message) if "\n" in message else message,
        quote=quote,
        start=start,
        end=end,
        section=report.section_label(start),
        place=places.in_words(span) if quote else "全文",
        excerpt=places.excerpt(span),
        page=report.page_at(start) if quote else None,
        basis=rule.basis,
        advice=rule.advice,
        related=(*[_related(report, places, other) for other in match.related], *match.elsewhere),
        values=dict(match.values),
        fingerprint=key,
        number=finding_number(key),
        line=line,
        column=column,
    )


def _aggregate(matches: list[Match]) -> Match:
    """One match that stands for a habit: the first place, the count, and up to three further places as samples."""
    first, others = matches[0], matches[1:]
    return replace(
        first,
        message=f"{first.message}（同类问题全文共{len(matches)}处，此处列出首处）",
        related=tuple(match.span for match in others[:_SAMPLES]),
        values={**first.values, "count": len(matches), "aggregated": True},
    )


def _related(report: Report, places: Places, span: Span) -> Related:
    line, column = places.line_and_column(span.start)
    section = report.section_label(span.start)
    return Related(report.source.path, span.start, span.end, report.quote(span), section, line, column)
