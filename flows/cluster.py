"""An existing Dask cluster as the crew of a run: ``--engine dask``."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from distributed import Client
from distributed.scheduler import KilledWorker

from documents.errors import fault_in_words
from flows.chunk_host import other_edition
from flows.cluster_worker import end_run, examine
from flows.errors import ClusterFault
from flows.steps import AuditRequest, edition_for

_CONNECT_SECONDS = 15.0
_LAST_PORT = 65_535
# A worker that was killed is replaced by its nanny within seconds.
_NO_WORKER_SECONDS = 60.0


class Cluster:
    """A cluster that answers, with its scheduler at ``address``, which knows this machine by ``facing``."""

    def __init__(self, client: Client, address: str, facing: str) -> None:
        self._client = client
        self.address = address
        self.facing = facing
        self._seen = time.monotonic()

    @property
    def threads(self) -> int:
        """How many chunks it can judge at once."""
        return sum(_threads(self._client).values())

    def examine(self, request: AuditRequest, places: Sequence[str], api: str) -> None:
        """Make sure that every worker judges as this machine does, sees ``places``, and reaches the Prefect server.

        Raises ClusterFault, which names the worker.
        """
        choice, reading = request.choice, request.limits.reading
        edition = edition_for(choice, reading)
        answers = self._client.run(examine, choice, reading, list(places), api, on_error="return")
        for worker, answer in answers.items():
            if isinstance(answer, BaseException):
                raise ClusterFault(f"工作进程（{worker}）不能运行本程序（{type(answer).__name__}：{answer}）")
            found, unseen, told = answer
            if unseen:
                raise ClusterFault(
                    f"工作进程（{worker}）看不到“{unseen[0]}”；"
                    "收件文件夹、结果存储和自定的规则包须以相同的路径挂载到每一台机器"
                )
            if found != edition:
                raise ClusterFault(other_edition(worker))
            if not told:
                raise ClusterFault(
                    f"工作进程（{worker}）连不上 Prefect 服务 {api}；"
                    "请检查防火墙，或用环境变量 PREFECT_API_URL 指定各台机器都能访问的服务"
                )

    def outcome(self, future: Any) -> object:
        """What became of a chunk. Raises ClusterFault where the cluster, not the chunk, is at fault."""
        self._seen = time.monotonic()
        try:
            return future.result(raise_on_failure=False)
        except KilledWorker as fault:
            return fault
        except CancelledError as fault:
            raise ClusterFault(self._lost()) from fault
        except (ImportError, RuntimeError) as fault:
            raise ClusterFault(f"工作进程不能执行任务（{type(fault).__name__}：{fault}）") from fault

    def watch(self) -> None:
        """Give up when there has been no worker for a minute. Raises ClusterFault."""
        try:
            present = bool(_threads(self._client))
        except (OSError, TimeoutError, CancelledError) as fault:
            raise ClusterFault(self._lost()) from fault
        if present:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > _NO_WORKER_SECONDS:
            raise ClusterFault(f"Dask 集群 {self.address} 已经没有工作进程；启动后重新运行，已完成的部分不会重做")

    def end(self, run: str) -> None:
        """End the processes that worked for the run on every worker that still answers."""
        # Of a scheduler that is gone nobody can be told; what works for the run ends when it is left alone.
        if self._client.status == "running":
            self._client.run(end_run, run, on_error="ignore")

    def _lost(self) -> str:
        return f"与 Dask 集群 {self.address} 的连接中断；请检查后重新运行，已完成的部分不会重做"


@contextmanager
def cluster_at(address: str) -> Iterator[Cluster]:
    """The cluster whose scheduler listens at ``address``. Raises ClusterFault where there is none."""
    # A client that fails takes half a minute over it, and more when it is cleared away.
    facing = _facing(address)
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as fault:
        raise ClusterFault(f"{address} 上的不是 Dask 调度进程，或者版本不合（{type(fault).__name__}）") from fault
    with client:
        if not _threads(client):
            raise ClusterFault(f"Dask 集群 {address} 里没有工作进程；请先在各台机器上启动 dask worker")
        yield Cluster(client, address, facing)


def _threads(client: Client) -> dict[str, int]:
    threads: dict[str, int] = client.nthreads()  # type: ignore[no-untyped-call]
    return threads


def _facing(address: str) -> str:
    """The address by which this machine is known to the scheduler at ``address``. Raises ClusterFault."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not host or not port.isdecimal() or int(port) > _LAST_PORT:
        raise ClusterFault(f"Dask 集群的地址“{address}”写法不对，应写成 tcp://10.0.0.5:8786 这样")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), _CONNECT_SECONDS) as connection:
            name: str = connection.getsockname()[0]
            return name
    except OSError as fault:
        raise ClusterFault(f"连不上 Dask 集群 {address}（{fault_in_words(fault)}）；请检查地址和调度进程") from fault
