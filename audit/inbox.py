"""Finds the submissions in an inbox: every file below the given paths, in one fixed order, none left out."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from documents.errors import Unreadable
from documents.limits import DEFAULT_LIMITS, MEGABYTE, ReadingLimits

SUPPRESSION_FILE = ".fazhi-audit.yaml"
"""The name of the file beside the reports that says which findings need not be dealt with, and why."""

# What offices, editors and systems leave beside the reports. Each is still listed, as an ignored file.
_NOT_SUBMISSIONS = {
    "~$*": "Word/WPS 打开文件时的临时文件",
    SUPPRESSION_FILE: "豁免清单",
    ".*": "隐藏文件或文件夹",
    "*.tmp": "临时文件",
    "thumbs.db": "系统缩略图缓存",
    "desktop.ini": "系统文件夹设置",
    "readme*": "文件夹说明",
    "__macosx": "系统附带的文件夹",
}
_ANY_NOT_SUBMISSION = re.compile("|".join(map(fnmatch.translate, _NOT_SUBMISSIONS)))
_ZIP_MARK = b"PK"


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
    """One file of the inbox, or one ``member`` of a zip file in it.

    ``shown`` is the path as the user gave it or as found below it, for a member followed by its name in the zip;
    ``ignored`` says why the file is not audited, ``None`` for a submission.
    """

    path: str
    shown: str
    ignored: str | None = None
    member: str | None = None


def find_submissions(paths: Iterable[str | Path], limits: ReadingLimits = DEFAULT_LIMITS) -> list[Submission]:
    """Every file in ``paths`` (files or folders), folders in the order of their names. A file given twice counts once.

    A zip file is one row, followed by one for each file in it. Raises InboxError for a path that does not exist, and
    where there is no file at all.
    """
    found: dict[str, Submission] = {}
    given_paths = [str(path) for path in paths]
    for text in given_paths:
        given = Path(text)
        if not text.strip() or not (given.exists() or given.is_symlink()):
            raise _not_there(text)
        if given.is_dir():
            for identity, submission in _walk(given):
                found.setdefault(identity, submission)
        else:
            ignored = None if given.is_file() or given.is_symlink() else _NO_FILE
            found.setdefault(_identity(given), Submission(str(given), given.as_posix(), ignored))
    if not found:
        shown = "、".join(given_paths)
        raise InboxError(f"“{shown}”里没有任何文件，没有可审核的报告。", f"There is no file in {shown}.")
    return [row for submission in found.values() for row in _unpacked(submission, limits)]


def find_reports(paths: Iterable[str | Path], limits: ReadingLimits = DEFAULT_LIMITS) -> tuple[Submission, ...]:
    """The submissions in ``paths`` without those to be ignored. Raises what :func:`find_submissions` raises."""
    return tuple(submission for submission in find_submissions(paths, limits) if submission.ignored is None)


_NO_FILE = "不是普通文件"


def _not_there(path: str) -> InboxError:
    if path == "-":
        chinese = "不能从标准输入读取报告，请给出报告文件或文件夹。"
        return InboxError(chinese, "Reports are not read from standard input: name files or folders.")
    return InboxError(f"找不到“{path}”，请给出存在的报告文件或文件夹。", f"No such file or folder: {path}")


def _identity(path: Path) -> str:
    """The same for the same entry of a folder however it was reached; a link is not what it points to."""
    return str(path.parent.resolve() / path.name)


def _walk(inbox: Path) -> Iterator[tuple[str, Submission]]:
    """The identity and the row of every file below ``inbox``.

    A folder that cannot be listed, or that is hidden or a link, is a row itself. An inbox of a hundred thousand files
    is listed without asking the system about each of them.
    """
    pending: list[tuple[str, str, os.DirEntry[str] | None]] = [(str(inbox), str(inbox.resolve()), None)]
    while pending:
        shown, identity, entry = pending.pop()
        if entry is not None and entry.is_file(follow_symlinks=False):
            yield identity, Submission(shown, _with_slashes(shown), _named_aside(entry.name))
            continue
        path = Path(shown)
        if entry is None or _is_open_folder(path):
            try:
                with os.scandir(path) as listing:
                    inside = sorted(listing, key=lambda found: found.name, reverse=True)
                pending.extend(
                    (str(path / found.name), f"{identity.rstrip(os.sep)}{os.sep}{found.name}", found)
                    for found in inside
                )
                continue
            except OSError:
                # What is in it nobody knows; the folder itself becomes the row that says so.
                pass
        yield identity, Submission(shown, _with_slashes(shown), _why_ignored(path, inbox))


def _with_slashes(path: str) -> str:
    return path if os.sep == "/" else path.replace(os.sep, "/")


def _is_open_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not _kept_by_a_program(path.name)


def _kept_by_a_program(folder: str) -> bool:
    """Whether a folder (.git, .Trash, __MACOSX) is what a program keeps for itself: one row, no submission in it."""
    return (folder.startswith(".") and folder.strip(".") != "") or folder.lower() == "__macosx"


def _why_ignored(path: Path, inbox: Path) -> str | None:
    if path.is_symlink() and path.exists():
        # A link to a folder may lead back to where it stands; one to a file may lead out of the inbox.
        if path.is_dir():
            return "指向文件夹的链接"
        inside = path.resolve().is_relative_to(inbox.resolve())
        return "指向收件文件夹内另一文件的链接" if inside else "指向收件文件夹之外的链接，未打开"
    # Reading a pipe may never end.
    if path.exists() and not (path.is_file() or path.is_dir()):
        return _NO_FILE
    return _named_aside(path.name)


def _named_aside(name: str) -> str | None:
    lowered = name.lower()
    if not _ANY_NOT_SUBMISSION.match(lowered):
        return None
    return next((reason for form, reason in _NOT_SUBMISSIONS.items() if fnmatch.fnmatchcase(lowered, form)), None)


def _unpacked(submission: Submission, limits: ReadingLimits) -> Iterator[Submission]:
    """The submission, with the files in it if it is a zip file of submissions."""
    members = None if submission.ignored else _members(Path(submission.path), limits)
    if not members:
        yield submission
        return
    yield replace(submission, ignored=f"压缩包，其中的 {len(members)} 个文件逐一列在后面")
    for name, shown in members:
        yield Submission(submission.path, f"{submission.shown}/{shown}", _why_member_ignored(shown), name)


def _why_member_ignored(shown: str) -> str | None:
    *folders, name = shown.replace("\\", "/").split("/")
    return "系统附带的文件夹" if any(map(_kept_by_a_program, folders)) else _named_aside(name)


def _members(path: Path, limits: ReadingLimits) -> list[tuple[str, str]] | None:
    """Key and shown name of each file in a zip of submissions; ``None`` for anything that reading will judge."""
    try:
        with path.open("rb", buffering=0) as file:
            if file.read(len(_ZIP_MARK)) != _ZIP_MARK:
                return None
        if path.stat().st_size > limits.file_mb * MEGABYTE:
            return None
        from documents.archive import list_members  # noqa: PLC0415 - most inboxes hold no zip file

        return [(member.key, member.shown) for member in list_members(path, limits)]
    except (OSError, Unreadable):
        return None
