"""Killed, out of disk, two at once: what `python -m benchmarks.endurance` does a hundred times, a few times here."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks import endurance
from tests.places import ROOT

_UNSHARE = shutil.which("unshare")
_NO_MOUNT = (
    _UNSHARE is None
    or subprocess.run(
        [_UNSHARE, "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
    ).returncode
    != 0
)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "seeds", tmp_path / "收件"))


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_killed_audit_goes_on_and_comes_to_the_same_end(inbox: Path, tmp_path: Path) -> None:
    assert endurance.kills(inbox, tmp_path, times=4, seed=3).faults == []


def test_of_two_audits_of_one_folder_one_is_refused_or_both_are_right(inbox: Path, tmp_path: Path) -> None:
    assert endurance.two_at_once(inbox, tmp_path).faults == []


@pytest.mark.skipif(_NO_MOUNT, reason="没有 unshare，或者不允许挂载 tmpfs")
def test_a_full_disk_is_said_and_spoils_nothing(inbox: Path, tmp_path: Path) -> None:
    assert endurance.full_disk(inbox, tmp_path, [60, 150, 400, 20_000]).faults == []
