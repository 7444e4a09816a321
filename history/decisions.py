"""What inspectors decided about findings. No word is ever removed or overwritten: a later one supersedes an earlier."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, func, insert, select, update
from sqlalchemy import Row as SqlRow

from audit.decision_merge import Filled, Merged, Source, merge
from audit.decisions import Decision, Opinion, RecordedDecision, Rectification
from history.rows import Row, storable
from history.schema import DECISIONS
from history.store import History

_FINGERPRINTS_AT_A_TIME: Final = 500


def take_in(history: History, rows: Sequence[Filled], source: Source, *, dry_run: bool = False) -> tuple[Merged, ...]:
    """What each filled-in row comes to; all changes are added, or where that fails (or is only tried) none.

    Raises HistoryError. Whoever takes in another workbook meanwhile waits, so that no word is missed.
    """
    if dry_run:
        with history.database.read() as connection:
            return tuple(_merged(connection, rows, source))
    with history.database.write() as connection:
        merged = tuple(_merged(connection, rows, source))
        key = int(connection.execute(select(func.coalesce(func.max(DECISIONS.c.key), 0))).scalar_one())
        for change in (change for one in merged for change in one.changes):
            key += 1
            connection.execute(insert(DECISIONS), [{"key": key, **_row_of(change.decision)}])
            replaced = update(DECISIONS).where(DECISIONS.c.key.in_(change.replaces))
            connection.execute(replaced.values(superseded_by=key))
    return merged


def _merged(connection: Connection, rows: Sequence[Filled], source: Source) -> Iterator[Merged]:
    for start in range(0, len(rows), _FINGERPRINTS_AT_A_TIME):
        some = rows[start : start + _FINGERPRINTS_AT_A_TIME]
        chosen = select(DECISIONS).where(DECISIONS.c.fingerprint.in_([row.fingerprint for row in some]))
        logs: dict[str, list[RecordedDecision]] = {}
        for recorded in _recorded(connection, chosen.order_by(DECISIONS.c.key)):
            logs.setdefault(recorded.decision.fingerprint, []).append(recorded)
        yield from (merge(logs.get(row.fingerprint, ()), row, source) for row in some)


def current_decisions(
    history: History, fingerprints: Collection[str] | None = None
) -> dict[str, tuple[RecordedDecision, ...]]:
    """The decisions in force on these findings (on all, if none are named), by fingerprint, the latest word first.

    More than one on a finding are those of several people. Findings without a decision are left out.
    """
    found: dict[str, list[RecordedDecision]] = {}
    with history.database.read() as connection:
        for chosen in _chosen(fingerprints):
            for recorded in _recorded(connection, chosen):
                found.setdefault(recorded.decision.fingerprint, []).append(recorded)
    return {fingerprint: tuple(sorted(group, key=_moment, reverse=True)) for fingerprint, group in found.items()}


def all_decisions(history: History) -> tuple[RecordedDecision, ...]:
    """Every word on every finding, superseded ones too, in the order in which they were recorded."""
    with history.database.read() as connection:
        return tuple(_recorded(connection, select(DECISIONS).order_by(DECISIONS.c.key)))


def _chosen(fingerprints: Collection[str] | None) -> Iterator[Select[Any]]:
    if fingerprints is None:
        yield _in_force()
        return
    wanted = sorted(set(fingerprints))
    for start in range(0, len(wanted), _FINGERPRINTS_AT_A_TIME):
        some = wanted[start : start + _FINGERPRINTS_AT_A_TIME]
        yield _in_force().where(DECISIONS.c.fingerprint.in_(some))


def _in_force() -> Select[Any]:
    return select(DECISIONS).where(DECISIONS.c.superseded_by.is_(None)).order_by(DECISIONS.c.key)


def _recorded(connection: Connection, chosen: Select[Any]) -> Iterator[RecordedDecision]:
    return map(_recorded_of, connection.execute(chosen))


def _moment(recorded: RecordedDecision) -> tuple[Any, int]:
    return recorded.decision.at, recorded.key


def _row_of(decision: Decision) -> Row:
    row: Row = {
        "fingerprint": decision.fingerprint,
        "opinion": decision.opinion and decision.opinion.value,
        "state": decision.state and decision.state.value,
        "responsible": decision.responsible,
        "deadline": decision.deadline,
        "remark": decision.remark,
        "review": decision.review,
        "closed": decision.closed,
        "decided_by": decision.by,
        "decided_at": decision.at,
        "workbook": decision.workbook,
        "workbook_row": decision.row,
    }
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}


def _recorded_of(row: SqlRow[Any]) -> RecordedDecision:
    decision = Decision(
        fingerprint=row.fingerprint,
        by=row.decided_by,
        at=row.decided_at,
        workbook=row.workbook,
        row=row.workbook_row,
        opinion=Opinion(row.opinion) if row.opinion else None,
        state=Rectification(row.state) if row.state else None,
        responsible=row.responsible,
        deadline=row.deadline,
        remark=row.remark,
        review=row.review,
        closed=row.closed,
    )
    return RecordedDecision(row.key, decision, row.superseded_by)
