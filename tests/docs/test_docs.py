"""The documentation says what the program does: every command, option, setting, field and rule, and no other."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from audit.record import ReportRecord
from checks.finding import Finding
from cli import reference
from flows.settings import Settings
from tests.places import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_generated_pages_are_up_to_date() -> None:
    # A process of its own: the wording of the commands depends on the language chosen before they are imported.
    script = "import json, cli.reference as r; print(json.dumps(r.pages()))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    for name, text in json.loads(done.stdout).items():
        assert (reference.DOCS / name).read_text(encoding="utf-8") == text, f"docs/{name}:请运行 make docs"


def test_every_setting_is_documented_with_its_meaning() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert documented == set(Settings.model_fields)


@pytest.mark.parametrize("record", [ReportRecord, Finding])
def test_every_field_of_the_json_is_documented(record: type) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    missing = [name for name in record.__dataclass_fields__ if f"`{name}`" not in page]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_and_commands_that_the_pages_name_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z]+)\b", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for command in re.findall(r"\bfazhi-audit ((?:rules )?[a-z]+)\b", text):
        assert f"## fazhi-audit {command}" in commands, command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_rules_that_the_pages_name_exist(page: Path) -> None:
    catalogue = (ROOT / "docs" / "rule-catalogue.md").read_text(encoding="utf-8")
    families = "|".join(set(re.findall(r"^\| `([a-z]+)/", catalogue, re.MULTILINE)))
    for rule in re.findall(rf"`((?:{families})/[a-z0-9-]+)`", page.read_text(encoding="utf-8")):
        assert f"| `{rule}` |" in catalogue, rule
