"""Writes the generated parts of docs/rules.md anew: ``python -m tests.rules.write_reference``."""

from __future__ import annotations

from pathlib import Path

from checks.kinds import KINDS
from rules.reference import with_reference

PAGE = Path(__file__).parent.parent.parent / "docs" / "rules.md"

if __name__ == "__main__":
    PAGE.write_text(with_reference(PAGE.read_text(encoding="utf-8"), KINDS.values()), encoding="utf-8")
