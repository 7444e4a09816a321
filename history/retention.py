"""Removes runs from the history. What inspectors decided stays."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, exists

from history.records import Run
from history.schema import FINDINGS, METRICS, RUNS, SUBMISSIONS, VERDICTS
from history.store import History


def remove_runs(history: History, runs: Sequence[Run]) -> None:
    """Remove these runs and what only they found, and give the space back to the disk. Raises HistoryError."""
    if not runs:
        return
    keys = [run.key for run in runs]
    with history.database.write() as connection:
        connection.execute(delete(SUBMISSIONS).where(SUBMISSIONS.c.run.in_(keys)))
        connection.execute(delete(RUNS).where(RUNS.c.key.in_(keys)))
        _remove_unused_verdicts(connection)
    history.database.compact()


def _remove_unused_verdicts(connection: Connection) -> None:
    for table in (FINDINGS, METRICS):
        connection.execute(delete(table).where(~exists().where(SUBMISSIONS.c.verdict == table.c.verdict)))
    connection.execute(delete(VERDICTS).where(~exists().where(SUBMISSIONS.c.verdict == VERDICTS.c.key)))
