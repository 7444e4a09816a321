"""What the document under way is undergoing, written where it outlives the process that dies over it."""

from __future__ import annotations

import mmap
from functools import lru_cache
from pathlib import Path

_LENGTH = 96
# More than there are rules in a pack: each of them is a stage of every document.
_MOST_STAGES = 1024


class StageNote:
    """A small file that a child writes to and its parent reads."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(_LENGTH))
        with path.open("r+b") as file:
            self._content = mmap.mmap(file.fileno(), 0)

    def write(self, stage: str) -> None:
        """Note the stage, in Chinese, that the document has come to; a long name is cut."""
        self._content[:] = _note(stage)

    def read(self) -> str:
        """The stage noted last, ``""`` before the first."""
        return self._content[:].rstrip(b"\0").decode(errors="ignore")


@lru_cache(_MOST_STAGES)
def _note(stage: str) -> bytes:
    return stage.encode()[:_LENGTH].ljust(_LENGTH, b"\0")
