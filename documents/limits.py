"""What reading one file may cost: decided, wherever the file tells, before anything of it is read."""

from __future__ import annotations

from dataclasses import dataclass

from documents.errors import Unreadable

MEGABYTE = 1024 * 1024
LIBXML2_DEPTH = 256


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """The largest file that is read.

    ``file_mb``: size of the file; ``characters``: of text in it; ``pages``: of a PDF or OFD file; ``members``: files
    inside a zip (docx and OFD files are zips); ``unpacked_mb``: all of them together, unpacked; ``ratio``: unpacked to
    packed size, from 20 MB unpacked on; ``xml_depth``: elements inside elements.
    """

    file_mb: int = 100
    characters: int = 2_000_000
    pages: int = 2_000
    members: int = 10_000
    unpacked_mb: int = 200
    ratio: int = 100
    xml_depth: int = LIBXML2_DEPTH


DEFAULT_LIMITS = ReadingLimits()


def refuse_over_limit(what: str, actual: str, limit: str, setting: str) -> Unreadable:
    """The refusal of a file that goes beyond a limit: what of it, how much it has and how much is read."""
    reason = f"{what}为 {actual}，超过上限 {limit}"
    step = f"请核对文件是否正常，必要时请单位拆分或精简后重新报送；确需审核的，可放宽设置 {setting} 后重新审核。"
    return Unreadable("over_limit", reason, step)


def refuse_too_long(text: str, limits: ReadingLimits) -> None:
    """Raise :class:`Unreadable` where ``text`` is longer than is read."""
    if len(text) > limits.characters:
        raise refuse_over_limit("文字", f"{len(text):,} 字", f"{limits.characters:,} 字", "max_characters")
