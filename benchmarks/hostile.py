"""What hostile files cost: ``python -m benchmarks.hostile``.

``mixed``: ``fazhi-audit audit`` over a folder of files of every format, with and without 5 % hostile ones: rows, wall
time, processes left behind. ``fuzz``: damaged files of every format, through the same children as an audit. ``chaos``:
documents that hang, die, overflow and explode. Needs LibreOffice.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from audit.inbox import find_submissions
from audit.isolation import assess_isolated
from audit.limits import Limits, PackChoice
from audit.record import JUDGED, ReportRecord, Status
from tests.hostile.corpus import bad_files
from tests.hostile.mutations import mutated
from tests.hostile.samples import FORMATS, make_samples

_PACK = PackChoice("fazhi")
_MOST_LOST = 0.01


def mixed(folder: Path, files: int, seed: int) -> dict[str, object]:
    """Audit ``files`` good files, then the same with 5 % more that are hostile."""
    samples = make_samples(folder / "samples")
    random = Random(seed)
    inbox = folder / "inbox"
    inbox.mkdir()
    for number in range(files):
        kind = FORMATS[number % len(FORMATS)]
        data = samples[kind] if kind != "text" else samples[kind] + f"\n{number}".encode()
        (inbox / f"{number:05}.{kind}").write_bytes(data)
    clean = _audit(inbox, folder / "clean")
    bad = list(bad_files(samples, random))
    for number in range(files // 20):
        (inbox / f"坏{number:03}{bad[number % len(bad)].name}").write_bytes(bad[number % len(bad)].data)
    hostile = _audit(inbox, folder / "hostile")
    return {
        "clean": clean,
        "hostile": hostile,
        "ratio": round(float(hostile["seconds"]) / float(clean["seconds"]), 2),
    }


def _audit(inbox: Path, out: Path) -> dict[str, float]:
    started = time.perf_counter()
    command = [sys.executable, "-m", "cli.main", "audit", str(inbox), "--out", str(out), "--engine", "plain"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    status = process.wait()
    seconds = time.perf_counter() - started
    (path,) = out.glob("*/findings.json")
    reports = json.loads(path.read_text(encoding="utf-8"))["reports"]
    shown = {report["path"] for report in reports}
    return {
        "seconds": round(seconds, 1),
        "exit": status,
        "files": sum(path.is_file() for path in inbox.iterdir()),
        "files without a row": sum(path.as_posix() not in shown for path in inbox.iterdir()),
        "rows": len(reports),
        "processes left": _processes_left(process.pid),
        **{f"status {status}": count for status, count in Counter(report["status"] for report in reports).items()},
    }


def _processes_left(session: int) -> int:
    """What is still there of the session of the command, or of the converter, which has one of its own."""
    listed = subprocess.run(["ps", "-eo", "sess=,args="], capture_output=True, text=True, check=True).stdout
    return sum(line.split()[0] == str(session) or "fazhi-audit-" in line for line in listed.splitlines())


def fuzz(folder: Path, files: int, seed: int) -> dict[str, object]:
    """Damage ``files`` files; nothing may crash or hang, and none that lost text may pass for read."""
    samples = make_samples(folder / "samples")
    random = Random(seed)
    inbox = folder / "fuzz"
    inbox.mkdir()
    for number in range(files):
        kind = FORMATS[number % len(FORMATS)]
        (inbox / f"{number:05}.{kind}").write_bytes(mutated(samples[kind], random))
    whole = {kind: _lengths(folder, samples[kind], kind) for kind in FORMATS}
    outcomes: Counter[str] = Counter()
    silent: list[str] = []
    faults: list[str] = []
    started = time.perf_counter()
    submissions = find_submissions([inbox])
    for start in range(0, len(submissions), 200):
        for record in assess_isolated(submissions[start : start + 200], _PACK, Limits(seconds=20)):
            kind = Path(Path(record.path).relative_to(inbox).parts[0]).suffix[1:]
            outcomes[f"{kind} {record.status}"] += 1
            if record.status in {Status.CRASHED, Status.TIMED_OUT}:
                faults.append(f"{record.path}: {record.reason}")
            if record.status not in JUDGED and record.findings:
                faults.append(f"{record.path}: findings on an unread file")
            if record.status is Status.READ and record.characters < whole[kind] * (1 - _MOST_LOST):
                silent.append(f"{record.path}: {record.characters} of {whole[kind]}")
    return {
        "files": files,
        "seconds": round(time.perf_counter() - started, 1),
        "outcomes": dict(sorted(outcomes.items())),
        "faults": faults,
        "silent losses": len(silent),
        "silent": silent[:40],
    }


def _lengths(folder: Path, data: bytes, kind: str) -> int:
    path = folder / f"whole.{kind}"
    path.write_bytes(data)
    (record,) = _read(path)
    return record.characters


def _read(path: Path) -> Sequence[ReportRecord]:
    return [record for record in assess_isolated(find_submissions([path]), _PACK, Limits()) if record.characters]


def main() -> None:
    """Run the parts asked for and print them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["mixed", "fuzz"], help="mixed, fuzz")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20240101)
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    for part in options.parts:
        with tempfile.TemporaryDirectory() as name:
            result = {"mixed": mixed, "fuzz": fuzz}[part](Path(name), options.files, options.seed)
        print(json.dumps({part: result}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
