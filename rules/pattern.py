"""Patterns in rule files: RE2, so that no pattern can take more than linear time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import re2
from pydantic import BeforeValidator

if TYPE_CHECKING:
    Re2Pattern = re.Pattern[str]
else:
    Re2Pattern = Annotated[Any, BeforeValidator(lambda source: compile_pattern(source))]


def compile_pattern(source: str) -> Any:
    """Compile ``source``. Raises ``ValueError`` in Chinese."""
    return re2.compile(source)
