"""How a file of suppressions is written: its keys, and every mistake in it by line and column."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter, model_validator

from audit.suppression_file import Entry
from checks.finding import SuppressionKind
from documents.personal import without_personal_data
from rules.errors import Problem, RuleFileError
from rules.model import RuleId, Strict, Text
from rules.strict_yaml import read_yaml
from rules.validation import validate

FindingId = Annotated[
    str,
    StringConstraints(pattern="^(?:[0-9a-f]{32}|F-[0-9A-HJKMNP-TV-Z]{5})$"),
    Field(description="问题的指纹（32 位十六进制）或问题编号，如 F-7K3QZ"),
]


class _Written(Strict):
    """One entry as it is written in the file."""

    fingerprint: FindingId | None = Field(default=None, description="问题的指纹或问题编号，如 F-7K3QZ")
    rule: RuleId | None = Field(default=None, description="规则编号，与 quote 一起写")
    quote: Text | None = Field(default=None, description="问题的原文；缺少内容的问题写缺少的内容")
    report: Text | None = Field(default=None, description="只对这些报告豁免：文件名或路径，可用 * 通配")
    reason: Text = Field(description="豁免的理由")
    by: Text = Field(description="谁同意豁免")
    until: date | None = Field(default=None, description="豁免到哪一天（含），写法如 2026-12-31；不写即长期")

    @model_validator(mode="after")
    def _names_a_finding(self) -> _Written:
        by_passage = self.rule is not None and self.quote is not None
        if (self.fingerprint is not None) == by_passage or (self.rule is None) != (self.quote is None):
            raise ValueError("要写 fingerprint，或者同时写 rule 和 quote", "两种写法选一种")
        return self


class _Contents(Strict):
    """The whole file."""

    suppressions: tuple[_Written, ...] = Field(description="豁免的问题，每项以 - 开头")


@cache
def _contents() -> TypeAdapter[_Contents]:
    """Built where there is a file to read."""
    return TypeAdapter(_Contents)


def read_entries(path: Path, shown: str) -> tuple[Entry, ...]:
    """The entries of the file at ``path``, which they name ``shown``. Raises RuleFileError."""
    file = read_yaml(path)
    problems: list[Problem] = []
    contents = validate(_contents(), file.tree, file.place, problems)
    if contents is None:
        raise RuleFileError(problems)
    return tuple(
        _entry(item, shown, file.place(("suppressions", index)).line or 1)
        for index, item in enumerate(contents.suppressions)
    )


def _entry(written: _Written, shown: str, line: int) -> Entry:
    return Entry(
        kind=SuppressionKind.FILE,
        reason=without_personal_data(written.reason),
        by=written.by,
        source=f"{shown}:{line}",
        until=written.until,
        fingerprint=written.fingerprint,
        rule=written.rule,
        quote=written.quote,
        report=written.report,
        line=line,
    )
