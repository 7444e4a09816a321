"""Reads ``.fazhi-audit.yaml``: the findings that need not be dealt with, each with the reason and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from audit.inbox import SUPPRESSION_FILE
from checks.finding import SuppressionKind
from documents.personal import without_personal_data
from rules.errors import Problem, RuleFileError


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
    # Most reports have no suppressions.
    from audit.suppression_syntax import read_entries  # noqa: PLC0415

    shown = without_personal_data(_shown(path))
    try:
        return EntryFile(shown, folder, whole, read_entries(path, shown))
    except RuleFileError as fault:
        return EntryFile(shown, folder, whole, problems=fault.problems)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
