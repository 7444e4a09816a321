"""Finding many fixed terms at once: an automaton, Python's alternation and RE2; the longest term at a place counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from benchmarks.corpus.writing import Corpus, compose
from benchmarks.peers.contest import Area, Contestant, Result, Sizes, best, counted

_SEED: Final = 8
_TEXTS: Final = 30
_COUNTS: Final = (500, 5000)
_INPUT: Final = "terms.msgpack"
_PER: Final = 4000


class _Terms(msgspec.Struct):
    """The texts, and each list of terms by its length."""

    texts: list[str]
    terms: dict[str, list[str]]


def prepare(folder: Path, sizes: Sizes) -> Result:
    """Take terms of 3 to 8 characters from reports that are not searched, so that some occur and most do not."""
    corpus = Corpus(max(sizes.reports, 600), _SEED, mixed=False)
    chance = Random(_SEED)
    texts = [compose(corpus, number).text for number in range(_TEXTS)]
    others = [compose(corpus, number).text for number in range(_TEXTS, _TEXTS + 300)]
    runs = sorted({run for text in others for run in re.findall("[\u4e00-\u9fff]{3,}", text)})
    pieces = {run[start : start + chance.randint(3, 8)] for run in runs for start in (0, 3)}
    ordered = sorted(piece for piece in pieces if len(piece) >= 3)
    terms = {str(count): chance.sample(ordered, count) for count in _COUNTS}
    (folder / _INPUT).write_bytes(msgspec.msgpack.encode(_Terms(texts, terms)))
    return {"texts": _TEXTS, "characters": sum(map(len, texts)), "terms": list(_COUNTS)}


def _scored(folder: Path, build: Callable[[list[str]], Callable[[str], int]]) -> Result:
    """``build`` makes, of terms, what counts them in a text."""
    given = msgspec.msgpack.decode((folder / _INPUT).read_bytes(), type=_Terms)
    result: Result = {"cpu_s": 0.0, "ms_per_4000": {}, "hits": {}}
    characters = sum(map(len, given.texts))
    for count, terms in given.terms.items():
        count_hits = build(terms)
        hits = sum(map(count_hits, given.texts))
        seconds = best(lambda count_hits=count_hits: sum(map(count_hits, given.texts)))  # type: ignore[misc]
        result["ms_per_4000"][count] = round(1000 * seconds * _PER / characters, 3)
        result["hits"][count] = hits
        result["cpu_s"] = round(result["cpu_s"] + seconds, 3)
    return result


def with_automaton(folder: Path) -> Result:
    """ahocorasick_rs, the longest of the leftmost terms: what this program uses for long lists."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    def build(terms: list[str]) -> Callable[[str], int]:
        automaton = AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest)
        return lambda text: len(automaton.find_matches_as_indexes(text))

    return _scored(folder, build)


def with_re(folder: Path) -> Result:
    """An alternation of Python's re, the longest terms first."""

    def build(terms: list[str]) -> Callable[[str], int]:
        pattern = re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))
        return lambda text: counted(pattern.finditer(text))

    return _scored(folder, build)


def with_re2(folder: Path) -> Result:
    """The same alternation in RE2."""
    import re2

    def build(terms: list[str]) -> Callable[[str], int]:
        options = re2.Options()
        options.max_mem = 1 << 28
        words = sorted(terms, key=len, reverse=True)
        pattern = re2.compile("|".join(map(re2.escape, words)).encode(), options)
        return lambda text: counted(pattern.finditer(text.encode()))

    return _scored(folder, build)


AREA: Final = Area(
    prepare,
    {
        "ahocorasick_rs": Contestant(with_automaton, "ahocorasick-rs"),
        "re": Contestant(with_re),
        "google-re2": Contestant(with_re2, "google-re2"),
    },
)
