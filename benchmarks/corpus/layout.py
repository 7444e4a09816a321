"""A draft becomes the text of a file; every sentence's place in it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.corpus.drafts import Draft, Sentence

_ASCII: Final = str.maketrans("，：；（）", ",:;()")
_INDENT: Final = "\u3000\u3000"

# How often each layout occurs where layouts are mixed, after what is seen among published reports.
LAYOUTS: Final = {"plain": 0.6, "indented": 0.17, "ascii": 0.13, "one-line": 0.06, "ascii-one-line": 0.04}


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a report, and the ``[start, end)`` of its sentences by their identity."""

    text: str
    places: dict[int, tuple[int, int]]

    def span(self, sentence: Sentence) -> tuple[int, int]:
        """Where ``sentence`` stands, in code points."""
        return self.places[id(sentence)]


def chosen_layout(seed: int, index: int) -> str:
    """The layout of report ``index`` where layouts are mixed."""
    return Random(f"{seed}/layout/{index}").choices(list(LAYOUTS), list(LAYOUTS.values()))[0]


def render(draft: Draft, layout: str = "plain") -> Page:
    """The text of ``draft``; no layout changes the length of a sentence."""
    between, indent = (" ", "") if layout.endswith("one-line") else ("\n", _INDENT if layout == "indented" else "")
    pieces: list[str] = []
    places: dict[int, tuple[int, int]] = {}
    at = 0
    for line in draft.lines:
        pieces.append(indent)
        at += len(indent)
        for sentence in line.sentences:
            places[id(sentence)] = (at, at + len(sentence.text))
            pieces.append(sentence.text)
            at += len(sentence.text)
        pieces.append(between)
        at += 1
    text = "".join(pieces)
    return Page(text.translate(_ASCII) if layout.startswith("ascii") else text, places)
