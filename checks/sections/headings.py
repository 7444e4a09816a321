"""Reads a heading's words: which required contents it announces, wholly or among other things."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache

from documents.lazy_pattern import lazy_pattern
from rules.facts.contents import RequiredContent, characters_used, stem

_LONGEST_HEADING = 70
# Shorter than any catalogued form, so that only a form with one character lost can be as near.
_SHORTEST_TOLERATED = 3
_SHORTEST_FORM = 4
_LONGEST_TOLERATED = 24
_RANGE = lazy_pattern(r"\d{4}年?[-—~至]+\d{4}年?")
_YEAR = lazy_pattern(
    r"(?P<digits>(?:19|20)\d\d)年度?"
    r"|(?P<han>[一二][〇零九][〇零一二三四五六七八九]{2})年度?"
)
_LEADING_YEAR = lazy_pattern(r"^(?:往|本|来|某)年度?")
# A year with a digit lost, doubled or mistyped: 204年, 20224年, 20某4年.
_MISTYPED_YEAR = lazy_pattern(r"(?<!\d)(?:2\d{2}|20\d{3}|2[^\d,;]\d{2}|20[^\d,;]\d)年度?|^[^\d,;]0\d\d年度?")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_UNIT = lazy_pattern(
    r"^[\u4e00-\u9fff]{1,14}?(?:街道办事处|人民政府|管委会|管理委员会|街道|[镇乡县区市局厅省委办])"
    r"(?=推进|法治|工作|主要|在|年度|党|基本|履行|存在|依法|本年|往年|来年|某年|开展|下)"
)
# Words that any heading of a report on this subject may contain without saying more by them.
_GENERAL = lazy_pattern(
    r"""
    法治政府建设|上一年度|依法治乡|依法治区|依法治县|依法治市|依法治理|依法治省|依法治镇|依法行政|
    法治建设|一年来|上一年|上年度|下一步|进一步|不断|专题|严格|主要|今年|以及|以来|作用|充分|
    党委|党政|全乡|全区|全县|全市|全年|全省|全镇|全面|关于|具体|几点|分析|切实|初步|到位|加强|
    压实|及其|发挥|取得|各项|同志|坚持|基本|完成|履行|工作|带头|任务|创新|经验|年度|年终|建设|开展|强化|当前|
    往年|总体|情况|我乡|我区|我厅|我县|我委|我局|我市|我省|我街|我镇|扎实|扛牢|扛起|推动|推荐|
    推行|推进|政府|整体|方面|有关|有力|本乡|本区|本县|本局|本市|本年|本镇|来年|某年|法治|深入|
    特色|目前|相关|积极|职责|自身|若干|落实|街道|认真|负责|责任|贯彻|过程|重点|领导|一|上|与|
    中|了|人|其|区|县|及|和|在|对|市|并|是|暨|的|省|等|者|[^\u4e00-\u9fff]+
    """,
    re.VERBOSE,
)
_DIGIT = lazy_pattern(r"\d")


class Announcement(StrEnum):
    """How a heading announces a content: as what its section is about, or in passing."""

    WHOLE = "whole"
    PASSING = "passing"


Reading = Mapping[str, Announcement]


# 2035年 is the target of a policy, not the year of a plan.
_TARGET_DISTANCE = 5


def told_by_relation(text: str, reported: int | None) -> str:
    """``text`` with every year replaced by its relation to the reported year: 往年, 本年, 来年, or 某年 if unknown."""

    def relation(year: re.Match[str]) -> str:
        value = int(year["digits"] or year["han"].translate(_HAN_DIGITS))
        if reported is None:
            return "某年"
        if value >= reported + _TARGET_DISTANCE:
            return "某年"
        return "本年" if value == reported else "来年" if value > reported else "往年"

    return _YEAR.sub(relation, _RANGE.sub("", text)) if "年" in text else text


def read_heading(title: str, contents: tuple[RequiredContent, ...], reported: int | None) -> Reading:
    """The contents that a heading with this (normalised) title announces, in their order; empty for a theme."""
    return heading_reader(contents)(title, reported)


HeadingReader = Callable[[str, int | None], Reading]
"""Reads a heading with a (normalised) title in a report on a year."""


class _Reader:
    """Reads headings for one set of contents. Reports of a batch have many headings in common: these are kept."""

    def __init__(self, contents: tuple[RequiredContent, ...]) -> None:
        self.contents = contents
        self.read: HeadingReader = lru_cache(maxsize=_MOST_KEPT)(self._read)

    def _read(self, title: str, reported: int | None) -> Reading:
        title = "".join(title.split())
        if not title or len(title) > _LONGEST_HEADING:
            return {}
        told = told_by_relation(title, reported)
        told = _MISTYPED_YEAR.sub("某年", told) if _DIGIT.search(told) else told
        return _read_told(_UNIT.sub("", told).rstrip("。:;,"), self.contents)


_MOST_KEPT = 4096
_MOST_READERS = 8
_readers: dict[tuple[int, ...], _Reader] = {}


def heading_reader(contents: tuple[RequiredContent, ...]) -> HeadingReader:
    """:func:`read_heading` for ``contents``, by identity: they cannot be hashed, and the reader holds them."""
    identity = tuple(map(id, contents))
    reader = _readers.get(identity)
    if reader is None:
        if len(_readers) >= _MOST_READERS:
            _readers.clear()
        reader = _readers[identity] = _Reader(contents)
    return reader.read


def _read_told(told: str, contents: tuple[RequiredContent, ...]) -> Reading:
    """What a heading announces whose years are told by their relation to the reported one."""
    rest = told
    reading: dict[str, Announcement] = {}
    # The last content first: what is left of "主要成效及下一步工作" without the plan must read as work done.
    for content in reversed(contents):
        announcement, rest = _read_for(content, rest)
        if announcement:
            reading[content.id] = announcement
    # And once more: what says nothing else now that "存在问题和" is gone did say something else before.
    rest = _LEADING_YEAR.sub("", rest)
    for content in contents if reading else ():
        announcement, rest = (None, rest) if content.id in reading else _read_for(content, rest)
        if announcement:
            reading[content.id] = announcement
    if Announcement.WHOLE not in reading.values():
        reading |= _read_tolerantly(told, contents)
    return {content.id: reading[content.id] for content in contents if content.id in reading}


def _read_for(content: RequiredContent, words: str) -> tuple[Announcement | None, str]:
    """How ``words`` announce ``content``, and the words that are left for other contents."""
    if not content.announcing_pattern.search(words):
        return None, words
    seen = content.overlooked_heading_pattern.sub("", words)
    if found := [match.group() for match in content.heading_pattern.finditer(seen)]:
        for passage in found:
            words = words.replace(passage, "", 1)
        return Announcement.WHOLE, words
    if content.plain_heading_pattern.search(seen):
        rest = content.plain_heading_pattern.sub("", seen)
        if len(_GENERAL.sub("", rest)) <= max(1, len(words) // 14):
            return Announcement.WHOLE, rest
    if content.mention_pattern.search(seen):
        return Announcement.PASSING, words
    return None, words


def _read_tolerantly(told: str, contents: tuple[RequiredContent, ...]) -> Reading:
    """The content one of whose forms differs from the heading by a slip: one character, or two in a long heading."""
    words = stem(told)
    if not _SHORTEST_TOLERATED <= len(words) <= _LONGEST_TOLERATED:
        return {}
    allowed = 1 if len(words) < 2 * _SHORTEST_FORM else 2
    used = characters_used(words)
    # No slip changes the length by more than one character, or the characters used by more than two.
    similar = {
        form: content.id
        for content in contents
        for length in range(len(words) - allowed, len(words) + allowed + 1)
        for form, others in content.stems.get(length, ())
        if (used ^ others).bit_count() <= 2 * allowed
    }
    nearest = _nearest(words, list(similar), allowed) if similar else None
    return {similar[nearest]: Announcement.WHOLE} if nearest else {}


def _nearest(words: str, forms: list[str], allowed: int) -> str | None:
    """The form with the fewest slips between it and ``words``, at most ``allowed``."""
    # Few headings come near to a form, and loading the library takes longer than judging a report.
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    slips = [Levenshtein.distance(words, form) for form in forms]
    return forms[slips.index(min(slips))] if min(slips) <= allowed else None
