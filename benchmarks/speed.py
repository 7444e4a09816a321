"""How fast the program starts and judges: ``python -m benchmarks.speed [--json FILE] [--runs N]`` in the checkout.

Prints a table and with ``--json`` writes the same figures, named as in the table, to a file:

- ``check``: ``fazhi-audit check`` of one sample as a whole process, from start to exit: wall and CPU time in ms;
- ``import``: CPU ms of a process that only loads the modules that ``check`` needs, interpreter included;
- ``pack``: CPU ms to load the built-in rule pack and all fact files;
- ``report``: CPU ms per report when warm, by stage, over the samples and the reports of the tests; a stage counts what
  it does beyond the stages before it, and ``rules`` is what remains for the checks, the findings and the record;
- ``reports_per_second``: reports one process judges in a second of CPU time.

Each figure is a median: of ``--runs`` processes (10 unless said), or over the reports of each one's best of 7 runs.
Measure on an idle machine. The processes run from bytecode, as installed programs do.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from audit.assess import Auditor
from audit.inbox import Submission, find_submissions
from audit.packs import load_pack
from checks.context import Context
from documents.read import read_report
from rules.facts import Facts

Figures = dict[str, float]

_ROOT = Path(__file__).resolve().parent.parent
_REPEATS = 7
_FACTS = ("contents", "metrics", "laws", "plans", "meetings", "policy_formulas", "year_cues")
_STAGES: dict[str, Callable[[Context], object]] = {
    "contents": lambda context: context.contents,
    "years": lambda context: context.year_mentions,
    "metrics": lambda context: context.metric_values,
    "duplicates": lambda context: context.passages,
}


def main() -> None:
    """Measure, print the table and write the file asked for."""
    arguments = _arguments()
    submissions = [file for file in _submissions() if file.ignored is None]
    figures = {
        **_processes("check", ["-m", "cli.main", "check", submissions[0].path], arguments.runs),
        **_processes("import", ["-c", "import cli.application, cli.audit, cli.check, cli.rules"], arguments.runs),
        **_pack(),
        **_reports(submissions),
    }
    for name, value in figures.items():
        print(f"{name:<24}{value:>10.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="Measures the speed of the audit.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to this file")
    parser.add_argument("--runs", type=int, default=10, metavar="N", help="processes per figure (default 10)")
    return parser.parse_args()


def _submissions() -> Iterator[Submission]:
    for folder in ("seeds", "tests/reports"):
        yield from (file for file in find_submissions([_ROOT / folder]) if file.path.endswith(".txt"))


def _processes(name: str, arguments: list[str], runs: int) -> Figures:
    """Median wall and CPU time of a Python process."""
    times = [_process(arguments) for _ in range(runs + 1)][1:]
    wall, cpu = (statistics.median(values) * 1000 for values in zip(*times, strict=True))
    return {f"{name}.wall_ms": wall, f"{name}.cpu_ms": cpu}


def _process(arguments: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of one process, whose output is thrown away."""
    os.chdir(_ROOT)
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, *arguments], environment, file_actions=silent)
    _, _, usage = os.wait4(process, 0)
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime


def _pack() -> Figures:
    def facts() -> None:
        fresh = Facts()
        for name in _FACTS:
            getattr(fresh, name)

    return {"pack.rules_ms": _cpu(load_pack), "pack.facts_ms": _cpu(facts)}


def _reports(submissions: list[Submission]) -> Figures:
    """Medians over the reports, each stage measured on a context in which the stages before it are done."""
    ruleset, facts = load_pack()
    auditor = Auditor(ruleset, facts)
    rows: list[Figures] = []
    for submission in submissions:
        auditor.assess(submission)
        rows.append(_stages(auditor, submission))
    middle = {f"report.{stage}_ms": statistics.median(row[stage] for row in rows) for stage in rows[0]}
    return {**middle, "reports_per_second": 1000 / statistics.mean(row["all"] for row in rows)}


def _stages(auditor: Auditor, submission: Submission) -> Figures:
    path = Path(submission.path)
    report = read_report(path, submission.shown)
    row = {"read": _cpu(lambda: read_report(path, submission.shown))}
    before: list[str] = []
    for stage, analyse in _STAGES.items():
        contexts = [Context(report, auditor.facts) for _ in range(_REPEATS)]
        for context in contexts:
            for earlier in before:
                _STAGES[earlier](context)
        analyses = map(analyse, contexts)
        row[stage] = _cpu(partial(next, analyses))
        before.append(stage)
    whole = _cpu(lambda: auditor.assess(submission))
    return {**row, "rules": max(0.0, whole - sum(row.values())), "all": whole}


def _cpu(action: Callable[[], object]) -> float:
    """CPU milliseconds of ``action``, the best of ``_REPEATS`` runs."""
    best = float("inf")
    for _ in range(_REPEATS):
        begin = time.process_time()
        action()
        best = min(best, time.process_time() - begin)
    return best * 1000


if __name__ == "__main__":
    main()
