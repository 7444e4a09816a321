"""A quick look that decides whether a pattern is tried at all never keeps a match from it."""

from __future__ import annotations

from documents import personal, residue
from tests.quick_looks import QuickLooks, lets_every_match_pass


def _starts_in(characters: frozenset[str], words: str) -> bool:
    """The lines that are read have no blank at their start."""
    return words[0].isspace() or words[0] in characters


QUICK_LOOKS: QuickLooks = {
    "clock": (residue._CLOCK, lambda words: words[0] in residue._CLOCK_BEGINS or "星期" in words),
    "stray": (residue._STRAY, lambda words: words[0].isdecimal() or _starts_in(residue._STRAY_BEGINS, words)),
    "buttons": (residue._BUTTONS, lambda words: _starts_in(residue._BUTTONS_BEGIN, words)),
    "card": (personal._CARD, personal._LONG_NUMBER.search),
    "mobile": (personal._MOBILE, personal._LONG_NUMBER.search),
    "id-number": (personal._ID_NUMBER, personal._LONG_NUMBER.search),
    "address": (personal._ADDRESS, lambda words: "住" in words or "户籍" in words),
}

test_whatever_matches_passes_the_quick_look = lets_every_match_pass(QUICK_LOOKS)
