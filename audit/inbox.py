"""Finds the submissions in an inbox: every file below the given paths, in one fixed order, none left out."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# What offices, editors and systems leave beside the reports. Each is still listed, as an ignored file.
_NOT_SUBMISSIONS = {
    "~$*": "Word/WPS 打开文件时的临时文件",
    ".*": "隐藏文件",
    "*.tmp": "临时文件",
    "thumbs.db": "系统缩略图缓存",
    "desktop.ini": "系统文件夹设置",
    "readme*": "文件夹说明",
}


class InboxError(Exception):
    """A ``path`` given by the user cannot be audited; as a string, one clear sentence in Chinese."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"找不到“{self.path}”。请给出存在的报告文件或文件夹。"


@dataclass(frozen=True, slots=True)
class Submission:
    """One file of the inbox. ``shown`` is the path as the user gave it or as found below it; ``ignored`` says why
    the file is not audited, ``None`` for a submission."""

    path: str
    shown: str
    ignored: str | None = None


def find_submissions(paths: Iterable[str | Path]) -> list[Submission]:
    """Every file in ``paths`` (files or folders), folders in the order of their names. A file given twice counts once.

    Raises InboxError for a path that does not exist.
    """
    found: dict[Path, Submission] = {}
    for text in map(str, paths):
        given = Path(text)
        if not text.strip():
            raise InboxError(text)
        if given.is_dir():
            for path in _walk(given):
                found.setdefault(path.resolve(), Submission(str(path), path.as_posix(), _why_ignored(path.name)))
        elif given.exists():
            found.setdefault(given.resolve(), Submission(str(given), given.as_posix()))
        else:
            raise InboxError(text)
    return list(found.values())


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif entry.is_file():
            yield entry


def _why_ignored(name: str) -> str | None:
    lowered = name.lower()
    for pattern, reason in _NOT_SUBMISSIONS.items():
        if fnmatch.fnmatchcase(lowered, pattern):
            return reason
    return None
