"""Indexes of the register that several checks share, each made once."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from checks.wording.confusion import Confusion
from rules.facts.register import Register


@lru_cache(maxsize=2)
def neighbours(register: Register) -> dict[str, str]:
    """The characters seen right after each character, in the list of pairs and inside the words."""
    after = dict(register.pairs)
    for word in register.words:
        for one, other in pairwise(word):
            if other not in after.get(one, ""):
                after[one] = after.get(one, "") + other
    return after


@lru_cache(maxsize=2)
def confusion(register: Register) -> Confusion:
    """The characters of the register by what they sound and look like."""
    return Confusion(register)
