"""Lets a process end with the one that started it, however that ends, on every operating system."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable


def end_with_parent(before: Callable[[], object] | None = None) -> None:
    """End this process as soon as the parent's end of standard input is closed; call ``before`` first."""

    def watch() -> None:
        # Not through sys.stdin: its lock, held here for ever, would abort the interpreter's own shutdown.
        while os.read(sys.stdin.fileno(), 1024):
            pass
        if before is not None:
            before()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
