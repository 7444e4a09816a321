"""Decisions as CSV for people with Excel, and as JSON for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from audit.decisions import FIELD_NAMES, Decision, Word

Entry = tuple[str, str | None, int | None, str, str, Word]
"""问题编号, unit, year, rule, title, and what inspectors say."""

_HEAD: Final = ("问题编号", "单位", "年度", "规则", "问题", *FIELD_NAMES.values(), "填写人", "导入时间", "工作簿", "行")
# What a spreadsheet takes for a formula when it opens a CSV file.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_csv(entries: Iterable[Entry]) -> str:
    """One line for each person's word that is in force."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(_HEAD)
    for number, unit, year, rule, title, word in entries:
        for decision in word.holding:
            said = (getattr(decision, name) for name in FIELD_NAMES)
            origin = (decision.by, decision.at.isoformat(timespec="seconds"), decision.workbook, decision.row)
            writer.writerow([_harmless(value) for value in (number, unit, year, rule, title, *said, *origin)])
    return stream.getvalue()


def as_json(entries: Iterable[Entry]) -> str:
    """A list of findings with the words on each; ``disputed`` names the fields that inspectors disagree on."""
    findings = [
        {
            "number": number,
            "fingerprint": word.holding[0].fingerprint,
            "unit": unit,
            "year": year,
            "rule": rule,
            "title": title,
            "disputed": list(word.disputed),
            "decisions": [_decision(decision) for decision in word.holding],
        }
        for number, unit, year, rule, title, word in entries
    ]
    return json.dumps(findings, ensure_ascii=False, indent=1) + "\n"


def _decision(decision: Decision) -> dict[str, object]:
    said = {name: getattr(decision, name) for name in FIELD_NAMES}
    written = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
    origin = {"by": decision.by, "at": decision.at.isoformat(timespec="seconds")}
    return {**written, **origin, "workbook": decision.workbook, "row": decision.row}


def _harmless(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
