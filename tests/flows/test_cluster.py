"""Audits on a real Dask cluster: a scheduler and workers started as an administrator would start them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from audit.limits import Limits, PackChoice
from flows.errors import ClusterFault
from flows.server import prefect_server
from flows.steps import AuditRequest, planned_run
from tests.places import ROOT, SEEDS

pytest.importorskip("distributed", reason="distributed is not installed: pip install fazhi-audit[dask]")
pytest.importorskip("prefect_dask", reason="prefect-dask is not installed: pip install fazhi-audit[dask]")
psutil = pytest.importorskip("psutil")

from flows.chunk_host import judged  # noqa: E402 - needs the extra

PATIENCE = 120.0
HANGING = ("00-卡住.txt", "04-卡住.txt")
DOCUMENT_SECONDS = 3.0
# An address that counts as one that other machines reach.
ELSEWHERE = "127.0.0.2" if sys.platform == "linux" else "127.0.0.1"
SERVED = ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING")


class Cluster:
    """A scheduler and its workers, all of them processes of this test."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self._folder = folder
        self._env = env
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
        self._processes = [self._start("scheduler", "--host", "127.0.0.1", "--port", self.address.rpartition(":")[2])]

    def worker(self, name: str, *options: str, **env: str) -> subprocess.Popen[bytes]:
        local = ("--local-directory", str(self._folder / name), "--name", name)
        started = self._start("worker", self.address, "--nthreads", "1", *local, *options, **env)
        self._processes.append(started)
        return started

    def close(self) -> None:
        for process in reversed(self._processes):
            if process.poll() is None:
                # A nanny gives its worker many seconds, which only other people's work could need.
                for below in psutil.Process(process.pid).children(recursive=True):
                    below.kill()
                process.kill()
            process.wait()

    def _start(self, *arguments: str, **env: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                env={**self._env, **env},
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What a client needs; the Prefect server is one that all tests share."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    home = str(tmp_path_factory.mktemp("prefect"))
    base = {**given, "PYTHONPATH": str(ROOT), "PREFECT_HOME": home, "FAZHI_AUDIT_PREFECT_HOME": home}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in base.items():
            patch.setenv(name, value)
        patch.delenv("PREFECT_API_URL", raising=False)
        with prefect_server(PATIENCE, scheduling=False, host=ELSEWHERE):
            served = {name: os.environ[name] for name in SERVED if name in os.environ}
            # Small chunks, so that there is something left to do when a worker dies.
            yield {**base, **served, "FAZHI_AUDIT_CHUNK_SIZE": "4"}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, env: dict[str, str]) -> Iterator[Cluster]:
    found = Cluster(tmp_path_factory.mktemp("dask"), env)
    try:
        # As it is installed: a nanny, whose worker is a daemon that may have no children.
        found.worker("with-nanny")
        yield found
    finally:
        found.close()


@pytest.fixture
def second(cluster: Cluster) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that stays dead when it is killed."""
    process = cluster.worker("no-nanny", "--no-nanny")
    wait_for(lambda: workers(cluster) == 2, "the workers did not come up")
    yield process
    process.terminate()
    process.wait(15)
    wait_for(lambda: workers(cluster) == 1, "the worker did not leave")


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("共享") / "收件箱"
    folder.mkdir()
    texts = [seed.read_text(encoding="utf-8") for seed in SEEDS]
    for number in range(12):
        text = f"{texts[number % len(texts)]}\n第{number}号报告另有说明。\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    for name in HANGING:
        (folder / name).write_text((f"{name}\n" + "\n".join(texts) * 200)[:1_900_000], encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(inbox: Path, env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The findings of one machine without any server."""
    out = tmp_path_factory.mktemp("plain") / "结果"
    done = finish(start(inbox, out, env, "--engine", "plain"))
    assert done.returncode == 0, done.stderr
    return findings(out)


def command(inbox: Path, out: Path, *options: str) -> list[str]:
    limits = ["--timeout", str(DOCUMENT_SECONDS), "--workers", "2"]
    return [sys.executable, "-m", "cli.main", "audit", str(inbox), "--out", str(out), *limits, *options]


def start(inbox: Path, out: Path, env: dict[str, str], *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(inbox, out, *options),
        env=env,
        cwd=out.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has them ignore interrupts, and what they start as well.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread is at work here
    )


def finish(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    told, complained = process.communicate(timeout=PATIENCE)
    return subprocess.CompletedProcess(process.args, process.returncode, told, complained)


def on_cluster(cluster: Cluster, inbox: Path, out: Path, env: dict[str, str], *more: str) -> subprocess.Popen[str]:
    return start(inbox, out, env, "--engine", "dask", "--dask-address", cluster.address, *more)


def findings(out: Path) -> Path:
    (found,) = out.glob("*/findings.json")
    return found


def without_moments(file: Path) -> bytes:
    """The bytes of a ``findings.json``, but for the stage at which the clock caught those that hang."""
    text = file.read_text(encoding="utf-8")
    for report in json.loads(text)["reports"]:
        if report["status"] == "timed_out":
            assert f"超过 {DOCUMENT_SECONDS:g} 秒" in report["reason"]
            text = text.replace(json.dumps(report["reason"], ensure_ascii=False), '"…"')
    return text.encode()


def wait_for(condition: Callable[[], Any], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def workers(cluster: Cluster) -> int:
    from distributed import Client  # noqa: PLC0415

    with Client(cluster.address, timeout=PATIENCE, set_as_default=False) as client:
        return len(client.nthreads())


def hosts(of: int | None = None) -> list[Any]:
    """The processes that judge chunks, of one worker or of all that this test has started."""
    below = psutil.Process(of or os.getpid()).children(recursive=True)
    return [process for process in below if is_host(process)]


def is_host(process: Any) -> bool:
    try:
        return "flows.chunk_host" in process.cmdline()
    except psutil.Error:
        return False


@pytest.mark.usefixtures("second")
def test_two_workers_find_what_one_machine_finds(
    cluster: Cluster, inbox: Path, env: dict[str, str], tmp_path: Path, expected: Path
) -> None:
    out = tmp_path / "结果"
    done = finish(on_cluster(cluster, inbox, out, env))
    assert done.returncode == 0, done.stderr
    assert without_moments(findings(out)) == without_moments(expected)
    statuses = {Path(report["path"]).name: report["status"] for report in json.loads(expected.read_bytes())["reports"]}
    assert {name for name, status in statuses.items() if status == "timed_out"} == set(HANGING)
    assert not hosts(), "nothing that worked for the run is left"


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    cluster: Cluster, second: subprocess.Popen[bytes], inbox: Path, env: dict[str, str], tmp_path: Path, expected: Path
) -> None:
    out, store = tmp_path / "结果", tmp_path / "存放处"
    # An address that is not "file" goes through fsspec, like that of an object store.
    process = on_cluster(cluster, inbox, out, env, "--store", f"local://{store}")
    wait_for(lambda: any(host.children(recursive=True) for host in hosts(second.pid)), "the worker got nothing to do")
    orphans = hosts(second.pid)
    assert process.poll() is None
    second.kill()
    done = finish(process)
    assert done.returncode == 0, done.stderr
    assert without_moments(findings(out)) == without_moments(expected)
    assert list(store.rglob("*.chunk"))
    assert not list((out / ".fazhi-audit").rglob("*.chunk"))
    wait_for(lambda: not any(host.is_running() for host in orphans), "the killed worker left processes behind")


def test_ctrl_c_ends_the_run_and_what_works_for_it(
    cluster: Cluster, inbox: Path, env: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "结果"
    # With a Prefect server of its own.
    process = on_cluster(cluster, inbox, out, {name: env[name] for name in env if name not in SERVED})
    wait_for(lambda: any(host.children(recursive=True) for host in hosts()), "the worker got nothing to do")
    process.send_signal(signal.SIGINT)
    done = finish(process)
    assert done.returncode == 130, done.stderr
    assert "已中断" in done.stderr
    assert "Traceback" not in done.stderr
    assert not hosts()
    assert not list(out.glob("*/findings.json"))
    assert workers(cluster) == 1


def test_a_worker_with_another_program_is_refused(
    cluster: Cluster, inbox: Path, env: dict[str, str], tmp_path: Path
) -> None:
    other = tmp_path / "旧版"
    for package in ("documents", "rules", "checks", "audit", "outputs", "flows", "cli"):
        shutil.copytree(ROOT / package, other / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "checks" / "finding.py").open("a", encoding="utf-8") as module:
        module.write("# 另一个版本\n")
    stranger = cluster.worker("stranger", "--no-nanny", PYTHONPATH=str(other))
    try:
        wait_for(lambda: workers(cluster) == 2, "the worker did not come up")
        done = finish(on_cluster(cluster, inbox, tmp_path / "结果", env))
    finally:
        stranger.terminate()
        stranger.wait(15)
    assert done.returncode == 5, done.stderr
    assert "程序或规则与发起审核的机器不同" in done.stderr
    assert not list((tmp_path / "结果").glob("*/findings.json"))
    wait_for(lambda: workers(cluster) == 1, "the worker did not leave")


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        ([], 2, "--dask-address"),
        (["--dask-address", "tcp://127.0.0.1:1"], 5, "连不上 Dask 集群 tcp://127.0.0.1:1"),
        (["--dask-address", "不是地址"], 5, "地址“不是地址”写法不对"),
        (["--dask-address", "tcp://127.0.0.1:1", "--store", "nichts://x"], 2, "结果存储“nichts://x”"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    options: list[str], status: int, words: str, inbox: Path, env: dict[str, str], tmp_path: Path
) -> None:
    done = finish(start(inbox, tmp_path / "结果", env, "--engine", "dask", *options))
    assert done.returncode == status
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_without_the_extra_one_sentence_says_what_to_install(inbox: Path, env: dict[str, str], tmp_path: Path) -> None:
    missing = tmp_path / "distributed"
    missing.mkdir()
    (missing / "__init__.py").write_text("raise ImportError('distributed')\n")
    poor = {**env, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = finish(start(inbox, tmp_path / "结果", poor, "--engine", "dask", "--dask-address", "tcp://127.0.0.1:1"))
    assert done.returncode == 5
    assert "fazhi-audit[dask]" in done.stderr


def test_a_worker_that_comes_later_is_examined_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "收件箱"
    folder.mkdir()
    (folder / "a.txt").write_text("2023年，青石县认真推进依法行政。\n", encoding="utf-8")
    asked = AuditRequest((str(folder),), str(tmp_path / "结果"), PackChoice("fazhi"), Limits(), cluster_threads=2)
    with planned_run(asked) as plan:
        (spec,) = plan.chunks
        assert spec.submissions()[0].path == str((folder / "a.txt").absolute())
        (folder / "a.txt").unlink()
        with pytest.raises(ClusterFault, match="看不到收件文件"):
            judged(spec, 1)
        elsewhere = AuditRequest(asked.paths, asked.out, PackChoice("fazhi", 1999), Limits(), cluster_threads=2)
        with pytest.raises(ClusterFault, match="不同，拒绝混用"):
            judged(type(spec)(**{**as_fields(spec), "choice": elsewhere.choice}), 1)


def as_fields(spec: Any) -> dict[str, Any]:
    return {name: getattr(spec, name) for name in spec.__dataclass_fields__}


@pytest.mark.skipif(ELSEWHERE == "127.0.0.1", reason="only Linux has 127.0.0.2 without being asked")
def test_a_prefect_server_that_other_machines_reach_asks_for_a_password(env: dict[str, str]) -> None:
    url = f"{env['PREFECT_API_URL']}/admin/version"
    user, _, password = env["PREFECT_API_AUTH_STRING"].partition(":")
    assert httpx.get(url).status_code == 401
    assert httpx.get(url, auth=(user, password)).status_code == 200
