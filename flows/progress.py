"""Progress for people: how many reports are done, how fast, how long it will still take, what was found."""

from __future__ import annotations

import sys
import threading
import time
from typing import TextIO

from audit.record import JUDGED, SET_ASIDE
from audit.summary import ReportSummary

_TERMINAL_SECONDS = 0.2
_LOG_SECONDS = 30.0


class Progress:
    """One line that is rewritten on a terminal, or one line every 30 seconds elsewhere. Safe to call from threads."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self._shown = self._started
        self._total = 0
        self._done = 0
        self._findings = 0
        self._unread = 0

    def announce(self, what: str) -> None:
        """Say on a terminal what is being waited for."""
        if self._terminal:
            self._stream.write(f"\r\x1b[K{what}")
            self._stream.flush()

    def begin(self, total: int) -> None:
        """Start the clock for ``total`` files that are still to be judged."""
        with self._lock:
            self._total = total
            self._started = time.monotonic()

    def advance(self, report: ReportSummary) -> None:
        """Count one more file."""
        self.advance_by(1, report.findings, report.status not in JUDGED | SET_ASIDE)

    def advance_by(self, files: int, findings: int, unread: int) -> None:
        """Count some more files."""
        with self._lock:
            self._done += files
            self._findings += findings
            self._unread += unread
            now = time.monotonic()
            if now - self._shown >= (_TERMINAL_SECONDS if self._terminal else _LOG_SECONDS):
                self._shown = now
                self._show(now)

    def end(self) -> None:
        """Remove the progress line from a terminal."""
        if self._terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def line(self, now: float) -> str:
        """The progress as a sentence: ``第 132/500 份，每秒 12.4 份，约剩 1 分钟，问题 418 个，未能读取 2 份``."""
        elapsed = max(now - self._started, 0.001)
        rate = self._done / elapsed
        left = (self._total - self._done) / rate if rate else 0.0
        return (
            f"第 {self._done}/{self._total} 份，每秒 {rate:.1f} 份，约剩 {_duration(left)}，"
            f"问题 {self._findings} 个，未能读取 {self._unread} 份"
        )

    def _show(self, now: float) -> None:
        line = self.line(now)
        self._stream.write(f"\r\x1b[K{line}" if self._terminal else f"{line}\n")
        self._stream.flush()


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < 90 else f"{seconds / 60:.0f} 分钟"
