"""Writing to the console: never a traceback because of a terminal's encoding, colour only where a person looks."""

from __future__ import annotations

import io
import os
import re
import sys
from typing import TextIO

_COLOURS = {"red": "31", "yellow": "33", "cyan": "36", "bold": "1", "dim": "2"}


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def prepare_streams() -> None:
    """Let the standard streams replace what their encoding (GBK on many desks) cannot express, closed ones swallow."""
    sys.stdout = sys.stdout or io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.stderr = sys.stderr or io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def paint(text: str, colour: str, stream: TextIO | None = None) -> str:
    """``text`` in a colour when ``stream`` (standard output) is a terminal that wants colours, else unchanged."""
    stream = stream or sys.stdout
    if not stream.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def plain(text: str) -> str:
    """Words of a file or its name as a terminal may show them: on one line, without control sequences."""
    return _CONTROL.sub(" ", text)


def out(text: str) -> None:
    """One line on standard output."""
    sys.stdout.write(f"{text}\n")


def complain(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"{text}\n")
