"""docs/ci.md: the snippets are what the program and the repository have."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.suppression_file import find_suppressions
from cli.formats import Format
from tests.cli.conftest import Run
from tests.places import ROOT, SEEDS

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
INBOX = ROOT / "docs" / "ci" / "收件"


def part(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def snippet(heading: str) -> Any:
    (text,) = re.findall(r"```yaml\n(.*?)```", part(heading), re.DOTALL)
    return yaml.safe_load(text)


def checks(lines: list[str]) -> list[list[str]]:
    """The arguments of each call of the command."""
    calls = [shlex.split(line) for text in lines for line in text.splitlines() if "fazhi-audit check" in line]
    return [call[1:] for call in calls]


def github() -> Any:
    return snippet("GitHub Actions")["jobs"]["check"]["steps"]


def gitlab() -> Any:
    return snippet("GitLab CI")["fazhi-audit"]


@pytest.mark.parametrize("lines", [[step.get("run", "") for step in github()], gitlab()["script"]])
def test_the_commands_of_the_snippets_work_on_a_clone(fazhi_audit: Run, tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "seeds").mkdir()
    for path in SEEDS[:1]:
        (tmp_path / "seeds" / path.name).write_bytes(path.read_bytes())
    (call,) = checks(lines)
    done = fazhi_audit(*call)
    assert done.returncode == 1
    assert not done.stderr
    files = {call[index + 1] for index, word in enumerate(call) if word == "--output-file"}
    assert files == {path.name for path in tmp_path.iterdir()} - {"seeds"}


def test_the_snippets_publish_the_files_that_the_commands_write() -> None:
    (upload,) = [step["with"]["sarif_file"] for step in github() if "sarif_file" in step.get("with", {})]
    assert upload in checks([step.get("run", "") for step in github()])[0]
    for file in gitlab()["artifacts"]["reports"].values():
        assert file in checks(gitlab()["script"])[0]


def test_every_format_has_a_sample_and_a_description() -> None:
    for chosen in Format:
        sample = PAGE.partition(f"<!-- {chosen} 的样例：以下由程序生成 -->")[2].partition("<!--")[0]
        assert "理论和时间" in sample, chosen
        assert f"| `{chosen}` |" in PAGE


def test_the_list_of_suppressions_on_the_page_is_well_formed(tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", part("豁免"), re.DOTALL)
    path = tmp_path / "豁免.yaml"
    path.write_text(text, encoding="utf-8")
    (file,) = find_suppressions([str(tmp_path)], [], [path])
    assert not file.problems
    assert len(file.entries) == 2


def test_the_commands_of_the_page_work(fazhi_audit: Run, tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    for path in INBOX.iterdir():
        (tmp_path / "收件" / path.name).write_bytes(path.read_bytes())
    for heading, statuses in (("一次检查，多种格式", [1]), ("基线：只看新增", [0, 0])):
        lines = [line for line in part(heading).splitlines() if line.startswith("fazhi-audit check 收件")]
        assert [fazhi_audit(*shlex.split(line)[1:]).returncode for line in lines] == statuses


def test_the_hook_runs_the_command_on_every_format_of_a_report() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    configured = snippet("pre-commit")["repos"][0]["hooks"][0]
    assert hook["id"] == configured["id"]
    assert hook["entry"] == "fazhi-audit check"
    for name in ("甲.txt", "甲.docx", "甲.doc", "甲.wps", "甲.rtf", "甲.pdf", "甲.ofd", "甲.html", "甲.mht"):
        assert re.search(hook["files"], name), name
    assert not re.search(hook["files"], "README.md")


def recipe() -> list[str]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_container_recipe_copies_what_exists_and_all_that_is_packed() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = [word for line in recipe() if line.startswith("COPY ") for word in line.split()[1:-1]]
    for name in copied:
        assert (ROOT / name).exists(), name
        assert name in allowed, name
    packed = re.search(r"^packages = \[(.*)\]$", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert packed
    assert set(re.findall(r'"(\w+)"', packed[1])) <= set(copied)


def test_the_container_runs_as_nobody_special_with_what_is_locked() -> None:
    lines = recipe()
    user = next(index for index, line in enumerate(lines) if line.startswith("USER "))
    assert lines[user] != "USER root"
    assert not any(line.startswith("RUN ") for line in lines[user:])
    assert any("uv sync --frozen --no-dev" in line for line in lines)
    assert 'ENTRYPOINT ["fazhi-audit"]' in lines
