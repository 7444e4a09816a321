import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.inbox import InboxError, find_submissions


def test_finds_every_file_below_a_folder_in_one_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/3.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("报告")
    shown = [Path(item.shown).relative_to(tmp_path).as_posix() for item in find_submissions([tmp_path])]
    assert shown == ["a.txt", "b/1.txt", "b/2.txt", "c/d/3.txt"]


@pytest.mark.parametrize("name", ["~$报告.docx", ".DS_Store", "Thumbs.db", "desktop.ini", "README.md", "x.tmp"])
def test_files_beside_the_reports_are_listed_as_ignored(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    (item,) = find_submissions([tmp_path])
    assert item.ignored


def test_a_file_given_by_name_is_audited_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("x")
    (item,) = find_submissions([path])
    assert item.ignored is None


def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    assert len(find_submissions([path, tmp_path, path])) == 1


def test_a_folder_that_may_not_be_opened_is_listed_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = tmp_path / "b"
    locked.mkdir()
    (tmp_path / "a.txt").write_text("报告")
    scandir = os.scandir

    def guarded(path: Path) -> Iterator[os.DirEntry[str]]:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert [Path(item.path).name for item in find_submissions([tmp_path])] == ["a.txt", "b"]


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_links_and_pipes_are_listed_and_never_followed_in_circles(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text("报告")
    (tmp_path / "环").symlink_to(tmp_path)
    (tmp_path / "断").symlink_to(tmp_path / "没有")
    os.mkfifo(tmp_path / "管道")
    found = {Path(item.path).name: item.ignored for item in find_submissions([tmp_path])}
    assert found == {"报告.txt": None, "断": None, "环": "指向文件夹的链接", "管道": "不是普通文件"}


@pytest.mark.parametrize(("path", "says"), [("-", "标准输入"), ("", "找不到“”")])
def test_what_is_no_path_is_refused(path: str, says: str) -> None:
    with pytest.raises(InboxError, match=says):
        find_submissions([path])


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(InboxError, match="没有这个文件夹"):
        find_submissions([tmp_path / "没有这个文件夹"])


def test_a_hidden_folder_is_one_row(tmp_path: Path) -> None:
    (tmp_path / ".git" / "objects").mkdir(parents=True)
    (tmp_path / ".git" / "objects" / "报告.txt").write_text("报告")
    (item,) = find_submissions([tmp_path])
    assert (Path(item.path).name, item.ignored) == (".git", "隐藏文件或文件夹")
