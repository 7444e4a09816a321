"""Reading ``findings.json`` back."""

from pathlib import Path

import pytest

from audit.assess import Auditor
from audit.findings_file import FindingsFileError, read_reports
from audit.inbox import find_submissions
from audit.packs import load_pack
from audit.reconcile import reconcile
from outputs.json_file import write_json
from tests.places import ROOT


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ruleset, facts = load_pack()
    submissions = find_submissions([ROOT / "seeds"])
    run = reconcile(submissions, [Auditor(ruleset, facts).assess(item) for item in submissions], ruleset)
    folder = tmp_path_factory.mktemp("run")
    write_json(folder / "findings.json", run)
    write_json(folder / "empty.json", reconcile([], [], ruleset))
    return folder


def test_reports_come_back_as_they_were_written(written: Path) -> None:
    ruleset, facts = load_pack()
    auditor = Auditor(ruleset, facts)
    expected = [auditor.assess(item) for item in find_submissions([ROOT / "seeds"])]
    assert list(read_reports(written / "findings.json")) == expected
    assert list(read_reports(written / "empty.json")) == []


@pytest.mark.parametrize("block", [1, 7, 4096])
def test_reports_are_whole_wherever_a_block_ends(written: Path, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(read_reports(written / "findings.json"))
    monkeypatch.setattr("audit.findings_file._BLOCK", block)
    assert list(read_reports(written / "findings.json")) == whole


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1, 2]",
        b'{\n "reports": [\n  {\n   "path": 1\n  }\n ]\n}',
        b'{\n "reports": [\n  {\n   "path": "a"',
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "findings.json"
    file.write_bytes(content)
    with pytest.raises(FindingsFileError, match=r"findings\.json"):
        list(read_reports(file))
