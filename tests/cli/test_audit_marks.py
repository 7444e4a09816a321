"""What people have set aside and what an earlier run had already, through `audit` as through `check`."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run
from tests.places import SEEDS


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    folder.mkdir()
    shutil.copy(SEEDS[0], folder)
    return folder


def record(folder: Path) -> dict[str, Any]:
    newest = max((folder / "结果").glob("2*/findings.json"), key=lambda path: path.stat().st_mtime_ns)
    return json.loads(newest.read_text(encoding="utf-8"))


def findings(folder: Path) -> list[dict[str, Any]]:
    return [finding for report in record(folder)["reports"] for finding in report["findings"]]


def test_a_suppressed_finding_stays_in_every_output_and_counts_for_nothing(
    fazhi_audit: Run, tmp_path: Path, inbox: Path
) -> None:
    audit = ("audit", "收件", "--out", "结果", "--engine", "plain")
    assert fazhi_audit(*audit, "--fail-on", "error").returncode == 1
    before = record(tmp_path)["summary"]
    entries = "".join(
        f"- fingerprint: {finding['fingerprint']}\n  reason: 上级文件原文如此\n  by: 法治督察科 李四\n"
        for finding in findings(tmp_path)
        if finding["level"] == "error"
    )
    (inbox / ".fazhi-audit.yaml").write_text(f"suppressions:\n{entries}", encoding="utf-8")
    done = fazhi_audit(*audit, "--fail-on", "error")
    assert done.returncode == 0, done.stdout + done.stderr
    after = record(tmp_path)
    assert after["summary"]["error"] == 0
    assert after["summary"]["suppressed"] == before["error"] > 0
    set_aside = [finding for finding in findings(tmp_path) if finding["suppression"]]
    assert {finding["suppression"]["by"] for finding in set_aside} == {"法治督察科 李四"}
    checked = json.loads(fazhi_audit("check", "收件", "--format", "json", "--fail-on", "never").stdout)
    assert checked["summary"] == after["summary"]
    book = max((tmp_path / "结果").glob("2*/*.xlsx"), key=lambda path: path.stat().st_mtime_ns)
    numbers = {row[1].value for row in load_workbook(book)["问题清单"].iter_rows(min_row=2)}
    assert {finding["number"] for finding in set_aside} <= numbers


def test_a_file_of_suppressions_that_is_wrong_is_said(fazhi_audit: Run, inbox: Path) -> None:
    (inbox / ".fazhi-audit.yaml").write_text("suppressions:\n- rule: years/title-year\n", encoding="utf-8")
    done = fazhi_audit("audit", "收件", "--out", "结果", "--engine", "plain", "--fail-on", "error")
    assert done.returncode == 1
    assert ".fazhi-audit.yaml:2" in done.stdout


def test_only_what_the_baseline_does_not_have_is_new(fazhi_audit: Run, tmp_path: Path, inbox: Path) -> None:
    audit = ("audit", "收件", "--out", "结果", "--engine", "plain")
    assert fazhi_audit(*audit).returncode == 0
    (first,) = (tmp_path / "结果").glob("2*")
    gated = (*audit, "--baseline", str(first), "--fail-on", "new-error")
    assert fazhi_audit(*gated).returncode == 0
    assert {finding["baseline"] for finding in findings(tmp_path)} == {"unchanged"}
    report = next(inbox.glob("*.txt"))
    report.rename(inbox / "改了名.txt")
    with (inbox / "改了名.txt").open("a", encoding="utf-8") as stream:
        stream.write("\n坚持理论和时间相结合，推动工作。\n")
    assert fazhi_audit(*gated).returncode == 1
    assert [finding["quote"] for finding in findings(tmp_path) if finding["baseline"] == "new"] == ["理论和时间"]
    missing = fazhi_audit(*audit, "--baseline", "没有.json")
    assert missing.returncode == 2
    assert missing.stderr.count("\n") == 1
