"""One command as a process: its wall time, its CPU time and the most memory its whole tree held at once."""

from __future__ import annotations

import os
import platform
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_EVERY: Final = 0.2
_MIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """What a process took: seconds, MiB and its exit status (negative: the signal that ended it).

    ``method`` says how memory was summed: ``pss`` counts a page that several processes share once, ``rss`` once for
    each, ``none`` where the system does not tell.
    """

    wall: float
    cpu: float
    peak_mib: float
    method: str
    status: int


def measure(command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str] | None = None) -> Measured:
    """Run ``command`` in ``folder``, its output to ``log``.

    CPU time counts the children that it waited for, or what was seen of all its descendants if that is more: a child
    that nobody waits for is in no account.
    """
    begin = time.perf_counter()
    with log.open("wb") as stream:
        process = os.fork()
        if process == 0:
            _become(command, folder, stream.fileno(), environment)
    sampler = _Sampler(process)
    sampler.start()
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begin
    sampler.finish()
    code = os.waitstatus_to_exitcode(status)
    return Measured(wall, max(usage.ru_utime + usage.ru_stime, sampler.cpu), sampler.peak / _MIB, sampler.method, code)


def _become(command: Sequence[str], folder: Path, output: int, environment: Mapping[str, str] | None) -> None:
    try:
        os.chdir(folder)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.execvpe(command[0], list(command), {**os.environ, **(environment or {})})
    finally:
        os._exit(127)


class _Sampler(threading.Thread):
    """Sums the memory and the CPU time of a process and its descendants until it is told to finish."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.peak = 0
        self.method = _method()
        self._over = threading.Event()
        self._seconds: dict[int, float] = {}

    @property
    def cpu(self) -> float:
        """CPU seconds of all processes seen, each as when it was last seen."""
        return sum(self._seconds.values())

    def run(self) -> None:
        while self.method != "none" and not self._over.wait(_EVERY):
            alive = tree(self.root)
            self._seconds.update(alive)
            self.peak = max(self.peak, sum(memory(process, self.method) for process in alive))

    def finish(self) -> None:
        """No more samples."""
        self._over.set()
        self.join()


def _method() -> str:
    if (_PROC / "self/smaps_rollup").exists():
        return "pss"
    return "rss" if (_PROC / "self/status").exists() else "none"


def memory(process: int, method: str) -> int:
    """KiB that ``process`` holds by ``method``; 0 where it has ended."""
    name, key = ("smaps_rollup", "Pss:") if method == "pss" else ("status", "VmRSS:")
    with suppress(OSError):
        for line in (_PROC / str(process) / name).read_text().splitlines():
            if line.startswith(key):
                return int(line.split()[1])
    return 0


def tree(root: int) -> dict[int, float]:
    """``root`` and its living descendants, each with the CPU seconds that it has taken itself."""
    seconds: dict[int, float] = {}
    children: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit() and (known := _parent_and_seconds(folder)):
            seconds[int(folder.name)] = known[1]
            children.setdefault(known[0], []).append(int(folder.name))
    found, waiting = dict[int, float](), [root]
    while waiting:
        process = waiting.pop()
        found[process] = seconds.get(process, 0.0)
        waiting += children.get(process, [])
    return found


def _parent_and_seconds(folder: Path) -> tuple[int, float] | None:
    with suppress(OSError):
        # The name in brackets may hold blanks and brackets itself; see proc(5) for the fields.
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        return int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return None


def machine() -> dict[str, object]:
    """Where figures were measured, in neutral words."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": round(pages / 2**30),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def python(*arguments: str) -> list[str]:
    """The command that runs this Python with ``arguments``."""
    return [sys.executable, *arguments]
