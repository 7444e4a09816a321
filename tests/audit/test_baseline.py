"""What an earlier run is compared by: nothing but what a finding says about whom."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path

import pytest

from audit.assess import Auditor
from audit.baseline import Baseline, Comparison, KnownReport, compare, known_finding
from audit.packs import load_pack
from audit.record import (
    BaselineRecord,
    GoneReason,
    ReportRecord,
    RulesRecord,
    RunRecord,
    Status,
    Summary,
    ToolRecord,
)
from checks.finding import Finding, Outcome, Standing
from checks.fingerprint import finding_number, fingerprint
from documents.read import read_report, report_from_text
from documents.report import Report, Span
from rules.model import Level
from tests.documents.readers.docx.writing import members, packed, paragraph
from tests.places import SEEDS

_NEUTRAL = (
    "各项工作平稳推进。",
    "有关做法得到群众认可。",
    "相关材料已经整理归档。",
    "工作氛围日益浓厚。",
    "各科室按照分工抓好落实。",
)
_EDITS = 40


@cache
def auditor() -> Auditor:
    return Auditor(*load_pack())


def judged(report: Report, path: str) -> ReportRecord:
    return auditor().assess_report(replace(report, source=replace(report.source, path=path)))


def known_report(record: ReportRecord) -> KnownReport:
    findings = tuple(map(known_finding, record.findings))
    return KnownReport(record.path, record.unit, record.year, record.title, findings)


def compared(before: Sequence[ReportRecord], now: Sequence[ReportRecord]) -> tuple[list[ReportRecord], BaselineRecord]:
    comparison = Comparison(Baseline("以前", "rules", tuple(map(known_report, before))))
    marked = [comparison.marked(record) for record in now]
    return marked, comparison.result("rules")


def finding(
    quote: str, *, rule: str = "wording/slip", ordinal: int = 0, unit: str = "甲县", **changes: object
) -> Finding:
    key = fingerprint(rule, unit, 2023, quote, ordinal)
    made = Finding(
        rule=rule, level=Level.ERROR, title="错字", message="有错字", quote=quote, start=0, end=len(quote),
        section="一", place="一、", excerpt=f"【{quote}】", basis="依据", advice="改正", related=(), values={},
        fingerprint=key, number=finding_number(key),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def record(*findings: Finding, path: str = "甲.txt", unit: str | None = "甲县", **changes: object) -> ReportRecord:
    rules = {found.rule for found in findings} | {"wording/slip"}
    made = ReportRecord(
        path, "00", Status.READ, None, unit=unit, year=2023, findings=findings,
        outcomes=dict.fromkeys(rules, Outcome.FOUND),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def standings(reports: Sequence[ReportRecord]) -> list[str | None]:
    return [found.baseline for report in reports for found in report.findings]


def free_places(report: Report, findings: Sequence[Finding]) -> list[Span]:
    """The sentences of the body that no finding touches."""
    taken = [Span(place.start, place.end) for found in findings for place in (found, *found.related)]
    return [
        sentence.span
        for sentence in report.sentences
        if not sentence.is_heading
        and report.text[sentence.span.end - 1] == "。"
        and report.paragraphs[sentence.paragraph].kind == "body"
        and not any(sentence.span.overlaps(place) for place in taken)
    ]


def edited(text: str, place: Span, chance: random.Random) -> tuple[str, bool]:
    """``text`` with an edit at a sentence, and whether nothing of it was taken away."""
    words = chance.choice(_NEUTRAL)
    if chance.randrange(3) == 0 and not any(sign.isdigit() or sign in "《“" for sign in text[place.start : place.end]):
        return text[: place.start] + words + text[place.end :], False
    between = chance.choice(("", "\n"))
    return text[: place.end] + between + words + text[place.end :], True


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:12])
def test_a_baseline_survives_random_edits_elsewhere_renames_and_conversion(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    report = report_from_text(text)
    before = judged(report, path.name)
    places = free_places(report, before.findings)
    chance = random.Random(path.name)
    for number in range(_EDITS):
        words, nothing_lost = edited(text, chance.choice(places), chance)
        if number % 4 == 0:
            file = tmp_path / f"{number}.docx"
            file.write_bytes(packed(members("".join(paragraph(escape(line)) for line in words.splitlines()))))
            now = judged(read_report(file, file.name), "改名/另存.docx")
        else:
            now = judged(report_from_text(words), f"改名{number}.txt")
        (marked,), result = compared([before], [now])
        assert not result.gone, number
        assert result.unchanged == len(before.findings)
        # Taking a sentence away may leave a section without its causes; adding one changes nothing.
        assert result.new == 0 or not nothing_lost
        assert len(marked.findings) == result.new + result.unchanged


def test_equal_findings_are_counted_and_the_new_one_is_that_in_another_sentence() -> None:
    def equal(ordinal: int, sentence: str) -> Finding:
        return finding("错字", ordinal=ordinal, excerpt=sentence)

    before = record(equal(0, "甲【错字】。"), equal(1, "乙【错字】。"))
    now = record(equal(0, "新【错字】。"), equal(1, "甲【错字】。"), equal(2, "乙【错字】。"))
    marked, result = compared([before], [now])
    assert standings(marked) == ["new", "unchanged", "unchanged"]
    marked, result = compared([now], [before])
    assert standings(marked) == ["unchanged", "unchanged"]
    assert len(result.gone) == 1


def test_two_copies_of_a_report_do_not_share_what_was_known_once() -> None:
    one = record(finding("错字"))
    marked, result = compared([one], [one, replace(one, path="副本.docx")])
    assert standings(marked) == ["unchanged", "new"]
    assert (result.new, result.unchanged) == (1, 1)


def test_the_same_words_of_another_unit_are_new() -> None:
    before = record(finding("错字"))
    marked, result = compared([before], [record(finding("错字", unit="乙县"), path="乙.txt", unit="乙县")])
    assert standings(marked) == ["new"]
    assert (len(result.gone), result.not_compared) == (0, 1)


def test_a_report_whose_unit_is_mended_is_known_by_its_path() -> None:
    marked, result = compared([record(finding("错字"))], [record(finding("错字", unit="乙县"), unit="乙县")])
    assert standings(marked) == ["unchanged"]
    assert not result.gone


def test_a_finding_is_gone_only_where_its_report_was_read_and_its_rule_judged() -> None:
    before = [
        record(finding("错字"), finding("旧", rule="years/old")),
        record(finding("错字", unit="乙县"), path="乙.txt", unit="乙县"),
    ]
    unread = ReportRecord("乙.txt", None, Status.CORRUPT, "损坏")
    _, result = compared(before, [record(), unread])
    assert [(gone.rule, gone.reason) for gone in result.gone] == [
        ("wording/slip", GoneReason.RESOLVED),
        ("years/old", GoneReason.NOT_JUDGED),
    ]
    assert result.not_compared == 1


@pytest.mark.parametrize("grows", [True, False])
def test_many_findings_that_become_one_habit_are_nothing_new(grows: bool) -> None:
    many = record(*(finding(f"错{number}字") for number in range(3)))
    one = record(finding("错0字", values={"count": 4, "aggregated": True}, fingerprint="f" * 32))
    before, now = (many, one) if grows else (one, many)
    marked, result = compared([before], [now])
    assert set(standings(marked)) == {"unchanged"}
    assert not result.gone


def test_other_rules_are_told() -> None:
    baseline = Baseline("以前", "other", (known_report(record(finding("错字"))),))
    tool = ToolRecord("fazhi-audit", "0", RulesRecord("fazhi", "now"))
    run = compare(RunRecord(1, tool, (record(finding("错字")),), Summary(1, 1, 1, 0, 0)), baseline)
    assert run.baseline == BaselineRecord("以前", same_rules=False, new=0, unchanged=1, not_compared=0)
    assert run.reports[0].findings[0].baseline is Standing.UNCHANGED
