"""Findings set aside with a reason, and entries that set nothing aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from audit.record import ReportRecord, Status, SuppressionFile
from audit.suppression_file import Entry, find_suppressions
from audit.suppressions import Suppressions
from checks.finding import Finding, Suppression, SuppressionKind
from rules.model import Applies, Examples, Level, Rule, Ruleset
from tests.audit.test_baseline import finding, record

TODAY = date(2026, 6, 30)
RULE = Rule(
    id="wording/slip", check="slips", level=Level.ERROR, title="错字", basis="依据", applies=Applies(), advice="改正",
    examples=Examples(fail=("错",), passing=("对",)), aliases=("wording/old-name",),
)  # fmt: skip
RULESET = Ruleset("test", "测试", (RULE,), (), "")
KEY = finding("错字").fingerprint
NUMBER = finding("错字").number


def entries(*written: str) -> str:
    lines = ["suppressions:"]
    for entry in written:
        first, *others = entry.splitlines()
        lines += [f"  - {first}", *(f"    {line}" for line in others)]
    return "\n".join(lines) + "\n"


def applied(
    folder: Path, records: Sequence[ReportRecord], given: Sequence[Path] = (), explicit: Sequence[Path] = ()
) -> tuple[list[ReportRecord], tuple[SuppressionFile, ...]]:
    paths = [str(path) for path in given or [folder]]
    files = find_suppressions(paths, [found.path for found in records], explicit)
    suppressions = Suppressions(files, RULESET, TODAY)
    return [suppressions.applied(found) for found in records], suppressions.files()


def in_folder(folder: Path, *findings: Finding, name: str = "甲.txt") -> ReportRecord:
    return record(*findings, path=str(folder / name))


OWNED = "reason: 原文如此\nby: 张三"


@pytest.mark.parametrize(
    "entry",
    [
        f"fingerprint: {KEY}",
        f"fingerprint: {NUMBER}",
        "rule: wording/slip\nquote: 错字",
        "rule: wording/slip\nquote: 错 字",
        "rule: wording/old-name\nquote: 错字",
        f"fingerprint: {NUMBER}\nuntil: 2026-06-30",
        f"fingerprint: {NUMBER}\nreport: 甲*",
        f"fingerprint: {NUMBER}\nreport: 甲.txt",
    ],
)
def test_a_finding_is_marked_with_reason_owner_and_place(tmp_path: Path, entry: str) -> None:
    (tmp_path / ".fazhi-audit.yaml").write_text(entries(f"{entry}\n{OWNED}"), encoding="utf-8")
    (report,), (file,) = applied(tmp_path, [in_folder(tmp_path, finding("错字"), finding("别的"))])
    marked, other = report.findings
    assert marked.suppression is not None
    assert (marked.suppression.kind, marked.suppression.reason, marked.suppression.by) == ("file", "原文如此", "张三")
    assert marked.suppression.source.endswith(".fazhi-audit.yaml:2")
    assert other.suppression is None
    assert (file.entries, file.used, file.findings) == (1, 1, ())


@pytest.mark.parametrize(
    "entry",
    [
        "fingerprint: F-00000",
        "rule: wording/slip\nquote: 错",
        "rule: years/plan-year\nquote: 错字",
        f"fingerprint: {NUMBER}\nreport: 乙*",
        f"fingerprint: {NUMBER}\nuntil: 2026-06-29",
    ],
)
def test_another_finding_is_left_alone(tmp_path: Path, entry: str) -> None:
    (tmp_path / ".fazhi-audit.yaml").write_text(entries(f"{entry}\n{OWNED}"), encoding="utf-8")
    (report,), (file,) = applied(tmp_path, [in_folder(tmp_path, finding("错字"))])
    assert report.findings[0].suppression is None
    assert file.used == 0


def test_what_is_missing_is_named_as_quote(tmp_path: Path) -> None:
    (tmp_path / ".fazhi-audit.yaml").write_text(
        entries(f"rule: wording/slip\nquote: 处罚件数\n{OWNED}"), encoding="utf-8"
    )
    absent = finding("", values={"missing": "处罚件数"})
    (report,), _ = applied(tmp_path, [in_folder(tmp_path, absent)])
    assert report.findings[0].suppression is not None


def test_files_hold_for_their_folder_and_below_and_the_nearest_speaks(tmp_path: Path) -> None:
    inner = tmp_path / "乡镇"
    inner.mkdir()
    entry = f"fingerprint: {NUMBER}\nreason: {{}}\nby: 张三"
    (tmp_path / ".fazhi-audit.yaml").write_text(entries(entry.format("全县")), encoding="utf-8")
    (inner / ".fazhi-audit.yaml").write_text(entries(entry.format("本镇")), encoding="utf-8")
    reports, files = applied(tmp_path, [in_folder(tmp_path, finding("错字")), in_folder(inner, finding("错字"))])
    reasons = [found.suppression and found.suppression.reason for report in reports for found in report.findings]
    assert reasons == ["全县", "本镇"]
    assert [file.used for file in files] == [1, 1]
    _, files = applied(inner, [in_folder(inner, finding("错字"))])
    assert [Path(file.path) for file in files] == [inner / ".fazhi-audit.yaml"]


def test_the_working_folder_counts_when_it_is_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "收件").mkdir()
    (tmp_path / ".fazhi-audit.yaml").write_text(entries(f"fingerprint: {NUMBER}\n{OWNED}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (report,), (file,) = applied(Path("收件"), [record(finding("错字"), path="收件/甲.txt")], [Path("收件/甲.txt")])
    assert report.findings[0].suppression is not None
    assert file.path == ".fazhi-audit.yaml"


def test_a_file_that_is_named_holds_for_every_report(tmp_path: Path) -> None:
    elsewhere = tmp_path / "豁免.yaml"
    elsewhere.write_text(entries(f"fingerprint: {NUMBER}\n{OWNED}"), encoding="utf-8")
    inbox = tmp_path / "收件"
    inbox.mkdir()
    (report,), _ = applied(inbox, [in_folder(inbox, finding("错字"))], explicit=[elsewhere])
    assert report.findings[0].suppression is not None


def told(files: Sequence[SuppressionFile]) -> list[tuple[str, Level, int]]:
    return [(found.rule, found.level, found.line) for file in files for found in file.findings]


UNUSED = f"fingerprint: F-00000\n{OWNED}"
UNREAD = Status.CORRUPT


@pytest.mark.parametrize(
    ("entry", "given", "unread", "expected"),
    [
        (UNUSED, ".", False, [("suppressions/unused", Level.INFO, 2)]),
        # Only one report was asked for: the entry may be for another.
        (UNUSED, "甲.txt", False, []),
        (f"{UNUSED}\nreport: 甲*", "甲.txt", False, [("suppressions/unused", Level.INFO, 2)]),
        (f"{UNUSED}\nreport: 乙*", ".", False, []),
        # The finding may be in the report that could not be read.
        (UNUSED, ".", True, []),
        (f"{UNUSED}\nuntil: 2026-06-29", "甲.txt", False, [("suppressions/expired", Level.WARNING, 2)]),
        (f"rule: years/none\nquote: 无\n{OWNED}", ".", False, [("suppressions/unused", Level.INFO, 2)]),
    ],
)
def test_a_spent_entry_is_a_finding_of_its_file(
    tmp_path: Path, entry: str, given: str, unread: bool, expected: list[tuple[str, Level, int]]
) -> None:
    (tmp_path / ".fazhi-audit.yaml").write_text(entries(entry), encoding="utf-8")
    (tmp_path / "甲.txt").touch()
    records = [in_folder(tmp_path, finding("错字"))]
    if unread:
        records.append(ReportRecord(str(tmp_path / "乙.txt"), None, UNREAD, "损坏"))
    _, files = applied(tmp_path, records, [tmp_path / given])
    assert told(files) == expected


MALFORMED = {
    "suppressions:\n  - fingerprint: F-1234\n    reason: 理由\n    by: 张三\n": (2, "fingerprint"),
    f"suppressions:\n  - fingerprint: {NUMBER}\n    reason: 理由\n": (2, "缺少“suppressions 第 1 项.by”"),
    f"suppressions:\n  - fingerprint: {NUMBER}\n    rule: a/b\n    quote: 字\n    reason: 理由\n    by: 张三\n": (
        2,
        "rule 和 quote",
    ),
    "suppressions:\n  - rule: wording/slip\n    reason: 理由\n    by: 张三\n": (2, "rule 和 quote"),
    f"suppressions:\n  - fingerprint: {NUMBER}\n    reason: 理由\n    by: 张三\n    until: 明年\n": (5, "日期"),
    f"suppressions:\n  - fingerprint: {NUMBER}\n    reason: 理由\n    owner: 张三\n": (4, "owner"),
    "ignore:\n  - 甲\n": (1, "ignore"),
    "suppressions: [\n": (2, ""),
    "": (1, "空的"),
}


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_file_is_a_finding_with_its_line_and_sets_nothing_aside(tmp_path: Path, text: str) -> None:
    line, words = MALFORMED[text]
    (tmp_path / ".fazhi-audit.yaml").write_text(text, encoding="utf-8")
    (report,), files = applied(tmp_path, [in_folder(tmp_path, finding("错字"))])
    assert report.findings[0].suppression is None
    assert {(rule, level) for rule, level, _ in told(files)} == {("suppressions/malformed", Level.ERROR)}
    assert line in {at for _, _, at in told(files)}
    assert words in " ".join(found.message for file in files for found in file.findings)


def test_one_malformed_entry_takes_its_whole_file_out(tmp_path: Path) -> None:
    text = entries(f"fingerprint: {NUMBER}\n{OWNED}", "fingerprint: F-1\nreason: 理由\nby: 张三")
    (tmp_path / ".fazhi-audit.yaml").write_text(text, encoding="utf-8")
    (report,), _ = applied(tmp_path, [in_folder(tmp_path, finding("错字"))])
    assert report.findings[0].suppression is None


def test_decisions_of_inspectors_are_applied_and_never_complained_about() -> None:
    kind = SuppressionKind.DECISION
    decisions = [
        Entry(kind, "误报", "李四", "审核工作簿.xlsx", fingerprint=KEY),
        Entry(kind, "误报", "李四", "审核工作簿.xlsx", fingerprint="0" * 32, until=date(2020, 1, 1)),
    ]
    suppressions = Suppressions((), RULESET, TODAY, decisions)
    marked = suppressions.applied(record(finding("错字")))
    assert marked.findings[0].suppression == Suppression(kind, "误报", "李四", None, "审核工作簿.xlsx")
    assert suppressions.files() == ()
