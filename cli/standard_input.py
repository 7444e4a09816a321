"""A report from standard input: kept in a temporary file for as long as it is judged."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.inbox import Submission, find_submissions
from cli.errors import UsageFault
from documents.limits import DEFAULT_LIMITS, MEGABYTE

STDIN = "-"
_NAME = "stdin"
_CHUNK = 1 << 20


@contextmanager
def found_submissions(paths: Sequence[str], stdin_name: str | None) -> Iterator[list[Submission]]:
    """The submissions in ``paths``, where ``-`` stands for the one report on standard input, of any format.

    ``stdin_name`` is how that report is named. Raises UsageFault, and what find_submissions raises.
    """
    if STDIN not in paths:
        if stdin_name is not None:
            raise UsageFault("--stdin-name 只用于从标准输入读取（路径写 -）。", "--stdin-name is for the path - only.")
        yield find_submissions(paths)
        return
    if len(paths) > 1:
        raise UsageFault("从标准输入读取（-）时不能再给其他路径。", "With - no other path can be given.")
    with TemporaryDirectory(prefix="fazhi-audit-") as folder:
        # A name that no list of what offices leave beside reports could take for one of theirs.
        file = Path(folder) / "report"
        _copy_stdin(file)
        shown = file.as_posix()
        yield [
            replace(item, shown=item.shown.replace(shown, stdin_name or _NAME, 1)) for item in find_submissions([file])
        ]


def _copy_stdin(target: Path) -> None:
    """Copy standard input to ``target``, no further than shows that it is too large to be read."""
    left = DEFAULT_LIMITS.file_mb * MEGABYTE + 1
    with target.open("wb") as file:
        while left > 0 and (data := sys.stdin.buffer.read(min(_CHUNK, left))):
            file.write(data)
            left -= len(data)
