"""The audit as a Prefect flow, against a real server: run, scheduled, deployed and worked off."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT, SEEDS

FLOW = "法治政府建设年度报告审核"
PATIENCE = 120.0


def environment(home: Path, **more: str) -> dict[str, str]:
    quiet = {"PREFECT_LOGGING_LEVEL": "ERROR", "DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    given = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    paths = {"PREFECT_HOME": str(home), "FAZHI_AUDIT_PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return {**given, **quiet, **paths, **more}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[dict[str, str]]:
    """The environment of a client of a real Prefect server with its scheduling services."""
    script = (
        "from flows.server import prefect_server\n"
        "import sys\n"
        "with prefect_server(120, scheduling=True) as url:\n"
        "    print(url, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(home)
    )
    assert process.stdin
    assert process.stdout
    url = process.stdout.readline().strip()
    assert url.startswith("http://127.0.0.1:")
    yield environment(home, PREFECT_API_URL=url)
    process.stdin.close()
    assert process.wait(PATIENCE) == 0
    process.stdout.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件箱"
    folder.mkdir()
    for seed in SEEDS[:2]:
        (folder / seed.name).write_bytes(seed.read_bytes())
    return folder


def run(*command: str, env: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, timeout=PATIENCE, check=False)


def prefect(*arguments: str, env: dict[str, str], cwd: Path) -> str:
    done = run(sys.executable, "-m", "prefect", *arguments, env=env, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ask(script: str, env: dict[str, str], cwd: Path) -> str:
    """What a Python client of the server prints."""
    done = run(sys.executable, "-c", script, env=env, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def audit(out: Path, inbox: Path, engine: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli.main", "audit", str(inbox), "--out", str(out), "--engine", engine]
    return run(*command, env=env, cwd=out.parent)


def findings(out: Path) -> bytes:
    (found,) = out.glob("*/findings.json")
    return found.read_bytes()


def wait_for(condition: object, what: str) -> None:
    assert callable(condition)
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.5)


def test_both_engines_find_the_same_and_prefect_is_told_no_word_of_a_report(
    server: dict[str, str], inbox: Path, tmp_path: Path
) -> None:
    for engine in ("plain", "prefect"):
        done = audit(tmp_path / engine, inbox, engine, server)
        assert done.returncode == 0, done.stderr
        assert "工作簿" in done.stdout
        assert not done.stderr
    assert findings(tmp_path / "plain") == findings(tmp_path / "prefect")
    script = (
        "from prefect.client.orchestration import get_client\n"
        "import json\n"
        "with get_client(sync_client=True) as client:\n"
        "    runs = client.read_flow_runs()\n"
        "    print(json.dumps([run.state.type.value for run in runs]))\n"
        "    kept = client.request('POST', '/artifacts/filter', json={}).json()\n"
        "    print(json.dumps([[item['key'], item['data']] for item in kept]))\n"
    )
    states, artifacts = ask(script, server, tmp_path).splitlines()
    assert set(json.loads(states)) == {"COMPLETED"}
    told = dict(json.loads(artifacts))
    assert set(told) == {"audit-summary", "audit-reports"}
    assert ".xlsx" in told["audit-summary"]
    for report in json.loads(findings(tmp_path / "plain"))["reports"]:
        for finding in report["findings"]:
            # A single mark, such as a comma, is no word of a report.
            assert len(finding["quote"]) < 4 or finding["quote"] not in json.dumps(told, ensure_ascii=False)


def test_a_scheduled_audit_runs_and_the_service_ends_on_interrupt(
    server: dict[str, str], inbox: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "cli.main", "schedule", "--inbox", str(inbox), "--out", str(tmp_path / "结果")]
    # A shell that runs the tests in the background has them ignore interrupts, and what they start as well.
    service = subprocess.Popen(
        command,
        env=server,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread is at work here
    )
    try:
        listing = "from prefect.client.orchestration import get_client\n"
        listing += "with get_client(sync_client=True) as client: print([d.name for d in client.read_deployments()])"
        wait_for(lambda: "每月全面审核" in ask(listing, server, tmp_path), "the deployments were never registered")
        trigger = (
            f"from prefect.deployments import run_deployment\nprint(run_deployment('{FLOW}/日常审核').state.type.value)"
        )
        assert ask(trigger, server, tmp_path).strip() == "COMPLETED"
    finally:
        service.send_signal(signal.SIGINT)
        _, complaints = service.communicate(timeout=PATIENCE)
    assert service.returncode == 0, complaints.decode()
    assert list((tmp_path / "结果").glob("*/*.xlsx"))


def test_prefect_yaml_deploys_and_a_worker_carries_it_out(server: dict[str, str], inbox: Path, tmp_path: Path) -> None:
    env = {**server, "FAZHI_AUDIT_HOME": str(ROOT)}
    prefect("work-pool", "create", "--type", "process", "fazhi", env=env, cwd=ROOT)
    prefect("--no-prompt", "deploy", "--all", env=env, cwd=ROOT)
    parameters = json.dumps({"inbox": [str(inbox)], "out": str(tmp_path / "结果")}, ensure_ascii=False)
    prefect("deployment", "run", f"{FLOW}/每月全面审核", "--params", parameters, env=env, cwd=tmp_path)
    prefect("worker", "start", "--pool", "fazhi", "--run-once", env=env, cwd=tmp_path)
    wait_for(lambda: list((tmp_path / "结果").glob("*/*.xlsx")), "the worker wrote no workbook")


def test_without_a_server_of_its_own_time_the_audit_is_done_plain(home: Path, inbox: Path, tmp_path: Path) -> None:
    impatient = environment(home, FAZHI_AUDIT_SERVER_START_SECONDS="0.01")
    done = audit(tmp_path / "结果", inbox, "prefect", impatient)
    assert done.returncode == 0, done.stderr
    assert "plain" in done.stdout.splitlines()[0]
    assert list((tmp_path / "结果").glob("*/*.xlsx"))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see which processes are left")
def test_a_killed_audit_leaves_no_process_behind(tmp_path: Path, inbox: Path) -> None:
    marker = f"marker-{os.getpid()}"
    env = environment(tmp_path / "prefect", FAZHI_AUDIT_TEST_MARKER=marker)
    command = [sys.executable, "-m", "cli.main", "audit", str(inbox), "--out", str(tmp_path / "结果")]
    process = subprocess.Popen(command, env=env, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: len(marked(marker)) > 1, "the audit started no process")
    process.kill()
    process.wait()
    wait_for(lambda: not marked(marker), f"left behind: {marked(marker)}")


def marked(marker: str) -> list[str]:
    """The processes that were started with the marker in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text())
        except OSError:
            continue
    return found
