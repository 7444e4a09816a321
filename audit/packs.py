"""Loads a rule pack together with the facts its rules rest on."""

from __future__ import annotations

from pathlib import Path

from checks.kinds import KINDS, parameter_models
from rules.facts import Facts
from rules.layers import BUILT_IN_FOLDER, MANIFEST
from rules.load import load_ruleset
from rules.model import Ruleset

DEFAULT_PACK = "fazhi"


def load_pack(pack: str | Path = DEFAULT_PACK) -> tuple[Ruleset, Facts]:
    """The rules of ``pack`` (a built-in name or a folder) and the facts. Raises rules.errors.RuleFileError."""
    cases = {name: kind.cases for name, kind in KINDS.items()}
    return load_ruleset(pack, parameter_models(), cases), Facts()


def absolute_pack(pack: str) -> str:
    """The pack as a process with another working folder has to name it; a built-in one keeps its name."""
    return pack if (BUILT_IN_FOLDER / pack / MANIFEST).is_file() else str(Path(pack).absolute())
