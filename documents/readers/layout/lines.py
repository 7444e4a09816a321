"""Runs of characters on a page, and the lines that they make up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# What of a text stands in one line: the baselines of neighbours may differ by this share of the type size.
SAME_LINE = 0.45
# Wider than any blank between words and any stretched line: two cells, or two things side by side.
_APART = 1.6
_OVERLAP = 0.6
_WORD_GAP = 0.18
_FIRST_WIDE = 0x2E80


@dataclass(frozen=True, slots=True)
class Run:
    """Characters set one after the other: ``left``, ``right`` and ``baseline`` (which grows downwards) and the type
    size ``em``, all in one unit of length. ``blank_after`` is true where a blank was set behind the words."""

    words: str
    left: float
    right: float
    baseline: float
    em: float
    blank_after: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """``runs`` in the order in which the file draws them; ``aside`` what stands askew, such as a watermark."""

    width: float
    runs: Sequence[Run]
    aside: Sequence[Run] = ()


def is_wide(character: str) -> bool:
    """Whether a character fills a whole square: Han, and full-width punctuation."""
    return ord(character) >= _FIRST_WIDE or character in "“”‘’—…·"


def lines_of(runs: Sequence[Run]) -> list[Run]:
    """``runs`` joined where one goes on where the other ended; what stands apart remains a line of its own."""
    lines: list[Run] = []
    group: list[Run] = []
    for run in runs:
        if group and not _adjoins(group[-1], run):
            lines.append(_joined(group))
            group = []
        group.append(run)
    if group:
        lines.append(_joined(group))
    return [line for line in lines if line.words]


def _adjoins(run: Run, following: Run) -> bool:
    em = max(run.em, following.em)
    if abs(run.baseline - following.baseline) > SAME_LINE * em:
        return False
    return -_OVERLAP * em <= following.left - run.right <= _APART * em


def _joined(group: Sequence[Run]) -> Run:
    if len(group) == 1:
        return _trimmed(group[0])
    pieces = [group[0].words]
    for run, following in pairwise(group):
        if run.blank_after or _blank_between(run, following):
            pieces.append(" ")
        pieces.append(following.words)
    em = max(group, key=lambda run: len(run.words)).em
    right = max(run.right for run in group)
    return _trimmed(Run("".join(pieces), group[0].left, right, group[0].baseline, em, group[-1].blank_after))


def _blank_between(run: Run, following: Run) -> bool:
    gap = following.left - run.right
    if not run.words or not following.words or gap <= _WORD_GAP * run.em:
        return False
    last, first = run.words[-1], following.words[0]
    if last.isspace() or first.isspace():
        return False
    least = run.em if is_wide(last) or is_wide(first) else 0
    return gap > least


def _trimmed(run: Run) -> Run:
    """Without surrounding blanks, whose width at the left edge is that of an indent."""
    words = run.words.strip()
    if len(words) == len(run.words):
        return run
    before = run.words[: len(run.words) - len(run.words.lstrip())]
    left = run.left + sum(run.em if is_wide(blank) else run.em / 4 for blank in before)
    blank_after = run.blank_after or run.words[-1].isspace()
    return Run(words, min(left, run.right), run.right, run.baseline, run.em, blank_after)
