"""Saving: the target is always the whole earlier file or the whole new one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from audit.atomic import save_atomically
from tests.places import ROOT


def content(text: str):  # type: ignore[no-untyped-def]
    return lambda stream: stream.write(text.encode())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_saves_and_makes_the_folder(tmp_path: Path) -> None:
    target = tmp_path / "批次" / "审核.xlsx"
    saved = save_atomically(target, content("新"))
    assert (saved.path, saved.note) == (target, None)
    assert target.read_text(encoding="utf-8") == "新"
    assert names(target.parent) == ["审核.xlsx"]


def test_replaces_an_earlier_file(tmp_path: Path) -> None:
    target = tmp_path / "审核.xlsx"
    target.write_text("旧", encoding="utf-8")
    save_atomically(target, content("新"))
    assert target.read_text(encoding="utf-8") == "新"


@pytest.mark.parametrize("error", [ValueError("写到一半"), OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failed_save_leaves_the_earlier_file(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "审核.xlsx"
    target.write_text("旧", encoding="utf-8")

    def fail(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise error

    with pytest.raises(type(error)):
        save_atomically(target, fail)
    assert target.read_text(encoding="utf-8") == "旧"
    assert names(tmp_path) == ["审核.xlsx"]


def test_a_target_held_open_gets_a_neighbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "审核.xlsx"
    target.write_text("旧", encoding="utf-8")
    replace = Path.replace

    def locked(self: Path, other: Path) -> Path:
        if other == target:
            raise PermissionError(13, "另一个程序正在使用此文件")
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", locked)
    saves = [save_atomically(target, content(text)) for text in ("新一", "新二")]
    assert target.read_text(encoding="utf-8") == "旧"
    assert [saved.path.read_text(encoding="utf-8") for saved in saves] == ["新一", "新二"]
    assert len({saved.path for saved in saves}) == 2
    for saved in saves:
        assert saved.path.parent == tmp_path
        assert saved.path.suffix == ".xlsx"
        assert saved.note
        assert "审核.xlsx" in saved.note
        assert saved.path.name in saved.note
    assert len(names(tmp_path)) == 3


def test_killed_in_the_middle_leaves_the_earlier_file(tmp_path: Path) -> None:
    target = tmp_path / "审核.xlsx"
    target.write_text("旧", encoding="utf-8")
    code = f"""
        import os, signal
        from pathlib import Path
        from audit.atomic import save_atomically

        def die(stream):
            stream.write(b"half")
            stream.flush()
            os.kill(os.getpid(), signal.{"SIGKILL" if os.name == "posix" else "SIGTERM"})

        save_atomically(Path({str(target)!r}), die)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, check=False)
    assert done.returncode == (-signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    assert target.read_text(encoding="utf-8") == "旧"
    (leftover,) = [path for path in tmp_path.iterdir() if path != target]

    save_atomically(target, content("新"))
    assert leftover.exists(), "another run may still be writing it"
    old = time.time() - 7200
    os.utime(leftover, (old, old))
    save_atomically(target, content("更新"))
    assert names(tmp_path) == ["审核.xlsx"]


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    blocked = tmp_path / "文件"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="文件"):
        save_atomically(blocked / "审核.xlsx", content("新"))
