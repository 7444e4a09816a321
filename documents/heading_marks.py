"""Recognising headings: their numbers, where their titles end, and the traps that only look like them.

Everything here reads the folded text (:mod:`documents.folded`), whose places are the places of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from documents.numerals import heading_ordinal, parse_han_integer
from documents.report import NumberStyle, Span

_new = tuple.__new__
_ITEM = NumberStyle.ITEM
_HAN = "一二三四五六七八九十"
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fff"
_ITEM_ORDINALS = {number: ordinal for ordinal, number in enumerate(_HAN, 1)}
_NOT_AFTER_ITEM = frozenset(f"否{_HAN}")
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
    parts: list[Stretch] = []
    for span in ranges:
        start, end = span
        if end - start <= longest:
            parts.append(_new(Stretch, (start, end, False)))
            continue
        if len(folded[start:end].split(maxsplit=1)) > 1:
            for match in _BREAK.finditer(folded, start, end):
                parts.append(Stretch(start, match.start(), long=True))
                start = match.end()
        parts.append(Stretch(start, end, long=True))
    return parts


def find_numbered(folded: str, parts: Sequence[Stretch]) -> list[HeadingMark]:
    """The numbered headings and items in ``parts``, in order."""
    highest: dict[NumberStyle, int] = {}
    marks: list[HeadingMark] = []
    inside = _places_inside(folded, parts)
    passed = 0
    for part in parts:
        start, end, long = part
        first = folded[start : start + 1]
        # Neither a sign nor a blank that could be passed over is a letter.
        begin = start if first >= _FIRST_HAN else _begin_of_words(folded, part)
        if long:
            numbers = _numbers_in_stretch(folded, begin, part, highest)
        else:
            places = inside[passed : (passed := bisect_left(inside, end, passed))]
            if first in _BEGINS_NUMBER or first < _FIRST_HAN:
                places.insert(0, begin)
            numbers = _numbers_in_line(folded, begin, part, places, highest)
        if numbers:
            limits = [number[0] for number in numbers[1:]]
            limits.append(end)
            marks += [_mark(folded, *number, limit, part) for number, limit in zip(numbers, limits, strict=True)]
    return marks


def _numbers_in_line(
    folded: str, begin: int, part: Stretch, places: Sequence[int], highest: dict[NumberStyle, int]
) -> list[_Number]:
    """The numbers at ``places`` of a line whose words begin at ``begin``."""
    numbers: list[_Number] = []
    start, end, _ = part
    position = begin
    for place in places:
        if place < position:
            continue
        ordinal = _plain_item(folded, place, end)
        if ordinal:
            position = place + 2
            first = start if place == begin else place
            numbers.append((first, _new(Span, (place, position)), _ITEM, ordinal, position))
        elif match := _NUMBER.match(folded, place, end):
            position = match.end()
            _add_number(numbers, match, folded, begin, part, highest)
    return numbers


def _plain_item(folded: str, place: int, end: int) -> int | None:
    """The ordinal of 一是 before a word at ``place``, where an item can begin: most numbers of items are such."""
    words = folded[place : min(end, place + 3)]
    if words[1:2] != "是" or not _FIRST_HAN <= words[2:] <= _LAST_HAN or words[2:] in _NOT_AFTER_ITEM:
        return None
    return _ITEM_ORDINALS.get(words[0])


def _numbers_in_stretch(folded: str, begin: int, part: Stretch, highest: dict[NumberStyle, int]) -> list[_Number]:
    """The numbers in a part of a very long line, of which more are read as such than in a line of usual length."""
    numbers: list[_Number] = []
    position, end = begin, part.end
    for first in _FIRST_OF_NUMBER.finditer(folded, begin, end):
        place = first.start()
        if place >= position and (match := _NUMBER.match(folded, place, end)):
            position = match.end()
            _add_number(numbers, match, folded, begin, part, highest)
    return numbers


def _begin_of_words(folded: str, part: Stretch) -> int:
    """Where ``part`` begins after any Markdown signs."""
    first = folded[part.start : part.start + 1]
    if first in _MARKDOWN_SIGNS or first.isspace():
        return end_of(_MARKDOWN, folded, part.start, part.end)
    return part.start


def _places_inside(folded: str, parts: Sequence[Stretch]) -> list[int]:
    """The places inside lines of usual length where a number can begin."""
    if all(part.long for part in parts):
        return []
    return [first.start() for first in _FIRST_INSIDE_LINE.finditer(folded, parts[0].start, parts[-1].end)]


# A number: where its heading begins, where it stands, its style, its ordinal, and where the words of the heading begin.
_Number = tuple[int, Span, NumberStyle, int, int]


def _add_number(
    numbers: list[_Number],
    match: re.Match[str],
    folded: str,
    begin: int,
    part: Stretch,
    highest: dict[NumberStyle, int],
) -> None:
    """Add the number at ``match`` to the ``numbers`` before it in ``part``, if it opens a heading or an item."""
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
    if style is not _ITEM:
        # 十二、五规划 at the start of a line is no twelfth heading where no tenth came before.
        if ordinal > highest.get(style, 0) + 3:
            return
        highest[style] = max(ordinal, highest.get(style, 0))
    numbers.append((part.start if leading else place, _new(Span, (place, end)), style, ordinal, title_start))


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
    _, above, style_above, _, _ = last
    if not _SHORTEST_ABOVE <= match.start() - above.end <= _LONGEST_TITLE or heading_ordinal(match[0]) != 1:
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
_LONGEST_TITLE = 60
_LEADS_IN = ("其中", "包括", "如下", "主要有", "分别为", "表现为", "体现在")
_NOT_LEADING_IN = "".join(f"(?<!{words})" for words in _LEADS_IN)
# Most titles: clauses without any other mark or a blank, and one full stop or nothing more on the line.
_PLAIN_TITLE = lazy_pattern(
    rf"([^\s。!?;:.…《“(*#]{{1,{_LONGEST_TITLE}}}+)"
    rf"{_NOT_LEADING_IN}(?<![,、])(?:[。;](?![。!?;:.…”’」』)》\"])|\Z)"
)
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
_MORE_IN_LINE = lazy_pattern(r"[^\S\n]*\S")
_LOOSE = " \t,、:;*#"
# Of all blanks that Unicode has.
_LAST_BLANK = "\u3000"


def _mark(
    folded: str, begin: int, number: Span, style: NumberStyle, ordinal: int, start: int, limit: int, part: Stretch
) -> HeadingMark:
    plain = _PLAIN_TITLE.match(folded, start, limit)
    if plain and not (part.long and _SIGN_OF_FUSED.search(folded, start, plain.end(1))):
        end, sentence_end, alone = plain.end(1), plain.end(), True
    else:
        end, sentence_end, alone = _title_and_sentence(folded, start, limit, part)
    following = folded[sentence_end : sentence_end + 1]
    inline = following > _LAST_BLANK or (following != "\n" and _MORE_IN_LINE.match(folded, sentence_end) is not None)
    reach = limit if style is _ITEM else part.end
    # By position, as it is done for every heading of every report: by name it takes three times as long.
    return _new(HeadingMark, (begin, number, start, end, sentence_end, alone, style, ordinal, reach, inline, None))


def _title_and_sentence(folded: str, start: int, limit: int, part: Stretch) -> tuple[int, int, bool]:
    """Where the title at ``start`` ends, where its sentence does, and whether the title stands alone."""
    end, alone = title_end(folded, start, limit)
    fused = None
    if part.long and _SIGN_OF_FUSED.search(folded, start, end):
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
        if blank and blank.start() - start <= _LONGEST_TITLE and _MARK.search(folded, blank.end(), limit):
            return blank.start(), True
    if end - start <= _LONGEST_TITLE and not ("," in words and words.endswith(_LEADS_IN)):
        return end, True
    return clause_end(folded, start, end), False


def clause_end(folded: str, start: int, end: int) -> int:
    """Where the first clause of ``folded[start:end]`` ends."""
    return end_of(_CLAUSE, folded, start, end)
