"""Titles of headings: where one ends, where its sentence does, and whether it stands alone.

Like all that recognises headings, this reads the folded text (:mod:`documents.folded`).
"""

from __future__ import annotations

import re
from typing import Final

from documents.lazy_pattern import lazy_pattern


def end_of(pattern: re.Pattern[str], folded: str, start: int, end: int) -> int:
    """Where ``pattern`` ends when it is matched at ``start``; ``start`` itself where it does not match."""
    match = pattern.match(folded, start, end)
    return match.end() if match else start


_ATOMS = r"《[^《》\n]{0,80}》|“[^“”\n]{0,80}”|\([^()\n]{0,60}\)"
# The runs between the opening marks are passed over at once.
_TITLE = lazy_pattern(rf"(?:[^。!?;:.\n《“(]++|{_ATOMS}|[《“(]|\.(?=[A-Za-z0-9]))*+")
_CLAUSE = lazy_pattern(
    rf"(?:(?:20\d\d年|今年|一年来|近年来)[^,。!?;:\n]{{0,8}},)?(?:[^。!?;:,\n《“(]++|{_ATOMS}|[《“(])*+"
)
_STOP = lazy_pattern('[。!?;:.…]+[”’」』)》"]*')
LONGEST_TITLE = 60
_LEADS_IN = ("其中", "包括", "如下", "主要有", "分别为", "表现为", "体现在")
_NOT_LEADING_IN = "".join(f"(?<!{words})" for words in _LEADS_IN)
PLAIN_TITLE: Final = (
    rf"([^\s。!?;:.…《“(*#]{{1,{LONGEST_TITLE}}}+)"
    rf"{_NOT_LEADING_IN}(?<![,、])(?:[。;](?![。!?;:.…”’」』)》\"])|\Z)"
)
"""The pattern of most titles and the end of their sentences: clauses without any other mark or a blank (its group), and
one full stop or nothing more on the line."""
_PLAIN_TITLE = lazy_pattern(PLAIN_TITLE)
_LOOK_AHEAD = 200
# A blank that a typesetter put between a figure and its unit does not end a title.
_TITLE_BLANK = lazy_pattern(r"(?<=[^\s\d])[^\S\n]+(?=[^\s\d年月日])|(?<=[^\s\d])[^\S\n]+(?=\d{4}年|\d{2,}[^\d年月日])")
_MARK = lazy_pattern("[,。;:!?]")
# 三、存在的不足和原因虽然取得一定成效: a title that ran into the text below it.
_FUSED = lazy_pattern(
    "(?:问题|不足|原因|分析|安排|计划|打算|情况|职责|成效|举措|工作)"
    r"(?=\d{4}年[,，是我]|我[局镇街县市区乡委办院厅省所]|虽然|尽管|[^,。;:]{2,12}(?:党政)?主要负责(?:人|同志)(?:认真|切实|严格|自觉|高度))"
)
# What such a text begins with; to look for that first is twenty times as fast.
_SIGN_OF_FUSED = lazy_pattern("[年我虽尽主]")
_LOOSE = " \t,、:;*#"


def title_and_sentence(folded: str, start: int, limit: int, *, long: bool) -> tuple[int, int, bool]:
    """Where the title at ``start`` ends, where its sentence does, and whether the title stands alone.

    ``limit`` is where the next number or the line ends; ``long`` tells a part of a very long line.
    """
    plain = _PLAIN_TITLE.match(folded, start, limit)
    if plain and not (long and _SIGN_OF_FUSED.search(folded, start, plain.end(1))):
        return plain.end(1), plain.end(), True
    end, alone = title_end(folded, start, limit)
    fused = None
    if long and _SIGN_OF_FUSED.search(folded, start, end):
        fused = _FUSED.search(folded, start, end)
    if fused:
        end, alone = fused.end(), True
    sentence_end = end_of(_STOP, folded, end, limit) if alone else end
    return start + len(folded[start:end].rstrip(_LOOSE)), sentence_end, alone


def title_end(folded: str, start: int, limit: int) -> tuple[int, bool]:
    """Where the title at ``start`` ends, and whether it stands alone rather than opening a longer sentence."""
    bound = min(limit, start + _LOOK_AHEAD)
    end = end_of(_TITLE, folded, start, bound)
    words = folded[start:end]
    if len(words.split(maxsplit=1)) > 1:
        blank = _TITLE_BLANK.search(folded, start + 2, end)
        if blank and blank.start() - start <= LONGEST_TITLE and _MARK.search(folded, blank.end(), limit):
            return blank.start(), True
    if end - start <= LONGEST_TITLE and not ("," in words and words.endswith(_LEADS_IN)):
        return end, True
    return clause_end(folded, start, end), False


def clause_end(folded: str, start: int, end: int) -> int:
    """Where the first clause of ``folded[start:end]`` ends."""
    return end_of(_CLAUSE, folded, start, end)
