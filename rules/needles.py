"""Words one of which stands in every text that a pattern matches: where none does, the pattern need not be tried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from rules.pattern_syntax import CODE_POINT, MEMBER, TOKEN, character_of, translate

NOTHING = frozenset({""})
"""What is known of a pattern of which nothing is known: the empty word stands everywhere."""
# More words than these tell no more, and take longer to look for.
_MOST_WORDS = 640
# Any digit tells little, and is one of ten.
_LARGEST_SET = 9
_ZERO_WIDTH = frozenset({"^", "$", r"\A", r"\z", r"\b", r"\B"})


class _Part(NamedTuple):
    """A part of a pattern: ``whole`` is everything that it matches, ``None`` for what is too much to list; whatever it
    matches begins with one of ``starts``, and one of ``words`` stands in it."""

    whole: frozenset[str] | None
    starts: frozenset[str]
    words: frozenset[str]


_ANYTHING = _Part(None, NOTHING, NOTHING)


@lru_cache(maxsize=4096)
def needles(source: str) -> frozenset[str]:
    """The words for a pattern as rule files have it, which :class:`rules.pattern.Re2Pattern` takes."""
    tokens = list(TOKEN.finditer(translate(source)))
    if any(token["group"] and re.match(r"\(\?[msU]*i", token["group"]) for token in tokens):
        return NOTHING
    return _alternatives(tokens, 0)[0].words


def needles_of_any(sources: Iterable[str]) -> frozenset[str]:
    """Words one of which stands in every text that one of several patterns matches."""
    words = frozenset[str]().union(*map(needles, sources))
    return NOTHING if "" in words else words


def _alternatives(tokens: list[re.Match[str]], at: int) -> tuple[_Part, int]:
    """What stands from ``at`` on up to the end of the group or the pattern, and where that end is."""
    branches: list[_Part] = []
    sequence: list[_Part] = []
    while at < len(tokens) and tokens[at]["operator"] != ")":
        token = tokens[at]
        if token["operator"] == "|":
            branches.append(_joined(sequence))
            sequence = []
        elif token["group"] and not token["group"].endswith(")"):
            part, at = _alternatives(tokens, at + 1)
            sequence.append(_repeated(part, tokens[at]["quantifier"] or ""))
        elif not token["group"]:
            sequence.append(_repeated(_atom(token), token["quantifier"] or ""))
        at += 1
    return _either([*branches, _joined(sequence)]), at


def _atom(token: re.Match[str]) -> _Part:
    text = token["escape"] or token["set"] or token["literal"] or token["operator"]
    if text in _ZERO_WIDTH:
        return _listed(NOTHING)
    if token["set"]:
        return _of_set(text)
    if token["literal"] or (token["escape"] and _is_character(text)):
        return _listed(frozenset({text if token["literal"] else character_of(text)}))
    return _ANYTHING


def _of_set(text: str) -> _Part:
    """One of a few characters, each a word of its own."""
    if text.startswith("[^"):
        return _ANYTHING
    characters: set[str] = set()
    for member in MEMBER.finditer(text[1:-1]):
        low, high = member["low"], member["high"] or member["low"]
        if low is None or not (_is_character(low) and _is_character(high)):
            return _ANYTHING
        first, last = ord(character_of(low)), ord(character_of(high))
        if last - first >= _LARGEST_SET:
            return _ANYTHING
        characters.update(map(chr, range(first, last + 1)))
    return _listed(frozenset(characters)) if len(characters) <= _LARGEST_SET else _ANYTHING


def _is_character(text: str) -> bool:
    """Whether a member of a set or an escape stands for one character, and not for a class of them."""
    return text[0] != "\\" or not text[1:2].isalnum() or CODE_POINT.fullmatch(text) is not None


def _listed(words: frozenset[str]) -> _Part:
    return _Part(words, words, words)


def _repeated(part: _Part, quantifier: str) -> _Part:
    if not quantifier:
        return part
    if quantifier.startswith("?"):
        return _ANYTHING if part.whole is None else _listed(part.whole | NOTHING)
    return _ANYTHING if quantifier.startswith(("*", "{0")) else _Part(None, part.starts, part.words)


def _either(branches: list[_Part]) -> _Part:
    starts, words = (frozenset[str]().union(*sets) for sets in list(zip(*branches, strict=True))[1:])
    if len(starts) > _MOST_WORDS or len(words) > _MOST_WORDS:
        return _ANYTHING
    return _Part(None if any(part.whole is None for part in branches) else starts, starts, words)


def _joined(sequence: list[_Part]) -> _Part:
    """One part after another: of the words of stretches that can be listed, those that tell most."""
    first: frozenset[str] | None = None
    best, stretch = NOTHING, NOTHING
    for part in sequence:
        if part.whole is not None and len(stretch) * len(part.whole) <= _MOST_WORDS:
            stretch = _products(stretch, part.whole)
            continue
        begun = _products(stretch, part.starts) if len(stretch) * len(part.starts) <= _MOST_WORDS else stretch
        first = first or begun
        best = max(best, _least(begun), _least(part.words), key=_telling)
        stretch = part.whole or NOTHING
    return _Part(None if first else stretch, first or stretch, max(best, _least(stretch), key=_telling))


def _products(beginnings: frozenset[str], ends: frozenset[str]) -> frozenset[str]:
    return frozenset(map("".join, product(beginnings, ends)))


def _least(words: frozenset[str]) -> frozenset[str]:
    """Without those that have another one in them."""
    return frozenset(word for word in words if not any(other in word and other != word for other in words))


def _telling(words: frozenset[str]) -> tuple[int, int]:
    """Long words are rare."""
    return min(map(len, words)), -len(words)
