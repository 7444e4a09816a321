"""Tells a slip of the pen in a title from the title of something else."""

from __future__ import annotations

_PLACE = frozenset("省市区县镇乡街州盟旗局我本村厅委")
# Up to so many characters, one other character is another word; in other acts than laws, up to so many.
_SHORT_LAW, _SHORT_ACT = 6, 15


def is_slip(written: str, right: str, *, is_law: bool) -> bool:
    """Whether ``written`` differs from the title ``right`` by slips only: no place added, no other number or word.

    Whatever sounds alike counts as mistyped. Laws are made by one legislature, so another word in the title of a longer
    one can only be a slip; acts of other kinds have neighbours that differ by a word.
    """
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    other_words = 0
    edits = Levenshtein.editops(written, right)
    for edit in edits:
        wrong = written[edit.src_pos] if edit.tag != "insert" else ""
        meant = right[edit.dest_pos] if edit.tag != "delete" else ""
        if wrong in _PLACE or wrong.isdigit() or meant.isdigit() or "非" in (wrong, meant):
            return False
        other_words += edit.tag == "replace" and not _sound_alike(wrong, meant)
    if len(right) <= (_SHORT_LAW if is_law else _SHORT_ACT):
        shifted = sum(edit.tag != "replace" for edit in edits)
        return other_words == 0 and shifted <= 1
    return other_words <= 1


def _sound_alike(written: str, meant: str) -> bool:
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return lazy_pinyin(written) == lazy_pinyin(meant)
