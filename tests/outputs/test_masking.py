"""A generated number anywhere in a report or in its file name is in no output: JSON, workbook, console, record."""

from __future__ import annotations

import json
import tempfile
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from audit.assess import Auditor
from audit.inbox import find_submissions
from audit.packing import RECORDS
from audit.packs import load_pack
from audit.reconcile import reconcile
from audit.record import RunRecord
from cli.exits import Exit
from cli.formats import Format, Verdict, rendered
from cli.options import Gate
from documents.personal import _AMOUNT, _OTHER_NUMBER
from outputs.workbook import WorkbookInfo, write_workbook
from tests.documents.test_personal import EMAILS, MOBILES, bank_cards, id_numbers
from tests.places import seed

REPORT = seed("新市").read_text(encoding="utf-8")
# Between the digits of another number a number is no longer one, and behind 工单 or before 万元 it is another one.
PLACES = [
    place
    for place in range(len(REPORT) + 1)
    if not (_OTHER_NUMBER.search(REPORT[max(0, place - 20) : place]) or _AMOUNT.match(REPORT, place))
    and not (REPORT[max(0, place - 1) : place + 1].isascii() or REPORT[place : place + 1].isdigit())
    and REPORT[max(0, place - 1) : place] not in "0123456789."
]
STARTED = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def auditor() -> Auditor:
    return Auditor(*load_pack())


def run_over(folder: Path, name: str, text: str) -> RunRecord:
    (folder / name).write_text(text, encoding="utf-8")
    submissions = find_submissions([folder])
    return reconcile(submissions, map(auditor().assess, submissions), auditor().ruleset)


def outputs_of(run: RunRecord, folder: Path) -> dict[str, str]:
    info = WorkbookInfo("run", STARTED, STARTED, ("收件",), auditor().ruleset)
    saved = write_workbook(folder / "book.xlsx", run, info)
    with zipfile.ZipFile(saved.path) as book:
        workbook = "".join(book.read(name).decode() for name in book.namelist())
    verdict = Verdict(run, auditor().ruleset, Gate.ERROR, Exit.FINDINGS)
    return {
        "record": repr(run),
        "stored": "".join(RECORDS.pack(report).decode("utf-8", "replace") for report in run.reports),
        "workbook": workbook,
        **{chosen.value: without_rules(rendered(chosen, verdict).decode()) for chosen in Format},
    }


def without_rules(output: str) -> str:
    """An output without the examples of the rules, some of which hold an invented number."""
    if not output.startswith("{") or '"runs"' not in output:
        return output
    log = json.loads(output)
    del log["runs"][0]["tool"]["driver"]["rules"]
    return json.dumps(log, ensure_ascii=False)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    number=st.one_of(id_numbers(), MOBILES, bank_cards(), EMAILS),
    place=st.sampled_from(PLACES),
    label=st.sampled_from(["", "身份证号", "联系电话：", "当事人"]),
)
@example(number="110101199003070011", place=PLACES[0], label="")
@example(number="13800138000", place=len(REPORT), label="联系电话：")
def test_no_output_holds_the_number(number: str, place: int, label: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        inbox, results = Path(name) / "收件", Path(name) / "结果"
        inbox.mkdir()
        results.mkdir()
        run = run_over(inbox, f"张某_{number}_报告.txt", REPORT[:place] + label + number + REPORT[place:])
        leaks = [kind for kind, output in outputs_of(run, results).items() if number in output]
        assert leaks == []
        assert any(finding.rule.startswith("privacy/") for finding in run.reports[0].findings)


def test_offsets_hold_in_the_text_as_it_was(tmp_path: Path) -> None:
    text = f"张某(身份证号110101199003070011)申请复议。\n{REPORT}"
    (report,) = run_over(tmp_path, "报告.txt", text).reports
    for finding in report.findings:
        written = text[finding.start : finding.end]
        assert len(written) == len(finding.quote)
        assert all(shown in (character, "*") for shown, character in zip(finding.quote, written, strict=True))


def test_paths_that_a_mask_makes_equal_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "13800138000.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "13899998000.txt").write_text(REPORT + "另附。", encoding="utf-8")
    submissions = find_submissions([tmp_path])
    run = reconcile(submissions, map(auditor().assess, submissions), auditor().ruleset)
    names = [Path(report.path).name for report in run.reports]
    assert names == ["138****8000.txt", "138****8000.txt#2"]


def test_the_reason_for_a_duplicate_names_the_masked_path(tmp_path: Path) -> None:
    for name in ("13800138000.txt", "b.txt"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    submissions = find_submissions([tmp_path])
    run = reconcile(submissions, map(auditor().assess, submissions), auditor().ruleset)
    assert "138****8000.txt" in (run.reports[1].reason or "")
