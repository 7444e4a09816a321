"""Sentences from the word lists and patterns of grammar.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

Pattern = tuple[str, tuple[str, ...]]
Rules = Mapping[str, tuple[Pattern, ...]]
Slot = str | Callable[[], str]

_SLOT: Final = re.compile(r"\{(\w+)\}")
_APART: Final = frozenset({"topics", "laws", "outlines", "studies"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A clause whose numbers agree with one another; ``bounds`` limits each number that is drawn."""

    kind: str
    text: Pattern
    bounds: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Topic:
    """One field of work: its headings, its own words together with the common ones, its clauses with numbers."""

    heads: tuple[str, ...]
    rules: Rules
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A name that may be written in reports on the years ``first`` to ``last``."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """All word lists and patterns."""

    common: Rules
    topics: tuple[Topic, ...]
    dated: Mapping[str, tuple[Dated, ...]]

    def names(self, kind: str, year: int) -> list[str]:
        """The names of ``kind`` (``laws``, ``outlines``, ``studies``) that suit a report on ``year``."""
        return [item.name for item in self.dated[kind] if item.first <= year <= item.last]


@cache
def load_grammar() -> Grammar:
    """The grammar of grammar.yaml, read once in a process."""
    source = yaml.safe_load((Path(__file__).parent / "grammar.yaml").read_text(encoding="utf-8"))
    common = {name: _patterns(texts) for name, texts in source.items() if name not in _APART}
    topics = tuple(_topic(topic, common) for topic in source["topics"].values())
    dated = {kind: tuple(_dated(*row) for row in source[kind]) for kind in ("laws", "outlines", "studies")}
    return Grammar(common, topics, dated)


def _topic(source: Mapping[str, Any], common: Rules) -> Topic:
    own = {name: _patterns(source[name]) for name in ("verb", "thing", "unit_of")}
    return Topic(tuple(source["heads"]), {**common, **own}, tuple(_figures(source["figures"])))


def _figures(rows: list[dict[str, Any]]) -> Iterator[Figure]:
    for row in rows:
        bounds = {name: (span[0], span[1]) for name, span in row.items() if name not in ("kind", "text")}
        yield Figure(row["kind"], _pattern(row["text"]), bounds)


def _dated(name: str, first: int | None, last: int | None) -> Dated:
    return Dated(name, first or 0, last or 9999)


def _patterns(texts: list[str]) -> tuple[Pattern, ...]:
    return tuple(map(_pattern, texts))


def _pattern(text: str) -> Pattern:
    return _SLOT.sub("%s", text.replace("%", "%%")), tuple(_SLOT.findall(text))


class Voice:
    """What one report's sentences are made with: its chance, its slots (name, year, places) and the words in use."""

    def __init__(self, chance: Random, rules: Rules, slots: dict[str, Slot]) -> None:
        self.chance = chance
        self.rules = rules
        self.slots = slots
        self._random = chance.random

    def say(self, name: str) -> str:
        """The slot ``name``, or one of the texts of the list of that name, its own slots filled."""
        slot = self.slots.get(name)
        if slot is not None:
            return slot if isinstance(slot, str) else slot()
        alternatives = self.rules[name]
        return self.fill(alternatives[int(self._random() * len(alternatives))])

    def fill(self, pattern: Pattern) -> str:
        """``pattern`` with every slot filled."""
        template, names = pattern
        values = [self.say(name) for name in names]
        # 甲、乙, never 甲、甲: one draw more makes a repetition rare enough.
        if len(set(values)) < len(values):
            values = [self.say(name) for name in names]
        return template % tuple(values)

    def figure(self, figure: Figure) -> str:
        """The clause of ``figure`` with fresh numbers."""
        numbers = _NUMBERS[figure.kind](self.chance, figure.bounds)
        template, names = figure.text
        return template % tuple([numbers.get(name) or self.say(name) for name in names])


def _plain(chance: Random, bounds: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    return {name: str(chance.randint(*span)) for name, span in bounds.items()}


def _parts(chance: Random, bounds: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    parts = {name: chance.randint(*span) for name, span in bounds.items()}
    return {"t": str(sum(parts.values())), **{name: str(value) for name, value in parts.items()}}


def _growth(chance: Random, bounds: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    old = chance.randint(*bounds["o"])
    new = old + chance.randint(1, max(2, old // 2))
    return {"n": str(new), "o": str(old), "r": f"{100 * (new - old) / old:.2f}"}


def _rate(chance: Random, bounds: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    whole = chance.randint(*bounds["w"])
    part = whole - chance.randint(1, max(2, whole // 12))
    return {"w": str(whole), "p": str(part), "r": f"{100 * part / whole:.2f}"}


_NUMBERS: Final[dict[str, Callable[[Random, Mapping[str, tuple[int, int]]], dict[str, str]]]] = {
    "plain": _plain,
    "parts": _parts,
    "growth": _growth,
    "rate": _rate,
}
