"""What a row of the list of findings was filled with when it was written: a hidden cell that remembers it.

Comparing it with what the row says when it comes back tells what people have changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from audit.decision_merge import disagreement
from audit.decisions import FIELD_NAMES, Value, Word
from outputs.review.values import CellError, read_cell

HEADER: Final = "回填记录"
_DISPUTES: Final = "不一致"


def origin_of(word: Word | None) -> str | None:
    """The hidden cell of a row that is filled with ``word``; ``None`` where there is nothing to remember."""
    if word is None:
        return None
    shown: dict[str, object] = {FIELD_NAMES[name]: _written(value) for name, value in word.values.items()}
    disputes = {FIELD_NAMES[name]: sorted(said) for name, said in disagreement(word).items()}
    if disputes:
        shown[_DISPUTES] = disputes
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def read_origin(cell: object) -> tuple[dict[str, Value], dict[str, frozenset[str]]]:
    """The values a row was filled with and the disputes it showed; nothing where the cell was spoilt."""
    try:
        known = json.loads(str(cell)) if cell else {}
    except json.JSONDecodeError:
        return {}, {}
    if not isinstance(known, dict):
        return {}, {}
    return _values(known), _disputes(known.get(_DISPUTES))


def _values(known: Mapping[str, Any]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, header in FIELD_NAMES.items():
        try:
            value = read_cell(name, known.get(header))
        except CellError:
            continue
        if value is not None:
            values[name] = value
    return values


def _disputes(known: Any) -> dict[str, frozenset[str]]:
    if not isinstance(known, dict):
        return {}
    return {
        name: frozenset(map(str, known[header]))
        for name, header in FIELD_NAMES.items()
        if isinstance(known.get(header), list)
    }


def _written(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
