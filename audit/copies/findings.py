"""From the comparison of reports to findings in each of them, and to the records that hold these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from audit.copies.comparison import Comparison, compare, settings_of
from audit.copies.outline import report_without_text, unpack_report
from audit.copies.passages import ReportHeader, collect
from audit.copies.store import Batch, encode
from audit.record import ReportRecord
from checks.comparison import Compared
from checks.context import Context
from checks.engine import Engine, Judgement, comparing_engine
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


def judge_compared(engine: Engine, report: Report, compared: Compared | None, facts: Facts) -> Judgement:
    """The verdict of the rules that compare reports (``engine``) on one of them. Its normalised view may be empty."""
    return engine.judge(Context(report, facts, compared=compared))


def judge_batch(
    blocks: Sequence[Path | bytes],
    headers: Sequence[ReportHeader],
    comparison: Comparison,
    ruleset: Ruleset,
    facts: Facts,
) -> Iterator[Judgement]:
    """The verdict of the rules that compare reports on each report of a batch, in order."""
    batch, engine = Batch(blocks), comparing_engine(ruleset)
    for number, header in enumerate(headers[: comparison.reports]):
        if compared := comparison.compared.get(number):
            report = unpack_report(batch.outline_of(number), header.path)
        else:
            report = report_without_text(header.path, header.level, header.year)
        yield judge_compared(engine, report, compared or comparison.nothing, facts)


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
    headers = [header_of(context.report) for context in contexts]
    block = encode([collect(context) for context in contexts])
    found = compare([block], headers, settings_of(ruleset), contexts[0].facts)
    return [found.compared.get(number, Compared()) for number in range(len(contexts))]
