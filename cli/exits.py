"""The exit statuses of the command."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit statuses of the command, a contract for scripts."""

    CLEAN = 0
    FINDINGS = 1
    WRONG_USE = 2
    BROKEN_RULES = 3
    UNREADABLE = 4
    ENVIRONMENT = 5
    CRASHED = 70
    INTERRUPTED = 130
    READER_GONE = 141
