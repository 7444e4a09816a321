"""The model of policy formulas: set phrases that any number of sentences may share."""

from __future__ import annotations

from pydantic import model_validator

from rules.model import Strict, Text
from rules.pattern import Re2Pattern


class FormulaGroup(Strict):
    """Set phrases of one kind. ``texts`` are compared without punctuation; ``patterns`` are linear-time (RE2)
    expressions over text without punctuation, for phrases that come in many forms."""

    name: Text
    texts: tuple[Text, ...] = ()
    patterns: tuple[Re2Pattern, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> FormulaGroup:
        if not (self.texts or self.patterns):
            raise ValueError(f"“{self.name}”没有列出任何表述")
        return self
