"""A process beside a cluster worker that judges the chunks of one run: ``python -m flows.chunk_host THREADS``.

It starts with every run anew, so that neither an old rule pack nor an old program is left in it, and it may have the
killable children that a worker process of Dask may not. It ends with the worker, and by itself when it is left alone.

Protocol: a key on standard input; the port on standard output; then a connection for each chunk, which carries a
ChunkSpec there and a ChunkTally or an exception back.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from dataclasses import replace
from functools import cache
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from pathlib import Path

from audit.isolation import close_shared_auditors
from audit.limits import PackChoice
from audit.summary import ReportSummary
from documents.limits import ReadingLimits
from flows.errors import ClusterFault
from flows.lifeline import end_with_parent
from flows.steps import ChunkSpec, ChunkTally, audit_chunk, edition_for
from rules.errors import RuleFileError

HOST = "127.0.0.1"
_IDLE_SECONDS = 600.0
_LOOK_SECONDS = 10.0


def serve(threads: int) -> None:
    """Judge chunks, up to ``threads`` at a time, until the parent or the work has gone."""
    key = bytes.fromhex(sys.stdin.readline())
    end_with_parent(close_shared_auditors)
    patience = _Patience()
    with Listener((HOST, 0), backlog=threads, authkey=key) as listener:
        sys.stdout.write(f"{listener.address[1]}\n")
        sys.stdout.flush()
        # Whatever is printed from now on belongs into the log of the worker.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        while True:
            try:
                connection = listener.accept()
            except (AuthenticationError, EOFError, OSError):
                # A stranger on this machine.
                continue
            threading.Thread(target=_answer, args=(connection, threads, patience), daemon=True).start()


class _Patience:
    """Ends this process when there has been nothing to do for a while: whoever ordered the run has gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy = 0
        self._since = time.monotonic()
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> None:
        with self._lock:
            self._busy += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._busy -= 1
            self._since = time.monotonic()

    def _watch(self) -> None:
        while self._busy or time.monotonic() - self._since < _IDLE_SECONDS:
            time.sleep(_LOOK_SECONDS)
        close_shared_auditors()
        os._exit(0)


def _answer(connection: Connection, threads: int, patience: _Patience) -> None:
    with patience, connection:
        try:
            answer: ChunkTally | Exception = judged(connection.recv(), threads)
        except (OSError, ClusterFault) as fault:
            answer = fault
        connection.send(answer)


def judged(spec: ChunkSpec, threads: int) -> ChunkTally:
    """Judge a chunk on this machine. Raises ClusterFault where it cannot judge as the others do, and OSError."""
    _check_edition(spec)
    _check_inbox(spec)
    return audit_chunk(replace(spec, limits=replace(spec.limits, workers=threads)), _ignore)


def _ignore(_: ReportSummary) -> None:
    """The counts of the chunk are told when it is done."""


def _check_edition(spec: ChunkSpec) -> None:
    """What was judged by another program or by other rules must never stand beside the rest."""
    if _edition(spec.choice, spec.limits.reading) != spec.edition:
        raise ClusterFault(other_edition(socket.gethostname()))


@cache
def _edition(choice: PackChoice, reading: ReadingLimits) -> str:
    try:
        return edition_for(choice, reading)
    except RuleFileError as fault:
        raise ClusterFault(f"工作进程（主机 {socket.gethostname()}）不能使用规则包“{choice.pack}”：{fault}") from fault


def other_edition(place: str) -> str:
    """That the program or the rules at ``place`` are not those of this machine, and what to do."""
    return (
        f"工作进程（{place}）的程序或规则与发起审核的机器不同，拒绝混用结果；"
        "请在各台机器上安装同一版本的程序、使用同一规则包，并重新启动工作进程"
    )


def _check_inbox(spec: ChunkSpec) -> None:
    """A worker that does not have the shared folder would call every report lost."""
    submissions = spec.submissions()
    if not any(Path(submission.path).exists() for submission in submissions):
        raise ClusterFault(
            f"工作进程（主机 {socket.gethostname()}）看不到收件文件，如“{submissions[0].path}”；"
            "收件文件夹须以相同的路径挂载到每一台机器"
        )


if __name__ == "__main__":
    serve(int(sys.argv[1]))
