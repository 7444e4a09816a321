"""Processes are measured with all their descendants."""

import os
import sys
from pathlib import Path

import pytest

from benchmarks.processes import machine, measure, memory, python, tree

MIB = 1 << 20
HOLD = f"import time; held = bytearray(80 * {MIB}); time.sleep(1)"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}])"
LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell memory")


def run(tmp_path: Path, *arguments: str):
    return measure(python(*arguments), tmp_path, tmp_path / "log")


def test_status_and_output(tmp_path: Path) -> None:
    took = run(tmp_path, "-c", "import sys; print('到'); sys.exit(3)")
    assert took.status == 3
    assert (tmp_path / "log").read_text(encoding="utf-8").strip() == "到"


def test_a_signal_is_a_negative_status(tmp_path: Path) -> None:
    assert run(tmp_path, "-c", "import os; os.kill(os.getpid(), 9)").status == -9


def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    assert measure(["no-such-command-at-all"], tmp_path, tmp_path / "log").status == 127


def test_folder_and_environment(tmp_path: Path) -> None:
    script = "import os; print(os.getcwd(), os.environ['GIVEN'])"
    measure(python("-c", script), tmp_path, tmp_path / "log", {"GIVEN": "here"})
    assert (tmp_path / "log").read_text().split() == [os.fspath(tmp_path.resolve()), "here"]


def test_cpu_time_of_children_counts(tmp_path: Path) -> None:
    work = "import time\nwhile time.process_time() < 0.4: pass"
    took = run(tmp_path, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])")
    assert took.cpu >= 0.4


@LINUX
@pytest.mark.parametrize("script", [HOLD, CHILD], ids=["own", "child"])
def test_peak_memory_counts_the_whole_tree(tmp_path: Path, script: str) -> None:
    took = run(tmp_path, "-c", script)
    assert took.method in {"pss", "rss"}
    assert 80 < took.peak_mib < 200


@LINUX
def test_a_process_that_has_ended_holds_nothing() -> None:
    assert os.getpid() in tree(os.getpid())
    assert memory(os.getpid(), "rss") > 1000
    assert memory(2**22 + 1, "rss") == 0


def test_the_machine_is_described_without_names() -> None:
    told = machine()
    assert set(told) == {"cores", "memory_gib", "python", "system"}
    assert told["python"] == ".".join(map(str, sys.version_info[:3]))
    assert os.uname().nodename not in str(told)
