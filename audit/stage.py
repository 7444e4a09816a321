"""What each document of a chunk is undergoing, written where it outlives the process that dies over it."""

from __future__ import annotations

import mmap
from pathlib import Path

_SLOT = 96


class StageBoard:
    """A file with one slot for each document of a chunk; several processes may have it open at once."""

    def __init__(self, path: Path, documents: int) -> None:
        if not path.exists():
            path.write_bytes(bytes(_SLOT * max(1, documents)))
        with path.open("r+b") as file:
            self._slots = mmap.mmap(file.fileno(), 0)

    def write(self, document: int, stage: str) -> None:
        """Note that ``document`` (an index) has come to ``stage``, in Chinese; a long name is cut."""
        self._slots[document * _SLOT : (document + 1) * _SLOT] = stage.encode()[:_SLOT].ljust(_SLOT, b"\0")

    def read(self, document: int) -> str:
        """The stage that ``document`` came to last, ``""`` before the first."""
        return self._slots[document * _SLOT : (document + 1) * _SLOT].rstrip(b"\0").decode(errors="ignore")
