"""The cells that people fill in, as values: choices with their synonyms, dates in every usual form, texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from audit.decisions import Opinion, Rectification, Value
from documents.normalised import normal_form

_BLANK: Final = re.compile(r"\s+")
_DATE: Final = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ERRORS: Final = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})
_EPOCH: Final = date(1899, 12, 30)
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_EXEMPT_UNTIL: Final = re.compile(r"(?:豁免|免于整改)[(（]?(?:至|到)(20\d\d)年?[)）]?")

OPINION_WORDS: Final[Mapping[str, Opinion]] = {
    **{opinion.value: opinion for opinion in Opinion},
    "属实": Opinion.CONFIRMED,
    "问题属实": Opinion.CONFIRMED,
    "已确认": Opinion.CONFIRMED,
    "误判": Opinion.FALSE_ALARM,
    "不属实": Opinion.FALSE_ALARM,
    "不是问题": Opinion.FALSE_ALARM,
    "免于整改": Opinion.EXEMPT,
    "不要求整改": Opinion.EXEMPT,
    "待核实": Opinion.PENDING,
    "待核": Opinion.PENDING,
}
STATE_WORDS: Final[Mapping[str, Rectification]] = {
    **{state.value: state for state in Rectification},
    "未启动": Rectification.OPEN,
    "未完成": Rectification.OPEN,
    "正在整改": Rectification.UNDER_WAY,
    "进行中": Rectification.UNDER_WAY,
    "已完成": Rectification.DONE,
    "整改完成": Rectification.DONE,
    "已完成整改": Rectification.DONE,
    "持续整改": Rectification.CONTINUOUS,
    "长期整改": Rectification.CONTINUOUS,
}


class CellError(ValueError):
    """A cell cannot be understood; the argument says what is expected, in Chinese."""


def read_cell(name: str, value: Any) -> Value | None:
    """The value of the field ``name`` (:data:`audit.decisions.FIELD_NAMES`) from a cell. Raises CellError."""
    if isinstance(value, str) and value.strip() in _ERRORS:
        raise CellError(f"是错误值 {value.strip()}，请改填内容或清空")
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _READERS.get(name, _text)(value)


def _opinion(value: Any) -> Value:
    word = _word(value)
    if _EXEMPT_UNTIL.fullmatch(word):
        raise CellError("请选“豁免”，期限写在“复核意见”里，如“豁免至2026年”")
    return _chosen(word, OPINION_WORDS, Opinion)


def _state(value: Any) -> Value:
    return _chosen(_word(value), STATE_WORDS, Rectification)


def _chosen(word: str, words: Mapping[str, Value], choices: type[Opinion] | type[Rectification]) -> Value:
    if word not in words:
        raise CellError(f"“{word[:20]}”不是可选的内容，应当填{'、'.join(choices)}")
    return words[word]


def _word(value: Any) -> str:
    return _BLANK.sub("", normal_form(str(value)))


def _date(value: Any) -> date:
    day = _day(value)
    if day is None or not _FIRST <= day <= _LAST:
        raise CellError(f"“{str(value).strip()[:20]}”不是日期，应当写成 2025-06-30 的形式")
    return day


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        # Read as a bare number where the cell's date format was lost; 20250630 is a date without marks.
        return _from_text(str(int(value))) or _from_serial(value)
    return _from_text(normal_form(str(value)).strip())


def _from_serial(value: float) -> date | None:
    """The day of a number as Excel counts days."""
    return _EPOCH + timedelta(days=int(value)) if 0 < value < 80_000 else None


def _from_text(text: str) -> date | None:
    found = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


_READERS: Final[Mapping[str, Callable[[Any], Value]]] = {
    "opinion": _opinion,
    "state": _state,
    "deadline": _date,
    "closed": _date,
}
