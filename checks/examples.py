"""Runs the examples that every rule carries: the same texts that explain a rule to people test it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from checks.context import Context
from checks.engine import Judgement, judge
from checks.finding import Outcome
from documents.read import report_from_text
from documents.report import Attribute, Certainty, Report
from rules.facts import Facts
from rules.model import Assumption, Rule, Ruleset

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example on which its rule did not do what the rule file says. ``wanted`` and ``got`` are outcomes."""

    rule: str
    text: str
    wanted: Outcome
    got: Outcome
    detail: str


def run_examples(ruleset: Ruleset, facts: Facts) -> list[ExampleFailure]:
    """Judge each example by its own rule alone; returns the examples that failed."""
    return [failure for rule in ruleset.rules for failure in run_rule_examples(rule, facts)]


def run_rule_examples(rule: Rule, facts: Facts) -> list[ExampleFailure]:
    """Judge the examples of one rule."""
    wanted = [(text, Outcome.FOUND) for text in rule.examples.fail]
    wanted += [(text, Outcome.PASSED) for text in rule.examples.passing]
    failures: list[ExampleFailure] = []
    for text, outcome in wanted:
        judgement = _judge_alone(rule, text, facts)
        got = judgement.outcomes[rule.id]
        if got is not outcome:
            detail = "；".join([*judgement.unassessed.values(), *(finding.message for finding in judgement.findings)])
            failures.append(ExampleFailure(rule.id, text, outcome, got, detail))
    return failures


def rehearse(ruleset: Ruleset, facts: Facts) -> None:
    """Judge one wrong example of each rule: that reads the facts and compiles the patterns that reports need."""
    for rule in ruleset.rules:
        for text in rule.examples.fail[:1]:
            _judge_alone(rule, text, facts)


def _judge_alone(rule: Rule, text: str, facts: Facts) -> Judgement:
    alone = Ruleset(pack="", title="", rules=(rule,), switched_off=(), sha256="")
    report = assume(report_from_text(text), rule.examples.assume)
    return judge(Context(report, facts, rule.examples.assume.audited_year), alone)


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
