"""Where the tests find the project's own files."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
