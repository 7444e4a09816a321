"""Lines that a PDF reader or a mail program broke inside their sentences.

Official paper holds 28 characters a line; copied from it, a paragraph comes as many lines of that length. The line ends
inside a paragraph are layout, and what reads structure must not see them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from documents.lazy_pattern import lazy_pattern

# A word joiner: dropped from the normalised view, no blank in the folded text, and exactly as long as a line end.
JOIN = "\u2060"
_LINE = lazy_pattern(r"(?P<indent>[^\S\n]*)(?P<words>\S[^\n]*?)[^\S\n]*(?P<gap>\n(?:[^\S\n]*\n)*|$)")
_PAGE_NUMBER = lazy_pattern(
    r"[-—–－]+\s?\d{1,3}\s?[-—–－]+|第\s?\d{1,3}\s?页(?:\s?共\s?\d{1,3}\s?页)?|\d{1,3}(?:\s?/\s?\d{1,3})?"
)
_BEGINS_ANEW = lazy_pattern(
    r"[#*\s]*(?:[(（]?[一二三四五六七八九十]{1,3}[、.．)）]|[(（]\d{1,2}[)）]|\d{1,2}[.．、)）](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}(?:部分|[章节])|[①-⑳㈠-㈩]|一是"
    r"|[^。;；,，]{2,6}[:：]|现将|特此)"
)
_SENTENCE_END = lazy_pattern("[。！？!?][”）)]?$")
_STOPS = lazy_pattern("[：:]$|(?:报告|总结|情况)(?:[(（][^()（）]{2,12}[)）])?$")
_COMMA = lazy_pattern("[，,]")
_FEWEST_LINES = 12
_NARROWEST, _WIDEST = 20, 60
# Of the usual width; half-width digits make lines of equal length differ in characters.
_FULL, _OVERLONG = 0.8, 1.3
# A shorter line goes on, too, where a comma shows that it is no heading.
_RATHER_FULL = 0.62
# A numbered heading goes on only where not even two more characters had room.
_TOLERANCE = 2
_LONGEST_LINE = int(_WIDEST * _OVERLONG * 4 / 3)
_FULL_SHARE, _OPEN_SHARE = 0.25, 0.4


@dataclass(frozen=True, slots=True)
class _Line:
    """``gap`` counts the line ends up to the next line, which begins at ``following``; a page number is no line."""

    words: str
    indent: float
    end: int
    following: int
    gap: int


def joined(text: str) -> str:
    """``text`` with the line ends inside its paragraphs made :data:`JOIN`; as long as ``text``, which has ``\\n`` ends.

    A text whose lines are not broken at one width is returned as it is. A page number between two such lines goes too.
    """
    if _has_long_line(text):
        return text
    lines = _lines(text)
    width = _usual_width(lines)
    if width is None:
        return text
    usual_gap = Counter(line.gap for line in lines[:-1]).most_common(1)[0][0]
    pieces: list[str] = []
    position = 0
    for line, following in pairwise(lines):
        if line.gap <= usual_gap and _goes_on(line, following, width):
            pieces += text[position : line.end], JOIN * (line.following - line.end)
            position = line.following
    return "".join([*pieces, text[position:]])


def _has_long_line(text: str) -> bool:
    """Whether a line is longer than those of paper are. Most texts have such a one among their first."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        if end - start > _LONGEST_LINE:
            return True
        start = end + 1
    return len(text) - start > _LONGEST_LINE


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    for match in _LINE.finditer(text):
        if lines and _PAGE_NUMBER.fullmatch(match["words"]):
            lines[-1] = replace(lines[-1], following=match.end())
        else:
            gap = match["gap"].count("\n")
            lines.append(_Line(match["words"], _width(match["indent"]), match.end("words"), match.end(), gap))
    return lines


def _usual_width(lines: Sequence[_Line]) -> float | None:
    """The width of a full line, where many lines are full and stop in mid-sentence; else ``None``."""
    if len(lines) < _FEWEST_LINES:
        return None
    widths = sorted(_width(line.words) for line in lines)
    usual = widths[-1 - len(widths) // 20]
    if not _NARROWEST <= usual <= _WIDEST or widths[-1] > _OVERLONG * usual:
        return None
    full = [line for line in lines if _width(line.words) >= _FULL * usual]
    unfinished = sum(not (_SENTENCE_END.search(line.words) or _STOPS.search(line.words)) for line in full)
    return usual if len(full) >= _FULL_SHARE * len(lines) and unfinished >= _OPEN_SHARE * len(full) else None


def _width(words: str) -> float:
    """Characters, half-width ones counted as three quarters: lines are cut by width or by number of characters."""
    return len(words) - len(words.encode("ascii", "ignore")) / 4


def _goes_on(line: _Line, following: _Line, width: float) -> bool:
    """Whether ``following`` continues the paragraph: a full line does not end it, unless a heading comes next."""
    if following.indent or _BEGINS_ANEW.match(following.words) or _STOPS.search(line.words):
        return False
    numbered = _BEGINS_ANEW.match(line.words) is not None
    if numbered and not _SENTENCE_END.search(line.words) and "。" not in line.words:
        return line.indent + _width(line.words) >= width - _TOLERANCE
    least = _RATHER_FULL if _COMMA.search(line.words) and not numbered else _FULL
    if _SENTENCE_END.search(line.words):
        least = _FULL
        if not (_SENTENCE_END.search(following.words) or _width(following.words) >= _FULL * width):
            return False
    return _width(line.words) >= least * width
