"""Outputs made side by side in processes are those made in one."""

from pathlib import Path

import pytest

from audit.limits import Limits, PackChoice
from flows import deliver
from flows.plain import run_plain
from flows.run_result import RunResult
from flows.steps import AuditRequest
from tests.places import ROOT


def run(tmp_path: Path, name: str) -> RunResult:
    out = str(tmp_path / name)
    asked = AuditRequest((str(ROOT / "seeds"),), out, PackChoice("fazhi"), Limits(workers=2), history="off")
    return run_plain(asked, lambda _: None, lambda _: None)


def test_findings_written_by_processes_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = run(tmp_path, "甲")
    monkeypatch.setattr(deliver, "_REPORTS_A_FRAGMENT", 2)
    monkeypatch.setattr(deliver, "_LARGE", 2)
    shared = run(tmp_path, "乙")
    assert shared.findings.read_bytes() == alone.findings.read_bytes()
    assert not list((tmp_path / "乙").rglob("delivery")), "what is handed over does not stay"
    assert not [path for path in shared.folder.rglob("*") if path not in (shared.findings, shared.workbook)]
    assert shared.timings["json"].cpu > 0
