"""The declaration of a kind of check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from checks.context import Context
from checks.match import Match
from rules.facts import Facts
from rules.model import Parameters

P = TypeVar("P", bound=Parameters)


class Scope(StrEnum):
    """What a kind of check looks at: one report; or what comparing it with the others of a batch, or with the same
    unit's report on an earlier year, found (``Context.compared``)."""

    REPORT = "report"
    BATCH = "batch"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Kind(Generic[P]):
    """A kind of check: its name in rule files, the model of its parameters, and the generator that applies it.

    ``cases`` are the variants of a match that a rule may give a level of its own. ``needles``, where a kind has them,
    are words of which one stands in every normalised view with a match: other reports need not be looked at.
    """

    name: str
    summary: str
    parameters: type[P]
    run: Callable[[Context, P], Iterator[Match]]
    cases: tuple[str, ...] = ()
    scope: Scope = Scope.REPORT
    needles: Callable[[P, Facts], frozenset[str]] | None = None
