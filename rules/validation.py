"""Validation of what was read from YAML, with pydantic's errors put into Chinese at their line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from rules.errors import Location, Place, Problem
from rules.guide import Guide

T = TypeVar("T")

_LIST = ("“{name}”应当是一个列表", "每项另起一行以 - 开头，或写在方括号里、用半角逗号隔开")
_MAPPING = ("“{name}”应当是几行“名称: 内容”", "冒号用半角，后面空一格，各行对齐")
_INTEGER = ("“{name}”应当是整数，不能是{input}", "请用半角数字")
_NUMBER = ("“{name}”应当是数，不能是{input}", "请用半角数字")
_SWITCH = ("“{name}”应当是 true 或 false，不能是{input}", "")
_CHOICE = ("“{name}”不能是{input}", "可用的有：{expected}")
_DATE = ("“{name}”应当是日期，不能是{input}", "写法如 2023-12-31")
_PATH = ("“{name}”应当是文件夹的路径，不能是{input}", "请用引号括起来")
_OTHER = ("“{name}”的内容不对", "{english}")
# Message and hint of each type of pydantic error; an empty hint is filled with the description of the key.
_MESSAGES = {
    "missing": ("缺少“{name}”", ""),
    "string_type": ("“{name}”应当是一段文字，不能是{input}", ""),
    "string_too_short": ("“{name}”不能为空", ""),
    "string_pattern_mismatch": ("“{name}”的写法不对：{input}", ""),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "frozen_set_type": _LIST,
    "set_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "too_short": ("“{name}”至少要有 {min_length} 项", ""),
    "too_long": ("“{name}”最多只能有 {max_length} 项", ""),
    "int_type": _INTEGER,
    "int_parsing": _INTEGER,
    "int_parsing_size": _INTEGER,
    "int_from_float": _INTEGER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "path_type": _PATH,
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "greater_than": ("“{name}”应当大于 {gt}", ""),
    "greater_than_equal": ("“{name}”不能小于 {ge}", ""),
    "less_than": ("“{name}”应当小于 {lt}", ""),
    "less_than_equal": ("“{name}”不能大于 {le}", ""),
}


class Owner(NamedTuple):
    """Whose content a value is (``subject`` opens each message) and where in it the value stands."""

    subject: str = ""
    root: Location = ()


NOBODY = Owner()


class FindPlace(Protocol):
    """Finds the place of a location; ``at_key`` asks for the key rather than its value."""

    def __call__(self, location: Location, *, at_key: bool = False) -> Place:
        """The place of ``location``, or of the nearest part of it that is in the file."""


def validate(
    adapter: TypeAdapter[T], value: object, place: FindPlace, problems: list[Problem], owner: Owner = NOBODY
) -> T | None:
    """``value`` as the adapter's type; or ``None``, with every mistake in it added to ``problems``."""
    try:
        return adapter.validate_python(value, by_alias=True, by_name=False)
    except ValidationError as error:
        problems.extend(in_chinese(error, adapter, value, place, owner))
        return None


def in_chinese(
    error: ValidationError, adapter: TypeAdapter[Any], value: object, place: FindPlace, owner: Owner = NOBODY
) -> Iterator[Problem]:
    """The mistakes that pydantic found in ``value``, each at its place."""
    return _Translation(adapter, value, place, owner).problems(error.errors(include_url=False))


def suggestion(name: str, known: Sequence[str], *, listed: bool = True) -> str:
    """A hint for an unknown name: the nearest known one, and (``listed``) all of them."""
    # Only for rule files with mistakes.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    near = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=60)
    question = f"是不是想写 {near[0]}？" if near else ""
    return question + (f"可用的有：{'、'.join(known)}" if known and listed else "")


def wide_colon_hint(siblings: object, key: str) -> str:
    """A hint where a missing ``key`` stands in the text of another, because its colon is full-width; else empty."""
    texts = siblings.values() if isinstance(siblings, dict) else [siblings]
    wide = any(isinstance(text, str) and f"{key}：" in text for text in texts)
    return f"“{key}”后面的冒号是全角的“：”，请改为半角冒号，后面空一格" if wide else ""


@dataclass(frozen=True)
class _Translation:
    adapter: TypeAdapter[Any]
    value: object
    place: FindPlace
    owner: Owner

    def problems(self, errors: Iterable[ErrorDetails]) -> Iterator[Problem]:
        located = [(_within(self.value, error["loc"]), error) for error in errors]
        alike: dict[Location, list[ErrorDetails]] = {}
        for location, error in located:
            if not (error["type"].endswith("_type") and any(_is_inside(other, location) for other, _ in located)):
                key = (*location, error["loc"][-1]) if error["type"] == "missing" else location
                alike.setdefault(key, []).append(error)
        return (self._problem(alternatives) for alternatives in alike.values())

    def _problem(self, alternatives: list[ErrorDetails]) -> Problem:
        """One problem from the errors of one place: several where a value may be of several types."""
        error = alternatives[0]
        location = _within(self.value, error["loc"])
        at_key = error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)
        messages, hints = zip(*(self._words(location, each) for each in alternatives), strict=True)
        subject = self.owner.subject or _subject(self.value, location)
        place = self.place((*self.owner.root, *location), at_key=at_key)
        message = "；或者".join(dict.fromkeys(messages))
        hint = "；".join(dict.fromkeys(filter(None, hints)))
        return Problem(*place, f"{subject}：{message}" if subject else message, hint)

    def _words(self, location: Location, error: ErrorDetails) -> tuple[str, str]:
        kind = error["type"]
        if kind == "extra_forbidden":
            return f"没有“{location[-1]}”这一项", suggestion(str(location[-1]), self._guide.keys(location[:-1]))
        if kind == "value_error":
            return self._own_words(location, error)
        if kind == "missing":
            location = (*location, error["loc"][-1])
        message, hint = _MESSAGES.get(kind) or (_DATE if kind.startswith("date") else _OTHER)
        words = {
            **error.get("ctx", {}),
            "name": self._name(location),
            "input": _shown(error["input"]),
            "english": error["msg"],
        }
        words["expected"] = "、".join(re.findall("'([^']*)'", str(words.get("expected", ""))))
        hint = hint.format_map(words) or self._guide.description(location)
        if kind == "missing":
            hint = wide_colon_hint(_at(self.value, location[:-1]), str(location[-1])) or hint
        return message.format_map(words), hint

    def _own_words(self, location: Location, error: ErrorDetails) -> tuple[str, str]:
        """The words of a ``ValueError`` that a model raised: its message, and its second argument as the hint."""
        message, *hint = error["ctx"]["error"].args
        name = "" if message.startswith("“") else f"“{self._name(location)}”"
        return f"{name}{message}", hint[0] if hint else self._guide.description(location)

    @cached_property
    def _guide(self) -> Guide:
        return Guide(self.adapter)

    def _name(self, location: Location) -> str:
        name = ""
        for part in (*self.owner.root, *location):
            name += f" 第 {part + 1} 项" if isinstance(part, int) else f".{part}"
        return name.lstrip(". ") or "文件内容"


def _within(value: object, location: Location) -> Location:
    """``location`` without the parts that name alternatives of a model rather than something in ``value``."""
    known: Location = ()
    for part in location:
        in_list = isinstance(value, list) and isinstance(part, int) and part < len(value)
        if in_list or (isinstance(value, dict) and part in value):
            value, known = _at(value, (part,)), (*known, part)
    return known


def _is_inside(location: Location, outer: Location) -> bool:
    return len(location) > len(outer) and location[: len(outer)] == outer


def _at(value: Any, location: Location) -> Any:
    for part in location:
        value = value[part]
    return value


def _subject(value: Any, location: Location) -> str:
    """The ``id`` or ``name`` of the innermost thing around ``location`` that has one."""
    subject = ""
    for depth in range(len(location) + 1):
        part = _at(value, location[:depth])
        name = part.get("id", part.get("name")) if isinstance(part, dict) else None
        subject = name if isinstance(name, str) else subject
    return subject


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return "一个列表"
    if isinstance(value, dict):
        return "几行“名称: 内容”"
    text = str(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
