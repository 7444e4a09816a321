"""Where the tests find the project's own files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def seed(part_of_its_name: str) -> Path:
    """The one sample report whose name holds these words."""
    (path,) = (path for path in SEEDS if part_of_its_name in path.name)
    return path


def table(name: str, loader: Any = yaml.CSafeLoader) -> Any:
    """A table of cases; with ``yaml.CBaseLoader`` every scalar of it is a string."""
    return yaml.load((CASES / f"{name}.yaml").read_text(encoding="utf-8"), loader)
