import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.places import ROOT, seed

ERRONEOUS = seed("新市")


def test_lists_each_finding_with_quote_basis_and_advice(fazhi_audit: Run) -> None:
    done = fazhi_audit("check", str(ERRONEOUS))
    assert done.returncode == 1
    assert "执法规范性建设力度仍有待提高。" in done.stdout
    assert "依据：" in done.stdout
    assert "建议：" in done.stdout
    assert "新市街道办事处" in done.stdout
    assert not done.stderr


def test_json_is_the_contract(fazhi_audit: Run) -> None:
    done = fazhi_audit("check", str(ERRONEOUS), "--format", "json", "--fail-on", "never")
    assert done.returncode == 0
    run = json.loads(done.stdout)
    (report,) = run["reports"]
    assert run["schema"] == 1
    assert report["path"] == str(ERRONEOUS)
    assert (report["unit"], report["level"], report["year"]) == ("新市街道办事处", "township", 2023)
    text = ERRONEOUS.read_text(encoding="utf-8")
    assert report["findings"]
    for finding in report["findings"]:
        assert text[finding["start"] : finding["end"]] == finding["quote"]
        assert finding["quote"] or finding["values"]["missing"]
    for metric in report["metrics"]:
        assert text[metric["start"] : metric["end"]] == metric["quote"]


def test_same_input_same_bytes(fazhi_audit: Run) -> None:
    runs = [
        fazhi_audit("check", str(ROOT / "seeds"), "--format", "json", PYTHONHASHSEED=seed, TZ=zone)
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert runs[0].stdout == runs[1].stdout


@pytest.mark.parametrize(("gate", "status"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_gate_decides_the_exit_status(fazhi_audit: Run, gate: str, status: int) -> None:
    assert fazhi_audit("check", str(ERRONEOUS), "--fail-on", gate).returncode == status


def test_a_file_that_cannot_be_read_is_named_and_is_no_pass(fazhi_audit: Run, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    done = fazhi_audit("check", "空.txt")
    assert done.returncode == 4
    assert "空.txt" in done.stdout
    assert "空文件" in done.stdout


def test_neither_prefect_nor_jieba_nor_openpyxl_is_imported(fazhi_audit: Run) -> None:
    done = fazhi_audit("check", str(ERRONEOUS), PYTHONPROFILEIMPORTTIME="1")
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time")}
    assert "checks.engine" in imported
    assert not imported & {"prefect", "jieba", "openpyxl", "pydantic_settings"}


def test_a_path_that_does_not_exist_is_one_sentence(fazhi_audit: Run) -> None:
    done = fazhi_audit("check", "没有的文件.txt")
    assert done.returncode == 2
    assert "没有的文件.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_year_that_was_asked_for_is_compared(fazhi_audit: Run) -> None:
    done = fazhi_audit("check", str(ERRONEOUS), "--year", "2024")
    assert "2024" in done.stdout


def test_a_console_in_gbk_gets_every_line(fazhi_audit: Run) -> None:
    done = fazhi_audit("check", str(ERRONEOUS), PYTHONIOENCODING="gbk")
    assert done.returncode == 1
    assert not done.stderr
