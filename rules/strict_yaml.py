"""YAML as rule files use it: every scalar is a string, and every mistake is named by file, line and column."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter

M = TypeVar("M", bound=BaseModel)


def load_list(path: Path, model: type[M]) -> tuple[M, ...]:
    """Read a YAML list of ``model`` from ``path``."""
    with path.open(encoding="utf-8") as stream:
        tree = yaml.load(stream, Loader=yaml.CBaseLoader)
    return TypeAdapter(tuple[model, ...]).validate_python(tree or [])
