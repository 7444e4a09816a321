"""Sheet 问题类型 of the summary workbook: what each rule found over all reports, and the rules that never found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from audit.summary import ReportSummary
from checks.finding import Outcome
from outputs.names import LEVEL_NAMES, family_name
from outputs.workbook.cells import Row
from outputs.workbook.figures import LEVEL_ORDER, Figures, family_of
from outputs.workbook.findings import LEVEL_TONES
from outputs.workbook.layout import Column, Part, TableLayout, colour_words, write_table
from outputs.workbook.overview import LEVELS
from outputs.workbook.rules import STATE_TONES, state
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style
from rules.model import Level

NAME: Final = "问题类型"
RuleOutcomes = Mapping[str, Mapping[Outcome, int]]
_COLUMNS: Final = (
    Column("序号", 6, Style.CENTER),
    Column("规则编号", 28),
    Column("类别", 10, Style.CENTER),
    Column("级别", 7, Style.CENTER),
    Column("规则", 34),
    Column("涉及报告", 10, Style.COUNT),
    Column("占已审核报告", 12, Style.PERCENT),
    *(Column(f"{level.header}数", 8, Style.COUNT) for level in LEVELS),
    Column("问题数", 9, Style.COUNT),
    Column("未能判断（份）", 13, Style.COUNT),
    Column("情况", 11, Style.CENTER),
)


def write_problem_types(book: AuditBook, figures: Figures, outcomes: RuleOutcomes) -> tuple[Part, ...]:
    """Write the sheet, the rules that most reports break first; ``outcomes`` count what became of each rule."""
    parts = write_table(book, NAME, _COLUMNS, _rows(figures, outcomes), TableLayout(frozen=2))
    for part in parts:
        colour_words(part, "级别", LEVEL_TONES)
        colour_words(part, "情况", STATE_TONES)
    return parts


def _rows(figures: Figures, outcomes: RuleOutcomes) -> Iterator[Row]:
    findings, reports = _hits(figures.judged)
    levels = {rule.id: rule.level for rule in figures.info.ruleset.rules}
    # A rule that is no longer in the pack may still stand in the records of an earlier run.
    rules = dict.fromkeys([*levels, *reports])
    for number, rule in enumerate(sorted(rules, key=lambda one: (-reports[one], one)), 1):
        of_rule = outcomes.get(rule, {})
        unassessed, passed = of_rule.get(Outcome.NOT_ASSESSABLE, 0), of_rule.get(Outcome.PASSED, 0)
        by_level = [findings[rule, level] for level in LEVEL_NAMES]
        usual = levels.get(rule) or min((one for one in Level if findings[rule, one]), key=LEVEL_ORDER.__getitem__)
        yield (
            number,
            rule,
            family_name(family_of(rule)),
            LEVEL_NAMES[usual],
            figures.titles.get(rule, rule),
            reports[rule],
            round(reports[rule] / len(figures.judged), 4) if figures.judged else None,
            *by_level,
            sum(by_level),
            unassessed,
            state(sum(by_level), passed, unassessed),
        )


def _hits(reports: tuple[ReportSummary, ...]) -> tuple[Counter[tuple[str, Level]], Counter[str]]:
    """Findings by rule and level, and reports by rule."""
    findings: Counter[tuple[str, Level]] = Counter()
    hit: Counter[str] = Counter()
    for report in reports:
        for rule, level, count in report.rules:
            findings[rule, level] += count
        hit.update({rule for rule, _, _ in report.rules})
    return findings, hit
