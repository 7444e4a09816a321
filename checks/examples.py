"""Runs the examples that every rule carries: the same texts that explain a rule to people test it.

An example of a rule that compares reports holds several, each under a line ``=== unit year``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from checks.comparison import Compared
from checks.context import Context
from checks.engine import Engine, Judgement, judge
from checks.finding import Outcome
from checks.kind import Scope
from checks.kinds import KINDS
from documents.read import report_from_text
from documents.report import Attribute, Certainty, Report, Source
from rules.facts import Facts
from rules.model import Assumption, Rule, Ruleset

T = TypeVar("T")
Compare = Callable[[Sequence[Context], Ruleset], Sequence[Compared]]
"""Compares a few reports and says what it found about each."""

_REPORT: Final = re.compile(r"^=== *(?P<unit>\S+) +(?P<year>\d{4})年?度? *\n", re.MULTILINE)
_FEWEST_COMPARED: Final = 2
NOTATION: Final = "示例要写两份以上报告，每份上面写一行，如“=== 柳河镇人民政府 2023年度”"
"""How an example of a rule that compares reports is written, in Chinese."""
_SEVERITY: Final = (Outcome.FOUND, Outcome.NOT_ASSESSABLE, Outcome.PASSED, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example on which its rule did not do what the rule file says. ``wanted`` and ``got`` are outcomes."""

    rule: str
    text: str
    wanted: Outcome
    got: Outcome
    detail: str


def run_examples(ruleset: Ruleset, facts: Facts, compare: Compare) -> list[ExampleFailure]:
    """Judge each example by its own rule alone; returns the examples that failed."""
    return [failure for rule in ruleset.rules for failure in run_rule_examples(rule, facts, compare)]


def run_rule_examples(rule: Rule, facts: Facts, compare: Compare) -> list[ExampleFailure]:
    """Judge the examples of one rule."""
    wanted = [(text, Outcome.FOUND) for text in rule.examples.fail]
    wanted += [(text, Outcome.PASSED) for text in rule.examples.passing]
    failures: list[ExampleFailure] = []
    for text, outcome in wanted:
        judgements = list(_judge_alone(rule, text, facts, compare))
        got = min((judgement.outcomes[rule.id] for judgement in judgements), key=_SEVERITY.index)
        if got is not outcome:
            failures.append(ExampleFailure(rule.id, text, outcome, got, "；".join(_details(judgements))))
    return failures


def rehearse(ruleset: Ruleset, facts: Facts) -> None:
    """Judge one wrong example of each rule: that reads the facts and compiles the patterns that reports need."""
    needles = Engine(ruleset, facts).needles
    for rule in ruleset.rules:
        if KINDS[rule.check].scope is Scope.REPORT:
            context = _context(rule, rule.examples.fail[0], facts)
            context.needles = needles
            judge(context, _alone(rule))


def _details(judgements: Sequence[Judgement]) -> Iterator[str]:
    for judgement in judgements:
        yield from judgement.unassessed.values()
        yield from (finding.message for finding in judgement.findings)


def _judge_alone(rule: Rule, text: str, facts: Facts, compare: Compare) -> Iterator[Judgement]:
    """The verdict on the example, or on each report of one that holds several."""
    alone = _alone(rule)
    if KINDS[rule.check].scope is Scope.REPORT:
        yield judge(_context(rule, text, facts), alone)
        return
    contexts = [_context(rule, part, facts, unit, year) for unit, year, part in reports_in(text)]
    for context, compared in zip(contexts, compare(contexts, alone), strict=True):
        context.compared = compared
        yield judge(context, alone)


def notation_fault(example: str) -> str | None:
    """What is wrong with how an example of a rule that compares reports is written, in Chinese; ``None`` if nothing."""
    heads = list(_REPORT.finditer(example))
    if not heads:
        return "比对类规则的示例没有写明每份报告的单位和年度"
    if example[: heads[0].start()].strip():
        return "比对类规则的示例在第一份报告的单位和年度之前还有文字"
    return "比对类规则的示例只有一份报告，无从比对" if len(heads) < _FEWEST_COMPARED else None


def reports_in(example: str) -> Iterator[tuple[str, int, str]]:
    """Unit, year and text of each report of an example whose notation is right."""
    heads = list(_REPORT.finditer(example))
    ends = [*(head.start() for head in heads[1:]), len(example)]
    for head, end in zip(heads, ends, strict=True):
        yield head["unit"], int(head["year"]), example[head.end() : end]


def _alone(rule: Rule) -> Ruleset:
    return Ruleset(pack="", title="", rules=(rule,), switched_off=(), sha256="")


def _context(rule: Rule, text: str, facts: Facts, unit: str | None = None, year: int | None = None) -> Context:
    assumption = rule.examples.assume
    named = assumption.model_copy(update={"unit": unit, "year": year}) if unit else assumption
    source = Source(path=f"{unit}{year}", sha256="", size=0, format="text", encoding="utf-8") if unit else None
    report = report_from_text(text, source) if source else report_from_text(text)
    return Context(assume(report, named), facts, assumption.audited_year)


def assume(report: Report, assumption: Assumption) -> Report:
    """The report with the facts that an example takes for granted."""
    return replace(
        report,
        year=_assumed(assumption.year) or report.year,
        level=_assumed(assumption.level) or report.level,
        unit=_assumed(assumption.unit) or report.unit,
    )


def _assumed(value: T | None) -> Attribute[T] | None:
    return None if value is None else Attribute(value, Certainty.CERTAIN, ())
