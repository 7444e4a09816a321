"""Saving a file so that its target is always the whole earlier file or the whole new one."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

_PREFIX = ".fazhi-audit-"
_LEFTOVER_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a file was saved. ``note`` says in Chinese why that is not the place asked for, else ``None``."""

    path: Path
    note: str | None = None


def save_atomically(target: Path, write: Callable[[BinaryIO], object]) -> Saved:
    """Let ``write`` fill a temporary file beside ``target`` and put it in the target's place when it is on the disk.

    A target that another program holds open (Excel on Windows) stays as it is; the new file then lies beside it under a
    name with the time. Whatever ``write`` raises, and OSError for a folder that cannot be written, reaches the caller
    with the target unchanged and no temporary file left.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(target.parent)
    temporary = target.parent / f"{_PREFIX}{uuid4().hex}.tmp"
    try:
        with _target_named(target):
            with temporary.open("xb") as stream:
                write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            saved = _put_in_place(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return saved


@contextlib.contextmanager
def _target_named(target: Path) -> Iterator[None]:
    """A fault in writing names no file by itself, and the temporary one means nothing to anybody."""
    try:
        yield
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(target)) from fault


def _put_in_place(temporary: Path, target: Path) -> Saved:
    try:
        temporary.replace(target)
    except PermissionError:
        beside = _free_name(target)
        temporary.replace(beside)
        return Saved(beside, f"{target.name} 正被其他程序打开，结果已另存为 {beside.name}；关闭原文件后可改回原名")
    return Saved(target)


def _free_name(target: Path) -> Path:
    moment = datetime.now().astimezone().strftime("%Y%m%d_%H%M%S")
    candidate = target.with_name(f"{target.stem}_{moment}{target.suffix}")
    count = 2
    while candidate.exists():
        candidate = target.with_name(f"{target.stem}_{moment}_{count}{target.suffix}")
        count += 1
    return candidate


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed run left; a file younger than an hour may belong to a run that is still saving."""
    for path in folder.glob(f"{_PREFIX}*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _LEFTOVER_SECONDS:
                path.unlink()


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder, and some network shares refuse to flush one; the file itself is safe by then.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
