"""The words without which a check of metrics has nothing to say: denials, vague numbers, signs of a blank, notes.

They are looked for together with the forms of the catalogue, in one pass; where one stands, the pattern of its check
decides.
"""

from __future__ import annotations

from enum import IntEnum
from itertools import product


class Sign(IntEnum):
    """What may begin at a place: a zero in words, a number left vague, a blank, a note that somebody is to fill it."""

    ZERO = 0
    VAGUE = 1
    BLANK = 2
    NOTE = 3


def _joined(*parts: str) -> list[str]:
    """Every wording that takes one of the words of each part, with blanks between them."""
    return ["".join(words) for words in product(*[part.split() for part in parts])]


NOTES = [
    *_joined("待", "补充 填 定 核实 更新"),
    *_joined("请", "填写 补充 核实 更新"),
    *_joined("此处", "填写 插入 补充"),
    *_joined("需 须", "补充 填写 核实 更新 确认"),
]
_MEASURES = "人 场 件 批 家 期 户 次 起 轮 宗 份 名 例"
_VAGUE = [
    *_joined("若干 许多 众多 不少 大量 大批 一批"),
    *_joined("多 数 上 几", _MEASURES),
    *_joined("多 数 上 几", "十 百 千", _MEASURES),
]
_BLANKS = [*"Xx×*_□■〇?N", *[blank[0] + " " * width + blank[1] for blank in ("()", "[]", "【】") for width in range(7)]]
_ZEROS = _joined("未 无 零 〇 没有 不存在")
_WORDS = {Sign.ZERO: _ZEROS, Sign.VAGUE: _VAGUE, Sign.BLANK: _BLANKS, Sign.NOTE: NOTES}
SIGNS = {word: tuple(sign for sign in Sign if word in _WORDS[sign]) for words in _WORDS.values() for word in words}
"""Every word, with what it may begin."""
