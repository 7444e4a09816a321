"""Recognising headings: their numbers, where their titles end, and the traps that only look like them.

Everything here reads the folded text (:mod:`documents.folded`), whose places are the places of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from documents.heading_titles import LONGEST_TITLE, PLAIN_TITLE, end_of, title_and_sentence
from documents.lazy_pattern import lazy_pattern
from documents.numerals import heading_ordinal, parse_han_integer
from documents.report import NumberStyle, Span

_new = tuple.__new__
_ITEM = NumberStyle.ITEM
_HAN = "一二三四五六七八九十"
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fff"
_LETTER = "[^\\W\\d_a-zA-Z]"
_STYLES = (
    (NumberStyle.PART, rf"第\s?(?:[{_HAN}]{{1,3}}|\d{{1,2}})\s?(?:部分|[章节篇编])\s?[、:.]?"),
    (NumberStyle.ITEM, rf"[{_HAN}]{{1,3}}是(?!否)|第[{_HAN}]{{1,2}}\s?[,、]|其[{_HAN}][,、是]|(?:首先|其次|再次),"),
    (NumberStyle.HAN, rf"[{_HAN}]{{1,3}}\s?(?:、|\.(?!\d(?!\d{{3}}\s?年))|(?P<odd>[,:]|\s+(?={_LETTER}|20\d\d\s?年)))"),
    (
        NumberStyle.HAN_BRACKET,
        rf"(?:[(〔【\[]\s?[{_HAN}]{{1,3}}\s?[)〕】\]]|[{_HAN}]{{1,3}}\s?\)|\([{_HAN}]{{1,3}}(?=[、.,])|[㈠-㈩])[、.,]?",
    ),
    (NumberStyle.ARABIC_BRACKET, r"(?:\(\s?\d{1,2}\s?\)|\d{1,2}\s?\)|[⑴-⒇])[、.,]?"),
    (
        NumberStyle.ARABIC,
        r"(?:\d{1,2}\s?[.、]|[⒈-⒛])(?!\s?\d(?!\d{3}\s?年))|(?P<bare>\d{1,2}\s+(?=[^\W\d_a-zA-Z]))(?![年月日号时个件名次家场份条项人起宗户万亿])",
    ),
    (NumberStyle.CIRCLED, r"[①-⑳❶-❿➀-➉][、.]?"),
)
# Most numbers by how they are written, and before a character that leaves no other reading; then what most titles are.
_FREQUENT_HAN = [*_HAN, *(f"十{unit}" for unit in _HAN[:9]), "二十"]
_FREQUENT_NUMBERS: dict[str, tuple[NumberStyle, int]] = {
    form.format(number): (style, ordinal)
    for forms, numbers, style in (
        (("{}是",), _HAN, NumberStyle.ITEM),
        (("{}、",), _FREQUENT_HAN, NumberStyle.HAN),
        (("({})",), _FREQUENT_HAN, NumberStyle.HAN_BRACKET),
        (("{}.", "{}、"), range(1, 21), NumberStyle.ARABIC),
        (("({})",), range(1, 21), NumberStyle.ARABIC_BRACKET),
    )
    for ordinal, number in enumerate(numbers, 1)
    for form in forms
}
_FREQUENT = lazy_pattern(
    rf"([{_HAN}]是|[{_HAN}]{{1,2}}、|\([{_HAN}]{{1,2}}\)|\d{{1,2}}[.、]|\(\d{{1,2}}\))"
    rf"(?=[{_FIRST_HAN}-{_LAST_HAN}])(?![{_HAN}两否项款目之])(?:{PLAIN_TITLE})?+"
)
# What follows the first character of a number; such a sign as ① is one by itself.
_FOLLOWS_FIRST = rf"[\d\s{_HAN}是、.,:)〕】\]先次]"
_SIGNS = "⑴-⒇⒈-⒛①-⑳❶-❿➀-➉㈠-㈩"
# To look first for where a number may begin passes quickly over everything else.
_FIRST_OF_NUMBER = lazy_pattern(rf"[第其首再{_HAN}(〔【\[\d{_SIGNS}](?:(?={_FOLLOWS_FIRST})|(?<=[{_SIGNS}]))")
# Of the Chinese characters; of the others many do.
_BEGINS_NUMBER = frozenset(f"第其首再{_HAN}")
_STYLE_OF_GROUP = {style.name: style for style, _ in _STYLES}
_STYLE_GROUPS = "|".join(f"(?P<{style.name}>{pattern})" for style, pattern in _STYLES)
_NUMBER = lazy_pattern(_STYLE_GROUPS)
# Where a number can begin inside a line of usual length: after a mark or blank, and with no Arabic figure. Looking back
# from the rarer of the two is twice as fast.
_FIRST_INSIDE_LINE = lazy_pattern(
    rf"[第其首再{_HAN}(〔【\[㈠-㈩](?<=[。!?…;:,、”)\s].)(?:(?={_FOLLOWS_FIRST})|(?<=[㈠-㈩]))"
)
_MARKDOWN = lazy_pattern(r"[#*\s>]*")
_MARKDOWN_SIGNS = frozenset("#*>")
_TITLE_BEGIN = lazy_pattern(r"\s*(?=[^\W_]|[“‘《〈【\"'(])(?![①-⑳])(?!\(?[一二三四五六七八九十\d]{1,3}\))")
# 一、二级 and 三、四季度 count two things; they are not heading 一 or 三.
_COUNTS = frozenset(f"{_HAN}两")
_ENUMERATED = lazy_pattern(rf"([{_HAN}两]{{1,2}})[、级类批期季线号产月档层轮者者项次等个]")


class HeadingMark(NamedTuple):
    """A place where a heading stands: ``[start, title_end)`` with its title from ``title_start``.

    ``sentence_end`` is where the heading ends as a sentence, closing mark included; ``alone`` is false where the title
    is only the first clause of a longer sentence. ``reach`` is where the line (of a very long line: the stretch) or,
    for an item, the item ends. ``outline`` is the level (1 is the top) that the file itself gives the paragraph.
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
    outline: int | None = None

    @property
    def begin(self) -> int:
        """Where the heading itself starts, after any Markdown signs before it."""
        return self.number.start if self.number.start < self.number.end else self.title_start


class Stretch(NamedTuple):
    """A part of the folded text that is read as one paragraph; ``long`` where it was cut out of a very long line."""

    start: int
    end: int
    long: bool


_LONG_LINE = 600
_LONG_ONLY_LINE = 200
_BREAK = lazy_pattern(r"(?<=[。!?;:”)…|])[^\S\n]+(?=\S)")


def stretches(folded: str, ranges: Sequence[Span]) -> list[Stretch]:
    """``ranges`` with very long lines cut at blanks after a closing mark, where a lost line end is likely."""
    # A report that is a single line has lost its line ends, however short it is.
    longest = _LONG_LINE if len(ranges) > 1 else _LONG_ONLY_LINE
    if max([end - start for start, end in ranges], default=0) <= longest:
        return [_new(Stretch, (start, end, False)) for start, end in ranges]
    return [part for span in ranges for part in _cut(folded, span, longest)]


def _cut(folded: str, span: Span, longest: int) -> Iterator[Stretch]:
    start, end = span
    if end - start <= longest:
        yield Stretch(start, end, long=False)
        return
    if len(folded[start:end].split(maxsplit=1)) > 1:
        for match in _BREAK.finditer(folded, start, end):
            yield Stretch(start, match.start(), long=True)
            start = match.end()
    yield Stretch(start, end, long=True)


def find_numbered(folded: str, parts: Sequence[Stretch]) -> list[HeadingMark]:
    """The numbered headings and items in ``parts``, in order."""
    highest: dict[NumberStyle, int] = {}
    numbers: list[_Number] = []
    following = iter(parts)
    part, begin, position = _NO_PART, 0, 0
    for place in _places(folded, parts):
        if place < position:
            continue
        while place >= part[1]:
            part = next(following)
            begin = part[0]
        if place > begin:
            position = _add_number(numbers, folded, place, begin, part, highest)
        elif place == begin:
            begin = _begin_of_words(folded, part)
            if part[2]:
                numbers += _numbers_in_stretch(folded, begin, part, highest)
                position = part[1]
            else:
                position = _add_number(numbers, folded, begin, begin, part, highest)
    return _marks(folded, numbers)


_NO_PART = Stretch(0, 0, long=False)


def _places(folded: str, parts: Sequence[Stretch]) -> list[int]:
    """Where lines of usual length can hold a number, and where all lines begin that are longer or begin with a sign."""
    places = [
        start for start, _, long in parts if long or (first := folded[start]) < _FIRST_HAN or first in _BEGINS_NUMBER
    ]
    if all(part.long for part in parts):
        return places
    inside = [first.start() for first in _FIRST_INSIDE_LINE.finditer(folded, parts[0].start, parts[-1].end)]
    return sorted({*places, *inside})


# A number: where its heading begins, where it stands, its style, its ordinal, where the words of the heading begin,
# where its title and its sentence end if they do as in most headings (else -1 or the beginning), and the part it is in.
_Number = tuple[int, Span, NumberStyle, int, int, int, int, Stretch]


def _add_number(
    numbers: list[_Number], folded: str, place: int, begin: int, part: Stretch, highest: dict[NumberStyle, int]
) -> int:
    """Add the number at ``place`` of a line whose words begin at ``begin``, if one opens a heading or an item there.

    Returns where the next number can be.
    """
    end = part[1]
    frequent = _FREQUENT.match(folded, place, end)
    known = _FREQUENT_NUMBERS.get(frequent[1]) if frequent else None
    if frequent and known:
        style, ordinal = known
        (_, over), (_, stop), (_, title_end) = frequent.regs
        if style is _ITEM or (place == begin and _follows_highest(style, ordinal, highest)):
            first = part[0] if place == begin else place
            numbers.append((first, _new(Span, (place, stop)), style, ordinal, stop, title_end, over, part))
            return stop
    match = _NUMBER.match(folded, place, end)
    if match is None:
        return place + 1
    _add_any_number(numbers, match, folded, begin, part, highest)
    return match.end()


def _follows_highest(style: NumberStyle, ordinal: int, highest: dict[NumberStyle, int]) -> bool:
    """Whether a heading may be the ``ordinal``-th after those that came before, and keep that it came."""
    # 十二、五规划 at the start of a line is no twelfth heading where no tenth came before.
    before = highest.get(style, 0)
    if ordinal > before + _LARGEST_GAP:
        return False
    if ordinal > before:
        highest[style] = ordinal
    return True


_LARGEST_GAP = 3


def _numbers_in_stretch(folded: str, begin: int, part: Stretch, highest: dict[NumberStyle, int]) -> list[_Number]:
    """The numbers in a part of a very long line, of which more are read as such than in a line of usual length."""
    numbers: list[_Number] = []
    position, end = begin, part.end
    for first in _FIRST_OF_NUMBER.finditer(folded, begin, end):
        place = first.start()
        if place >= position and (match := _NUMBER.match(folded, place, end)):
            position = match.end()
            _add_any_number(numbers, match, folded, begin, part, highest)
    return numbers


def _begin_of_words(folded: str, part: Stretch) -> int:
    """Where ``part`` begins after any Markdown signs."""
    first = folded[part.start : part.start + 1]
    if first in _MARKDOWN_SIGNS or first.isspace():
        return end_of(_MARKDOWN, folded, part.start, part.end)
    return part.start


def _add_any_number(
    numbers: list[_Number],
    match: re.Match[str],
    folded: str,
    begin: int,
    part: Stretch,
    highest: dict[NumberStyle, int],
) -> None:
    """Add the number at ``match`` to the ``numbers`` before it, if it opens a heading or an item."""
    style = _STYLE_OF_GROUP[match.lastgroup or ""]
    place, end = match.span()
    leading = place == begin
    if not (
        leading
        or _follows_a_break(folded, match, style, part)
        or (part.long and numbers and _opens_a_series(folded, match, style, numbers[-1]))
    ):
        return
    ordinal = heading_ordinal(match[0])
    if ordinal is None:
        return
    title_start = _title_begin(folded, end, part.end)
    if title_start >= part.end or not _is_opened(folded, match, style, ordinal, part, title_start, leading):
        return
    if style is _ITEM or _follows_highest(style, ordinal, highest):
        first = part.start if leading else place
        numbers.append((first, Span(place, end), style, ordinal, title_start, -1, -1, part))


# From the top down.
CUSTOMARY = tuple(NumberStyle)
_SHORTEST_ABOVE = 4
_NO_TITLE_ABOVE = lazy_pattern("[。!?;:]|[第条款项之按据唯统]$")
_CLOSED = frozenset("。!?…")
_ITEM_BREAKS = frozenset("。!?…;:,、”)")
_HAN_BREAKS = frozenset("。!?…;:”)")
_SHORT_LINE = 40


def _follows_a_break(folded: str, match: re.Match[str], style: NumberStyle, part: Stretch) -> bool:
    """Whether a number inside a line stands where a heading or item can begin."""
    before = folded[match.start() - 1]
    if style is _ITEM:
        return before in _ITEM_BREAKS or before.isspace()
    blank = before.isspace()
    if style is NumberStyle.HAN:
        return "、" in match[0] and (blank or before in _HAN_BREAKS)
    if style is NumberStyle.PART:
        return "部分" in match[0] and (blank or before in _CLOSED)
    if style is NumberStyle.HAN_BRACKET:
        return before in _CLOSED or (blank and part.long)
    return part.long and (blank or before in _CLOSED)


def _opens_a_series(folded: str, match: re.Match[str], style: NumberStyle, last: _Number) -> bool:
    """Whether a first number runs on from the title above it: 主要举措和成效(一)加强领导, where line ends were lost."""
    _, above, style_above, *_ = last
    if not _SHORTEST_ABOVE <= match.start() - above.end <= LONGEST_TITLE or heading_ordinal(match[0]) != 1:
        return False
    deeper = CUSTOMARY.index(style) > CUSTOMARY.index(style_above)
    return deeper and not _NO_TITLE_ABOVE.search(folded, above.end, match.start())


# 第（一）项 whose line was broken before the bracket.
_NAMED_BY = frozenset("项款目之")
_NAMED_ITEM = lazy_pattern("项(?!目)|款(?!待)|目(?![标前录])|之规定")
_BRACKETED = (NumberStyle.HAN_BRACKET, NumberStyle.ARABIC_BRACKET)
# Whose numbers may be written without the mark that a number has.
_ODD_STYLES = (NumberStyle.HAN, NumberStyle.ARABIC)


def _title_begin(folded: str, start: int, end: int) -> int:
    """Where the title begins that follows a number which ends at ``start``; ``end`` where there is none."""
    if start < end and _FIRST_HAN <= folded[start] <= _LAST_HAN and folded[start] not in _HAN:
        return start
    found = _TITLE_BEGIN.match(folded, start, end)
    return found.end() if found else end


def _is_opened(
    folded: str, match: re.Match[str], style: NumberStyle, ordinal: int, part: Stretch, title: int, leading: bool
) -> bool:
    """Whether a number opens the title that follows it."""
    if style is _ITEM:
        return _is_item(folded, match, title, part)
    if style in _BRACKETED:
        return folded[title] not in _NAMED_BY or not _NAMED_ITEM.match(folded, title, part.end)
    if style not in _ODD_STYLES:
        return True
    alone = leading and part.end - match.end() <= _SHORT_LINE
    if not alone and (match["odd"] or match["bare"]):
        return False
    if style is not NumberStyle.HAN or folded[title] not in _COUNTS:
        return True
    listed = _ENUMERATED.match(folded, title, part.end)
    return listed is None or parse_han_integer(listed[1]) != ordinal + 1


_FARTHEST_ITEM = 1000


def _is_item(folded: str, match: re.Match[str], title: int, part: Stretch) -> bool:
    words = match[0]
    if words == "首先,":
        return folded.find("其次", match.end(), min(part.end, match.end() + _FARTHEST_ITEM)) >= 0
    if words in ("其次,", "再次,"):
        return folded.find("首先,", max(part.start, match.start() - _FARTHEST_ITEM), match.start()) >= 0
    # 一是一、二是二 is a saying.
    return folded[title] != words[0] or words[0] in "第其"


def _marks(folded: str, numbers: Sequence[_Number]) -> list[HeadingMark]:
    """The headings and items that ``numbers`` open: each ends where the next one begins, or with its line."""
    following = [number[0] for number in numbers[1:]]
    following.append(len(folded))
    return [_mark(folded, number, after) for number, after in zip(numbers, following, strict=False)]


def _mark(folded: str, found: _Number, following: int) -> HeadingMark:
    begin, number, style, ordinal, start, end, sentence_end, (_, reach, long) = found
    limit = min(following, reach)
    alone = True
    if not start < sentence_end <= limit:
        end, sentence_end, alone = title_and_sentence(folded, start, limit, long=long)
    after = folded[sentence_end : sentence_end + 1]
    inline = after > _LAST_BLANK or (after != "\n" and _MORE_IN_LINE.match(folded, sentence_end) is not None)
    if style is _ITEM:
        reach = limit
    # By position, as it is done for every heading of every report: by name it takes three times as long.
    return _new(HeadingMark, (begin, number, start, end, sentence_end, alone, style, ordinal, reach, inline, None))


_MORE_IN_LINE = lazy_pattern(r"[^\S\n]*\S")
# Of all blanks that Unicode has.
_LAST_BLANK = "\u3000"
