"""Fields: what Word computed is text, the instruction it computed it from is not (ECMA-376 Part 1, 17.16)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from documents.lazy_pattern import lazy_pattern

_TABLES: Final = frozenset({"TOC", "TOA", "INDEX"})
_LONGEST_INSTRUCTION = 500
_FIRST_WORD = lazy_pattern(r"\s*([A-Za-z]+)")
# EQ \o\ac(○,1) is how Word draws a circle around a figure, EQ \f(1,2) a fraction.
_ARGUMENTS = lazy_pattern(r"\(((?:[^()]|\([^()]*\))*)\)\s*$")
_SWITCH = lazy_pattern(r"\\[a-z]+(?:\s*\d+(?=[ (]))?\s*")
_SEPARATORS = lazy_pattern("[,;，；]")


@dataclass(slots=True)
class OpenField:
    """A field between its begin and its end; ``result`` once the separator was met."""

    instruction: str = ""
    result: bool = False
    table: bool = False


@dataclass(slots=True)
class FieldStack:
    """The fields that are open at one place of a part, the innermost last; ``waiting`` have no result yet."""

    fields: list[OpenField] = field(default_factory=list)
    waiting: int = 0

    def begin(self) -> None:
        """A field begins."""
        self.fields.append(OpenField())
        self.waiting += 1

    def instruct(self, words: str) -> None:
        """A piece of the instruction of the innermost field."""
        if self.fields and not self.fields[-1].result and len(self.fields[-1].instruction) < _LONGEST_INSTRUCTION:
            self.fields[-1].instruction += words

    def separate(self) -> bool:
        """The result begins; whether it is that of a table of contents."""
        if not self.fields:
            return False
        innermost = self.fields[-1]
        self.waiting -= not innermost.result
        innermost.result, innermost.table = True, is_table(innermost.instruction)
        return innermost.table

    def end(self) -> OpenField | None:
        """The innermost field ends: this one; ``None`` where none was open."""
        if not self.fields:
            return None
        innermost = self.fields.pop()
        self.waiting -= not innermost.result
        return innermost

    @property
    def in_instruction(self) -> bool:
        """Whether text that stands here, in a field, is a part of the instruction of an outer field."""
        return self.waiting > (not self.fields[-1].result)


def is_table(instruction: str) -> bool:
    """Whether the result of a field is a table of contents or an index."""
    match = _FIRST_WORD.match(instruction)
    return match is not None and match[1].upper() in _TABLES


def drawn(instruction: str) -> str:
    """The characters that an ``EQ`` field without a result draws: the last of an overstrike, ``1/2`` of a fraction."""
    match = _FIRST_WORD.match(instruction)
    found = (
        _ARGUMENTS.search(instruction[:_LONGEST_INSTRUCTION])
        if match is not None and match[1].upper() == "EQ"
        else None
    )
    if found is None:
        return ""
    parts = [_SWITCH.sub("", part).strip(" ()") for part in _SEPARATORS.split(found[1])]
    return "/".join(parts) if "\\f" in instruction else parts[-1]
