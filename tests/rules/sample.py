"""A small rule file and the kind of check it uses, for the tests of the loader."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field

from rules.load import load_ruleset
from rules.model import Parameters, Ruleset
from rules.pattern import Re2Pattern
from tests.places import CASES

EXAMPLE = (CASES / "example_rule.yaml").read_text(encoding="utf-8")
MANIFEST = "name: house\ntitle: 示例规则包\n"


class Words(Parameters):
    words: tuple[str, ...] = Field(min_length=1, description="要找的词")
    pattern: Re2Pattern | None = None
    since: date | None = None
    whole: bool = False
    either: str | tuple[str, ...] = ""


def load_file(folder: Path, content: str) -> Ruleset:
    """Load a pack with one rule file of this content."""
    (folder / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "house.yaml").write_text(content, encoding="utf-8")
    return load_ruleset(folder, {"words": Words}, {"words": ("folded",)})
