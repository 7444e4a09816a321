"""From the comparison of reports to findings in each of them, and to the records that hold these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.copies.comparison import Comparison, compare, settings_of
from audit.copies.outline import unpack_report
from audit.copies.passages import ReportHeader, collect
from audit.copies.store import Batch, Block, encode
from audit.record import ReportRecord
from checks.comparison import Compared
from checks.context import Context
from checks.engine import Judgement, comparing_rules, judge
from documents.report import Report
from rules.facts import Facts
from rules.model import Ruleset


def header_of(report: Report | ReportRecord) -> ReportHeader:
    """What the comparison needs to know of a report."""
    if isinstance(report, ReportRecord):
        return ReportHeader(report.path, report.unit, report.level, report.year, report.published)
    return ReportHeader(
        report.source.path,
        report.unit.value if report.unit else None,
        report.level.value if report.level else None,
        report.year.value if report.year else None,
        report.published.value if report.published else None,
    )


def judge_compared(report: Report, compared: Compared, ruleset: Ruleset, facts: Facts) -> Judgement:
    """The verdict of the rules that compare reports on one of them. Its normalised view may be empty."""
    return judge(Context(report, facts, compared=compared), comparing_rules(ruleset))


def judge_batch(
    blocks: Sequence[Block],
    headers: Sequence[ReportHeader],
    comparison: Comparison,
    ruleset: Ruleset,
    facts: Facts,
) -> Iterator[tuple[int, Judgement]]:
    """The verdict on each report that shares text with another, by its number; the others pass every such rule."""
    batch = Batch(blocks)
    for number, compared in comparison.compared.items():
        report = unpack_report(batch.outline_of(number), headers[number].path)
        yield number, judge_compared(report, compared, ruleset, facts)


def with_judgement(record: ReportRecord, judgement: Judgement) -> ReportRecord:
    """The record with the findings and outcomes of the comparison among its own."""
    findings = sorted(
        (*record.findings, *judgement.findings), key=lambda finding: (finding.start, finding.end, finding.rule)
    )
    return replace(
        record,
        findings=tuple(findings),
        outcomes={**record.outcomes, **judgement.outcomes},
        unassessed={**record.unassessed, **judgement.unassessed},
    )


def compare_contexts(contexts: Sequence[Context], ruleset: Ruleset) -> list[Compared]:
    """What comparing a few reports found about each, in memory."""
    facts = contexts[0].facts
    headers = [header_of(context.report) for context in contexts]
    found = compare([encode([collect(context) for context in contexts])], headers, settings_of(ruleset), facts)
    return [found.compared.get(number, Compared()) for number in range(len(contexts))]
