"""Near-duplicate sentences: the comparison of this program, rensa and datasketch, on the same planted copies.

All get the same sentences (without punctuation and numbers; those that many reports have and formulas are left out),
look for candidates by MinHash over pairs of characters and verify them with rapidfuzz at the same similarity, so what
differs is the search for candidates. Pairs beyond the planted ones stand in reports that share longer passages.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.copy_scores import read_truth
from benchmarks.corpus.writing import TRUTH, Corpus, write_corpus
from benchmarks.peers.contest import Area, Contestant, Result, Sizes, per, stopwatch
from checks.duplicates.passages import text_key
from documents.read import report_from_text
from documents.report import Span

_SEED: Final = 5
_SHORTEST: Final = 25
_COMMON: Final = 20
_FORMULA: Final = ("法治政府建设", "习近平", "中全会精神")
_SIMILARITY: Final = 80
_PERMUTATIONS, _BANDS, _ROWS = 60, 15, 4
_KINDS: Final = {"exact": "0", "edits-1": "1", "edits-2": "2", "edits-3": "3"}
_INPUT: Final = "sentences.msgpack"

Pair = tuple[int, int]


class _Sentences(msgspec.Struct):
    """The keys of all sentences, the report of each, and the planted pairs of sentences by number of edits."""

    keys: list[str]
    owners: list[int]
    planted: dict[str, list[Pair]]


def prepare(folder: Path, sizes: Sizes) -> Result:
    """Write a corpus in plain layout and the sentences of its reports."""
    corpus = folder / "corpus"
    write_corpus(corpus, Corpus(sizes.reports, _SEED, mixed=False))
    sentences = _Sentences([], [], {edits: [] for edits in _KINDS.values()})
    reports = {path.relative_to(corpus).as_posix(): _split(path) for path in sorted(corpus.glob("reports/*/*.txt"))}
    frequency = Counter(key for keyed in reports.values() for key in {key for _, key in keyed})
    numbers: dict[str, list[tuple[Span, int]]] = {}
    for owner, (shown, keyed) in enumerate(reports.items()):
        rare = [(span, key) for span, key in keyed if frequency[key] <= _COMMON and not _is_formula(key)]
        numbers[shown] = [(span, len(sentences.keys) + at) for at, (span, _) in enumerate(rare)]
        sentences.keys += [key for _, key in rare]
        sentences.owners += [owner] * len(rare)
    for copy in read_truth(corpus / TRUTH):
        if (edits := _KINDS.get(copy.kind)) is not None:
            for passage in copy.passages:
                one, other = _at(numbers[copy.source or ""], passage.source), _at(numbers[copy.path], passage.copy)
                if one is not None and other is not None:
                    sentences.planted[edits].append((min(one, other), max(one, other)))
    (folder / _INPUT).write_bytes(msgspec.msgpack.encode(sentences))
    planted = {edits: len(pairs) for edits, pairs in sentences.planted.items()}
    return {"reports": sizes.reports, "sentences": len(sentences.keys), "planted": planted}


def _split(path: Path) -> list[tuple[Span, str]]:
    """The place and the key of each sentence of a report that is long enough."""
    text = path.read_text(encoding="utf-8")
    spans = [sentence.span for sentence in report_from_text(text).sentences if not sentence.is_heading]
    keyed = [(span, text_key(text[span.start : span.end])) for span in spans]
    return [(span, key) for span, key in keyed if len(key) >= _SHORTEST]


def _is_formula(key: str) -> bool:
    return any(words in key for words in _FORMULA)


def _at(numbers: list[tuple[Span, int]], span: Pair) -> int | None:
    middle = sum(span) // 2
    return next((number for place, number in numbers if place.start <= middle < place.end), None)


def _load(folder: Path) -> _Sentences:
    return msgspec.msgpack.decode((folder / _INPUT).read_bytes(), type=_Sentences)


def _result(sentences: _Sentences, found: set[Pair], seconds: float, compared: int | None = None) -> Result:
    planted = {pair for pairs in sentences.planted.values() for pair in pairs}
    return {
        "cpu_s": round(seconds, 2),
        "sentences_per_s": per(len(sentences.keys), seconds),
        "recall": {
            edits: round(sum(pair in found for pair in pairs) / len(pairs), 4) if pairs else None
            for edits, pairs in sentences.planted.items()
        },
        "candidates": compared,
        "reported": len(found),
        "beyond_planted": len(found - planted),
    }


def ours(folder: Path) -> Result:
    """The comparison of ``fazhi-audit audit`` with the measures of its rule."""
    from audit.copies.evidence import OwnWords
    from audit.copies.pairs import PairFinder
    from audit.copies.passages import ReportPassages
    from audit.copies.store import Batch, encode
    from checks.duplicates.copied_from_other import CopiedFromOtherParameters
    from rules.facts import Facts

    sentences, own_words = _load(folder), OwnWords(Facts().policy_formulas, ())
    firsts = [at for at, owner in enumerate(sentences.owners) if not at or sentences.owners[at - 1] != owner]
    bounds = [*zip(firsts, [*firsts[1:], len(sentences.keys)], strict=True)]
    with stopwatch() as watch:
        batch = Batch([encode([ReportPassages(*_columns(sentences.keys[start:end])) for start, end in bounds])])
        pairs = list(PairFinder(batch, [None] * len(bounds), CopiedFromOtherParameters(), own_words).find())
        found = {
            (firsts[pair.first] + shared.first, firsts[pair.second] + shared.second)
            for pair in pairs
            for shared in pair.shared
        }
    return _result(sentences, found, watch.seconds)


def _columns(keys: list[str]) -> tuple[str, bytes, bytes, int, bytes]:
    """The sentences of a report as its passages: their words, places, no plan, characters and no outline."""
    places = array("I", (place for at in range(len(keys)) for place in (at, at + 1)))
    return "\n".join(keys), places.tobytes(), bytes(len(keys)), sum(map(len, keys)), b""


def with_rensa(folder: Path) -> Result:
    """rensa: RMinHash signatures and its own LSH index."""
    from rensa import RMinHash, RMinHashLSH

    sentences = _load(folder)
    with stopwatch() as watch:
        signatures = RMinHash.from_token_sets(map(_grams, sentences.keys), _PERMUTATIONS, 1)
        index = RMinHashLSH(0.5, _PERMUTATIONS, _BANDS)
        index.insert_many(signatures)
        candidates = _ascending(index.query(signature) for signature in signatures)
        found = _verified(sentences, candidates)
    return _result(sentences, found, watch.seconds, len(candidates))


def with_datasketch(folder: Path) -> Result:
    """datasketch: MinHash signatures and MinHashLSH, as many permutations and bands."""
    from datasketch import MinHash, MinHashLSH

    sentences = _load(folder)
    with stopwatch() as watch:
        tokens = ([gram.encode() for gram in _grams(key)] for key in sentences.keys)
        signatures = MinHash.bulk(tokens, num_perm=_PERMUTATIONS, seed=1)
        index = MinHashLSH(num_perm=_PERMUTATIONS, params=(_BANDS, _ROWS))
        for number, signature in enumerate(signatures):
            index.insert(number, signature, check_duplication=False)
        candidates = _ascending(index.query(signature) for signature in signatures)
        found = _verified(sentences, candidates)
    return _result(sentences, found, watch.seconds, len(candidates))


def _grams(key: str) -> list[str]:
    return [one + other for one, other in pairwise(key)]


def _ascending(answers: Iterable[Iterable[int]]) -> list[Pair]:
    return [(number, other) for number, others in enumerate(answers) for other in others if other > number]


def _verified(sentences: _Sentences, candidates: list[Pair]) -> set[Pair]:
    from rapidfuzz import fuzz

    keys, owners = sentences.keys, sentences.owners
    return {
        (one, other)
        for one, other in candidates
        if owners[one] != owners[other] and fuzz.ratio(keys[one], keys[other], score_cutoff=_SIMILARITY)
    }


AREA: Final = Area(
    prepare,
    {
        "fazhi-audit": Contestant(ours),
        "rensa": Contestant(with_rensa, "rensa"),
        "datasketch": Contestant(with_datasketch, "datasketch"),
    },
)
