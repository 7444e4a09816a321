"""The registry of every kind of check. A kind that is not listed here does not exist for rule files."""

from __future__ import annotations

from typing import Any

from checks.kind import Kind
from rules.model import Parameters

_ALL: tuple[Kind[Any], ...] = ()

KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in _ALL}


def parameter_models() -> dict[str, type[Parameters]]:
    """The parameter model of each kind, by name, as the rule loader wants them."""
    return {name: kind.parameters for name, kind in KINDS.items()}
