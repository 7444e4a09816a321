"""Reads ``.fazhi-audit.yaml``: the findings that need not be dealt with, each with the reason and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter, model_validator

from audit.inbox import SUPPRESSION_FILE
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


_CONTENTS = TypeAdapter(_Contents)


@dataclass(frozen=True, slots=True)
class Entry:
    """One suppression: the finding it is for, by ``fingerprint`` (or 问题编号) or by ``rule`` and ``quote``.

    ``report`` is a pattern (``*``, ``?``) that the report's path or name has to match; ``until`` is the last day;
    ``source`` says where it is written, ``line`` in which line of it.
    """

    kind: SuppressionKind
    reason: str
    by: str
    source: str
    until: date | None = None
    fingerprint: str | None = None
    rule: str | None = None
    quote: str | None = None
    report: str | None = None
    line: int = 1

    @property
    def named(self) -> str:
        """What it is for, in words for people."""
        return self.fingerprint or f"{self.rule} “{self.quote}”"


@dataclass(frozen=True, slots=True)
class EntryFile:
    """A file read: its entries, or what is wrong with it.

    It is for the reports below ``folder`` (absolute), ``None`` for all; ``whole`` says whether the run is about every
    report that it is for, so that an entry without a finding is known to be unused.
    """

    shown: str
    folder: Path | None
    whole: bool
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


def located(report: str) -> Path:
    """The absolute path of a report as it was given; a link is not what it points to."""
    path = Path(report)
    return path.parent.resolve() / path.name


def find_suppressions(
    given: Iterable[str], reports: Iterable[str], explicit: Iterable[Path] = ()
) -> tuple[EntryFile, ...]:
    """The files that are for these reports: those named, then those beside the reports and in the folders above.

    The search goes up to the path ``given`` on the command line, and to the working folder if that is above.
    """
    roots = [Path(path).resolve() for path in given]
    whole = any(map(Path.is_dir, roots))
    found = {path.resolve(): _read(path.resolve(), None, whole) for path in explicit}
    for folder in _folders(roots, reports):
        path = folder / SUPPRESSION_FILE
        if path not in found and path.is_file():
            found[path] = _read(path, folder, any(folder.is_relative_to(root) for root in roots))
    return tuple(found.values())


def _folders(roots: list[Path], reports: Iterable[str]) -> Iterator[Path]:
    limits = [*(root if root.is_dir() else root.parent for root in roots), Path.cwd()]
    seen: set[Path] = set()
    for start in dict.fromkeys(Path(report).parent for report in reports):
        for folder in _upwards(start.resolve()):
            if folder in seen or not any(folder.is_relative_to(limit) for limit in limits):
                break
            seen.add(folder)
            yield folder


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _read(path: Path, folder: Path | None, whole: bool) -> EntryFile:
    shown = without_personal_data(_shown(path))
    problems: list[Problem] = []
    try:
        file = read_yaml(path)
    except RuleFileError as fault:
        return EntryFile(shown, folder, whole, problems=fault.problems)
    contents = validate(_CONTENTS, file.tree, file.place, problems)
    if contents is None:
        return EntryFile(shown, folder, whole, problems=RuleFileError(problems).problems)
    lines = [file.place(("suppressions", index)).line or 1 for index in range(len(contents.suppressions))]
    entries = (_entry(item, shown, line) for item, line in zip(contents.suppressions, lines, strict=True))
    return EntryFile(shown, folder, whole, tuple(entries))


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


def _shown(path: Path) -> str:
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
