"""Sets findings aside that somebody has decided about, and says which of those decisions are spent.

A suppressed finding stays in every output, marked. An entry of a file that is unused, expired or malformed is itself a
finding: of the file, not of a report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from audit.record import JUDGED, SET_ASIDE, ReportRecord, SuppressionFile
from audit.suppression_file import Entry, EntryFile, located
from checks.finding import Finding, Suppression
from checks.fingerprint import comparable, finding_number, fingerprint
from documents.personal import without_personal_data
from rules.model import Level, Ruleset

_BASIS = "审查口径(可调整)：豁免应当写明理由和同意人，有据可查，到期或不再需要的应当清理"


@dataclass(frozen=True, slots=True)
class _Fault:
    """A kind of fault of a file of suppressions, in the words of a rule."""

    rule: str
    level: Level
    title: str
    advice: str


_UNUSED: Final = _Fault("suppressions/unused", Level.INFO, "豁免没有对应的问题", "问题已经改正的，请删去这一条豁免")
_EXPIRED: Final = _Fault("suppressions/expired", Level.WARNING, "豁免已过期", "请改正问题，或经同意后延长期限")
_MALFORMED: Final = _Fault(
    "suppressions/malformed", Level.ERROR, "豁免清单写法有误", "请按提示改正；改正之前，这份清单中的豁免都不生效"
)


class Suppressions:
    """The suppressions of one run. Give each record to :meth:`applied`, then ask :meth:`files` what became of them.

    ``decisions`` are entries that stand in no file of their own; nobody is told that they are unused or expired.
    """

    def __init__(
        self, files: Sequence[EntryFile], ruleset: Ruleset, today: date, decisions: Iterable[Entry] = ()
    ) -> None:
        self._files = files
        self._today = today
        self._ids = frozenset(rule.id for rule in ruleset.rules)
        self._aliases = {alias: rule.id for rule in ruleset.rules for alias in rule.aliases}
        self._scopes = [_Scope(file) for file in files]
        decided = _Scope(EntryFile("", None, whole=False, entries=tuple(decisions)))
        self._index: dict[tuple[str, str], list[tuple[_Scope, Entry]]] = defaultdict(list)
        # The nearest file has the first word, inspectors the last.
        for scope in [*sorted(self._scopes, key=_Scope.nearness, reverse=True), decided]:
            for entry in scope.file.entries:
                self._index[self._key(entry)].append((scope, entry))

    def applied(self, record: ReportRecord) -> ReportRecord:
        """``record`` with its suppressed findings marked; ``record.path`` has to be the path of its file."""
        if not self._index:
            return record
        path = located(record.path)
        if record.status not in SET_ASIDE:
            for scope in self._scopes:
                scope.see(record.path, path, judged=record.status in JUDGED)
        if not record.findings:
            return record
        return replace(record, findings=tuple(self._marked(finding, record.path, path) for finding in record.findings))

    def files(self) -> tuple[SuppressionFile, ...]:
        """Each file that was read, with what is wrong with it."""
        return tuple(
            SuppressionFile(scope.file.shown, len(scope.file.entries), len(scope.used), tuple(self._faults(scope)))
            for scope in self._scopes
        )

    def _key(self, entry: Entry) -> tuple[str, str]:
        if entry.fingerprint is not None:
            return "", entry.fingerprint
        rule = entry.rule or ""
        return self._aliases.get(rule, rule), comparable(entry.quote or "")

    def _marked(self, finding: Finding, shown: str, path: Path) -> Finding:
        keys = (("", finding.fingerprint), ("", finding.number), (finding.rule, _evidence(finding)))
        valid = None
        for scope, entry in (pair for key in keys for pair in self._index.get(key, ())):
            if scope.covers(path) and _matches(entry, scope.file.folder, shown, path) and not self._is_expired(entry):
                scope.used.add(entry)
                valid = valid or entry
        if valid is None:
            return finding
        return replace(finding, suppression=Suppression(valid.kind, valid.reason, valid.by, valid.until, valid.source))

    def _is_expired(self, entry: Entry) -> bool:
        return entry.until is not None and entry.until < self._today

    def _faults(self, scope: _Scope) -> Iterator[Finding]:
        for problem in scope.file.problems:
            hint = f"（{problem.hint}）" if problem.hint else ""
            yield _finding(_MALFORMED, f"{problem.message}{hint}", problem.line or 1, problem.column or 1)
        for entry in scope.file.entries:
            if self._is_expired(entry):
                message = f"{entry.named} 的豁免已于 {entry.until} 到期，不再生效"
                yield _finding(_EXPIRED, message, entry.line, values={"by": entry.by, "until": str(entry.until)})
            elif scope.is_known_unused(entry):
                yield _finding(_UNUSED, self._why_unused(entry), entry.line, values={"by": entry.by})

    def _why_unused(self, entry: Entry) -> str:
        if entry.rule is not None and self._aliases.get(entry.rule, entry.rule) not in self._ids:
            return f"{entry.named} 的豁免没有对应的问题：规则包里没有编号为 {entry.rule} 的规则"
        return f"{entry.named} 的豁免没有对应的问题，问题可能已经改正，也可能原文或编号写得不对"


class _Scope:
    """A file of suppressions during a run: which of its entries were used, and whether all it is for was read."""

    def __init__(self, file: EntryFile) -> None:
        self.file = file
        self.used: set[Entry] = set()
        # The pattern of an entry; None stands for entries that are for every report of the folder.
        self._read: set[str | None] = set()
        self._unread: set[str | None] = set()
        self._patterns = {entry.report for entry in file.entries}

    def nearness(self) -> int:
        """The greater, the nearer to the report."""
        return len(self.file.folder.parts) if self.file.folder else 0

    def covers(self, path: Path) -> bool:
        """Whether the file is for the report at the absolute ``path``."""
        return self.file.folder is None or path.is_relative_to(self.file.folder)

    def see(self, shown: str, path: Path, *, judged: bool) -> None:
        """Take note that a report was read, or could not be."""
        if not self.covers(path):
            return
        noted = self._read if judged else self._unread
        noted |= {
            pattern
            for pattern in self._patterns - noted
            if pattern is None or _is_named(pattern, self.file.folder, shown, path)
        }

    def is_known_unused(self, entry: Entry) -> bool:
        """Whether every report that could have the finding was read, and none has it."""
        complete = self.file.whole or entry.report is not None
        return complete and entry.report in self._read - self._unread and entry not in self.used


def _matches(entry: Entry, folder: Path | None, shown: str, path: Path) -> bool:
    return entry.report is None or _is_named(entry.report, folder, shown, path)


def _is_named(pattern: str, folder: Path | None, shown: str, path: Path) -> bool:
    names = [path.name, shown]
    if folder is not None:
        names.append(path.relative_to(folder).as_posix())
    return any(fnmatchcase(name, pattern) for name in names)


def _evidence(finding: Finding) -> str:
    return comparable(finding.quote or str(finding.values.get("missing", "")))


def _finding(
    fault: _Fault, message: str, line: int, column: int = 1, values: Mapping[str, str] | None = None
) -> Finding:
    message = without_personal_data(message)
    key = fingerprint(fault.rule, "", None, message, 0)
    return Finding(
        rule=fault.rule,
        level=fault.level,
        title=fault.title,
        message=message,
        quote="",
        start=0,
        end=0,
        section="",
        place=f"第{line}行",
        excerpt="",
        basis=_BASIS,
        advice=fault.advice,
        related=(),
        values=dict(values or {}),
        fingerprint=key,
        number=finding_number(key),
        line=line,
        column=column,
    )
