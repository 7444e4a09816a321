"""How an audit grows: ``python -m benchmarks.scale [--reports 1000,10000] [--json FILE] [--keep DIR]``.

For each size a corpus of invented reports (:mod:`benchmarks.corpus`) is written, or reused from ``--keep``, and the
real ``fazhi-audit audit`` runs over it as a process, twice: the second run finds the inbox unchanged. Figures:

- ``first``, ``second``: wall seconds, CPU seconds of the process and its children, CPU milliseconds per report, reports
  per second of wall time, the most MiB that the process tree held at once, with the method; ``ratio`` of the two walls;
- ``stages``: wall and CPU seconds by stage, where the command tells them (``--timings``);
- ``copies``: of the planted copies, pairs of reports and passages found, by kind, and the precision over all pairs;
- ``against``: with ``--against``, the same for a run that compares with the reports on the years before.

``growth`` is the exponent of time over size (least squares of the logarithms) from the smallest to the largest size.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.copy_scores import read_run, read_truth, score
from benchmarks.corpus.writing import EARLIER, REPORTS, TRUTH, Corpus, write_corpus
from benchmarks.processes import Measured, machine, measure, python

_ROOT: Final = Path(__file__).resolve().parent.parent
_ENVIRONMENT: Final = {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: ``engine`` of the audit, ``seed`` and processes of the corpus, whether earlier years count."""

    engine: str
    seed: int
    processes: int
    against: bool
    timings: bool


def main() -> None:
    """Measure every size, print a line for each and write the file asked for."""
    arguments = _arguments()
    plan = _plan(arguments)
    folder = arguments.keep.resolve() if arguments.keep else Path(tempfile.mkdtemp(prefix="fazhi-scale-"))
    sizes: list[Figures] = []
    try:
        for reports in arguments.reports:
            sizes.append(measure_size(folder, reports, plan))
            print(_line(sizes[-1]), flush=True)
            _save(arguments.json, sizes, plan)
    finally:
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description="Measures how the audit grows.")
    parser.add_argument("--reports", type=_sizes, default=[1000, 10_000], metavar="N,N", help="sizes (1000,10000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file, after each size")
    parser.add_argument("--engine", default="plain", help="engine of the audit (default plain)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed of the corpus (default 1)")
    parser.add_argument("--processes", type=int, default=2, metavar="P", help="processes that write the corpus (2)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep corpora here, reuse those that are here")
    parser.add_argument("--against", action="store_true", help="also compare with the reports on the years before")
    return parser.parse_args()


def _plan(arguments: argparse.Namespace) -> Plan:
    """What is asked for, as far as the command has the options for it."""
    command = python("-m", "cli.main", "audit", "--help")
    shown = subprocess.run(command, cwd=_ROOT, capture_output=True, check=True, encoding="utf-8").stdout
    against, timings = (option in shown for option in ("--against", "--timings"))
    if arguments.against and not against:
        print("fazhi-audit audit 没有 --against，不比较上年报告。")
    return Plan(arguments.engine, arguments.seed, arguments.processes, arguments.against and against, timings)


def _sizes(text: str) -> list[int]:
    return sorted(int(part) for part in text.split(","))


def measure_size(folder: Path, reports: int, plan: Plan) -> Figures:
    """The figures of one size."""
    corpus = folder / f"corpus-{reports}-{plan.seed}"
    begin = time.perf_counter()
    fresh = not (corpus / TRUTH).exists()
    if fresh:
        shutil.rmtree(corpus, ignore_errors=True)
        write_corpus(corpus, Corpus(reports, plan.seed), plan.processes)
    figures: Figures = {"reports": reports, "generated_s": round(time.perf_counter() - begin, 1) if fresh else None}
    figures["megabytes"] = round(sum(path.stat().st_size for path in corpus.glob(f"{REPORTS}/*/*")) / 1e6, 1)
    runs = folder / f"runs-{reports}-{plan.seed}"
    shutil.rmtree(runs, ignore_errors=True)
    runs.mkdir(parents=True)
    figures.update(_audit(corpus, runs, "first", reports, plan))
    figures["second"] = _audit(corpus, runs, "second", reports, plan)["first"]
    figures["second"]["ratio"] = round(figures["second"]["wall_s"] / figures["first"]["wall_s"], 3)
    if plan.against:
        figures["against"] = _audit(corpus, runs, "against", reports, plan, "--against", EARLIER)
    return figures


def _audit(corpus: Path, runs: Path, name: str, reports: int, plan: Plan, *options: str) -> Figures:
    timings = runs / f"{name}.timings.json"
    log = runs / f"{name}.log"
    out = runs / ("out" if not options else f"out-{name}")
    told = ["--timings", str(timings)] if plan.timings else []
    command = python("-m", "cli.main", "audit", REPORTS, "--out", str(out), "--engine", plan.engine, *told, *options)
    took = measure(command, corpus, log, _ENVIRONMENT)
    if took.status:
        last = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        sys.exit(f"审核{reports}份报告没有正常结束（状态{took.status}）：\n{last}")
    findings = max(out.glob("*/findings.json"), key=lambda path: path.stat().st_mtime)
    found = read_run(findings)
    scores = score(read_truth(corpus / TRUTH), found.pairs, earlier=bool(options))
    return {
        "first": _run_figures(took, reports),
        "findings_per_report": round(found.findings / max(1, found.reports), 2),
        "findings_megabytes": round(findings.stat().st_size / 1e6, 1),
        "stages": json.loads(timings.read_text(encoding="utf-8")) if timings.exists() else {},
        "copies": scores.figures(),
    }


def _run_figures(took: Measured, reports: int) -> Figures:
    return {
        "wall_s": round(took.wall, 2),
        "cpu_s": round(took.cpu, 2),
        "cpu_ms_per_report": round(1000 * took.cpu / reports, 3),
        "reports_per_s": round(reports / took.wall, 1),
        "peak_mib": round(took.peak_mib),
        "memory_method": took.method,
    }


def growth(sizes: Sequence[Figures], name: str) -> float | None:
    """The exponent of ``name`` of the first runs over the number of reports, ``None`` below two sizes."""
    if len({item["reports"] for item in sizes}) < 2:
        return None
    logarithms = [(math.log(item["reports"]), math.log(max(item["first"][name], 1e-6))) for item in sizes]
    across, along = zip(*logarithms, strict=True)
    return round(statistics.linear_regression(across, along).slope, 3)


def _line(item: Figures) -> str:
    first, second, copies = item["first"], item["second"], item["copies"]
    recalls = ", ".join(f"{kind} {score['passage_recall']}" for kind, score in copies["kinds"].items())
    return (
        f"{item['reports']} reports: {first['wall_s']} s, {first['reports_per_s']}/s, "
        f"{first['cpu_ms_per_report']} ms CPU a report, {first['peak_mib']} MiB ({first['memory_method']}); "
        f"again {second['ratio']}; copies: {recalls}; precision {copies['precision']}"
    )


def _save(target: Path | None, sizes: list[Figures], plan: Plan) -> None:
    if target is None:
        return
    figures = {
        "machine": machine(),
        "plan": asdict(plan),
        "sizes": sizes,
        "growth": {name: growth(sizes, name) for name in ("wall_s", "cpu_s", "peak_mib")},
    }
    target.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
