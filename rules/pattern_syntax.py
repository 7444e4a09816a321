"""Patterns as people write them, translated for RE2 and for the normalised view of a report.

The view has ASCII forms of full-width digits, letters and punctuation, so the literals of a pattern are brought to the
same form; what becomes a special character on the way (``（`` becomes ``(``) is escaped. ``\\s`` and ``\\w`` mean
blanks, letters and digits of every script, as they do in Python.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from documents.normalised import normal_form

_CODE = r"u[0-9A-Fa-f]{4}|x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}"
_ESCAPE = rf"\\(?:{_CODE}|[pP]\{{[^}}]*\}}|[pP][A-Z]|.)"
TOKEN = lazy_pattern(
    rf"(?:(?P<escape>{_ESCAPE})"
    r"|(?P<set>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\])"
    r"|(?P<group>\((?:\?(?:P?<[^>=!]*>|[imsU]*(?:-[imsU]+)?[:)]|<?[=!]|P=|.?))?)"
    r"|(?P<operator>[|)^$.\[\\*+?{])"
    r"|(?P<literal>[\u4e00-\u9fff]+(?![*+?{])|.))"
    r"(?P<quantifier>(?:[*+?]|\{\d+(?:,\d*)?\})\??)?",
    re.DOTALL,
)
MEMBER = lazy_pattern(rf"(?P<named>\[:\^?\w+:\])|(?P<low>{_ESCAPE}|.)(?:-(?P<high>{_ESCAPE}|[^\]]))?", re.DOTALL)
CODE_POINT = lazy_pattern(rf"\\(?:{_CODE})")
_HAN = lazy_pattern(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|\\p\{Han\}")

_SPACES = r"\t-\r\x{1c}-\x20\x{85}\p{Z}"
_NO_SPACES = r"\x{0}-\x{8}\x{e}-\x{1b}!-\x{84}\x{86}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}"
_NO_SPACES += r"\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{10ffff}"
_NO_LETTERS = r"\p{M}\p{S}\p{Z}\p{C}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\x{203f}\x{2040}\x{2054}\x{fe33}\x{fe34}"
# Each class as it stands alone, and as it stands inside [...], where RE2 has no complement of several classes.
_CLASSES = {
    # The view has no other digits than these; \p{Nd} would make every pattern eight times as slow to compile.
    r"\d": ("[0-9]", "0-9"),
    r"\D": ("[^0-9]", r"\x{0}-/:-\x{10ffff}"),
    r"\s": (f"[{_SPACES}]", _SPACES),
    r"\S": (f"[^{_SPACES}]", _NO_SPACES),
    r"\w": (r"[\p{L}\p{N}_]", r"\p{L}\p{N}_"),
    r"\W": (r"[^\p{L}\p{N}_]", _NO_LETTERS),
}
_STARTS = frozenset({"^", r"\A"})
_ENDS = frozenset({"$", r"\z", r"\Z"})
_BOUNDARIES = frozenset({r"\b", r"\B"})
_USE_VIEW = "审核时先把全角数字、字母和标点统一为半角再比对"


class PatternError(ValueError):
    """A pattern that cannot be used: the message and a hint, in Chinese."""


class _Token(NamedTuple):
    kind: str
    text: str
    quantifier: str = ""

    @property
    def is_anchor(self) -> bool:
        return self.text in _STARTS | _ENDS | _BOUNDARIES

    @property
    def consumes(self) -> bool:
        """Whether something must be read to get past it."""
        optional = self.quantifier.startswith(("*", "?", "{0"))
        return not optional and not self.is_anchor and (self.kind in {"set", "literal", "escape"} or self.text == ".")

    @property
    def may_be_han(self) -> bool:
        """Whether it can stand for a Han character, which to RE2's ``\\b`` is no letter."""
        return not self.text.isascii() or re.search(r"\\[wpPDSW]", self.text) is not None


_NOTHING = _Token("nothing", "")


@lru_cache(maxsize=2048)
def translate(source: str) -> str:
    """``source`` as RE2 reads it. Raises :class:`PatternError` for what can never match or RE2 has not got."""
    tokens = [_token(match) for match in TOKEN.finditer(source)]
    multiline = any(token.kind == "group" and re.match(r"\(\?[isU]*m", token.text) for token in tokens)
    pieces: list[str] = []
    for before, token, after in zip([_NOTHING, *tokens], tokens, [*tokens[1:], _NOTHING], strict=False):
        _refuse_unsupported(token)
        if token.is_anchor and not multiline:
            _refuse_misplaced(before, token, after)
        if not (token.text.isspace() and _joins(before, after)):
            pieces.append(_translated(token) + token.quantifier)
    return "".join(pieces)


def _token(match: re.Match[str]) -> _Token:
    quantifier = match["quantifier"] or ""
    kind = next(kind for kind in ("escape", "set", "group", "operator", "literal") if match[kind] is not None)
    return _Token(kind, match[kind], quantifier)


def _refuse_unsupported(token: _Token) -> None:
    if token.kind == "group" and re.match(r"\(\?<?[=!]", token.text):
        raise PatternError(f"里不能用环视 {token.text}…)", "请改写为把前后文字一并匹配的形式")
    if token.text == "(?P=" or (token.kind == "escape" and re.fullmatch(r"\\[1-9]", token.text)):
        raise PatternError("里不能用反向引用", "请把要重复的文字直接写出来")
    if token.text in {r"\Q", r"\E", r"\C"}:
        raise PatternError(f"里不能用 {token.text}", "请在特殊符号前逐个加反斜杠")


def _refuse_misplaced(before: _Token, anchor: _Token, after: _Token) -> None:
    hint = f"请删去 {anchor.text}"
    if anchor.text in _BOUNDARIES and (before.may_be_han or after.may_be_han):
        raise PatternError(f"里的 {anchor.text} 挨着汉字，不会按词的边界匹配", hint)
    if anchor.text in _STARTS and before.consumes:
        raise PatternError(f"永远匹配不到：{anchor.text} 表示开头，它前面不能还有文字", hint)
    if anchor.text in _ENDS and after.consumes:
        raise PatternError(f"永远匹配不到：{anchor.text} 表示结尾，它后面不能还有文字", hint)


def _translated(token: _Token) -> str:
    if token.kind == "set":
        return _set(token.text)
    if token.kind == "escape":
        return _escape(token.text)
    # A run of Han characters is in its normal form and has nothing to escape.
    return _literal(token.text) if token.kind == "literal" and len(token.text) == 1 else token.text


def _joins(before: _Token, after: _Token) -> bool:
    """Whether a blank between the two is dropped from the view: between Han characters, or Han and a digit."""
    han = [bool(_HAN.search(token.text)) for token in (before, after)]
    digit = [token.text.isdigit() or token.text == r"\d" for token in (before, after)]
    return all(left or right for left, right in zip(han, digit, strict=True)) and any(han)


def _escape(text: str) -> str:
    if text in _CLASSES:
        return _CLASSES[text][0]
    if text == r"\Z":
        return r"\z"
    if CODE_POINT.fullmatch(text) or not text.isascii() or text == r"\t":
        return _literal(character_of(text))
    return text


def _literal(character: str) -> str:
    form = _form(character)
    if not form:
        message = f"永远匹配不到：里面有看不见的字符（U+{ord(character):04X}）"
        raise PatternError(message, "审核时这种字符已经去掉，请删去")
    escaped = "".join(_quoted(part) for part in form)
    return f"(?:{escaped})" if len(form) > 1 else escaped


def _set(text: str) -> str:
    start = 2 if text.startswith("[^") else 1
    return text[:start] + "".join(_member(match) for match in MEMBER.finditer(text[start:-1])) + "]"


def _member(match: re.Match[str]) -> str:
    low, high = match["low"], match["high"]
    if low is None:
        return match.group()
    if high is not None:
        return _range(low, high, match.group())
    if low in _CLASSES:
        return _CLASSES[low][1]
    if low[0] == "\\" and not (CODE_POINT.fullmatch(low) or low == r"\t"):
        return low if low.isascii() else _one(low[1:])
    return low if low in "^-" else _one(character_of(low))


def _range(low: str, high: str, text: str) -> str:
    if any(end[0] == "\\" and not CODE_POINT.fullmatch(end) and end[1:].isalpha() for end in (low, high)):
        return text
    ends = [character_of(end) for end in (low, high)]
    forms = [_form(end) or end for end in ends]
    if len(forms[0]) > 1 or len(forms[1]) > 1 or len({ord(a) - ord(b) for a, b in zip(ends, forms, strict=True)}) > 1:
        raise PatternError(f"方括号里的范围“{text}”不能用", f"{_USE_VIEW}，请逐个列出")
    return "-".join(map(_quoted, forms))


def _one(character: str) -> str:
    form = _form(character) or character
    if len(set(form)) > 1:
        raise PatternError(
            f"方括号里的“{character}”按“{form}”比对，是几个字", f"{_USE_VIEW}，请改写为 (?:{character}|…)"
        )
    return _quoted(form[0])


def character_of(text: str) -> str:
    """The character that a literal, an escaped character or a code point stands for."""
    if text == r"\t":
        return "\t"
    if not CODE_POINT.fullmatch(text):
        return text[-1]
    code = int(text[2:].strip("{}"), 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise PatternError(f"里的 {text} 不是字符", "请直接写出这个字")
    return chr(code)


def _quoted(character: str) -> str:
    if character.isprintable() and (character.isalnum() or not character.isascii() or character == "_"):
        return character
    return f"\\{character}" if "!" <= character <= "~" else f"\\x{{{ord(character):x}}}"


@lru_cache(maxsize=4096)
def _form(character: str) -> str:
    return character if "\u4e00" <= character <= "\u9fff" or "\x20" <= character <= "\x7e" else normal_form(character)
