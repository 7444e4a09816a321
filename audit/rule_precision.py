"""How right the rules are, as inspectors see it: what they said of each rule's findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from audit.decisions import Opinion, Word

FEW = 10
"""Below so many decided findings a share says little."""


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """What inspectors said of the findings of one rule. ``open`` are disputed ones, put off, or without an opinion."""

    rule: str
    confirmed: int = 0
    false: int = 0
    exempt: int = 0
    open: int = 0

    @property
    def decided(self) -> int:
        """The findings of which it is settled whether they are right."""
        return self.confirmed + self.false + self.exempt

    @property
    def share(self) -> float | None:
        """The share of right findings among those decided, exempt ones being right; ``None`` where none is decided."""
        return (self.confirmed + self.exempt) / self.decided if self.decided else None


def precision_of(said: Iterable[tuple[str, Word]]) -> tuple[RulePrecision, ...]:
    """The counts of each rule, the least right first; ``said`` are rules with the word on one finding each."""
    found: dict[str, RulePrecision] = {}
    for rule, word in said:
        counts = found.setdefault(rule, RulePrecision(rule))
        match word.opinion:
            case Opinion.CONFIRMED:
                found[rule] = replace(counts, confirmed=counts.confirmed + 1)
            case Opinion.FALSE_ALARM:
                found[rule] = replace(counts, false=counts.false + 1)
            case Opinion.EXEMPT:
                found[rule] = replace(counts, exempt=counts.exempt + 1)
            case _:
                found[rule] = replace(counts, open=counts.open + 1)
    return tuple(
        sorted(found.values(), key=lambda one: (2.0 if one.share is None else one.share, -one.decided, one.rule))
    )
