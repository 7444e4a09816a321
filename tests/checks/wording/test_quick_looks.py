"""A quick look that decides whether a pattern is tried at all never keeps a match from it."""

from __future__ import annotations

from checks.wording import broken_off, clashing_punctuation, doubled_words, template_remains
from tests.quick_looks import QuickLooks, lets_every_match_pass

QUICK_LOOKS: QuickLooks = {
    "marks": (clashing_punctuation._MARKS, clashing_punctuation._DOUBTFUL.match),
    "total": (doubled_words._TOTAL, doubled_words._START_OF_A_TOTAL.match),
    "twice": (doubled_words._CHARACTER, lambda words: words[0] in doubled_words._CHARACTERS),
    "connective": (broken_off._CONNECTIVE, lambda words: words[-1] in broken_off._LAST_OF_A_CONNECTIVE),
    **{case: (pattern, template_remains._SIGNS[case].search) for case, _, pattern, _ in template_remains._PATTERNS},
}

test_whatever_matches_passes_the_quick_look = lets_every_match_pass(QUICK_LOOKS)
