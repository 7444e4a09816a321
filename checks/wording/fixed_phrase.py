"""Set phrases of policy that one character puts out of shape.

A phrase is known by either half of it. Only slips are reported: inside the phrase one character is replaced by one
that sounds or looks alike, is left out (no conjunction), or stands twice; an extended or a shortened phrase is left
alone, and what the table of slips knows is left to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.wording.lexicon import confusion
from checks.wording.passages import is_own_wording
from checks.wording.slips import TEXTS_KEPT, slip_table, slips_in
from documents.lazy_pattern import lazy_pattern
from documents.report import Span
from rules.facts import Facts
from rules.facts.register import Register
from rules.facts.wording import FixedPhrase
from rules.model import Parameters

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_NOT_COMPARED = lazy_pattern(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_WORDS = lazy_pattern(r"[\u4e00-\u9fffA-Za-z0-9]+")
_MAY_BE_LEFT_OUT = frozenset("和与及的党")
_SURE_OF_THE_BEGINNING = 2


class FixedPhraseParameters(Parameters):
    """``own`` adds phrases of the inspector's own."""

    own: tuple[FixedPhrase, ...] = Field(default=(), description="本地增加的固定表述，写法同固定表述表")


class _Phrase(NamedTuple):
    """A phrase without punctuation, and everything that is right in its place."""

    key: str
    right: frozenset[str]
    shown: str

    @property
    def halves(self) -> tuple[str, str]:
        """By either of these the phrase is known."""
        half = len(self.key) // 2
        return self.key[:half], self.key[half:]


@dataclass(frozen=True, eq=False, slots=True)
class PhraseTable:
    """Phrases, and a search for the two halves of each, which are numbered in the order of the phrases."""

    phrases: tuple[_Phrase, ...]
    halves: AhoCorasick

    @classmethod
    def of(cls, items: Iterable[FixedPhrase]) -> PhraseTable:
        """The table of ``items``."""
        from ahocorasick_rs import AhoCorasick, Implementation  # noqa: PLC0415

        phrases = tuple(
            _Phrase(_key(item.phrase), frozenset(map(_key, (item.phrase, *item.variants))), item.phrase)
            for item in items
        )
        halves = [half for phrase in phrases for half in phrase.halves]
        return cls(phrases, AhoCorasick(halves, implementation=Implementation.DFA))

    def lonely_halves(self, words: str) -> Iterator[tuple[_Phrase, bool, int]]:
        """The halves in ``words`` that stand without the other one, in the order of the phrases and of the places:
        the phrase, whether it is the first half, and where it begins."""
        hits = self.halves.find_matches_as_indexes(words, overlapping=True)
        found = {(number, start) for number, start, _ in hits}
        for number, start in sorted(found):
            phrase, is_tail = self.phrases[number // 2], number % 2
            half = len(phrase.key) // 2
            other = (number - 1, start - half) if is_tail else (number + 1, start + half)
            if other not in found:
                yield phrase, not is_tail, start


def run(context: Context, parameters: FixedPhraseParameters) -> Iterator[Match]:
    """One match for each place where a phrase is misspelt."""
    report = context.report
    table = phrase_table(context.facts, parameters.own)
    for start, end, right in misspelt(report.view.text, table, context.facts.register):
        span = Span(*report.view.to_text(start, end))
        known = any(slips_in(report.normalised(span), slip_table(context.facts)))
        if not known and is_own_wording(report, span):
            written = report.quote(span).replace("\n", "")
            values = {"written": written, "suggestion": right}
            yield Match(span, f"“{written}”应为“{right}”", values=values)


@lru_cache(TEXTS_KEPT)
def misspelt(text: str, table: PhraseTable, register: Register) -> tuple[tuple[int, int, str], ...]:
    """The places in ``text``, a normalised view, where a phrase of ``table`` is misspelt, each with the right form."""
    words = "".join(_WORDS.findall(text))
    found = [
        (phrase, *place)
        for phrase, is_head, start in table.lonely_halves(words)
        for place in _near(words, phrase, is_head, start, register)
    ]
    places = _places(text) if found else []
    taken: set[int] = set()
    misspellings: list[tuple[int, int, str]] = []
    for phrase, start, end in found:
        if start not in taken:
            taken.update(range(start, end))
            misspellings.append((places[start], places[end - 1] + 1, phrase.shown))
    return tuple(misspellings)


def _places(text: str) -> list[int]:
    """Where in ``text`` each of its characters stands that are compared."""
    return [place for match in _WORDS.finditer(text) for place in range(*match.span())]


def phrase_table(facts: Facts, own: tuple[FixedPhrase, ...] = ()) -> PhraseTable:
    """The phrases of an inspector, ``own``, and the built-in ones, made ready once."""
    return _phrase_table(facts, own)


@lru_cache(maxsize=4)
def _phrase_table(facts: Facts, own: tuple[FixedPhrase, ...]) -> PhraseTable:
    return PhraseTable.of((*own, *facts.fixed_phrases))


def _key(phrase: str) -> str:
    return _NOT_COMPARED.sub("", phrase)


def _near(words: str, phrase: _Phrase, is_head: bool, start: int, register: Register) -> Iterator[tuple[int, int]]:
    """The ranges of ``words`` that differ from the phrase in one character and have the half that begins at
    ``start``."""
    if is_head:
        yield from _with_length(words, start, phrase, register)
        return
    head, tail = phrase.halves
    for length in (len(head), len(head) - 1, len(head) + 1):
        yield from _with_length(words, start - length, phrase, register, len(tail) + length)


def _with_length(
    words: str, start: int, phrase: _Phrase, register: Register, length: int | None = None
) -> Iterator[tuple[int, int]]:
    size = len(phrase.key)
    for end in (start + length,) if length else (start + size, start + size - 1, start + size + 1):
        written = words[start:end]
        if start < 0 or len(written) < end - start or not _is_slip(written, phrase.key, register):
            continue
        if not any(words.startswith(right, start) for right in phrase.right):
            yield start, end
            return


def _is_slip(written: str, right: str, register: Register) -> bool:
    """Whether one inner character of ``right`` is replaced, left out or doubled in ``written``."""
    if written[0] != right[0] or (written[-1] != right[-1] and written[:-1] != right[:-1]):
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(written, right, strict=False)) if a != b), min(len(written), len(right))
    )
    if len(written) == len(right):
        return written[at + 1 :] == right[at + 1 :] and confusion(register).likeness(written[at], right[at]) is not None
    # 进行执法全过程记录 and 学习习近平 only seem to begin such a phrase.
    if at < _SURE_OF_THE_BEGINNING or written[-1] != right[-1]:
        return False
    if len(written) < len(right):
        return written[at:] == right[at + 1 :] and right[at] not in _MAY_BE_LEFT_OUT
    return written[at + 1 :] == right[at:] and written[at] in (written[at - 1], written[at + 1])


KIND = Kind(
    name="fixed-phrase",
    summary="固定表述写错了字（一个音同、形近的字，或漏字、重字）",
    parameters=FixedPhraseParameters,
    run=run,
)
