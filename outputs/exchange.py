"""What the formats for other programs have in common: paths as URIs, JSON as bytes, fingerprints of their own."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote


def relative_uri(path: str) -> str | None:
    """``path`` as a relative URI reference, quoted; ``None`` for an absolute path."""
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute():
        return None
    return _quoted(path.removeprefix("./"))


def file_uri(path: str) -> str:
    """An absolute ``path`` as a ``file:`` URI."""
    return f"file:///{_quoted(path.lstrip('/'), '/:')}"


def _quoted(path: str, safe: str = "/") -> str:
    try:
        content = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        content = path.encode("utf-8", "replace")
    return quote(content, safe=safe)


def json_bytes(value: Any) -> bytes:
    """``value`` as UTF-8 JSON, indented by one, ending in a line feed; lone surrogates of file names are escaped."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


class UniqueFingerprints:
    """Fingerprints of which no two in one file are equal: two copies of one report have the same findings."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def unique(self, fingerprint: str) -> str:
        """``fingerprint``, with a number from the second time on."""
        self._seen[fingerprint] += 1
        times = self._seen[fingerprint]
        return fingerprint if times == 1 else f"{fingerprint}-{times}"
