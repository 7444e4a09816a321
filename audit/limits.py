"""What an audit is asked to do with each document, and what one document may cost."""

from __future__ import annotations

import os
from dataclasses import dataclass

from documents.limits import DEFAULT_LIMITS, ReadingLimits


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. ``seconds`` of wall time, ``memory_mb`` of address space per child process."""

    seconds: float = 60.0
    memory_mb: int = 1024
    workers: int = os.cpu_count() or 1
    reading: ReadingLimits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class PackChoice:
    """What a child process needs to judge as its parent would: the pack by name or folder, and the audited year."""

    pack: str
    audited_year: int | None = None
