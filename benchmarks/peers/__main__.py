"""``python -m benchmarks.peers``: every contestant of every area in a process of its own, as a table and as JSON."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from benchmarks.peers import near_duplicates, segmentation, terms, typography, workbook
from benchmarks.peers.contest import Area, Contestant, Result, Sizes
from benchmarks.processes import machine, measure, python

AREAS: Final[dict[str, Area]] = {
    "near_duplicates": near_duplicates.AREA,
    "typography": typography.AREA,
    "terms": terms.AREA,
    "segmentation": segmentation.AREA,
    "workbook": workbook.AREA,
}
_ROOT: Final = Path(__file__).resolve().parents[2]


def main() -> None:
    """Run what was asked for; a child runs its one contestant and writes what it told."""
    arguments = _arguments()
    if arguments.contestant:
        area, name = arguments.contestant
        result = AREAS[area].contestants[name].run(arguments.work)
        (arguments.work / "result.json").write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
        return
    figures: Result = {"machine": machine(), "areas": {}}
    sizes = Sizes(arguments.reports, arguments.rows)
    for area in arguments.only or AREAS:
        with tempfile.TemporaryDirectory(prefix="fazhi-peers-") as folder:
            figures["areas"][area] = run_area(area, Path(folder), sizes)
        if arguments.json:
            arguments.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description="Compares with other libraries.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to this file")
    parser.add_argument("--reports", type=int, default=1000, metavar="N", help="reports with copies (default 1000)")
    parser.add_argument("--rows", type=int, default=20_000, metavar="N", help="findings of the workbook (20000)")
    parser.add_argument("--only", action="append", choices=AREAS, metavar="AREA", help=", ".join(AREAS))
    parser.add_argument("--contestant", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def run_area(name: str, folder: Path, sizes: Sizes) -> Result:
    """The input of the area and what each contestant made of it."""
    area = AREAS[name]
    described = area.prepare(folder, sizes)
    print(f"{name}: {described}", flush=True)
    contestants = {}
    for contestant, entry in area.contestants.items():
        contestants[contestant] = run_contestant(name, contestant, entry, folder)
        print(f"  {contestant}: {contestants[contestant]}", flush=True)
    return {"input": described, "contestants": contestants}


def run_contestant(area: str, name: str, entry: Contestant, folder: Path) -> Result:
    """What a contestant told, with its version and the most memory it held; or why it is skipped."""
    if entry.package and not _installed(entry.package):
        return {"skipped": f"没有安装{entry.package}"}
    log, result = folder / "log.txt", folder / "result.json"
    result.unlink(missing_ok=True)
    command = python("-m", "benchmarks.peers", "--contestant", area, name, "--work", str(folder))
    took = measure(command, _ROOT, log, {"PYTHONUTF8": "1"})
    if took.status or not result.exists():
        sys.stderr.write(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        return {"skipped": f"没有正常结束（状态{took.status}）"}
    told: Result = json.loads(result.read_text(encoding="utf-8"))
    version = {"version": metadata.version(entry.package)} if entry.package else {}
    return {**version, **told, "peak_mib": round(took.peak_mib), "memory_method": took.method}


def _installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return find_spec(package.replace("-", "_")) is not None
    return True


if __name__ == "__main__":
    main()
