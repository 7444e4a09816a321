"""Finds the submissions in an inbox: every file below the given paths, in one fixed order, none left out."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# What offices, editors and systems leave beside the reports. Each is still listed, as an ignored file.
_NOT_SUBMISSIONS = {
    "~$*": "Word/WPS 打开文件时的临时文件",
    ".*": "隐藏文件或文件夹",
    "*.tmp": "临时文件",
    "thumbs.db": "系统缩略图缓存",
    "desktop.ini": "系统文件夹设置",
    "readme*": "文件夹说明",
}


class InboxError(Exception):
    """The paths given by the user hold nothing to audit; as a string, one clear sentence in Chinese.

    ``english`` says the same in English.
    """

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese, english)
        self.english = english

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Submission:
    """One file of the inbox. ``shown`` is the path as the user gave it or as found below it; ``ignored`` says why
    the file is not audited, ``None`` for a submission."""

    path: str
    shown: str
    ignored: str | None = None


def find_submissions(paths: Iterable[str | Path]) -> list[Submission]:
    """Every file in ``paths`` (files or folders), folders in the order of their names. A file given twice counts once.

    Raises InboxError for a path that does not exist, and where there is no file at all.
    """
    found: dict[Path, Submission] = {}
    given_paths = [str(path) for path in paths]
    for text in given_paths:
        given = Path(text)
        if not text.strip() or not given.exists():
            raise _not_there(text)
        if given.is_dir():
            for path in _walk(given):
                found.setdefault(path.resolve(), Submission(str(path), path.as_posix(), _why_ignored(path)))
        else:
            found.setdefault(given.resolve(), Submission(str(given), given.as_posix()))
    if not found:
        shown = "、".join(given_paths)
        raise InboxError(f"“{shown}”里没有任何文件，没有可审核的报告。", f"There is no file in {shown}.")
    return list(found.values())


def _not_there(path: str) -> InboxError:
    if path == "-":
        chinese = "不能从标准输入读取报告，请给出报告文件或文件夹。"
        return InboxError(chinese, "Reports are not read from standard input: name files or folders.")
    return InboxError(f"找不到“{path}”，请给出存在的报告文件或文件夹。", f"No such file or folder: {path}")


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except PermissionError:
        # What is in it nobody knows; the folder itself becomes the row that says so.
        yield folder
        return
    for entry in entries:
        # A hidden folder (.git, .Trash) is one row: what a program keeps for itself holds no submission.
        if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith("."):
            yield from _walk(entry)
        else:
            yield entry


def _why_ignored(path: Path) -> str | None:
    # A link to a folder may lead back to where it stands, and reading a pipe may never end.
    if path.is_symlink() and path.is_dir():
        return "指向文件夹的链接"
    if path.exists() and not (path.is_file() or path.is_dir()):
        return "不是普通文件"
    lowered = path.name.lower()
    for pattern, reason in _NOT_SUBMISSIONS.items():
        if fnmatch.fnmatchcase(lowered, pattern):
            return reason
    return None
