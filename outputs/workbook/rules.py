"""Sheet 规则: every rule with its basis and examples, and what it found in this run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from checks.finding import Outcome
from documents.personal import without_personal_data
from outputs.names import LEVEL_NAMES, family_name, scope_in_words
from outputs.workbook.cells import Row
from outputs.workbook.cleaner import shorten
from outputs.workbook.digest import Digest
from outputs.workbook.figures import family_of
from outputs.workbook.findings import LEVEL_TONES
from outputs.workbook.layout import Column, Part, TableLayout, colour_words, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style
from rules.model import SwitchedOff

NAME: Final = "规则"
_COLUMNS: Final = (
    Column("规则编号", 24),
    Column("类别", 10, Style.CENTER),
    Column("级别", 7, Style.CENTER),
    Column("规则", 24),
    Column("适用", 14),
    Column("依据", 30),
    Column("整改建议", 28),
    Column("错误示例", 32),
    Column("正确示例", 32),
    Column("命中（处）", 11, Style.COUNT),
    Column("命中（份）", 11, Style.COUNT),
    Column("未能判断（份）", 13, Style.COUNT),
    Column("情况", 11, Style.CENTER),
)
_EXAMPLE_LENGTH = 240
STATE_TONES: Final = {"从未命中": "aside", "已停用": "aside", "未能判断": "middling", "不适用": "aside"}


@dataclass(frozen=True, slots=True)
class _Tally:
    places: int
    reports: int
    unassessed: int
    passed: int


def write_rules(book: AuditBook, digest: Digest) -> tuple[Part, ...]:
    """Write the sheet."""
    parts = write_table(book, NAME, _COLUMNS, _rows(digest), TableLayout(frozen=1))
    for part in parts:
        colour_words(part, "级别", LEVEL_TONES)
        colour_words(part, "情况", STATE_TONES)
    return parts


def _rows(digest: Digest) -> Iterator[Row]:
    tallies = _tallies(digest)
    for rule in digest.info.ruleset.rules:
        tally = tallies[rule.id]
        yield (
            rule.id,
            family_name(rule.family),
            LEVEL_NAMES[rule.level],
            rule.title,
            scope_in_words(rule.applies),
            rule.basis,
            rule.advice,
            shorten(without_personal_data(rule.examples.fail[0]), _EXAMPLE_LENGTH),
            shorten(without_personal_data(rule.examples.passing[0]), _EXAMPLE_LENGTH),
            tally.places,
            tally.reports,
            tally.unassessed,
            state(tally.places, tally.passed, tally.unassessed),
        )
    yield from map(_switched_off, digest.info.ruleset.switched_off)


def _switched_off(rule: SwitchedOff) -> Row:
    family = family_name(family_of(rule.id))
    return (rule.id, family, None, None, None, f"停用理由：{rule.reason}", *[None] * 6, "已停用")


def _tallies(digest: Digest) -> dict[str, _Tally]:
    places: Counter[str] = Counter()
    outcomes: Counter[tuple[str, Outcome]] = Counter()
    for report in digest.judged:
        for finding in report.findings:
            places[finding.rule] += digest.places(finding)
        outcomes.update(report.outcomes.items())
    return {
        rule.id: _Tally(
            places[rule.id],
            outcomes[rule.id, Outcome.FOUND],
            outcomes[rule.id, Outcome.NOT_ASSESSABLE],
            outcomes[rule.id, Outcome.PASSED],
        )
        for rule in digest.info.ruleset.rules
    }


def state(hits: int, passed: int, unassessed: int) -> str:
    """What became of a rule in a run: a rule that could not judge is not one that found nothing."""
    if hits:
        return "有命中"
    if passed:
        return "从未命中"
    return "未能判断" if unassessed else "不适用"
