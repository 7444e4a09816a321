"""The models of slips of the pen and of set phrases that are quoted word for word."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from rules.model import SomeTexts, Strict, Text, Texts


class Certainty(StrEnum):
    """How sure a table is of an entry: wrong wherever it stands, wrong as a rule, or a matter of usage."""

    SURE = "sure"
    LIKELY = "likely"
    STYLE = "style"


class Slip(Strict):
    """A wrong form and the right one.

    ``wrong`` and ``unless`` are linear-time (RE2) patterns over the normalised view; a hit that an ``unless`` overlaps
    is right. ``says`` are phrases with the slip, ``but`` phrases that look like it and are right; where ``but`` is
    empty, ``says`` with ``right`` in its place is. Where there is no single right form, ``note`` tells people what is
    wrong. ``since`` is the first reported year that the entry holds for.
    """

    wrong: Text
    right: Text | None = None
    note: Text | None = None
    says: SomeTexts
    but: Texts = ()
    unless: Text | None = None
    certainty: Certainty = Certainty.SURE
    since: int | None = None

    @model_validator(mode="after")
    def _says_what_is_right(self) -> Slip:
        if (self.right is None) == (self.note is None):
            raise ValueError(f"“{self.wrong}”要写 right（正确写法）或 note（错在哪里），两者写一个")
        if self.note is not None and not self.but:
            raise ValueError(f"“{self.wrong}”只有 note，还要写 but（没有错的句子）")
        return self


class FixedPhrase(Strict):
    """A set phrase that is quoted word for word, at least six characters.

    ``variants`` are other forms that are right, too; ``says`` are phrases in which it is written wrongly.
    """

    phrase: Annotated[str, Field(min_length=6)]
    variants: Texts = ()
    says: Texts = ()
