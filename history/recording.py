"""Adds a run to the history: all of it or nothing, once however often it is recorded, with flat memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Final

from sqlalchemy import URL, Connection, Table, func, insert, literal, select

from audit.record import ReportRecord
from history.database import Database, open_database
from history.records import RunHeader
from history.rows import (
    FINDING_COLUMNS,
    METRIC_COLUMNS,
    SUBMISSION_COLUMNS,
    VERDICT_COLUMNS,
    Row,
    RowBatch,
    Values,
    VerdictRows,
    Wording,
    batch_of,
    json_text,
    storable,
)
from history.schema import FINDINGS, METRICS, RULE_LISTS, RUNS, SUBMISSIONS, VERDICTS, WORDINGS

_REPORTS_AT_A_TIME: Final = 200


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
            run.add(batch_of(batch))


@contextmanager
def new_run(database: Database, header: RunHeader) -> Iterator[NewRun | None]:
    """A run that is added in the block, ``None`` where it is there already. Raises HistoryError.

    One transaction holds it: nobody else sees it before the block ends, and where that fails it leaves nothing behind.
    """
    with database.write() as connection:
        yield NewRun(connection, header) if _run_key(connection, header.id, header.origin) is None else None


def add_repetition(database: Database, header: RunHeader) -> bool:
    """Add a run that has the very files of the one that it ``repeats``, unless it is there already; false where the
    history does not have that one. Raises HistoryError."""
    with database.write() as connection:
        earlier = _run_key(connection, header.repeats or "", header.origin)
        if earlier is None or _run_key(connection, header.id, header.origin) is not None:
            return earlier is not None
        key = _Writer(connection).add_header(header)
        others = [column for column in SUBMISSIONS.c if column is not SUBMISSIONS.c.run]
        files = select(literal(key), *others).where(SUBMISSIONS.c.run == earlier)
        connection.execute(insert(SUBMISSIONS).from_select([SUBMISSIONS.c.run, *others], files))
    return True


def _run_key(connection: Connection, name: str, origin: str) -> int | None:
    known = select(RUNS.c.key).where(RUNS.c.id == storable(name), RUNS.c.origin == storable(origin))
    return connection.execute(known).scalar_one_or_none()


class NewRun:
    """A run that is being added."""

    def __init__(self, connection: Connection, header: RunHeader) -> None:
        self._writer = _Writer(connection)
        self._run = self._writer.add_header(header)
        self._position = 0

    def add(self, batch: RowBatch) -> None:
        """Add further files of the run, in order. Raises HistoryError."""
        self._writer.add_reports(self._run, self._position, batch)
        self._position += len(batch.reports)


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
        self._connection.execute(insert(RUNS), [row])
        return int(row["key"])

    def add_reports(self, run: int, position: int, batch: RowBatch) -> None:
        """Add files of the run, the first of them at ``position``, and what was found in them."""
        keys = self._verdict_keys(batch)
        rows = [
            (run, place, keys[report.verdict.digest] if report.verdict else None, *report.submission)
            for place, report in enumerate(batch.reports, position)
        ]
        self._insert(SUBMISSIONS, ("run", "position", "verdict", *SUBMISSION_COLUMNS), rows)

    def _verdict_keys(self, batch: RowBatch) -> dict[str, int]:
        """The key of each verdict by its digest; those that the history does not have are added."""
        verdicts = [report.verdict for report in batch.reports if report.verdict]
        known = select(VERDICTS.c.digest, VERDICTS.c.key).where(
            VERDICTS.c.digest.in_({each.digest for each in verdicts})
        )
        keys = {row.digest: row.key for row in self._connection.execute(known)}
        fresh = {verdict.digest: verdict for verdict in verdicts if verdict.digest not in keys}
        for digest in fresh:
            self._last_verdict += 1
            keys[digest] = self._last_verdict
        self._add_verdicts(batch, [(keys[digest], verdict) for digest, verdict in fresh.items()])
        return keys

    def _add_verdicts(self, batch: RowBatch, fresh: Sequence[tuple[int, VerdictRows]]) -> None:
        rules = [self._rule_list_key(each) for each in batch.rules]
        wordings = [self._wording_key(each) for each in batch.wordings]
        verdicts = [(key, verdict.digest, rules[verdict.rules], *verdict.verdict) for key, verdict in fresh]
        findings = [
            (key, wordings[wording], *row)
            for key, verdict in fresh
            for wording, row in zip(verdict.wordings, verdict.findings, strict=True)
        ]
        metrics = [(key, *row) for key, verdict in fresh for row in verdict.metrics]
        self._insert(VERDICTS, ("key", "digest", "rule_list", *VERDICT_COLUMNS), verdicts)
        self._insert(FINDINGS, ("verdict", "wording", *FINDING_COLUMNS), findings)
        self._insert(METRICS, ("verdict", *METRIC_COLUMNS), metrics)

    def _rule_list_key(self, rules: str) -> int:
        key = self._rule_lists.get(rules)
        if key is None:
            key = self._rule_lists[rules] = len(self._rule_lists) + 1
            self._insert(RULE_LISTS, ("key", "rules"), [(key, rules)])
        return key

    def _wording_key(self, wording: Wording) -> int:
        key = self._wordings.get(wording)
        if key is None:
            key = self._wordings[wording] = len(self._wordings) + 1
            words = (wording.rule, wording.title, wording.basis, wording.advice)
            self._insert(WORDINGS, ("key", "rule", "title", "basis", "advice"), [(key, *map(storable, words))])
        return key

    def _last_key(self, table: Table) -> int:
        return int(self._connection.execute(select(func.coalesce(func.max(table.c.key), 0))).scalar_one())

    def _insert(self, table: Table, columns: Sequence[str], rows: Sequence[Values]) -> None:
        if not rows:
            return
        statement = insert(table)
        if self._connection.dialect.name == "postgresql":
            named = [_as_postgresql_takes_it(dict(zip(columns, row, strict=True))) for row in rows]
            # Only with something to return are rows sent many at a time; otherwise each would wait for the server.
            self._connection.execute(statement.returning(next(iter(table.primary_key))), named)
            return
        # The driver takes all values as they are: preparing each row for it costs more than writing it.
        compiled = statement.compile(dialect=self._connection.dialect, column_keys=list(columns))
        order = compiled.positiontup or list(columns)
        if order != list(columns):
            rows = list(map(itemgetter(*map(columns.index, order)), rows))
        self._connection.exec_driver_sql(str(compiled), list(rows))


def _as_postgresql_takes_it(row: Row) -> Row:
    published = row.get("published")
    return {**row, "published": date.fromisoformat(published)} if published else row
