"""Adds a run to the history: all of it or nothing, once however often it is recorded, with flat memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from operator import itemgetter
from typing import Final

from sqlalchemy import URL, Connection, Table, func, insert, select

from audit.record import ReportRecord
from history.database import Database, open_database
from history.records import RunHeader
from history.rows import ReportRows, Row, VerdictRows, Wording, json_text, report_rows, storable
from history.schema import FINDINGS, METRICS, RULE_LISTS, RUNS, SUBMISSIONS, VERDICTS, WORDINGS

_REPORTS_AT_A_TIME: Final = 200
_BULKY: Final = (FINDINGS, METRICS)
"""Nearly all rows of a history go here, and a driver takes all their values as they are: preparing each row for it
costs more than writing it."""


def record_run(url: URL, header: RunHeader, records: Iterable[ReportRecord]) -> None:
    """Add a run, unless it is there already. Raises HistoryError, and what ``records`` raises.

    One transaction holds the whole run: a process that fails or is killed meanwhile leaves none of it behind.
    """
    with open_database(url) as database:
        add_run(database, header, records)


def add_run(database: Database, header: RunHeader, records: Iterable[ReportRecord]) -> None:
    """Add a run to an open history; see :func:`record_run`."""
    with new_run(database, header) as run:
        remaining = iter(records)
        while run is not None and (batch := list(islice(remaining, _REPORTS_AT_A_TIME))):
            run.add(list(map(report_rows, batch)))


@contextmanager
def new_run(database: Database, header: RunHeader) -> Iterator[NewRun | None]:
    """A run that is added in the block, ``None`` where it is there already. Raises HistoryError.

    One transaction holds it: nobody else sees it before the block ends, and where that fails it leaves nothing behind.
    """
    with database.write() as connection:
        known = select(RUNS.c.key).where(RUNS.c.id == storable(header.id), RUNS.c.origin == storable(header.origin))
        yield NewRun(connection, header) if connection.execute(known).first() is None else None


class NewRun:
    """A run that is being added."""

    def __init__(self, connection: Connection, header: RunHeader) -> None:
        self._writer = _Writer(connection)
        self._run = self._writer.add_header(header)
        self._position = 0

    def add(self, reports: Sequence[ReportRows]) -> None:
        """Add further files of the run, in order. Raises HistoryError."""
        self._writer.add_reports(self._run, self._position, reports)
        self._position += len(reports)


class _Writer:
    """Adds rows. Keys are counted here: the writer is the only one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last_verdict = self._last_key(VERDICTS)
        self._rule_lists = {row.rules: row.key for row in connection.execute(select(RULE_LISTS))}
        self._wordings = {
            Wording(row.rule, row.title, row.basis, row.advice): row.key for row in connection.execute(select(WORDINGS))
        }

    def add_header(self, header: RunHeader) -> int:
        """Add the run itself; returns its key."""
        summary = header.summary
        row: Row = {
            "key": self._last_key(RUNS) + 1,
            "id": storable(header.id),
            "origin": storable(header.origin),
            "started": header.started,
            "finished": header.finished,
            "scope": json_text(header.scope),
            "engine": header.engine,
            "pack": storable(header.pack),
            "rules_sha256": header.rules,
            "version": header.version,
            "reports": summary.reports,
            "read": summary.read,
            "error": summary.error,
            "warning": summary.warning,
            "info": summary.info,
            "suppressed": summary.suppressed,
        }
        self._insert(RUNS, [row])
        return int(row["key"])

    def add_reports(self, run: int, position: int, reports: Sequence[ReportRows]) -> None:
        """Add files of the run, the first of them at ``position``, and what was found in them."""
        keys = self._verdict_keys([report.verdict for report in reports if report.verdict])
        submissions = [
            {
                "run": run,
                "position": position + offset,
                **report.submission,
                "verdict": keys[report.verdict.digest] if report.verdict else None,
            }
            for offset, report in enumerate(reports)
        ]
        self._insert(SUBMISSIONS, submissions)

    def _verdict_keys(self, verdicts: Sequence[VerdictRows]) -> dict[str, int]:
        """The key of each verdict by its digest; those that the history does not have are added."""
        digests = {verdict.digest for verdict in verdicts}
        known = select(VERDICTS.c.digest, VERDICTS.c.key).where(VERDICTS.c.digest.in_(digests))
        keys = {row.digest: row.key for row in self._connection.execute(known)}
        fresh = {verdict.digest: verdict for verdict in verdicts if verdict.digest not in keys}
        for digest in fresh:
            self._last_verdict += 1
            keys[digest] = self._last_verdict
        self._insert(VERDICTS, [self._verdict_row(keys[digest], verdict) for digest, verdict in fresh.items()])
        self._insert(FINDINGS, list(self._finding_rows(keys, fresh.values())))
        self._insert(METRICS, [{"verdict": keys[d], **row} for d, verdict in fresh.items() for row in verdict.metrics])
        return keys

    def _verdict_row(self, key: int, verdict: VerdictRows) -> Row:
        rules = self._rule_lists.get(verdict.rules)
        if rules is None:
            rules = self._rule_lists[verdict.rules] = len(self._rule_lists) + 1
            self._insert(RULE_LISTS, [{"key": rules, "rules": verdict.rules}])
        return {"key": key, "digest": verdict.digest, "rule_list": rules, **verdict.verdict}

    def _finding_rows(self, keys: dict[str, int], verdicts: Iterable[VerdictRows]) -> Iterator[Row]:
        for verdict in verdicts:
            for row, wording in zip(verdict.findings, verdict.wordings, strict=True):
                yield {"verdict": keys[verdict.digest], "wording": self._wording_key(wording), **row}

    def _wording_key(self, wording: Wording) -> int:
        key = self._wordings.get(wording)
        if key is None:
            key = self._wordings[wording] = len(self._wordings) + 1
            fields = ("rule", "title", "basis", "advice")
            row = {name: storable(getattr(wording, name)) for name in fields}
            self._insert(WORDINGS, [{"key": key, **row}])
        return key

    def _last_key(self, table: Table) -> int:
        return int(self._connection.execute(select(func.coalesce(func.max(table.c.key), 0))).scalar_one())

    def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        if not rows:
            return
        statement = insert(table)
        if self._connection.dialect.name == "postgresql":
            # Only with something to return are rows sent many at a time; otherwise each would wait for the server.
            self._connection.execute(statement.returning(next(iter(table.primary_key))), rows)
        elif table in _BULKY:
            compiled = statement.compile(dialect=self._connection.dialect, column_keys=list(rows[0]))
            pick = itemgetter(*(compiled.positiontup or ()))
            self._connection.exec_driver_sql(str(compiled), list(map(pick, rows)))
        else:
            self._connection.execute(statement, rows)
