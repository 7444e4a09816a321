"""The normalised view: the text as rules want to read it, with a map back to the text as it was written.

The view is NFKC (so full-width digits, letters and punctuation become ASCII), without zero-width and formatting
characters, without blanks between Han characters and digits, and with one form for each kind of quotation mark and
dash. It is a reading aid only: every place found in it translates to an exact place in the original text.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from documents.radicals import HAN_OF_RADICALS

# Letters beyond the Latin, Greek and Cyrillic ones; the ranges of Han would take ten times as long to compile.
_HAN = r"[^\W\d_\x00-\u04ff]"
# A blank between Han characters, or between Han and a digit ("2023 年"), was put there by a typesetter or a PDF reader.
_BLANK = "(?:[^\\S\\n]|[\u00ad\u200b-\u200f\u2060\ufeff])+"
_JOINED_BLANK = f"(?<={_HAN}){_BLANK}(?={_HAN}|[0-9０-９])|(?<=[0-9０-９]){_BLANK}(?={_HAN})"
# Everything that is not its own normal form, with the combining marks that NFKC may compose with it.
_SPECIAL = lazy_pattern(
    # Han characters and their punctuation, most of any text, are passed over first.
    "(?=[^\n\u4e00-\u9fff。、“”‘’《》〈〉【】〔〕—·])(?:"
    f"(?P<blank>{_JOINED_BLANK})|[^\n\x20-\x7e\u4e00-\u9fff。、“”‘’《》〈〉【】〔〕—·][\u0300-\u036f\u3099\u309a]*"
    "|[\x20-\x7e][\u0300-\u036f]+)"
)
# Variants that NFKC leaves alone, and the one form the rules are written in.
_ONE_FORM = str.maketrans(
    {"–": "—", "―": "—", "─": "—", "‒": "—", "−": "-", "﹣": "-", "‐": "-", "‑": "-", "＂": '"'}
    | {"「": "“", "」": "”", "『": "‘", "』": "’", "•": "·", "‧": "·", "・": "·", "○": "〇", "◯": "〇"}
    | {chr(radical): han for radical, han in HAN_OF_RADICALS.items()}
)
# By far the most frequent of what is not its own normal form: full-width punctuation and digits.
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if not chr(code).isalpha()}
_NUMBER_SIGNS = (("①", "⑳"), ("⓪", "⓿"), ("❶", "➓"), ("㈠", "㈩"))
_DROPPED_CATEGORIES = frozenset({"Cf", "Cc", "Co", "Cs"})


class NormalisedView(NamedTuple):
    """Normalised text and the map back. ``starts[i]`` and ``ends[i]`` bound the source of view character ``i``."""

    text: str
    starts: array[int]
    ends: array[int]

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original text of view range ``[start, end)``; an empty range maps to an empty place."""
        if start < end:
            return self.starts[start], self.ends[end - 1]
        place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
        return place, place

    def from_text(self, start: int, end: int) -> tuple[int, int]:
        """The view range of everything whose source begins in text range ``[start, end)``."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def normalise(text: str) -> NormalisedView:
    """Build the normalised view of ``text``, in time linear in its length."""
    for wide, form in _WIDE.items():
        if wide in text:
            text = text.replace(wide, form)
    pieces: list[str] = []
    places = array("L", range(len(text) + 1))
    starts = array("L")
    ends = array("L")

    def keep(start: int, end: int) -> None:
        pieces.append(text[start:end])
        starts.extend(places[start:end])
        ends.extend(places[start + 1 : end + 1])

    position = 0
    for special in _SPECIAL.finditer(text):
        keep(position, special.start())
        position = special.end()
        if special.lastgroup != "blank":
            form = _normal_form(special.group())
            pieces.append(form)
            starts.extend([special.start()] * len(form))
            ends.extend([special.end()] * len(form))
    keep(position, len(text))
    return NormalisedView("".join(pieces), starts, ends)


def normal_form(text: str) -> str:
    """The normalised form of a short string, for comparing terms with the view."""
    return normalise(text).text if _SPECIAL.search(text) else text


def _normal_form(cluster: str) -> str:
    first = cluster[0]
    if len(cluster) == 1:
        # ① and ㈠ number a heading; NFKC would make them a bare digit that joins the words after it.
        if any(low <= first <= high for low, high in _NUMBER_SIGNS):
            return first
        if first != "\t" and (unicodedata.category(first) in _DROPPED_CATEGORIES or "\ufe00" <= first <= "\ufe0f"):
            return ""
    return unicodedata.normalize("NFKC", cluster.translate(_ONE_FORM)).translate(_ONE_FORM).replace("\t", " ")
