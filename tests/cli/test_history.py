"""The history of audits through the real command: listed, shown, compared, exported, pruned."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.places import SEEDS


@pytest.fixture
def audited(fazhi_audit: Run, tmp_path: Path) -> Callable[..., str]:
    """Audits the inbox of the test and returns the name of the run."""
    inbox = tmp_path / "收件"
    inbox.mkdir()
    for report in SEEDS[:2]:
        shutil.copy(report, inbox)

    def audit(*options: str) -> str:
        before = runs(tmp_path)
        done = fazhi_audit("audit", "收件", "--out", "结果", "--engine", "plain", *options)
        assert done.returncode == 0, done.stderr
        (new,) = runs(tmp_path) - before
        return new

    return audit


def runs(folder: Path) -> set[str]:
    return {path.name for path in (folder / "结果").glob("2*")}


def test_what_was_mended_is_told_apart_from_what_is_new(
    fazhi_audit: Run, tmp_path: Path, audited: Callable[..., str]
) -> None:
    report = tmp_path / "收件" / SEEDS[0].name
    sound = report.read_text(encoding="utf-8")
    report.write_text(f"{sound}\n坚持理论和时间相结合，推动工作。\n", encoding="utf-8")
    first = audited()
    report.write_text(f"{sound}\n本年度办理案件XX件。\n", encoding="utf-8")
    second = audited()
    listed = fazhi_audit("history", "list", "--out", "结果")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout.index(second) < listed.stdout.index(first)
    compared = fazhi_audit("history", "compare", first, second, "--out", "结果", "--format", "json")
    assert compared.returncode == 0, compared.stderr
    told = json.dumps(json.loads(compared.stdout), ensure_ascii=False)
    assert "理论和时间" in told
    assert "XX件" in told
    words = fazhi_audit("history", "compare", first, second, "--out", "结果").stdout
    assert "已整改" in words
    assert "新增" in words
    shown = fazhi_audit("history", "show", second, "--out", "结果")
    assert shown.returncode == 0
    assert SEEDS[0].name[:6] in shown.stdout


def test_the_history_is_exported_and_pruned(fazhi_audit: Run, tmp_path: Path, audited: Callable[..., str]) -> None:
    first, second = audited(), audited("--fresh")
    exported = fazhi_audit("history", "export", second, "--format", "csv", "--out", "结果")
    assert exported.returncode == 0, exported.stderr
    rows = list(csv.reader(io.StringIO(exported.stdout.lstrip("\ufeff"))))
    findings = json.loads((tmp_path / "结果" / second / "findings.json").read_text(encoding="utf-8"))
    assert len(rows) - 1 == sum(len(report["findings"]) for report in findings["reports"])
    whole = json.loads(fazhi_audit("history", "export", "--out", "结果").stdout)
    assert first in json.dumps(whole)
    pruned = fazhi_audit("history", "prune", "--keep", "1", "--out", "结果")
    assert pruned.returncode == 0, pruned.stderr
    listed = fazhi_audit("history", "list", "--out", "结果").stdout
    assert second in listed
    assert first not in listed
    assert runs(tmp_path) == {first, second}, "the folders of the runs stay"


def test_wrong_use_is_one_sentence(fazhi_audit: Run, tmp_path: Path, audited: Callable[..., str]) -> None:
    missing = fazhi_audit("history", "list", "--out", "没有")
    assert missing.returncode == 2
    assert missing.stderr.count("\n") == 1
    run = audited()
    unknown = fazhi_audit("history", "show", "20000101-000000-fazhi", "--out", "结果")
    assert unknown.returncode == 2
    assert "20000101-000000-fazhi" in unknown.stderr
    (tmp_path / "结果" / ".fazhi-audit" / "history.sqlite").write_bytes("不是数据库".encode() * 100)
    broken = fazhi_audit("history", "show", run, "--out", "结果")
    assert broken.returncode == 5
    assert broken.stderr.count("\n") == 1


def test_a_history_that_cannot_be_written_does_not_cost_the_audit(
    fazhi_audit: Run, tmp_path: Path, audited: Callable[..., str]
) -> None:
    audited("--history", "off")
    assert not (tmp_path / "结果" / ".fazhi-audit" / "history.sqlite").exists()
    done = fazhi_audit("audit", "收件", "--out", "结果", "--engine", "plain", "--history", "收件", "--fresh")
    assert done.returncode == 0, done.stderr
    assert "历史" in done.stdout
    assert len(runs(tmp_path)) == 2
