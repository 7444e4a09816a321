"""Baselines as files: those that this program wrote, and all that is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.baseline_file import BaselineError, read_baseline
from audit.record import RunRecord, SuppressionFile
from outputs.json_file import to_json
from outputs.sarif import to_sarif
from tests.audit.test_baseline import finding, record
from tests.outputs.builders import ruleset, sample_run


def written(tmp_path: Path, how: str, record: RunRecord) -> Path:
    path = tmp_path / "findings.json"
    path.write_bytes(to_json(record) if how != "sarif" else to_sarif(record, ruleset(), 0))
    return tmp_path if how == "folder" else path


@pytest.mark.parametrize("how", ["json", "sarif", "folder"])
def test_every_form_of_a_run_is_the_same_baseline(tmp_path: Path, how: str) -> None:
    made = sample_run()
    file = SuppressionFile(".fazhi-audit.yaml", 1, 0, (finding("多余", rule="suppressions/unused"),))
    baseline = read_baseline(
        written(tmp_path, how, RunRecord(made.schema, made.tool, made.reports, made.summary, (file,)))
    )
    assert baseline.rules == made.tool.rules.sha256
    assert [(report.path, report.unit, report.year, report.title) for report in baseline.reports] == [
        (report.path, report.unit, report.year, report.title) for report in made.reports
    ]
    assert [[known.fingerprint for known in report.findings] for report in baseline.reports] == [
        [found.fingerprint for found in report.findings] for report in made.reports
    ]
    known, found = baseline.reports[0].findings[0], made.reports[0].findings[0]
    assert (known.rule, known.level, known.title, known.quote) == (found.rule, found.level, found.title, found.quote)
    assert (known.place, known.excerpt, known.number) == (found.place, found.excerpt, found.number)


def nothing(path: Path) -> None:
    """No file at all."""


def empty_folder(path: Path) -> None:
    path.mkdir()


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (nothing, "无法读取"),
    "folder": (empty_folder, "没有 findings.json"),
    "empty": (lambda path: path.write_text(""), "不是本程序写出的"),
    "cut off": (lambda path: path.write_bytes(to_json(sample_run())[:3000]), "不是本程序写出的"),
    "no JSON": (lambda path: path.write_text("报告", encoding="gbk"), "不是本程序写出的"),
    "other JSON": (lambda path: path.write_text('{"schema": 1}'), "不是本程序写出的"),
    "list": (lambda path: path.write_text("[]"), "不是本程序写出的"),
    "other version": (lambda path: path.write_text('{"schema": 9, "reports": []}'), "格式版本是 9"),
    "other tool": (
        lambda path: path.write_text(json.dumps({"runs": [{"tool": {"driver": {"name": "ruff"}}, "results": []}]})),
        "不是本程序写出的",
    ),
    "no runs": (lambda path: path.write_text('{"version": "2.1.0", "runs": []}'), "不是本程序写出的"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_baseline_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    make, words = WRONG[name]
    path = tmp_path / "以前.json"
    make(path)
    with pytest.raises(BaselineError) as fault:
        read_baseline(path)
    assert words in str(fault.value)
    assert "以前.json" in str(fault.value)
    assert "\n" not in str(fault.value)
    assert fault.value.english


def test_findings_that_were_gone_already_are_not_known(tmp_path: Path) -> None:
    log = json.loads(to_sarif(sample_run(), ruleset(), 0))
    for result in log["runs"][0]["results"]:
        result["baselineState"] = "absent"
    path = tmp_path / "以前.sarif"
    path.write_text(json.dumps(log))
    assert not any(report.findings for report in read_baseline(path).reports)


def test_a_report_without_findings_is_a_baseline(tmp_path: Path) -> None:
    made = sample_run()
    clean = RunRecord(made.schema, made.tool, (record(),), made.summary)
    (report,) = read_baseline(written(tmp_path, "json", clean)).reports
    assert report.findings == ()
