"""The output folder: one audit at a time, runs that appear whole or not at all, and what is kept to resume them.

``<out>/<run>/`` are finished runs. ``<out>/.fazhi-audit/`` is the program's own: the lock, the results of finished
chunks, and the run that is being put together.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from filelock import FileLock, Timeout

from flows.errors import DiskFull, OutputBusy

STATE_NAME: Final = ".fazhi-audit"
_LEFTOVERS = "*.tmp"
_MEGABYTE = 1024 * 1024
# What a run writes: the program's own results, findings.json and the workbook, measured on reports of 4,000 characters.
_BYTES_A_FILE = 120_000
_FIXED_BYTES = 20 * _MEGABYTE


class OutputFolder:
    """The folder that the user named for results."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.state = path / STATE_NAME
        self.results = self.state / "results"
        self._lock = self.state / "lock"
        self._holder = self.state / "lock.json"
        self._staging = self.state / "staging"

    @contextmanager
    def locked(self, *, wait: bool = False) -> Iterator[None]:
        """Hold the folder for one audit; left-overs of a killed one are removed.

        Raises OutputBusy where another audit holds it (unless ``wait``), and OSError where it cannot be written. The
        lock is the operating system's: it goes with the process that holds it, however that ends.
        """
        self.state.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._lock, timeout=-1 if wait else 0)
        try:
            lock.acquire()
        except Timeout:
            raise OutputBusy(self._refusal()) from None
        try:
            self._say_who()
            self._sweep()
            yield
        finally:
            self._holder.unlink(missing_ok=True)
            lock.release()

    def new_staging(self) -> Path:
        """A folder of its own for a run that is being put together; what will be published belongs into ``run``."""
        folder = self._staging / uuid4().hex
        (folder / "run").mkdir(parents=True)
        return folder

    def publish(self, staging: Path, name: str) -> Path:
        """Give a finished run its place, under ``name`` or with a number where that is taken."""
        for target in self._free_places(name):
            try:
                (staging / "run").rename(target)
            except OSError:
                if not target.exists():
                    raise
                continue
            return target
        raise FileExistsError(f"“{self.path}”中同名的审核结果过多")

    def free_name(self, name: str) -> str:
        """What a run published under ``name`` now would be called."""
        return next((target.name for target in self._free_places(name)), name)

    def discard(self, staging: Path) -> None:
        """Remove what was needed to put a run together, and the run itself if it was not published."""
        shutil.rmtree(staging, ignore_errors=True)

    def _free_places(self, name: str) -> Iterator[Path]:
        candidates = (self.path / each for each in (name, *(f"{name}-{number}" for number in range(2, 1000))))
        return (target for target in candidates if not target.exists())

    def _say_who(self) -> None:
        holder = {
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "started": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        self._holder.write_text(json.dumps(holder), encoding="utf-8")

    def _refusal(self) -> str:
        who = ""
        with suppress(OSError, ValueError, KeyError):
            holder = json.loads(self._holder.read_text(encoding="utf-8"))
            started = datetime.fromisoformat(holder["started"])
            who = f"（主机 {holder['host']}，进程号 {holder['pid']}，开始于 {started:%Y-%m-%d %H:%M:%S}）"
        return f"另一个审核正在使用输出文件夹“{self.path}”{who}；请等它结束，或用 --wait 排队，或用 --out 另指定文件夹"

    def _sweep(self) -> None:
        """Remove what killed audits left; nobody else is at work here."""
        shutil.rmtree(self._staging, ignore_errors=True)
        for leftover in self.results.rglob(_LEFTOVERS):
            leftover.unlink(missing_ok=True)


@contextmanager
def told_when_full(folder: Path, files: int) -> Iterator[None]:
    """Turn a full disk into DiskFull: where it is full, and what an audit of so many files takes."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        place = _existing(Path(fault.filename) if fault.filename else folder)
        free = shutil.disk_usage(place).free // _MEGABYTE
        needed = (_FIXED_BYTES + files * _BYTES_A_FILE) // _MEGABYTE
        raise DiskFull(
            f"“{place}”所在磁盘空间不足：可用 {free} MB，审核 {files} 个文件约需 {needed} MB；"
            "请腾出空间或用 --out 另指定文件夹后重新运行，已完成的部分不会重做"
        ) from fault


def _existing(path: Path) -> Path:
    """The folder of ``path``, or the nearest above it that is there."""
    return next(parent for parent in path.absolute().parents if parent.is_dir())
