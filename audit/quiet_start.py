"""Imported by the server that forks child processes, and by nothing else: a child that cannot start says nothing.

A run may end while a child is still starting, which then finds the locks of its pool gone. The parent knows, and a
traceback on the user's screen would be about nothing.
"""

from __future__ import annotations

import sys
from types import TracebackType


def _silent(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Say nothing."""


sys.excepthook = _silent
