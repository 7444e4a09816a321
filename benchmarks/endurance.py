"""Audits that are killed, run out of disk or meet each other: ``python -m benchmarks.endurance [kills|disk|two] …``.

- ``kills``: an audit is killed (SIGKILL to its whole process group) at random moments, ``--times`` times, and started
  again with the same command each time; the end result must be that of an audit left in peace, and at no moment may a
  half-written file stand under its final name;
- ``disk``: audits on small file systems (tmpfs) of growing size until one has room; each that has not must end with
  status 5 and one sentence, and leave an earlier result untouched;
- ``two``: two audits of one output folder started at once: one is refused with one sentence, or both are right.

Prints the figures as JSON; ends with status 1 where a promise was broken.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_STATE = ".fazhi-audit"
_BUSY = 5


@dataclass(slots=True)
class Outcome:
    """What a trial came to: ``faults`` are broken promises in words."""

    faults: list[str] = field(default_factory=list[str])
    figures: dict[str, float] = field(default_factory=dict[str, float])


def start(inbox: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    """The real command, in a process group of its own."""
    command = [sys.executable, "-m", "cli.main", "audit", str(inbox), "--out", str(out), "--engine", "plain", *options]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        cwd=out.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def runs(out: Path) -> list[Path]:
    """The finished runs of an output folder, in order."""
    return sorted(path for path in out.glob("*") if path.name != _STATE) if out.exists() else []


def kills(inbox: Path, folder: Path, times: int, seed: int) -> Outcome:
    """Kill an audit ``times`` times at random moments of its life; see the module's docstring."""
    outcome, randomly = Outcome(), random.Random(seed)
    begun = time.monotonic()
    peaceful = start(inbox, folder / "peace")
    peaceful.communicate()
    lasted = time.monotonic() - begun
    expected = (runs(folder / "peace")[0] / "findings.json").read_bytes()
    out = folder / "killed"
    finished = 0
    for number in range(times):
        process = start(inbox, out)
        try:
            process.wait(randomly.uniform(0.0, lasted * 1.1))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        finished += process.returncode == 0
        outcome.faults += [f"{number}: {fault}" for fault in _half_written(out, expected)]
        if finished and number % 10 == 9:
            # Start over, or every later audit only takes the last result over.
            shutil.rmtree(out)
            finished = 0
    last = start(inbox, out)
    _, complaint = last.communicate()
    if last.returncode != 0:
        outcome.faults.append(f"the last audit ended with {last.returncode}: {complaint}")
    outcome.faults += _half_written(out, expected)
    left = [*(out / _STATE).rglob("*.tmp"), *(out / _STATE / "staging").glob("*")]
    outcome.faults += [f"left behind: {path.name}" for path in left]
    outcome.figures = {"kills": times, "seconds of one audit": round(lasted, 1)}
    return outcome


def _half_written(out: Path, expected: bytes) -> list[str]:
    """What is wrong with the finished runs: each must be whole and right."""
    faults = []
    for run in runs(out):
        if (run / "findings.json").read_bytes() != expected:
            faults.append(f"{run.name}: other findings")
        books = list(run.glob("*.xlsx"))
        if len(books) != 1 or zipfile.ZipFile(books[0]).testzip() is not None:
            faults.append(f"{run.name}: no whole workbook")
    return faults


def two_at_once(inbox: Path, folder: Path) -> Outcome:
    """Start two audits of one output folder at the same time."""
    outcome, out = Outcome(), folder / "two"
    processes = [start(inbox, out), start(inbox, out)]
    ended = [process.communicate() for process in processes]
    statuses = sorted(process.returncode for process in processes)
    if statuses == [0, _BUSY]:
        refusal = next(text[1] for text, process in zip(ended, processes, strict=True) if process.returncode == _BUSY)
        if len(refusal.strip().splitlines()) != 1 or "另一个审核正在使用" not in refusal:
            outcome.faults.append(f"refused in other words: {refusal}")
    elif statuses != [0, 0]:
        outcome.faults.append(f"statuses {statuses}: {ended}")
    waiting = [start(inbox, out, "--wait", "--fresh") for _ in range(2)]
    for process in waiting:
        _, complaint = process.communicate()
        if process.returncode != 0:
            outcome.faults.append(f"--wait ended with {process.returncode}: {complaint}")
    if len({(run / "findings.json").read_bytes() for run in runs(out)}) != 1:
        outcome.faults.append("the runs differ")
    outcome.figures = {"runs": len(runs(out))}
    return outcome


def full_disk(inbox: Path, folder: Path, sizes_kb: Sequence[int]) -> Outcome:
    """Audit into file systems of these sizes, one after the other, until one has room enough. Needs ``unshare``."""
    outcome = Outcome()
    reached = 0
    for size in sizes_kb:
        status, said = _audit_in_tmpfs(inbox, folder, size)
        reached = size
        if status == 0:
            break
        if status != _BUSY or len(said.strip().splitlines()) != 1 or "磁盘空间不足" not in said:
            outcome.faults.append(f"{size} KB: status {status}: {said}")
    else:
        outcome.faults.append("no size was enough")
    outcome.figures = {"room enough (KB)": reached}
    return outcome


def _audit_in_tmpfs(inbox: Path, folder: Path, size_kb: int) -> tuple[int, str]:
    """Status and complaint of an audit whose disk holds ``size_kb``, into a folder that already has a finished run."""
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    command = f"{sys.executable} -m cli.main audit {inbox} --out {disk}/out --engine plain"
    script = (
        f"mount -t tmpfs -o size={size_kb}k none {disk} && mkdir -p {disk}/out/earlier && "
        f"echo kept > {disk}/out/earlier/findings.json && {command} >/dev/null; status=$?; "
        f"[ \"$(cat {disk}/out/earlier/findings.json)\" = kept ] || echo 'the earlier run is spoilt' >&2; "
        f"ls -d {disk}/out/2*/ >/dev/null 2>&1 && [ $status != 0 ] && echo 'half a run is there' >&2; exit $status"
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return done.returncode, done.stderr


def main() -> int:
    """Run the trials asked for and print what they came to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endurance", description=__doc__.splitlines()[0])
    parser.add_argument("trials", nargs="*", default=["kills", "disk", "two"], help="kills, disk, two")
    parser.add_argument("--inbox", type=Path, default=ROOT / "tests" / "reports", help="what is audited")
    parser.add_argument("--times", type=int, default=100, help="kills")
    parser.add_argument("--seed", type=int, default=20240101)
    options = parser.parse_args()
    results: dict[str, object] = {}
    broken = False
    for trial in options.trials:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if trial == "kills":
                outcome = kills(options.inbox, folder, options.times, options.seed)
            elif trial == "disk":
                outcome = full_disk(options.inbox, folder, range(100, 12_000, 400))
            else:
                outcome = two_at_once(options.inbox, folder)
        results[trial] = asdict(outcome)
        broken = broken or bool(outcome.faults)
    print(json.dumps(results, ensure_ascii=False, indent=1))
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
