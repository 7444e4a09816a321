"""Names, links, other machines' settings, a full disk, no network: the whole command, as a user starts it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.places import ROOT, SEEDS

REPORT = SEEDS[0].read_bytes()
NAMES = [
    "换\n行.txt",
    "响铃\x07.txt",
    "反\u202etxt.exe.txt",
    "报告 1#2%20&'.txt",
    "=1+1.txt",
    "-rf.txt",
    "字" * 80 + ".txt",
    "CON.txt",
    "大写.TXT",
    "大写.txt",
    "😀.txt",
]


def audit(
    folder: Path, out: Path, *options: str, before: tuple[str, ...] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "cli.main", "audit", str(folder), "--out", str(out), "--engine", "plain"]
    return subprocess.run(
        [*command, *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        cwd=out.parent,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def findings(out: Path) -> dict[str, Any]:
    (path,) = out.glob("*/findings.json")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(os.name != "posix", reason="names of POSIX")
def test_whatever_a_file_is_called_it_is_one_row_of_every_output(tmp_path: Path) -> None:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    for number, name in enumerate(NAMES):
        (inbox / name).write_bytes(REPORT + f"\n{number}".encode())
    Path(os.fsdecode(os.fsencode(inbox) + b"/\xb1\xa8\xb8\xe6.txt")).write_bytes(REPORT + b"\nx")
    done = audit(inbox, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    reports = findings(tmp_path / "out")["reports"]
    assert len(reports) == len({report["path"] for report in reports}) == len(NAMES) + 1
    assert {report["status"] for report in reports} == {"read"}
    (workbook,) = (tmp_path / "out").glob("*/*.xlsx")
    assert load_workbook(workbook, read_only=True)["处理情况"].max_row >= len(NAMES) + 1


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_nothing_outside_the_inbox_is_read(tmp_path: Path) -> None:
    inbox, outside = tmp_path / "收件", tmp_path / "外面"
    for folder in (inbox / "里面", outside):
        folder.mkdir(parents=True)
    (outside / "机密.txt").write_bytes(REPORT)
    (inbox / "里面" / "报告.txt").write_bytes(REPORT + b"\n1")
    (inbox / "文件链接.txt").symlink_to(outside / "机密.txt")
    (inbox / "文件夹链接").symlink_to(outside)
    (inbox / "内部链接.txt").symlink_to(inbox / "里面" / "报告.txt")
    (inbox / "环").symlink_to(inbox)
    (inbox / "断.txt").symlink_to(tmp_path / "没有")
    os.mkfifo(inbox / "管道.txt")
    done = audit(inbox, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    statuses = {Path(report["path"]).name: report["status"] for report in findings(tmp_path / "out")["reports"]}
    assert statuses == {
        "报告.txt": "read",
        "文件链接.txt": "ignored",
        "文件夹链接": "ignored",
        "内部链接.txt": "ignored",
        "环": "ignored",
        "断.txt": "unreadable",
        "管道.txt": "ignored",
    }


def test_the_same_findings_whatever_the_machine_is_set_to(tmp_path: Path) -> None:
    settings = [
        ("1", {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}),
        ("2", {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}),
        ("3", {"PYTHONHASHSEED": "3", "TZ": "America/New_York"}),
    ]
    results = set()
    for workers, environment in settings:
        out = tmp_path / f"out{workers}"
        done = audit(ROOT / "tests" / "reports", out, "--workers", workers, **environment)
        assert done.returncode == 0, done.stderr
        (path,) = out.glob("*/findings.json")
        results.add(path.read_bytes())
    assert len(results) == 1


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_full_disk_is_one_sentence_and_leaves_no_half_workbook(tmp_path: Path) -> None:
    script = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
    script += "from cli.main import main; sys.exit(main())"
    arguments = ["audit", str(ROOT / "seeds"), "--out", str(tmp_path / "out"), "--engine", "plain"]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 5, (done.stdout, done.stderr)
    assert len(done.stderr.strip().splitlines()) == 1
    assert str(tmp_path / "out") in done.stderr
    assert not list((tmp_path / "out").rglob("*.xlsx"))


_UNSHARE = shutil.which("unshare")


@pytest.mark.skipif(
    _UNSHARE is None
    or subprocess.run([str(_UNSHARE), "-rn", "true"], capture_output=True, check=False).returncode != 0,
    reason="没有 unshare，或者不允许建立没有网络的环境",
)
def test_an_audit_needs_no_network_at_all(tmp_path: Path) -> None:
    done = audit(ROOT / "seeds", tmp_path / "out", before=(str(_UNSHARE), "-rn"))
    assert done.returncode == 0, done.stderr
    assert findings(tmp_path / "out")["summary"]["read"] == len(SEEDS)
