"""What reading a file can fail with."""

from __future__ import annotations


class Unreadable(Exception):  # noqa: N818 - it is a result of reading, not a fault of the program
    """A file that is no report that can be read.

    ``status`` is a reading status (``"empty"``, ``"encrypted"``, ``"unsupported"``, ``"corrupt"`` or ``"unreadable"``);
    ``reason`` and ``next_step`` are Chinese sentences for the inspector: what is wrong, and what to do about it.
    ``sha256`` and ``size`` (bytes) are those of the file, where it could be opened.
    """

    def __init__(self, status: str, reason: str, next_step: str, sha256: str | None = None, size: int = 0) -> None:
        super().__init__(status, reason, next_step, sha256, size)
        self.status = status
        self.reason = reason
        self.next_step = next_step
        self.sha256 = sha256
        self.size = size
