"""A Prefect server of our own on this machine, which cannot outlive the program that started it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from flows.errors import ServerUnavailable

_API_URL = "PREFECT_API_URL"
_EPHEMERAL = "PREFECT__SERVER_EPHEMERAL"
_HEALTH_INTERVAL = 0.1
_STOP_SECONDS = 10.0


@contextmanager
def prefect_server(wait_seconds: float, *, scheduling: bool) -> Iterator[str]:
    """The API address of a Prefect server: the one in PREFECT_API_URL, or one that is started for the duration.

    ``scheduling`` also runs the services that start scheduled runs. Raises ServerUnavailable.
    """
    configured = os.environ.get(_API_URL)
    if configured:
        _wait_until_healthy(configured, wait_seconds, process=None)
        yield configured
        return
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    process = _start(port, scheduling=scheduling)
    try:
        _wait_until_healthy(url, wait_seconds, process)
        os.environ[_API_URL] = url
        yield url
    finally:
        os.environ.pop(_API_URL, None)
        _stop(process)


def _start(port: int, *, scheduling: bool) -> subprocess.Popen[bytes]:
    mode = {} if scheduling else {_EPHEMERAL: "1"}
    return subprocess.Popen(
        [sys.executable, "-m", __name__, str(port)],
        # The server watches this pipe: it closes when this process ends, however it ends.
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PREFECT_UI_ENABLED": "0", "PREFECT_SERVER_UI_ENABLED": "0", **mode},
        # Ctrl-C belongs to the audit, which stops the server when it is done with it.
        start_new_session=True,
    )


def _wait_until_healthy(url: str, seconds: float, process: subprocess.Popen[bytes] | None) -> None:
    deadline = time.monotonic() + seconds
    # A proxy of the office must never stand between this program and its own server.
    with httpx.Client(trust_env=False, timeout=5.0) as client:
        while time.monotonic() < deadline:
            if process is not None and process.poll() is not None:
                raise ServerUnavailable(f"Prefect 服务启动失败（代码 {process.returncode}）")
            try:
                if client.get(f"{url}/health").is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(_HEALTH_INTERVAL)
    raise ServerUnavailable(f"Prefect 服务在 {seconds:g} 秒内没有就绪")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin:
        process.stdin.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _end_with_parent() -> None:
    """End this process as soon as the parent's end of standard input is closed."""

    def watch() -> None:
        # Not through sys.stdin: its lock, held here for ever, would abort the interpreter's own shutdown.
        while os.read(sys.stdin.fileno(), 1024):
            pass
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def _serve(port: int) -> None:
    import uvicorn  # noqa: PLC0415 - needed in the server process only

    _end_with_parent()
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="on",
    )


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
