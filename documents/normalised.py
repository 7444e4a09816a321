"""The normalised view: the text as rules want to read it, with a map back to the text as it was written.

The view is NFKC (so full-width digits, letters and punctuation become ASCII), without zero-width and formatting
characters, without blanks between Han characters and digits, and with one form for each kind of quotation mark and
dash. It is a reading aid only: every place found in it translates to an exact place in the original text.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from documents.folded import half_width, unusual_signs
from documents.lazy_pattern import lazy_pattern
from documents.radicals import HAN_OF_RADICALS

# Letters beyond the Latin, Greek and Cyrillic ones; the ranges of Han would take ten times as long to compile.
_HAN = r"[^\W\d_\x00-\u04ff]"
# A blank between Han characters, or between Han and a digit ("2023 年"), was put there by a typesetter or a PDF reader.
_BLANK = "(?:[^\\S\\n]|[\u00ad\u200b-\u200f\u2060\ufeff])+"
_JOINED_BLANK = f"(?<={_HAN}){_BLANK}(?={_HAN}|[0-9０-９])|(?<=[0-9０-９]){_BLANK}(?={_HAN})"
_MARKS = "\u0300-\u036f\u3099\u309a"
# Han characters and their punctuation, most of any text, are in their normal form.
_PLAIN = "\u4e00-\u9fff。、“”‘’《》〈〉【】〔〕—·"
# Where something may begin that is not its own normal form. Indents and all but the first of several blanks never do;
# a set of characters alone is looked for much faster than a choice of patterns.
_CANDIDATE = lazy_pattern(f"[^\n\x21-\x7e{_PLAIN}](?<!\n )(?<!  )")
# All that is not its own normal form in a text without unusual signs.
_USUAL_BLANK = lazy_pattern(f" (?<!  )(?:(?<={_HAN} ) *(?={_HAN}|[0-9])|(?<=[0-9] ) *(?={_HAN}))")
_COMBINING = lazy_pattern(f"[{_MARKS}]")
# Everything that is not its own normal form, with the combining marks that NFKC may compose with it.
_SPECIAL = lazy_pattern(f"(?P<blank>{_JOINED_BLANK})|[^\n\x20-\x7e{_PLAIN}][{_MARKS}]*|[\x20-\x7e][\u0300-\u036f]+")
# Variants that NFKC leaves alone, and the one form the rules are written in.
_ONE_FORM = str.maketrans(
    {"–": "—", "―": "—", "─": "—", "‒": "—", "−": "-", "﹣": "-", "‐": "-", "‑": "-", "＂": '"'}
    | {"「": "“", "」": "”", "『": "‘", "』": "’", "•": "·", "‧": "·", "・": "·", "○": "〇", "◯": "〇"}
    | {chr(radical): han for radical, han in HAN_OF_RADICALS.items()}
)
_NUMBER_SIGNS = (("①", "⑳"), ("⓪", "⓿"), ("❶", "➓"), ("㈠", "㈩"))
_DROPPED_CATEGORIES = frozenset({"Cf", "Cc", "Co", "Cs"})


class NormalisedView(NamedTuple):
    """Normalised text and the map back. ``starts[i]`` and ``ends[i]`` bound the source of view character ``i``.

    They are ranges where every character has the place it had.
    """

    text: str
    starts: range | array[int]
    ends: range | array[int]

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original text of view range ``[start, end)``; an empty range maps to an empty place."""
        if start < end:
            return self.starts[start], self.ends[end - 1]
        place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
        return place, place

    def from_text(self, start: int, end: int) -> tuple[int, int]:
        """The view range of everything whose source begins in text range ``[start, end)``."""
        if isinstance(self.starts, range):
            length = len(self.starts)
            return (start, end) if start <= length >= end else (min(start, length), min(end, length))
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def all_from_text(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The view ranges of many text ranges that lie in order and do not overlap."""
        starts, places, low = self.starts, list[tuple[int, int]](), 0
        if isinstance(starts, range):
            return list(spans)
        for start, end in spans:
            first = bisect_left(starts, start, low)
            low = bisect_left(starts, end, first)
            places.append((first, low))
        return places


class _Change(NamedTuple):
    """The part ``[start, end)`` of a text that reads ``form`` in the view."""

    start: int
    end: int
    form: str


def normalise(text: str) -> NormalisedView:
    """Build the normalised view of ``text``, in time linear in its length."""
    unusual = unusual_signs(text)
    return normalise_half_width(half_width(text, unusual), usual=not unusual)


def normalise_half_width(text: str, *, usual: bool) -> NormalisedView:
    """The normalised view of a text of which :func:`~documents.folded.half_width` was taken already.

    ``usual``: it had no :func:`~documents.folded.unusual_signs`.
    """
    changes = _joining_blanks(text) if usual else list(_changes(text))
    if not changes:
        return NormalisedView(text, range(len(text)), range(1, len(text) + 1))
    pieces: list[str] = []
    position = 0
    for start, end, form in changes:
        pieces += text[position:start], form
        position = end
    view = "".join([*pieces, text[position:]])
    if all(end - start == len(form) == 1 for start, end, form in changes):
        return NormalisedView(view, range(len(text)), range(1, len(text) + 1))
    return NormalisedView(view, *_places(changes, len(text)))


def _joining_blanks(text: str) -> list[_Change]:
    return [_Change(*blank.span(), "") for blank in _USUAL_BLANK.finditer(text)]


def _changes(text: str) -> Iterator[_Change]:
    position = 0
    while candidate := _CANDIDATE.search(text, position):
        place = candidate.start()
        if place > position and _COMBINING.match(text, place) and " " <= text[place - 1] <= "~":
            place -= 1
        special = _SPECIAL.match(text, place)
        position = special.end() if special else place + 1
        if special:
            form = "" if special.lastgroup == "blank" else _normal_form(special.group())
            yield _Change(place, position, form)


def _places(changes: list[_Change], length: int) -> tuple[array[int], array[int]]:
    """Where each character of the view starts and ends in a text of ``length``."""
    places = array("L", range(length + 1))
    starts, ends = array("L"), array("L")
    position = 0
    for start, end, form in [*changes, _Change(length, length, "")]:
        starts.extend(places[position:start])
        ends.extend(places[position + 1 : start + 1])
        starts.extend([start] * len(form))
        ends.extend([end] * len(form))
        position = end
    return starts, ends


def normal_form(text: str) -> str:
    """The normalised form of a short string, for comparing terms with the view."""
    return normalise(text).text


def _normal_form(cluster: str) -> str:
    first = cluster[0]
    if len(cluster) == 1:
        # ① and ㈠ number a heading; NFKC would make them a bare digit that joins the words after it.
        if any(low <= first <= high for low, high in _NUMBER_SIGNS):
            return first
        if first != "\t" and (unicodedata.category(first) in _DROPPED_CATEGORIES or "\ufe00" <= first <= "\ufe0f"):
            return ""
    return unicodedata.normalize("NFKC", cluster.translate(_ONE_FORM)).translate(_ONE_FORM).replace("\t", " ")
