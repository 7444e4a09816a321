"""Patterns in rule files, run by RE2, so that no pattern can take more than linear time.

Those that only list a few words, such as ``原因|由于``, are left to :mod:`re`, which finds the same faster, as safely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import re2
from pydantic_core import CoreSchema, core_schema

from documents.lazy_pattern import lazy_pattern
from rules.pattern_syntax import PatternError, translate

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

# Larger programs do not fit RE2's memory and then take 10 ms and more on every report.
MAX_PROGRAM = 30_000

# Whole reports, which many patterns go over in turn, a few reports at a time. Longer ones are few, and large.
_KEPT_LENGTHS = range(1_000, 100_000)
_MOST_KEPT = 16

_WORDS = lazy_pattern(r"[\u4e00-\u9fff]+(?:\|[\u4e00-\u9fff]+)*")
# Each word is tried in turn at every place.
_LONGEST_LIST = 2_000

_PROBES = (b"", b"a", b"a a\n a")
_REFUSALS = (
    ("missing ]", "的方括号没有配对", "要匹配方括号本身请写 \\[ 和 \\]"),
    ("missing )", "的圆括号没有配对", "要匹配半角圆括号本身请写 \\( 和 \\)"),
    ("unexpected )", "的圆括号没有配对", "要匹配半角圆括号本身请写 \\( 和 \\)"),
    ("no argument for repetition", "的重复符号前面没有可重复的内容", "要匹配 * + ? 本身请在前面加反斜杠"),
    ("bad repetition operator", "的重复符号不能连用", "如 ++、**；请只留一个"),
    ("invalid repetition size", "的重复次数不对或过多", "花括号里先小后大，合计不超过 1000"),
    ("invalid character class", "的方括号范围或 \\p 名称不对", "范围从小到大，如 [0-9]；汉字写 \\p{Han}"),
    ("invalid escape", "有不认识的反斜杠写法", "可用 \\d \\s \\w \\p{Han}；特殊符号前加反斜杠"),
    ("trailing", "末尾多了一个反斜杠", "要匹配反斜杠本身请写 \\\\"),
    ("invalid perl operator", "有不支持的 (?… 写法", "分组请用 (…) 或 (?:…)"),
    ("invalid named capture group", "里的分组名称不对", "写法如 (?P<count>…)"),
    ("pattern too large", "太长太复杂", "请拆成几条，或减少重复次数"),
)


class TextMatch(Protocol):
    """What a match of either engine, RE2 or :mod:`re`, can tell."""

    def group(self) -> Any:
        """The words matched."""


class TextPattern(Protocol):
    """What a compiled pattern of either engine, RE2 or :mod:`re`, can do."""

    def search(self, text: str, /) -> TextMatch | None:
        """The first match."""

    def finditer(self, text: str, /) -> Iterator[TextMatch]:
        """Every match."""

    def sub(self, replacement: str, text: str, /) -> str:
        """``text`` with every match replaced."""


@dataclass(frozen=True, slots=True)
class Re2Match:
    """One match: the part of :class:`re.Match` that checks use. Positions are code points of the text searched."""

    string: str
    place: tuple[int, int]

    def span(self) -> tuple[int, int]:
        """Where it starts and ends."""
        return self.place

    def start(self) -> int:
        """Where it starts."""
        return self.place[0]

    def end(self) -> int:
        """Where it ends."""
        return self.place[1]

    def group(self) -> str:
        """The words matched."""
        return self.string[self.place[0] : self.place[1]]


PatternMatch: TypeAlias = Re2Match | re.Match[str]
"""One match of a pattern of a rule file."""


class Re2Pattern:
    """A compiled pattern, also the type of a pattern in the models of parameters and facts.

    It matches the normalised view: full-width characters of the source are read as the view has them.
    """

    __slots__ = ("_compiled", "_words", "source")

    def __init__(self, source: str) -> None:
        """Compile ``source``. Raises :class:`PatternError` for what RE2 refuses or could never match, in Chinese."""
        self.source = source
        self._compiled: Any = _compile(translate(source))
        is_list = len(source) <= _LONGEST_LIST and _WORDS.fullmatch(source) is not None
        self._words = re.compile(source) if is_list else None

    def __repr__(self) -> str:
        return f"Re2Pattern({self.source!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Re2Pattern) and self.source == other.source

    def __hash__(self) -> int:
        return hash(self.source)

    def __reduce__(self) -> tuple[type[Re2Pattern], tuple[str]]:
        return Re2Pattern, (self.source,)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[PatternMatch]:
        """Each match in ``text[start:end]``; ``^`` and ``$`` are the ends of that range."""
        if self._words is not None:
            return self._words.finditer(text, start, len(text) if end is None else end)
        return self._matches(text, start, end)

    def _matches(self, text: str, start: int, end: int | None) -> Iterator[Re2Match]:
        encoded = in_bytes(text[start:end])
        byte, known = 0, start
        for match in self._compiled.finditer(encoded):
            first, last = match.span()
            known += len(encoded[byte:first].decode())
            byte = first
            yield Re2Match(text, (known, known + len(encoded[first:last].decode())))

    def match(self, text: str) -> Re2Match | None:
        """The match at the very start of ``text``, if there is one."""
        found = self._compiled.match(in_bytes(text))
        return Re2Match(text, (0, len(found.group().decode()))) if found else None

    def search(self, text: str, start: int = 0, end: int | None = None) -> PatternMatch | None:
        """The first match in ``text[start:end]``."""
        return next(self.finditer(text, start, end), None)

    def sub(self, replacement: str, text: str) -> str:
        """``text`` with every match replaced."""
        pieces, end = [], 0
        for match in self.finditer(text):
            pieces += [text[end : match.start()], replacement]
            end = match.end()
        return "".join([*pieces, text[end:]])

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        pattern = core_schema.no_info_after_validator_function(cls, core_schema.str_schema(min_length=1))
        return core_schema.json_or_python_schema(
            json_schema=pattern,
            python_schema=core_schema.union_schema(
                [core_schema.is_instance_schema(cls), pattern], mode="left_to_right"
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda value: value.source),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "format": "re2", "minLength": 1}


def in_bytes(text: str) -> bytes:
    """``text`` as RE2 reads it: UTF-8, with a question mark for what has no such form."""
    return _kept_in_bytes(text) if len(text) in _KEPT_LENGTHS else text.encode(errors="replace")


@lru_cache(_MOST_KEPT)
def _kept_in_bytes(text: str) -> bytes:
    return text.encode(errors="replace")


def _compile(source: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    try:
        compiled: Any = re2.compile(source.encode(), options)
    except re2.error as error:
        raise _refusal(error) from error
    if compiled.programsize > MAX_PROGRAM:
        raise PatternError("太长太复杂", "请拆成几条，或减少重复次数")
    if _matches_nothing(compiled):
        raise PatternError("可以匹配空白（什么都没有），会处处命中", "请去掉多余的 * 或 ?，至少要有一个必须出现的字")
    if compiled.programsize == 1:
        raise PatternError("永远匹配不到任何文字", "请检查方括号里的内容")
    return compiled


def _matches_nothing(compiled: Any) -> bool:
    """Whether it matches the empty string somewhere."""
    return any(match.start() == match.end() for probe in _PROBES for match in compiled.finditer(probe))


def _refusal(error: Exception) -> PatternError:
    reason = error.args[0]
    reason = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
    for start, message, hint in _REFUSALS:
        if reason.startswith(start):
            return PatternError(message, hint)
    return PatternError(f"不是可用的正则表达式：{reason}")
