"""The history under fire: ``python -m benchmarks.history_trial [kills|size] [--history FILE|URL]``.

- ``kills``: a process that records run after run is killed (SIGKILL) at random moments, ``--times`` times, and started
  again; what it said was recorded must be there, whole and once, and nothing that is not whole;
- ``size``: records ``--reports`` reports twice, as they would come month after month; CPU seconds and bytes.

Prints the figures as JSON; ends with status 1 where a promise was broken.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import URL

from audit.assess import Auditor
from audit.inbox import find_submissions
from audit.packing import Packer
from audit.packs import load_pack
from audit.record import JUDGED, ReportRecord, Summary
from benchmarks.endurance import ROOT, Outcome
from history.database import open_database
from history.errors import HistoryError
from history.location import history_url
from history.recording import record_run
from history.records import RunHeader
from history.store import open_history
from rules.model import Level

_MODELS = "models"
_PACKER = Packer(tuple[ReportRecord, ...])
_BEGUN = datetime(2024, 1, 1, tzinfo=UTC)


def seed_records() -> list[ReportRecord]:
    """What an audit finds in the reports of ``seeds``."""
    auditor = Auditor(*load_pack())
    submissions = find_submissions([str(ROOT / "seeds")])
    records = [auditor.assess(submission) for submission in submissions if submission.ignored is None]
    return [record for record in records if record.status in JUDGED]


def many_records(models: Sequence[ReportRecord], reports: int, edition: int) -> Iterator[ReportRecord]:
    """Reports of as many units; one in ten differs from edition to edition."""
    for number, model in enumerate(islice(cycle(models), reports)):
        changed = edition if number % 10 == 0 else 0
        unit = f"{model.unit}{number}"
        findings = tuple(replace(item, fingerprint=f"{number:016x}{item.fingerprint[:16]}") for item in model.findings)
        yield replace(model, path=f"{number}.txt", unit=unit, characters=changed, findings=findings)


def header(number: int, records: Sequence[ReportRecord]) -> RunHeader:
    """The run with this number."""
    started = _BEGUN + timedelta(days=number)
    levels = [finding.level for record in records for finding in record.findings]
    summary = Summary(len(records), len(records), *(levels.count(level) for level in Level))
    return RunHeader(
        id=f"{started:%Y%m%d}",
        origin="trial",
        started=started,
        finished=started + timedelta(minutes=1),
        scope=("seeds",),
        engine="plain",
        pack="fazhi",
        rules="0" * 64,
        version="0",
        summary=summary,
    )


def record_runs(url: URL, models: Sequence[ReportRecord], reports: int, runs: int) -> None:
    """Record run after run, from the first, and say so on standard output when one is recorded."""
    for number in range(runs):
        records = list(many_records(models, reports, number))
        record_run(url, header(number, records), records)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def kills(setting: str, folder: Path, times: int, *, reports: int, runs: int, seed: int) -> Outcome:
    """Kill the recording process ``times`` times; see the module's docstring."""
    outcome, randomly = Outcome(), random.Random(seed)
    url = history_url(setting, folder)
    if url is None:
        raise HistoryError("没有历史库可用于试验")
    (folder / _MODELS).write_bytes(_PACKER.pack(tuple(seed_records())))
    said: set[int] = set()
    halfway = 0
    for number in range(times):
        process = _start(setting, folder, reports, runs)
        # The first word comes when the program is loaded: what is killed before tells nothing about the history.
        first = process.stdout.readline() if process.stdout else ""
        time.sleep(randomly.uniform(0.0, 0.6))
        process.kill()
        rest, _ = process.communicate()
        said |= {int(line) for line in (first + rest).split()}
        outcome.faults += [f"{number}: {fault}" for fault in _broken(url, said)]
        halfway += len(said) < runs
        if len(said) == runs:
            said = _emptied(url)
    process = _start(setting, folder, reports, runs)
    _, complaint = process.communicate()
    if process.returncode != 0:
        outcome.faults.append(f"the last recording ended with {process.returncode}: {complaint}")
    outcome.faults += _broken(url, set(range(runs)))
    outcome.figures = {"kills": times, "kills with runs still to record": halfway, "reports a run": reports}
    return outcome


def size(setting: str, folder: Path, reports: int) -> Outcome:
    """Record a large run twice, the second time with a tenth of its reports changed."""
    outcome = Outcome()
    url = history_url(setting, folder)
    if url is None:
        raise HistoryError("没有历史库可用于试验")
    models = seed_records()
    summary = header(0, []).summary
    for number in (1, 2):
        head = replace(header(number, []), summary=replace(summary, reports=reports, read=reports))
        begun = time.process_time()
        record_run(url, head, many_records(models, reports, number))
        outcome.figures[f"CPU seconds, run {number}"] = round(time.process_time() - begun, 2)
        file = Path(url.database or "")
        if file.is_file():
            outcome.figures[f"MB after run {number}"] = round(file.stat().st_size / 1e6, 1)
    return outcome


def _start(setting: str, folder: Path, reports: int, runs: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.history_trial", "record", "--history", setting]
    return subprocess.Popen(
        [*command, "--folder", str(folder), "--reports", str(reports), "--runs", str(runs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def _broken(url: URL, said: set[int]) -> Iterator[str]:
    """What is wrong with the history: every run that was said to be recorded must be there, and every run whole."""
    with open_history(url) as history:
        runs = {run.header.id: run for run in history.latest_runs()}
        yield from (f"run {number} is lost" for number in said if header(number, []).id not in runs)
        for run in runs.values():
            records = list(history.reports(run))
            if header(0, records).summary != run.header.summary:
                yield f"run {run.header.id} is not whole"
        if history.database.is_sqlite:
            with history.database.read() as connection:
                verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
                if verdict != "ok":
                    yield f"integrity: {verdict}"


def _emptied(url: URL) -> set[int]:
    """Start over: when all is recorded, further kills would meet an idle process."""
    with open_database(url) as database, database.write() as connection:
        for table in ("submissions", "findings", "metrics", "verdicts", "runs"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    return set()


def main() -> int:
    """Run the trials asked for and print what they came to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history_trial", description=__doc__.splitlines()[0])
    parser.add_argument("trial", choices=["kills", "size", "record"])
    parser.add_argument("--history", default="", help="a SQLite file or a PostgreSQL URL; default: a new SQLite file")
    parser.add_argument("--folder", type=Path, default=None, help="where the new file is made")
    parser.add_argument("--times", type=int, default=100, help="kills")
    parser.add_argument("--reports", type=int, default=400, help="reports a run")
    parser.add_argument("--runs", type=int, default=20, help="runs to record")
    parser.add_argument("--seed", type=int, default=20240101)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        if options.trial == "record":
            url = history_url(options.history, folder)
            if url is not None:
                models = _PACKER.unpack((folder / _MODELS).read_bytes())
                record_runs(url, models, options.reports, options.runs)
            return 0
        if options.trial == "kills":
            outcome = kills(
                options.history,
                folder,
                options.times,
                reports=options.reports,
                runs=options.runs,
                seed=options.seed,
            )
        else:
            outcome = size(options.history, folder, options.reports)
    print(json.dumps(asdict(outcome), ensure_ascii=False, indent=1))
    return int(bool(outcome.faults))


if __name__ == "__main__":
    sys.exit(main())
