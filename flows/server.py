"""A Prefect server of our own on this machine, which cannot outlive the program that started it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from secrets import token_urlsafe

import httpx

from flows.errors import ServerUnavailable
from flows.lifeline import end_with_parent

_API_URL = "PREFECT_API_URL"
_PASSWORD = "PREFECT_API_AUTH_STRING"
_SERVER_PASSWORD = "PREFECT_SERVER_API_AUTH_STRING"
_HERE = "127.0.0.1"
_EPHEMERAL = "PREFECT__SERVER_EPHEMERAL"
_HEALTH_INTERVAL = 0.1
_STOP_SECONDS = 10.0


@contextmanager
def prefect_server(wait_seconds: float, *, scheduling: bool, host: str = _HERE) -> Iterator[str]:
    """The API address of a Prefect server: the one in PREFECT_API_URL, or one that is started for the duration.

    ``scheduling`` also runs the services that start scheduled runs. ``host`` is the address to listen at; at one that
    other machines reach, a password made anew each time is asked for. Raises ServerUnavailable.
    """
    configured = os.environ.get(_API_URL)
    if configured:
        _wait_until_healthy(configured, wait_seconds, process=None)
        yield configured
        return
    port = _free_port(host)
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/api"
    password = None if host == _HERE else f"fazhi-audit:{token_urlsafe()}"
    process = _start(host, port, {_SERVER_PASSWORD: password} if password else {}, scheduling=scheduling)
    known = {_API_URL: url, _PASSWORD: password} if password else {_API_URL: url}
    try:
        _wait_until_healthy(url, wait_seconds, process)
        os.environ.update(known)
        yield url
    finally:
        for name in known:
            os.environ.pop(name, None)
        _stop(process)


def _start(host: str, port: int, password: Mapping[str, str], *, scheduling: bool) -> subprocess.Popen[bytes]:
    mode = {} if scheduling else {_EPHEMERAL: "1"}
    return subprocess.Popen(
        [sys.executable, "-m", __name__, host, str(port)],
        # The server watches this pipe: it closes when this process ends, however it ends.
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PREFECT_UI_ENABLED": "0", "PREFECT_SERVER_UI_ENABLED": "0", **password, **mode},
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


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _serve(host: str, port: int) -> None:
    import uvicorn  # noqa: PLC0415 - needed in the server process only

    end_with_parent()
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host=host,
        port=port,
        log_level="error",
        lifespan="on",
    )


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
