"""The folded text: one form for each blank, bracket, digit and punctuation mark, character for character.

Unlike the normalised view it has exactly the length of the text, so structure is read from it without a map: a place in
the folded text is the same place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from functools import lru_cache

from documents.lazy_pattern import lazy_pattern
from documents.radicals import HAN_OF_RADICALS
from documents.wrapped import JOIN

# Besides the carriage return, which belongs to its line feed: they end a line in Word, in PDF extracts and in Unicode.
_LINE_ENDS = ("\v", "\f", "\x85", "\u2028", "\u2029")
_QUOTES = {"「": "“", "」": "”", "『": "‘", "』": "’", "○": "〇", "◯": "〇", "丨": "|", "│": "|", "∶": ":", "︰": ":"}
# 壹、 numbers a heading; 伍 and 陆 are left alone, being names as well.
_NUMERALS = {"壹": "一", "贰": "二", "叁": "三", "肆": "四"}


# Few texts are without these.
_FREQUENT = dict(zip("，：；（）！？％\u3000", ",:;()!?% ", strict=True))
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if not chr(code).isalpha()}
# An ASCII full stop that ends a sentence: it is behind Chinese words or what closes them, is no mark of a number
# before a heading and belongs to no address.
_NUMBER = "[一二三四五六七八九十]"
_BEFORE_NUMBER = r"[\s。.;:,)”]"
_ASCII_STOP = lazy_pattern(
    rf"(?<=[\u3400-\u9fff)”》%])\.(?![A-Za-z_.])(?<!^{_NUMBER}.)(?<!^{_NUMBER}{{2}}.)"
    rf"(?<!{_BEFORE_NUMBER}{_NUMBER}.)(?<!{_BEFORE_NUMBER}{_NUMBER}{{2}}.)(?<!\({_NUMBER}\).)(?<!\({_NUMBER}{{2}}\).)",
    re.MULTILINE,
)
_FEWEST_ASCII_STOPS = 3
# Characters of other kinds than most texts consist of alone.
_UNUSUAL = lazy_pattern(f"[^\u4e00-\u9fff\n\x20-\x7e。、“”‘’《》〈〉【】〔〕—·{''.join(_FREQUENT)}]")


def _folding() -> dict[str, str]:
    compatibility = [*range(0xFF01, 0xFF66), *range(0xFE50, 0xFE6C)]
    forms = {code: unicodedata.normalize("NFKC", chr(code)) for code in compatibility}
    folding = {code: form for code, form in forms.items() if len(form) == 1}
    invisible = [*range(0x20), *range(0x7F, 0xA1), 0xAD, *range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x205F, 0x3000]
    folding |= dict.fromkeys([*invisible, *range(0x2060, 0x2070), 0xFEFF], " ")
    folding |= {ord(sign): form for sign, form in _QUOTES.items()} | HAN_OF_RADICALS
    del folding[ord("\n")], folding[ord("\t")], folding[ord(JOIN)]
    return {chr(code): form for code, form in folding.items()}


_FOLDING = _folding()


def with_line_feeds(text: str) -> str:
    """The text with every kind of line end made ``\\n``."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for line_end in _LINE_ENDS:
        if line_end in text:
            text = text.replace(line_end, "\n")
    return text


@lru_cache(maxsize=1)
def unusual_signs(text: str) -> frozenset[str]:
    """The characters of ``text`` that are neither Chinese characters nor signs that most texts hold.

    All readers of a text that look for rare signs ask this set first, and so need no search of their own. It is kept
    for the next reader of the same text.
    """
    return frozenset(_UNUSUAL.findall(text))


def half_width(text: str, unusual: Set[str] | None = None) -> str:
    """``text`` with its full-width digits, punctuation and blanks in half-width form; equally long.

    ``unusual`` are its :func:`unusual_signs`, where they are known.
    """
    signs = unusual_signs(text) if unusual is None else unusual
    for sign, form in _FREQUENT.items():
        text = text.replace(sign, form)
    for sign in signs & _WIDE.keys():
        text = text.replace(sign, _WIDE[sign])
    return text


def with_full_stops(text: str) -> str:
    """``text`` with a Chinese full stop for each ASCII one that ends a sentence, where the author writes these instead;
    equally long.

    A single one may stand in a name (买买提.艾力), so the text is left alone if it has more Chinese full stops.
    """
    if text.count(".") <= max(_FEWEST_ASCII_STOPS - 1, text.count("。")):
        return text
    changed, count = _ASCII_STOP.subn("。", text)
    return changed if count >= _FEWEST_ASCII_STOPS and count > text.count("。") else text


def fold(text: str) -> str:
    """The folded form of ``text``; equally long."""
    unusual = unusual_signs(text)
    return fold_half_width(half_width(text, unusual), unusual)


def fold_half_width(text: str, unusual: Set[str]) -> str:
    """The folded form of a text of which :func:`half_width` was taken already, and the :func:`unusual_signs` before."""
    for sign in unusual & _FOLDING.keys():
        text = text.replace(sign, _FOLDING[sign])
    for sign, form in _NUMERALS.items():
        text = text.replace(sign, form)
    return text
