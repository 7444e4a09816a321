"""The text objects of an OFD page as runs: GB/T 33190-2016, chapter 11.

A text object has a box on the page (``Boundary``, in millimetres), perhaps a matrix (``CTM``), and text codes: each a
string, the place of its first character, and the steps from each character to the next (``DeltaX``, ``DeltaY``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from documents.readers.layout import Page, Run
from documents.readers.layout.lines import is_wide
from documents.readers.legible import count_han, without_blanks
from documents.readers.ofd.container import children, descendants

if TYPE_CHECKING:
    from lxml.etree import _Element

_APART = 1.6
_UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MOST_STEPS = 100_000
_SMALLEST = 1e-3


@dataclass(frozen=True, slots=True)
class PageText:
    """The runs of a page; ``characters`` that its text codes hold, blanks left out, ``glyphs`` of the text objects that
    have glyphs but no characters, and Han characters ``elsewhere``, where the standard has none."""

    layout: Page
    characters: int
    glyphs: int
    elsewhere: int = 0


def read_text(page: _Element, width: float, templates: Sequence[_Element]) -> PageText:
    """The text of a page; what its ``templates`` draw stands beside it."""
    turned: list[tuple[int, Run]] = []
    characters = glyphs = 0
    elsewhere = count_han("".join(map(str, page.itertext())))
    for item in descendants(page, "TextObject"):
        words = "".join(code.text or "" for code in children(item, "TextCode"))
        characters += without_blanks(words)
        elsewhere -= count_han(words)
        if not words:
            glyphs += sum(len((names.text or "").split()) for names in descendants(item, "Glyphs"))
        turned += _runs(item)
    angles = Counter(angle for angle, run in turned for _ in run.words)
    usual = angles.most_common(1)[0][0] if angles else 0
    aside = [run for angle, run in turned if angle != usual]
    for template in templates:
        drawn = [run for item in descendants(template, "TextObject") for _, run in _runs(item)]
        characters += sum(without_blanks(run.words) for run in drawn)
        aside += drawn
    return PageText(Page(width, [run for angle, run in turned if angle == usual], aside), characters, glyphs, elsewhere)


def plain_words(element: _Element) -> str:
    """All characters of the text objects below ``element``."""
    return "".join(code.text or "" for code in descendants(element, "TextCode"))


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a matrix (``CTM``) does: its numbers, and the direction in which it makes text run."""

    matrix: tuple[float, ...]
    angle: int
    cosine: float
    sine: float


@lru_cache(maxsize=256)
def _turn(written: str | None) -> _Turn:
    matrix = tuple(numbers(written))
    if len(matrix) != len(_UNMOVED):
        matrix = _UNMOVED
    angle = round(math.degrees(math.atan2(matrix[1], matrix[0]))) % 360
    return _Turn(matrix, angle, math.cos(math.radians(angle)), math.sin(math.radians(angle)))


def _runs(item: _Element) -> Iterator[tuple[int, Run]]:
    """The runs of a text object, each with its angle in degrees."""
    left, top, *_ = (*numbers(item.get("Boundary")), 0.0, 0.0)
    turn = _turn(item.get("CTM"))
    a, b, c, d, e, f = turn.matrix
    size = _number(item.get("Size"), 1.0)
    em = max(size * math.hypot(c, d), _SMALLEST)
    along = math.hypot(a, b)
    x = y = 0.0
    for code in children(item, "TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        for words, across, down, length in _pieces(code, size):
            place_x = left + a * (x + across) + c * (y + down) + e
            place_y = top + b * (x + across) + d * (y + down) + f
            start = place_x * turn.cosine + place_y * turn.sine
            baseline = place_y * turn.cosine - place_x * turn.sine
            yield turn.angle, Run(words, start, start + along * length, baseline, em)


def _pieces(code: _Element, size: float) -> Iterator[tuple[str, float, float, float]]:
    """The parts of a text code without a wide gap or a new line inside: the words, how far across and down from its
    beginning they start, and their length."""
    words = (code.text or "").replace("\n", " ").replace("\r", " ")
    steps, falls = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
    if not words:
        return
    narrow, wide = size / 2, size
    if not falls and (not steps or (max(steps) <= narrow + _APART * size and min(steps) >= -size)):
        moved = [*steps[: len(words) - 1], *steps[-1:] * (len(words) - 1 - len(steps))]
        set_close = sum(moved) if steps else sum(wide if is_wide(sign) else narrow for sign in words[:-1])
        yield words, 0.0, 0.0, set_close + (wide if is_wide(words[-1]) else narrow)
        return
    yield from _parted(words, steps, falls, size)


def _parted(
    words: str, steps: Sequence[float], falls: Sequence[float], size: float
) -> Iterator[tuple[str, float, float, float]]:
    begin = 0
    across = start = down = 0.0
    for place, sign in enumerate(words):
        width = size if is_wide(sign) else size / 2
        step = steps[min(place, len(steps) - 1)] if steps else 0.0
        fall = falls[min(place, len(falls) - 1)] if falls else 0.0
        last = place == len(words) - 1
        if last or step - width > _APART * size or step < -size or (fall and steps):
            yield words[begin : place + 1], start, down, across + width - start
            begin, start = place + 1, across + step
            down += fall
        across += step


def _steps(written: str | None) -> list[float]:
    """``"g 3 5 2"`` is three steps of five and one of two."""
    steps: list[float] = []
    tokens = iter((written or "").split())
    for token in tokens:
        if token == "g":
            times, step = int(_number(next(tokens, None), 0)), _number(next(tokens, None), 0)
            steps += [step] * max(0, min(times, _MOST_STEPS))
        else:
            steps.append(_number(token, 0))
    return steps


def numbers(written: str | None) -> list[float]:
    """The numbers in an attribute; what is no number counts as zero."""
    return [_number(token, 0) for token in (written or "").split()]


def _number(written: str | None, missing: float) -> float:
    try:
        number = float(written) if written else missing
    except ValueError:
        return missing
    return number if math.isfinite(number) else missing
