"""What a mutation starts from, and what it says it did."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from audit.record import ReportRecord
from documents.report import Report, Span
from rules.model import Ruleset

_SENTENCE = (15, 90)


@dataclass(frozen=True, slots=True)
class Base:
    """A report as it is, with what the program says about it before anything is spoilt."""

    name: str
    report: Report
    record: ReportRecord
    ruleset: Ruleset

    @property
    def text(self) -> str:
        """The whole text."""
        return self.report.text

    @property
    def year(self) -> int:
        """The reported year."""
        if self.record.year is None:
            raise ValueError(f"{self.name}: no reported year")
        return self.record.year

    def sentences(self) -> list[Span]:
        """The plain sentences of the body that end in ``。``, short enough to be handled as a whole."""
        return [
            sentence.span
            for sentence in self.report.sentences
            if not sentence.is_heading
            and _SENTENCE[0] <= sentence.span.end - sentence.span.start <= _SENTENCE[1]
            and self.text[sentence.span.end - 1] == "。"
            and "\n" not in self.report.quote(sentence.span)
            and not self.report.in_residue(sentence.span)
        ]

    def body(self) -> Span:
        """From the first numbered heading to the end of the last sentence."""
        headings, sentences = self.report.headings, self.report.sentences
        return Span(headings[0].span.start if headings else 0, sentences[-1].span.end)

    def matches(self, pattern: str) -> list[re.Match[str]]:
        """Each match of ``pattern`` in the body, outside web residue."""
        start, end = self.body()
        found = re.compile(pattern).finditer(self.text, start, end)
        return [match for match in found if not self.report.in_residue(Span(match.start(), match.end()))]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One spoilt report. ``span`` is where the damage shows (``None``: anywhere, something is absent).

    ``families`` may report it; findings of ``beside`` that appear with it are its consequences, not false alarms.
    """

    kind: str
    base: str
    text: str
    span: Span | None
    families: tuple[str, ...]
    beside: tuple[str, ...] = ()
    note: str = ""


Mutation = Callable[[Base, random.Random], Iterator[Mutant]]


def replaced(
    base: Base, kind: str, place: Span, new: str, families: tuple[str, ...], *, beside: tuple[str, ...] = ()
) -> Mutant:
    """The mutant in which ``new`` stands at ``place``."""
    text = base.text[: place.start] + new + base.text[place.end :]
    span = Span(place.start, place.start + max(len(new), 1))
    before = base.text[max(0, place.start - 10) : place.start]
    note = f"…{before}[{base.report.quote(place)} -> {new}]".replace("\n", " ")
    return Mutant(kind, base.name, text, span, families, beside, note)


def around(mutant: Mutant, before: int, after: int) -> Mutant:
    """The same mutant with a wider place, where the damage may be reported a little beside it."""
    if mutant.span is None:
        return mutant
    start, end = max(0, mutant.span.start - before), min(len(mutant.text), mutant.span.end + after)
    return replace(mutant, span=Span(start, end))


def some(places: list[Span], chance: random.Random, most: int) -> list[Span]:
    """At most ``most`` of ``places``, chosen by ``chance``, in the order of the text."""
    return sorted(chance.sample(places, min(most, len(places))))
