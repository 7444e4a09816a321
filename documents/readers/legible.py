"""Telling text from what a font without a map to Unicode leaves of it, and saying which pages were not read."""

from __future__ import annotations

import re
from collections.abc import Sequence

SEND_TEXT = "请报送单位提供文字版报告（Word 文档，或由 Word、WPS 直接输出的 PDF、OFD 文件），扫描件和图片无法审核。"
BLANKS = " \r\n\t\xa0\u3000"
_MOJIBAKE = 0.3
_LEAST_HAN = 0.1
_MOST_TOLD = 10
_LATIN = re.compile("[\xa0-\xff]")
# What no report has among its Han characters: accented letters but those of pinyin and ×÷, and the old control signs.
_FOREIGN = re.compile("[\x7f-\x9f\xc0-\xd6\xd8-\xdf\xe2-\xe7\xea\xeb\xee-\xf1\xf4-\xf6\xf8\xfb\xfd-\u0100]")
_MOST_FOREIGN = 0.02
_A_FEW = 2
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# A single sign of a symbol font (U+F0xx) is a bullet or a box to tick.
_MEANINGLESS = re.compile("[\ufffd\ue000-\uefff\uf100-\uf8ff\U000f0000-\U0010ffff]|(?<=[\uf000-\uf0ff])[\uf000-\uf0ff]")


def is_mojibake(words: str) -> bool:
    """Whether accented letters and control signs stand where Han characters are to be expected."""
    latin, han = len(_LATIN.findall(words)), len(_HAN.findall(words))
    if han < _LEAST_HAN * len(words):
        return latin > _MOJIBAKE * len(words)
    return foreign_share(words) > _MOST_FOREIGN


def foreign_share(words: str) -> float:
    """How many signs there are that no Chinese text has, for each Han character; a few are none."""
    foreign = len(_FOREIGN.findall(words))
    return foreign / max(1, count_han(words)) if foreign > _A_FEW and count_han(words) > foreign else 0.0


def meaningless_share(words: str) -> float:
    """The share of characters that were replaced or are for private use."""
    return len(_MEANINGLESS.findall(words)) / max(1, len(words))


def count_han(words: str) -> int:
    """The number of Han characters in ``words``."""
    return len(_HAN.findall(words))


def without_blanks(text: str) -> int:
    """The number of characters in ``text``, blanks left out."""
    return len(text) - sum(text.count(blank) for blank in BLANKS)


def numbered(pages: Sequence[int]) -> str:
    """``pages`` by their numbers, in Chinese: ``第 3、5 页``."""
    told = "、".join(str(number) for number in pages[:_MOST_TOLD])
    return f"第 {told} 页" if len(pages) <= _MOST_TOLD else f"第 {told} 等 {len(pages)} 页"
