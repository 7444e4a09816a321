"""Loads a rule pack together with the facts its rules rest on."""

from __future__ import annotations

from pathlib import Path

from checks.examples import NOTATION, notation_fault
from checks.kind import Scope
from checks.kinds import KINDS, parameter_models
from rules.facts import Facts
from rules.layers import BUILT_IN_FOLDER, MANIFEST
from rules.load import ExampleNotation, load_ruleset
from rules.model import Ruleset

DEFAULT_PACK = "fazhi"


def load_pack(pack: str | Path = DEFAULT_PACK) -> tuple[Ruleset, Facts]:
    """The rules of ``pack`` (a built-in name or a folder) and the facts. Raises rules.errors.RuleFileError."""
    cases = {name: kind.cases for name, kind in KINDS.items()}
    comparing = frozenset(name for name, kind in KINDS.items() if kind.scope is not Scope.REPORT)
    notation = ExampleNotation(comparing, notation_fault, NOTATION)
    return load_ruleset(pack, parameter_models(), cases, notation), Facts()


def absolute_pack(pack: str) -> str:
    """The pack as a process with another working folder has to name it; a built-in one keeps its name."""
    return pack if (BUILT_IN_FOLDER / pack / MANIFEST).is_file() else str(Path(pack).absolute())
