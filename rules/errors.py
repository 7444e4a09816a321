"""Mistakes in rule and fact files, each named by file, line and column, all of them reported at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

# The keys and list indexes that lead from the top of a file to a place in it.
Location = tuple[str | int, ...]

_SHOWN_AT_MOST = 100


class Place(NamedTuple):
    """A place in a file; line and column count from 1, and are ``None`` where the file as a whole is meant."""

    path: str
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. ``line`` and ``column`` count from 1; they are ``None`` where the file as a whole is meant."""

    path: str
    line: int | None
    column: int | None
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.message}" + (f"（{self.hint}）" if self.hint else "")


class RuleFileError(Exception):
    """Rule or fact files cannot be used; ``problems`` says why, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(dict.fromkeys(problems), key=_by_place))
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:_SHOWN_AT_MOST]]
        if len(self.problems) > _SHOWN_AT_MOST:
            lines.append(f"……另有 {len(self.problems) - _SHOWN_AT_MOST} 处问题未列出")
        return "\n".join(lines)


def _by_place(problem: Problem) -> tuple[str, int, int]:
    return problem.path, problem.line or 0, problem.column or 0
