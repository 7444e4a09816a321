"""What runs inside a worker process of Dask: it hands chunks to a process of its own, one for each run."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from multiprocessing.connection import Client
from pathlib import Path
from secrets import token_bytes

import httpx
from distributed import get_worker

from audit.limits import PackChoice
from documents.limits import ReadingLimits
from flows.chunk_host import HOST
from flows.steps import ChunkSpec, ChunkTally, edition_for

_END_SECONDS = 2.0
_KEY_BYTES = 32
_API_SECONDS = 5.0


class RunEndedError(Exception):
    """The run that the chunk belongs to is over."""


async def examine(
    choice: PackChoice, reading: ReadingLimits, places: Sequence[str], api: str
) -> tuple[str, list[str], bool]:
    """What this worker is like: its edition of verdicts, which of ``places`` it does not see, whether it reaches the
    Prefect server at ``api``. Raises rules.errors.RuleFileError."""
    # The event loop keeps in touch with the scheduler meanwhile.
    return await asyncio.to_thread(_examine, choice, reading, places, api)


def _examine(
    choice: PackChoice, reading: ReadingLimits, places: Sequence[str], api: str
) -> tuple[str, list[str], bool]:
    unseen = [place for place in places if not Path(place).exists()]
    try:
        with httpx.Client(trust_env=False, timeout=_API_SECONDS) as client:
            told = client.get(f"{api}/health").is_success
    except httpx.TransportError:
        told = False
    return edition_for(choice, reading) if choice.pack not in unseen else "", unseen, told


def audit_on_worker(spec: ChunkSpec) -> ChunkTally:
    """Judge a chunk in this worker. Raises what flows.chunk_host.judged raises, and RunEndedError."""
    return _host_for(spec.run).audit(spec)


async def end_run(run: str) -> None:
    """End whatever this worker is doing for a run, and start nothing more for it."""
    await asyncio.to_thread(_end_run, run)


def _end_run(run: str) -> None:
    with _starting:
        _ended.add(run)
        host = _hosts.pop(run, None)
    if host is not None:
        host.end()


class _Host:
    """The process that judges the chunks of a run, with as many children as the worker has threads."""

    def __init__(self) -> None:
        self._key = token_bytes(_KEY_BYTES)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows.chunk_host", str(get_worker().state.nthreads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C belongs to the worker, with which this process ends.
            start_new_session=True,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        if self.process.stdin is None or self.process.stdout is None:
            raise OSError("处理进程没有输入输出管道")
        self.process.stdin.write(self._key.hex().encode() + b"\n")
        self.process.stdin.flush()
        port = self.process.stdout.readline()
        if not port:
            raise OSError("审核进程无法启动，请查看工作进程的日志")
        self._port = int(port)

    def audit(self, spec: ChunkSpec) -> ChunkTally:
        try:
            with Client((HOST, self._port), authkey=self._key) as connection:
                connection.send(spec)
                answer: ChunkTally | Exception = connection.recv()
        except (EOFError, ConnectionError) as fault:
            raise self._broken(spec) from fault
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def _broken(self, spec: ChunkSpec) -> Exception:
        """Why a chunk got no answer: only where the process itself has died does another try make sense."""
        if spec.run in _ended:
            return RunEndedError(spec.run)
        try:
            self.process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            return RuntimeError("审核一批报告时发生程序错误，请查看工作进程的日志")
        return OSError("审核进程意外结束，请查看工作进程的日志")


_hosts: dict[str, _Host] = {}
_ended: set[str] = set()
_starting = threading.Lock()


def _host_for(run: str) -> _Host:
    with _starting:
        if run in _ended:
            raise RunEndedError(run)
        host = _hosts.get(run)
        if host is None or host.process.poll() is not None:
            host = _hosts[run] = _Host()
        return host
