"""The engine: runs the rules of a pack over a report and wraps what the checks yield into findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from checks.context import Context
from checks.finding import Finding, Outcome, Related
from checks.fingerprint import comparable, finding_number, fingerprint, unit_identity
from checks.kind import Scope
from checks.kinds import KINDS
from checks.match import Match, NotAssessable
from checks.place import excerpt, line_and_column, place_in_words
from documents.report import Report, Span
from rules.model import Applies, Rule, Ruleset

_SAMPLES = 3
# A quotation in a message may hold a line end of the report.
_LINE_END = re.compile(r"\s*\n\s*")


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


def judge(context: Context, ruleset: Ruleset, watch: Watch = unwatched) -> Judgement:
    """Run every rule over the report of ``context``, sharing the analyses it has already made.

    Rules that compare reports have nothing to say of a report that was not compared (``Context.compared``).
    """
    findings: list[Finding] = []
    outcomes: dict[str, Outcome] = {}
    unassessed: dict[str, str] = {}
    unit = unit_identity(context.report)
    for rule in ruleset.rules:
        watch(f"执行规则 {rule.id} ")
        try:
            if _has_nothing_to_compare(rule, context) or not _applies(rule.applies, context.report):
                outcomes[rule.id] = Outcome.NOT_APPLICABLE
                continue
            matches = sorted(KINDS[rule.check].run(context, rule.parameters), key=lambda match: match.span)
        except NotAssessable as obstacle:
            outcomes[rule.id] = Outcome.NOT_ASSESSABLE
            unassessed[rule.id] = obstacle.reason
            continue
        outcomes[rule.id] = Outcome.FOUND if matches else Outcome.PASSED
        if matches:
            findings.extend(_findings(context.report, unit, rule, matches))
    findings.sort(key=lambda finding: (finding.start, finding.end, finding.rule))
    return Judgement(tuple(findings), outcomes, unassessed)


def comparing_rules(ruleset: Ruleset) -> Ruleset:
    """The rules of a pack that judge what comparing reports found."""
    return replace(ruleset, rules=tuple(rule for rule in ruleset.rules if KINDS[rule.check].scope is not Scope.REPORT))


def _has_nothing_to_compare(rule: Rule, context: Context) -> bool:
    scope, compared = KINDS[rule.check].scope, context.compared
    return scope is not Scope.REPORT and (compared is None or (scope is Scope.EARLIER and not compared.earlier))


def _applies(applies: Applies, report: Report) -> bool:
    """Whether a rule is meant for this report; raises NotAssessable where the report does not tell."""
    first, last = applies.years.first, applies.years.last
    if first is not None or last is not None:
        if report.year is None:
            raise NotAssessable("未能识别报告年度，无法判断本规则是否适用")
        if not (first or 0) <= report.year.value <= (last or 9999):
            return False
    if not applies.levels:
        return True
    if report.level is None:
        raise NotAssessable("未能识别单位层级，无法判断本规则是否适用")
    return report.level.value in applies.levels


def _findings(report: Report, unit: str, rule: Rule, matches: list[Match]) -> Iterator[Finding]:
    habit = len(matches) > rule.aggregate_above
    if habit:
        matches = [_aggregate(matches)]
    year = report.year.value if report.year else None
    equals: Counter[str] = Counter()
    for match in matches:
        line, column = line_and_column(report.text, match.span.start)
        quote = report.quote(match.span)
        # Which place of a habit comes first is chance: it is the same habit when that place is mended.
        evidence = "" if habit else comparable(quote or str(match.values.get("missing", "")))
        key = fingerprint(rule.id, unit, year, evidence, equals[evidence])
        equals[evidence] += 1
        yield Finding(
            rule=rule.id,
            level=rule.levels.get(match.case, rule.level) if match.case else rule.level,
            title=rule.titles.get(match.case, rule.title) if match.case else rule.title,
            message=_LINE_END.sub("", match.message),
            quote=quote,
            start=match.span.start,
            end=match.span.end,
            section=report.section_label(match.span.start),
            place=place_in_words(report, match.span) if quote else "全文",
            excerpt=excerpt(report, match.span),
            page=report.page_at(match.span.start) if quote else None,
            basis=rule.basis,
            advice=rule.advice,
            related=(*(_related(report, span) for span in match.related), *match.elsewhere),
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


def _related(report: Report, span: Span) -> Related:
    line, column = line_and_column(report.text, span.start)
    section = report.section_label(span.start)
    return Related(report.source.path, span.start, span.end, report.quote(span), section, line, column)
