"""What is decided about a file before anything of it is understood."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from documents.errors import Unreadable
from documents.limits import MEGABYTE, ReadingLimits
from documents.read import Location, load, read_report

REPORT = "某县2023年法治政府建设年度报告\n一、主要工作\n办理案件5件。"


def refusal(path: Path, limits: ReadingLimits) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_report(path, path.name, limits)
    return caught.value


def test_a_file_of_a_gigabyte_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    obstacle = refusal(path, ReadingLimits())
    assert (obstacle.status, obstacle.reason) == ("over_limit", "文件大小为 1,024 MB，超过上限 100 MB")
    assert "max_file_mb" in obstacle.next_step


def test_a_file_just_within_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    path.write_bytes(REPORT.encode().ljust(MEGABYTE, b"\n"))
    assert len(load(Location(path), ReadingLimits(file_mb=1))) == MEGABYTE
    path.write_bytes(REPORT.encode().ljust(MEGABYTE + 1, b"\n"))
    assert refusal(path, ReadingLimits(file_mb=1)).status == "over_limit"


def test_a_text_beyond_the_limit_is_refused_with_its_length(tmp_path: Path) -> None:
    path = tmp_path / "长.txt"
    path.write_text(REPORT * 100, encoding="utf-8")
    obstacle = refusal(path, ReadingLimits(characters=1000))
    assert (obstacle.status, obstacle.sha256 is not None) == ("over_limit", True)
    assert f"{len(REPORT) * 100:,} 字" in obstacle.reason


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")
@pytest.mark.parametrize("special", ["pipe", "device", "folder"])
def test_what_is_no_file_is_never_waited_for(tmp_path: Path, special: str) -> None:
    path = {"pipe": tmp_path / "管道", "device": Path("/dev/zero"), "folder": tmp_path}[special]
    if special == "pipe":
        os.mkfifo(path)
    obstacle = refusal(path, ReadingLimits())
    assert obstacle.status == "unreadable"


def test_a_file_that_grows_while_it_is_read_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    state = os.fstat
    asked: list[int] = []

    def grown_afterwards(descriptor: int) -> os.stat_result:
        asked.append(descriptor)
        if len(asked) == 2:
            path.write_text(REPORT * 2, encoding="utf-8")
        return state(descriptor)

    monkeypatch.setattr(os, "fstat", grown_afterwards)
    obstacle = refusal(path, ReadingLimits())
    assert obstacle.status == "changed"
    assert "正在被写入" in obstacle.reason


def test_a_file_that_goes_between_listing_and_reading_is_unreadable(tmp_path: Path) -> None:
    obstacle = refusal(tmp_path / "没有.txt", ReadingLimits())
    assert (obstacle.status, obstacle.reason) == ("unreadable", "文件无法打开（不存在）")


def test_a_file_that_may_not_be_opened_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, flags: int) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    path = tmp_path / "锁.txt"
    path.write_text(REPORT, encoding="utf-8")
    # An administrator, as whom tests may run, would be let in by the permissions of a real file.
    monkeypatch.setattr(os, "open", refuse)
    obstacle = refusal(path, ReadingLimits())
    assert (obstacle.status, obstacle.reason) == ("unreadable", "文件无法打开（没有权限）")
