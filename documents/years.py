"""Year tokens: every place in a normalised text that names a year, with the form it is written in.

Four digits alone are no year (``2000多人次``, ``1968件``): a year needs 年, a document number, a range, an edition or a
whole date around it. Durations (五年, 三年行动计划) and figures inside addresses and index numbers are no years either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern

EARLIEST, LATEST = 1949, 2049
_EARLIEST_HISTORIC = 1900


class YearForm(StrEnum):
    """How a year is written: which of these it is decides what the year can mean."""

    YEAR = "year"
    RANGE = "range"
    DOCUMENT_NUMBER = "document-number"
    EDITION = "edition"
    DATE = "date"
    RELATIVE = "relative"


class YearToken(NamedTuple):
    """One naming of a year at ``[start, end)`` of the normalised text.

    ``last`` is the end of a range, else equal to ``year``. A date has ``month`` and, unless it
    is a month only, ``day``. A relative word (去年) has no year but an ``offset`` from the reported year (``-1``).
    """

    start: int
    end: int
    year: int | None
    last: int | None
    form: YearForm
    month: int | None = None
    day: int | None = None
    offset: int | None = None

    @property
    def calendar_day(self) -> date | None:
        """The calendar day of a full date; ``None`` for other forms and for days that no calendar has."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


_HAN_DIGITS = "〇零一二三四五六七八九"
_LOOKALIKES = "0OoΟО"
_YEAR = f"(?:(?:19|20)[0-9]{{2}}|[一二][{_HAN_DIGITS}{_LOOKALIKES}]{{3}})"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r"(?:\s?(?:[-—~]{1,2}|至|到)\s?)"
_CODE = "0-9A-Za-z"

# Starting with a plain class lets the search skip quickly; what stands before the first digit is looked at after it.
_CANDIDATE = lazy_pattern(f"[12一二](?<![0-9{_HAN_DIGITS}十百千].)[0-9{_HAN_DIGITS}{_LOOKALIKES}]{{3}}")
# What is matched at a candidate: its four digits are known to be a year's.
_KNOWN = "(.{4})"
_DOCUMENT_NUMBER = lazy_pattern(
    f"〔{_KNOWN}〕(?:第?[0-9]+号)?"
    f"|[\\[(【]{_KNOWN}[\\])】](?:第?|[^\\W\\d_]{{1,3}}[0-9]{{0,6}}[^\\W\\d_]{{1,5}})[0-9]+号"
)
_ISSUE_NUMBER = lazy_pattern(f"{_KNOWN}年第[0-9]+号")
_RANGE = lazy_pattern(f"{_KNOWN}(年度?)?{_TO}({_YEAR}(?![0-9])|[0-9]{{2}}(?=年))(年度?|学年)?")
_RUN_TOGETHER = lazy_pattern("((?:19|20)[0-9]{2})((?:19|20)[0-9]{2})年")
_HAN_DATE = lazy_pattern(f"{_KNOWN}年({_MONTH})月(?:({_DAY})[日号])?")
_SEPARATED_DATE = lazy_pattern(
    f"(?<![{_CODE}/._-])((?:19|20)[0-9]{{2}})([-/.])(1[0-2]|0?[1-9])\\2(3[01]|[12][0-9]|0?[1-9])日?"
    "(?!(?!T[0-9])[A-Za-z]|[0-9/_-]|\\.[0-9])"
)
_EDITION = lazy_pattern(
    f"{_KNOWN}(?:年?(?:修订|修正|试行|最新)?版(?![权块面图])|年本(?=\\))|年?(?:修订|修正)(?=[)》]))"
)
_PLAIN = lazy_pattern(
    f"{_KNOWN}(?:年(?:度(?!假))?|(?=(?:上|下)半年|第[一二三四1-4]季度|[、和与及](?:{_YEAR}[、和与及])*{_YEAR}年))"
)
# The look-behinds keep words apart that merely end before 年: 网上年检, 文明年度, 成本年均, 3次年会.
_RELATIVE = lazy_pattern(
    "(?P<previous>(?<![过除])去年度?|(?<![以网线史世会])上年(?![纪龄轻检审报])度?|(?<!以)上一年度?)"
    "|(?P<current>今年(?!轻)度?|(?<![基样成资根版文日读课])本年(?!轻)度?)"
    "|(?P<next>(?<![文清光声透黎证说表注申标列载])明年度?|(?<!以)下一年度?|(?<![以线名地旗])下年度"
    "|(?<![0-9一二三四五六七八九十百两几多余每首此数本该届批频人层档])次年(?![度会均])|(?<![以近年])来年(?!均))"
    "|(?P<before_previous>(?<![提目以当此日之会事生])前年(?!度))"
)
_BEFORE_YEAR = "[去上今本明下次来前]"
# Beginning with the one character that all relative words have: it is looked for at once.
_RELATIVE_CANDIDATE = lazy_pattern(f"年(?:(?<={_BEFORE_YEAR}年)|(?<={_BEFORE_YEAR}一年))")
_OFFSETS = {"before_previous": -2, "previous": -1, "current": 0, "next": 1}
_TO_DIGITS = str.maketrans(_HAN_DIGITS + _LOOKALIKES, "00123456789" + "0" * len(_LOOKALIKES))


def find_year_tokens(view_text: str, start: int = 0, end: int | None = None) -> Iterator[YearToken]:
    """Each year token of ``view_text[start:end]``, in order of position and without overlaps.

    ``view_text`` must be normalised (:func:`documents.normalised.normalise`); what stands beside the range is seen.
    """
    stop = len(view_text) if end is None else end
    tokens = [*_absolute_tokens(view_text, start, stop), *_relative_tokens(view_text, start, stop)]
    yield from sorted(tokens, key=itemgetter(0))


def year_tokens(view_text: str) -> tuple[YearToken, ...]:
    """The year tokens of a whole report, kept for what comes next: they tell its year, and are then judged by it."""
    return (_tokens_of_small if len(view_text) <= _SMALL else _tokens_of_large)(view_text)


def _all_tokens(view_text: str) -> tuple[YearToken, ...]:
    return tuple(find_year_tokens(view_text))


# Small reports are read, and then judged, several together; a large one is alone, and takes much memory.
_tokens_of_small = lru_cache(maxsize=16)(_all_tokens)
_tokens_of_large = lru_cache(maxsize=1)(_all_tokens)


def year_number(written: str) -> int:
    """The number of a year written in four Arabic or Han digits: ``二〇二三`` is 2023."""
    return int(written.translate(_TO_DIGITS))


def _relative_tokens(text: str, start: int, stop: int) -> Iterator[YearToken]:
    for candidate in _RELATIVE_CANDIDATE.finditer(text, start, stop):
        place = candidate.start() - (2 if text[candidate.start() - 1] == "一" else 1)
        if place >= start and (match := _RELATIVE.match(text, place, stop)):
            offset = _OFFSETS[match.lastgroup or ""]
            yield YearToken(match.start(), match.end(), None, None, YearForm.RELATIVE, offset=offset)


def _absolute_tokens(text: str, start: int, stop: int) -> list[YearToken]:
    tokens: list[YearToken] = []
    search, position = _CANDIDATE.search, start
    while candidate := search(text, position, stop):
        place = candidate.start()
        token = _frequent(text, place, stop) or _token_at(text, place, start, stop)
        if token is None:
            position = place + 4
        else:
            tokens.append(token)
            position = token[1]
    return tokens


def _frequent(text: str, place: int, stop: int) -> YearToken | None:
    """The token at ``place`` where it is an Arabic year before a character that leaves no other reading."""
    written = text[place : place + 7]
    if written[4:5] != "年" or place + 7 > stop:
        return None
    end = place + 5
    if written[5:6] == "度" and (following := written[6:]) not in _RANGE_GOES_ON and not following.isspace():
        end += following != "假"
    elif written[5:6] not in _AFTER_PLAIN:
        return None
    digits = written[:4]
    if not digits.isascii() or not "1900" <= digits <= "2049":
        return None
    year = int(digits)
    return tuple.__new__(YearToken, (place, end, year, year, _YEAR_FORM, None, None, None))


def _token_at(text: str, place: int, start: int, stop: int) -> YearToken | None:
    if place > start and text[place - 1] in "〔[(【":
        numbered = _DOCUMENT_NUMBER.match(text, place - 1, stop)
        if numbered:
            return _single(numbered, YearForm.DOCUMENT_NUMBER, numbered[1] or numbered[2])
    if text[place + 4 : place + 5] == "年":
        return _at_year(text, place, stop)
    return _range(text, place, stop) or _date(text, place, stop) or _plain(text, place, stop)


def _at_year(text: str, place: int, stop: int) -> YearToken | None:
    """As :func:`_token_at` where 年 follows the digits: what comes next leaves few readings."""
    following = text[place + 5 : place + 6]
    token: YearToken | None = None
    if following in _RANGE_GOES_ON or following.isspace():
        token = _range(text, place, stop)
    if token is None and following in _MONTH_BEGINS:
        token = _date(text, place, stop)
    return token or _plain(text, place, stop)


_YEAR_FORM = YearForm.YEAR
_SMALL = 1 << 16
_RANGE_GOES_ON = frozenset("度-—~至到")
_MONTH_BEGINS = frozenset("0123456789一二三四五六七八九十")
# What mostly stands behind 2023年, and makes it neither an edition nor an issue.
_AFTER_PLAIN = frozenset(",。、以全工共我法推")


def _range(text: str, place: int, stop: int) -> YearToken | None:
    match = _RANGE.match(text, place, stop)
    if match and (match[2] or match[4] or not _part_of_code(text, match.start(), match.end())):
        first = year_number(match[1])
        last = year_number(match[3] if len(match[3]) == 4 else match[1][:2] + match[3])
    elif match := _RUN_TOGETHER.match(text, place, stop):
        first, last = int(match[1]), int(match[2])
    else:
        return None
    if not EARLIEST <= first < last <= LATEST:
        return None
    return YearToken(match.start(), match.end(), first, last, YearForm.RANGE)


def _part_of_code(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return bool(re.match(f"[{_CODE}/._-]", before) or re.match(f"[{_CODE}/_件人名个次万元-]", after))


def _date(text: str, place: int, stop: int) -> YearToken | None:
    if match := _HAN_DATE.match(text, place, stop):
        year, month, day = match[1], match[2], match[3]
    elif match := _SEPARATED_DATE.match(text, place, stop):
        year, month, day = match[1], match[3], match[4]
    else:
        return None
    number = year_number(year)
    if not _EARLIEST_HISTORIC <= number <= LATEST:
        return None
    days = _count(day) if day else None
    return YearToken(match.start(), match.end(), number, number, YearForm.DATE, _count(month), days)


def _plain(text: str, place: int, stop: int) -> YearToken | None:
    if match := _ISSUE_NUMBER.match(text, place, stop):
        return _single(match, YearForm.DOCUMENT_NUMBER, match[1])
    if match := _EDITION.match(text, place, stop):
        return _single(match, YearForm.EDITION, match[1])
    if match := _PLAIN.match(text, place, stop):
        return _single(match, YearForm.YEAR, match[1])
    return None


def _single(match: re.Match[str], form: YearForm, written: str) -> YearToken | None:
    year = year_number(written)
    earliest = _EARLIEST_HISTORIC if form is YearForm.YEAR else EARLIEST
    return YearToken(match.start(), match.end(), year, year, form) if earliest <= year <= LATEST else None


def _count(written: str) -> int:
    """A number below 100 in Arabic or Han numerals: ``十二`` is 12, ``二十`` is 20, ``03`` is 3."""
    if written.isascii():
        return int(written)
    tens, ten, units = written.rpartition("十")
    if not ten:
        return year_number(written)
    return (year_number(tens) if tens else 1) * 10 + (year_number(units) if units else 0)
