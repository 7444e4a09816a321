"""Reads a heading's words: which required contents it announces, wholly or among other things."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from rules.facts.contents import RequiredContent

_LONGEST_HEADING = 70
_SHORTEST_TOLERATED = 4
_RANGE = re.compile(r"\d{4}年?[-—~至]+\d{4}年?")
_YEAR = re.compile(
    r"(?P<digits>(?:19|20)\d\d)(?:年度?|(?=法治|主要|工作|推进|度|下))"
    r"|(?P<han>[一二][〇零九][〇零一二三四五六七八九]{2})年度?"
)
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_UNIT = re.compile(
    r"^[\u4e00-\u9fff]{1,14}?(?:街道办事处|人民政府|管委会|管理委员会|街道|[镇乡县区市局厅省委办])"
    r"(?=推进|法治|工作|主要|在|年度|党|基本|履行|存在|依法|本年|往年|来年|某年|开展|下)"
)
# Words that any heading of a report on this subject may contain without saying more by them.
_GENERAL_WORDS = (
    "本年 往年 某年 来年 上一年度 上年度 上一年 一年来 年度 全年 今年 以来 法治政府建设 法治建设 建设 法治 依法行政 "
    "依法治理 依法治区 依法治县 依法治市 依法治省 依法治镇 依法治乡 推进 推荐 推动 推行 开展 加强 深入 扎实 全面 贯彻 积极 "
    "不断 有力 充分 严格 切实 认真 坚持 强化 压实 扛牢 扛起 带头 履行 落实 完成 取得 发挥 工作 主要 重点 基本 总体 整体 有关 "
    "相关 情况 方面 过程 具体 几点 若干 特色 各项 进一步 下一步 自身 目前 当前 初步 年终 专题 分析 党政 党委 政府 街道 责任 职责 "
    "负责 领导 同志 作用 到位 本局 本区 本县 本市 本镇 本乡 我局 我区 我县 我市 我镇 我乡 我街 我省 我厅 我委 全区 全县 全市 全省 "
    "全镇 全乡 关于 以及 及其 人 者 区 县 市 省 的 在 中 及 和 与 暨 等 并 对 一 是 了 其 上"
).split()
_GENERAL = re.compile("|".join(sorted(_GENERAL_WORDS, key=len, reverse=True)) + r"|[^\u4e00-\u9fff]+")
_STEM = re.compile(r"本年|往年|来年|某年|上?一?年度|推进|法治政府建设|法治建设|的|[^\u4e00-\u9fff]+")


class Announcement(StrEnum):
    """How a heading announces a content: as what its section is about, or in passing."""

    WHOLE = "whole"
    PASSING = "passing"


Reading = dict[str, Announcement]


def told_by_relation(text: str, reported: int | None) -> str:
    """``text`` with every year replaced by its relation to the reported year: 往年, 本年, 来年, or 某年 if unknown."""

    def relation(year: re.Match[str]) -> str:
        value = int(year["digits"] or year["han"].translate(_HAN_DIGITS))
        if reported is None:
            return "某年"
        return "本年" if value == reported else "来年" if value > reported else "往年"

    return _YEAR.sub(relation, _RANGE.sub("", text))


def read_heading(title: str, contents: tuple[RequiredContent, ...], reported: int | None) -> Reading:
    """The contents that a heading with this (normalised) title announces, in their order; empty for a theme."""
    title = re.sub(r"\s+", "", title)
    if not title or len(title) > _LONGEST_HEADING:
        return {}
    rest = told = _UNIT.sub("", told_by_relation(title, reported)).rstrip("。:;,")
    reading: Reading = {}
    # The last content first: what is left of "主要成效及下一步工作" without the plan must read as work done.
    for content in reversed(contents):
        announcement, rest = _read_for(content, rest)
        if announcement:
            reading[content.id] = announcement
    if Announcement.WHOLE not in reading.values():
        reading |= _read_tolerantly(told, contents)
    return {content.id: reading[content.id] for content in contents if content.id in reading}


def _read_for(content: RequiredContent, words: str) -> tuple[Announcement | None, str]:
    """How ``words`` announce ``content``, and the words that are left for other contents."""
    seen = content.overlooked_heading_pattern.sub("", words)
    if content.heading_pattern.search(seen):
        return Announcement.WHOLE, content.heading_pattern.sub("", words)
    if content.plain_heading_pattern.search(seen):
        rest = content.plain_heading_pattern.sub("", seen)
        if len(_GENERAL.sub("", rest)) <= max(1, len(words) // 14):
            return Announcement.WHOLE, rest
    if content.mention_pattern.search(seen):
        return Announcement.PASSING, words
    return None, words


def _read_tolerantly(told: str, contents: tuple[RequiredContent, ...]) -> Reading:
    """The content one of whose forms differs from the heading by a slip: one character, or two in a long heading."""
    stem = _stem(told)
    if len(stem) < _SHORTEST_TOLERATED:
        return {}
    allowed = 1 if len(stem) < 2 * _SHORTEST_TOLERATED else 2
    distances = [
        (Levenshtein.distance(stem, form, score_cutoff=allowed), content.id)
        for content in contents
        for form in _stems(content.forms)
    ]
    distance, nearest = min(distances)
    return {nearest: Announcement.WHOLE} if distance <= allowed else {}


@lru_cache(maxsize=64)
def _stems(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem for form in forms if len(stem := _stem(form)) >= _SHORTEST_TOLERATED)


def _stem(words: str) -> str:
    return _STEM.sub("", words)
