"""Recognising headings: their numbers, where their titles end, and the traps that only look like them.

Everything here reads the folded text (:mod:`documents.folded`), whose places are the places of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.numerals import heading_ordinal, parse_han_integer
from documents.report import NumberStyle, Span

_HAN = "一二三四五六七八九十"
_STYLES = (
    (NumberStyle.PART, rf"第\s?(?:[{_HAN}]{{1,3}}|\d{{1,2}})\s?(?:部分|[章节篇编])\s?[、:.]?"),
    (NumberStyle.ITEM, rf"[{_HAN}]{{1,3}}是(?!否)|第[{_HAN}]{{1,2}}\s?[,、]|其[{_HAN}][,、是]|(?:首先|其次|再次),"),
    (NumberStyle.HAN, rf"[{_HAN}]{{1,3}}\s?(?:、|\.(?!\d)|(?P<odd>[,:]))"),
    (NumberStyle.HAN_BRACKET, rf"(?:[(〔【\[]\s?[{_HAN}]{{1,3}}\s?[)〕】\]]|[{_HAN}]{{1,3}}\s?\)|\([{_HAN}]{{1,3}}(?=[、.,])|[㈠-㈩])[、.,]?"),
    (NumberStyle.ARABIC_BRACKET, r"(?:\(\s?\d{1,2}\s?\)|\d{1,2}\s?\)|[⑴-⒇])[、.,]?"),
    (NumberStyle.ARABIC, r"(?:\d{1,2}\s?[.、]|[⒈-⒛])(?!\s?\d(?!\d{3}\s?年))"),
    (NumberStyle.CIRCLED, r"[①-⑳❶-❿➀-➉][、.]?"),
)
_NUMBER = re.compile("|".join(f"(?P<{style.name}>{pattern})" for style, pattern in _STYLES))
_ITEM = re.compile(_STYLES[1][1])
_MARKDOWN = re.compile(r"[#*\s>]*")
_TITLE_BEGIN = re.compile(r"\s*(?=[\u3400-\u9fff“‘《〈【\"'(0-9A-Za-z])(?!\(?[一二三四五六七八九十\d]{1,3}\))")
# 一、二级 and 三、四季度 count two things; they are not heading 一 or 三.
_ENUMERATED = re.compile(rf"([{_HAN}两]{{1,2}})[、级类批期季线号产月档层轮者者项次等个]")


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A place where a heading stands: ``[start, title_end)`` with its title from ``title_start``.

    ``sentence_end`` is where the heading ends as a sentence, closing mark included; ``alone`` is false where the title is
    only the first clause of a longer sentence. ``reach`` is the end of the line, or of the stretch of a very long line.
    """

    start: int
    number: Span
    title_start: int
    title_end: int
    sentence_end: int
    alone: bool
    style: NumberStyle
    ordinal: int | None
    reach: int
    inline: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the folded text that is read as one paragraph; ``part`` where it was cut out of a very long line."""

    start: int
    end: int
    part: bool


_LONG_LINE = 600
_BREAK = re.compile(r"(?<=[。!?;:”)…|])[^\S\n]+(?=\S)")


def stretches(folded: str, ranges: Sequence[Span]) -> Iterator[Stretch]:
    """``ranges`` with very long lines cut at blanks after a closing mark, where a lost line end is likely."""
    for start, end in ranges:
        long = end - start > _LONG_LINE
        for match in _BREAK.finditer(folded, start, end) if long else ():
            yield Stretch(start, match.start(), part=True)
            start = match.end()
        yield Stretch(start, end, part=long)


def find_numbered(folded: str, parts: Sequence[Stretch]) -> Iterator[HeadingMark]:
    """The numbered headings and items in ``parts``, in order."""
    highest: dict[NumberStyle, int] = {}
    for part in parts:
        line_end = part.end
        starts = list(_numbers_in(folded, part, highest))
        for place, (start, match, style) in enumerate(starts):
            limit = next((s for s, _, following in starts[place + 1 :] if following is not NumberStyle.ITEM), line_end)
            yield _mark(folded, start, match, style, limit, line_end, part)


def _numbers_in(
    folded: str, part: Stretch, highest: dict[NumberStyle, int]
) -> Iterator[tuple[int, re.Match[str], NumberStyle]]:
    begin = _end_of(_MARKDOWN, folded, part.start, part.end)
    for match in _NUMBER.finditer(folded, begin, part.end):
        style = NumberStyle[match.lastgroup or ""] if match.lastgroup != "odd" else NumberStyle.HAN
        leading = match.start() == begin
        if not (leading or _follows_a_break(folded, match, style, part)):
            continue
        ordinal = heading_ordinal(match.group())
        if ordinal is None or not _opens_a_title(folded, match, style, ordinal, part.end):
            continue
        if style is not NumberStyle.ITEM:
            if ordinal > highest.get(style, 0) + 3:
                continue
            highest[style] = max(ordinal, highest.get(style, 0))
        yield (part.start if leading else match.start()), match, style
