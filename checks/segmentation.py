"""Word boundaries, for the few places where they decide what a phrase means.

``直接访问`` contains 接访 and ``相应考核`` contains 应考, but neither speaks of it. Only a hit that shares a character
with such a word is brought here, so most reports never load the dictionary.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from checks.general_dictionary import GeneralDictionary, library_dictionary
from documents.lazy_pattern import lazy_pattern
from rules.facts import DATA_FOLDER

if TYPE_CHECKING:
    from jieba import Tokenizer

DICTIONARY = DATA_FOLDER / "dictionary.txt"
_BREAK = lazy_pattern(r"[^\u4e00-\u9fff]")
_REACH = 24


def is_word(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` begins and ends at a word boundary of the clause around it."""
    left, right = _run_around(text, start, end)
    return _starts_and_ends_a_word(text[left:right], start - left, end - left)


def _run_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The unbroken Han characters around a place, at most ``_REACH`` on each side."""
    left = max(start - _REACH, 0)
    before = [match.end() for match in _BREAK.finditer(text, left, start)]
    after = _BREAK.search(text, end, end + _REACH)
    return (before[-1] if before else left), (after.start() if after else min(end + _REACH, len(text)))


@lru_cache(maxsize=4096)
def _starts_and_ends_a_word(run: str, start: int, end: int) -> bool:
    boundaries = {0}
    place = 0
    for word in words_of(run):
        place += len(word)
        boundaries.add(place)
    return start in boundaries and end in boundaries


def words_of(text: str) -> Iterator[str]:
    """The words of a text, in order; what is in no dictionary comes as single characters."""
    dictionary().look_up(text)
    yield from _tokenizer().cut(text, HMM=False)


@lru_cache(maxsize=1)
def dictionary() -> GeneralDictionary:
    """The dictionary of the library with the words of this field (dictionary.txt)."""
    library = library_dictionary()
    for line in DICTIONARY.read_text(encoding="utf-8").splitlines():
        word, _, frequency = line.partition(" ")
        if word and not word.startswith("#"):
            library.add(word, int(frequency))
    return library


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    """The library's segmenter, with our dictionary."""
    # The library's own start-up loads the whole dictionary, or trusts a cache file in the shared temporary folder,
    # which any user may have written. Its patterns use escapes that Python 3.12 and later complain of.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        import jieba  # noqa: PLC0415

    library = jieba.Tokenizer()
    library.FREQ, library.total = dictionary().frequencies, dictionary().total
    library.initialized = True
    return library
