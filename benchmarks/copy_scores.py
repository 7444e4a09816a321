"""What a run found of the copies that the corpus planted, read from findings.json and truth.jsonl."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import msgspec

KINDS: Final = ("exact", "renamed", "edits-1", "edits-2", "edits-3", "pair", "family", "own-year")

Span = tuple[int, int]


class Passage(msgspec.Struct, frozen=True):
    """A planted copy: where it stands in the source and in the copying report."""

    source: Span
    copy: Span


class Planted(msgspec.Struct, frozen=True):
    """A line of the truth; ``source`` is ``None`` for an ordinary defect."""

    kind: str
    path: str
    source: str | None = None
    group: int | None = None
    passages: tuple[Passage, ...] = ()


class FoundPassage(msgspec.Struct, frozen=True):
    """A passage as findings.json has it."""

    start: int
    end: int
    other_start: int
    other_end: int


class FoundPair(msgspec.Struct, frozen=True):
    """A pair as findings.json has it; ``passages`` may be samples of its ``sentences``."""

    path: str
    other_path: str
    sentences: int = 0
    passages: tuple[FoundPassage, ...] = ()
    earlier: bool = False


class _Finding(msgspec.Struct, frozen=True):
    rule: str


class _Report(msgspec.Struct, frozen=True):
    findings: tuple[_Finding, ...] = ()


class _Run(msgspec.Struct, frozen=True):
    reports: tuple[_Report, ...] = ()
    copies: tuple[FoundPair, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What is read of a run: how many reports and findings it has, and its pairs."""

    reports: int
    findings: int
    pairs: tuple[FoundPair, ...]


@dataclass(slots=True)
class KindScore:
    """Planted pairs of reports and passages of one kind, and how many of each were found."""

    pairs: int = 0
    pairs_found: int = 0
    passages: int = 0
    passages_found: int = 0


@dataclass(slots=True)
class CopyScores:
    """Recall by kind (and for single sentences by how many one report took), and precision over the pairs of units."""

    kinds: dict[str, KindScore] = field(default_factory=dict)
    taken: dict[str, KindScore] = field(default_factory=dict)
    found: int = 0
    true: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def figures(self, examples: int = 10) -> dict[str, Any]:
        """As JSON, with at most ``examples`` of what was missed and of what was reported wrongly."""
        scores = {"kinds": self.kinds, "taken": self.taken}
        return {
            **{name: {key: _figures(score) for key, score in sorted(each.items())} for name, each in scores.items()},
            "pairs_found": self.found,
            "pairs_true": self.true,
            "precision": _share(self.true, self.found),
            "missed": self.missed[:examples],
            "false": self.false[:examples],
        }


def _figures(score: KindScore) -> dict[str, Any]:
    shares = {
        "pair_recall": _share(score.pairs_found, score.pairs),
        "passage_recall": _share(score.passages_found, score.passages),
    }
    return {**asdict(score), **shares}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def read_run(findings: Path) -> Found:
    """The pairs of ``findings``; some gigabytes are mapped, not read, and what is not needed is skipped."""
    with findings.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        run = msgspec.json.decode(content, type=_Run)
        return Found(len(run.reports), sum(len(report.findings) for report in run.reports), run.copies)


def read_truth(truth: Path) -> Iterator[Planted]:
    """The planted copies of ``truth``, without the ordinary defects."""
    decoder = msgspec.json.Decoder(Planted)
    with truth.open("rb") as stream:
        for line in stream:
            planted = decoder.decode(line)
            if planted.source is not None:
                yield planted


def score(planted: Iterable[Planted], pairs: Iterable[FoundPair], *, earlier: bool = False) -> CopyScores:
    """Compare; ``earlier``: the run compared with the reports of earlier years, else these are not asked for."""
    copies = [copy for copy in planted if earlier or copy.kind != "own-year"]
    found = {_key(pair.path, pair.other_path): pair for pair in pairs}
    scores = CopyScores()
    for copy in copies:
        pair = found.get(_key(copy.path, copy.source or ""))
        for tally in _tallies(scores, copy):
            _count(tally, copy, pair)
        if pair is None:
            scores.missed.append(f"{copy.kind} ×{len(copy.passages)} {copy.path} <- {copy.source}")
    right = _true_pairs(copies)
    # A unit's report and its report on the year before are shown together however little they share.
    judged = {key: pair for key, pair in found.items() if not pair.earlier}
    scores.found = len(judged)
    scores.true = sum(key in right for key in judged)
    scores.false = [f"{pair.path} ~ {pair.other_path}" for key, pair in judged.items() if key not in right]
    return scores


def _key(path: str, other: str) -> tuple[str, str]:
    return (path, other) if path <= other else (other, path)


def _tallies(scores: CopyScores, copy: Planted) -> Iterator[KindScore]:
    yield scores.kinds.setdefault(copy.kind, KindScore())
    if copy.kind in KINDS[:5]:
        yield scores.taken.setdefault(str(len(copy.passages)) if len(copy.passages) < 3 else "3+", KindScore())


def _count(tally: KindScore, copy: Planted, pair: FoundPair | None) -> None:
    tally.pairs += 1
    tally.passages += len(copy.passages)
    if pair is not None:
        tally.pairs_found += 1
        tally.passages_found += _passages_found(copy, pair)


def _passages_found(copy: Planted, pair: FoundPair) -> int:
    """The planted passages that the pair shows; those beyond its samples are counted by its number of sentences."""
    swapped = pair.path != copy.path
    shown = sum(any(_is_shown(each, sample, swapped) for sample in pair.passages) for each in copy.passages)
    return min(len(copy.passages), shown + max(0, pair.sentences - len(pair.passages)))


def _is_shown(passage: Passage, sample: FoundPassage, swapped: bool) -> bool:
    first, second = (passage.source, passage.copy) if swapped else (passage.copy, passage.source)
    return _overlap(first, (sample.start, sample.end)) and _overlap(second, (sample.other_start, sample.other_end))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _true_pairs(copies: list[Planted]) -> set[tuple[str, str]]:
    """Every pair that shares planted text; the members of a family share it with one another."""
    pairs = {_key(copy.path, copy.source or "") for copy in copies}
    families: dict[int, set[str]] = {}
    for copy in copies:
        if copy.group is not None:
            families.setdefault(copy.group, set()).update((copy.path, copy.source or ""))
    for members in families.values():
        pairs.update(_key(*pair) for pair in combinations(members, 2))
    return pairs
