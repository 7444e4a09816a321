"""Questions to the history: which runs there are, and what was found in the reports of a unit."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import URL, Connection, Select, select
from sqlalchemy import Row as SqlRow

from audit.record import ReportRecord, Status, Summary
from checks.finding import Finding
from checks.metrics.values import MetricValue
from history.database import Database, open_database
from history.errors import HistoryUseError
from history.records import Run, RunHeader, RunOfUnit
from history.rows import Wording, finding_of, identity_of, report_of
from history.schema import FINDINGS, METRICS, RULE_LISTS, RUNS, SUBMISSIONS, VERDICTS, WORDINGS

_REPORTS_AT_A_TIME: Final = 200


@contextmanager
def open_history(url: URL, *, must_exist: bool = False) -> Iterator[History]:
    """The history at ``url``, made where there is none (unless ``must_exist``). Raises HistoryError."""
    with open_database(url, must_exist=must_exist) as database:
        yield History(database)


class History:
    """An open history. Every method raises HistoryError where the database cannot be read."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._common = _Common()

    def latest_runs(self, limit: int | None = None) -> tuple[Run, ...]:
        """The runs, the latest first, at most ``limit``."""
        with self.database.read() as connection:
            return tuple(map(_run_of, connection.execute(_runs_latest_first().limit(limit))))

    def run(self, name: str) -> Run:
        """The run with this id, or whose id alone begins so. Raises HistoryUseError where there is none, or several."""
        with self.database.read() as connection:
            rows = connection.execute(_runs_latest_first().where(RUNS.c.id.startswith(name, autoescape=True)))
            found = list(map(_run_of, rows))
        exact = [run for run in found if run.header.id == name] or found
        if not exact:
            raise HistoryUseError(f"历史库里没有审核“{name}”；用 fazhi-audit history list 查看全部")
        if len(exact) > 1:
            names = "、".join(f"{run.header.id}（{run.header.origin}）" for run in exact[:3])
            raise HistoryUseError(f"历史库里有 {len(exact)} 次审核的编号以“{name}”开头：{names}，请写得更完整")
        return exact[0]

    def reports(self, run: Run, positions: Collection[int] | None = None) -> Iterator[ReportRecord]:
        """The reports of a run in order, with findings, metrics and outcomes; only those at ``positions`` if given."""
        with self.database.read() as connection:
            chosen = select(SUBMISSIONS).where(SUBMISSIONS.c.run == run.key).order_by(SUBMISSIONS.c.position)
            if positions is not None:
                chosen = chosen.where(SUBMISSIONS.c.position.in_(positions))
            reader = _Reader(connection, self._common)
            for batch in connection.execute(chosen).partitions(_REPORTS_AT_A_TIME):
                yield from reader.records(batch)

    def runs_of_unit(self, unit: str, year: int | None, before: datetime | None = None) -> tuple[RunOfUnit, ...]:
        """Every run that judged the unit's report on ``year``, the latest first; those begun before a moment if given.

        Where a run had several reports of the unit on the year, each is an item of its own.
        """
        return tuple(self._of_unit(unit, year, before, None))

    def previous_run_with(self, unit: str, year: int | None, before: datetime) -> RunOfUnit | None:
        """The latest run begun before a moment that judged the unit's report on ``year``."""
        return next(self._of_unit(unit, year, before, 1), None)

    def findings_of_unit(self, unit: str, year: int | None) -> tuple[Finding, ...]:
        """What the latest run that judged the unit's report on ``year`` found in it."""
        latest = next(self._of_unit(unit, year, None, 1), None)
        return latest.report.findings if latest else ()

    def metrics_of_unit(self, unit: str, years: Collection[int]) -> dict[int, tuple[MetricValue, ...]]:
        """The metrics that the unit's reports on ``years`` state, as last read, by the year of the report."""
        found = {year: next(self._of_unit(unit, year, None, 1), None) for year in years}
        return {year: of_year.report.metrics for year, of_year in found.items() if of_year}

    def _of_unit(self, unit: str, year: int | None, before: datetime | None, limit: int | None) -> Iterator[RunOfUnit]:
        joined = RUNS.join(SUBMISSIONS, SUBMISSIONS.c.run == RUNS.c.key).join(
            VERDICTS, VERDICTS.c.key == SUBMISSIONS.c.verdict
        )
        chosen = (
            select(SUBMISSIONS)
            .select_from(joined)
            .where(VERDICTS.c.identity == identity_of(unit), VERDICTS.c.year == year)
            .order_by(RUNS.c.started.desc(), RUNS.c.key.desc(), SUBMISSIONS.c.position)
            .limit(limit)
        )
        if before is not None:
            chosen = chosen.where(RUNS.c.started < before)
        with self.database.read() as connection:
            submissions = connection.execute(chosen).all()
            runs = _runs_with_keys(connection, {row.run for row in submissions})
            records = _Reader(connection, self._common).records(submissions)
            for row, record in zip(submissions, records, strict=True):
                yield RunOfUnit(runs[row.run], row.verdict, record)


class _Common:
    """What many verdicts have in common, read once: rows are added to these tables and never changed."""

    def __init__(self) -> None:
        self.rule_lists: dict[int, str] = {}
        self.wordings: dict[int, Wording] = {}

    def complete(self, connection: Connection, rule_lists: set[int], wordings: set[int]) -> None:
        """Have at least these keys."""
        if not rule_lists <= self.rule_lists.keys():
            self.rule_lists = {row.key: row.rules for row in connection.execute(select(RULE_LISTS))}
        if not wordings <= self.wordings.keys():
            rows = connection.execute(select(WORDINGS))
            self.wordings = {row.key: Wording(row.rule, row.title, row.basis, row.advice) for row in rows}


class _Reader:
    """Puts the records of submissions together."""

    def __init__(self, connection: Connection, common: _Common) -> None:
        self._connection = connection
        self._common = common

    def records(self, submissions: Sequence[SqlRow[Any]]) -> Iterator[ReportRecord]:
        """The record of each submission, in order."""
        keys = {row.verdict for row in submissions if row.verdict is not None}
        verdicts = {row.key: row for row in self._connection.execute(select(VERDICTS).where(VERDICTS.c.key.in_(keys)))}
        findings = self._grouped(select(FINDINGS).where(FINDINGS.c.verdict.in_(keys)))
        metrics = self._grouped(select(METRICS).where(METRICS.c.verdict.in_(keys)))
        wordings = {item.wording for group in findings.values() for item in group}
        self._common.complete(self._connection, {row.rule_list for row in verdicts.values()}, wordings)
        for row in submissions:
            if row.verdict is None:
                yield _unjudged(row)
                continue
            verdict = verdicts[row.verdict]
            found = [finding_of(item, self._common.wordings[item.wording]) for item in findings.get(row.verdict, ())]
            yield report_of(
                row, verdict, self._common.rule_lists[verdict.rule_list], found, metrics.get(row.verdict, ())
            )

    def _grouped(self, chosen: Select[Any]) -> dict[int, list[SqlRow[Any]]]:
        groups: dict[int, list[SqlRow[Any]]] = {}
        columns = chosen.selected_columns
        for row in self._connection.execute(chosen.order_by(columns["verdict"], columns["position"])):
            groups.setdefault(row.verdict, []).append(row)
        return groups


def _unjudged(row: SqlRow[Any]) -> ReportRecord:
    return ReportRecord(row.path, row.sha256, Status(row.status), row.reason, size=row.size, format=row.format)


def _runs_latest_first() -> Select[Any]:
    return select(RUNS).order_by(RUNS.c.started.desc(), RUNS.c.key.desc())


def _runs_with_keys(connection: Connection, keys: Collection[int]) -> dict[int, Run]:
    rows = connection.execute(select(RUNS).where(RUNS.c.key.in_(keys)))
    return {row.key: _run_of(row) for row in rows}


def _run_of(row: SqlRow[Any]) -> Run:
    summary = Summary(row.reports, row.read, row.error, row.warning, row.info, row.suppressed)
    header = RunHeader(
        id=row.id,
        origin=row.origin,
        started=row.started,
        finished=row.finished,
        scope=tuple(json.loads(row.scope)),
        engine=row.engine,
        pack=row.pack,
        rules=row.rules_sha256,
        version=row.version,
        summary=summary,
    )
    return Run(row.key, header)
