"""What the history knows about the reports of a run: their last audits, and the findings that decisions are about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select
from sqlalchemy import Row as SqlRow

from audit.baseline import KnownFinding, known_finding
from audit.rectification import Previous, ReportKey
from checks.metrics.values import MetricValue
from history.records import Run
from history.rows import Wording, finding_of, metric_of
from history.schema import DECISIONS, FINDINGS, METRICS, RUNS, SUBMISSIONS, VERDICTS, WORDINGS
from history.store import History

_AT_A_TIME: Final = 400


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """What a finding was about, as the latest audit that had it says."""

    fingerprint: str
    number: str
    unit: str | None
    year: int | None
    rule: str
    title: str
    quote: str


@dataclass(frozen=True, slots=True)
class RuleHits:
    """How often a rule found something in one run."""

    run: str
    started: datetime
    rule: str
    hits: int


@dataclass(slots=True)
class _Audits:
    """The audits of a unit's report on a year: where the last one stands, and what earlier ones came to."""

    run: int = 0
    started: datetime | None = None
    positions: tuple[int, ...] = ()
    verdicts: frozenset[int] = frozenset()
    earlier: frozenset[int] = frozenset()


def previous_audits(
    history: History, wanted: Collection[ReportKey], paths: Collection[str], before: datetime, rules: tuple[str, str]
) -> dict[ReportKey, Previous]:
    """The last audit, begun before a moment, of each of these reports and of the files at ``paths``.

    ``rules`` are the hash of the rules and the version of the program of now. Raises HistoryError.
    """
    with history.database.read() as connection:
        keys = {*wanted, *_keys_at(connection, paths, before)}
        audits = _audits(connection, keys, before)
        runs = {run.key: run for run in history.latest_runs()}
        seen = _fingerprints(connection, {verdict for one in audits.values() for verdict in one.earlier})
        decided = _decided(connection, {verdict for one in audits.values() for verdict in one.earlier})
    reports = _reports(history, audits.values(), runs)
    found: dict[ReportKey, Previous] = {}
    for key, one in audits.items():
        header = runs[one.run].header
        found[key] = Previous(
            run=header.id,
            same_rules=(header.rules, header.version) == rules,
            reports=tuple(reports[one.run, position] for position in one.positions),
            seen=frozenset().union(*(seen.get(verdict, ()) for verdict in one.earlier)),
            decided=tuple({f.fingerprint: f for v in one.earlier for f in decided.get(v, ())}.values()),
        )
    return found


def _audits(connection: Connection, wanted: Collection[ReportKey], before: datetime) -> dict[ReportKey, _Audits]:
    rows: dict[ReportKey, list[SqlRow[Any]]] = {}
    for identities in _chunks({identity for identity, _ in wanted if identity}):
        chosen = _joined(
            VERDICTS.c.identity, VERDICTS.c.year, VERDICTS.c.key, SUBMISSIONS.c.run, SUBMISSIONS.c.position,
            RUNS.c.started,
        )  # fmt: skip
        chosen = chosen.where(VERDICTS.c.identity.in_(identities), RUNS.c.started < before)
        for row in connection.execute(chosen.order_by(SUBMISSIONS.c.position)):
            if (row.identity, row.year) in wanted:
                rows.setdefault((row.identity, row.year), []).append(row)
    return {key: _latest(group) for key, group in rows.items()}


def _latest(rows: Collection[SqlRow[Any]]) -> _Audits:
    last = max(rows, key=lambda row: (row.started, row.run))
    of_last = [row for row in rows if row.run == last.run]
    verdicts = frozenset(row.key for row in of_last)
    earlier = frozenset(row.key for row in rows) - verdicts
    return _Audits(last.run, last.started, tuple(row.position for row in of_last), verdicts, earlier)


def _keys_at(connection: Connection, paths: Collection[str], before: datetime) -> Iterator[ReportKey]:
    """Whom the files at these paths were about when they were last judged."""
    for some in _chunks(paths):
        chosen = _joined(SUBMISSIONS.c.path, VERDICTS.c.identity, VERDICTS.c.year, RUNS.c.started)
        chosen = chosen.where(SUBMISSIONS.c.path.in_(some), RUNS.c.started < before).order_by(RUNS.c.started)
        yield from {row.path: (row.identity, row.year) for row in connection.execute(chosen)}.values()


def _joined(*columns: Any) -> Select[Any]:
    joined = RUNS.join(SUBMISSIONS, SUBMISSIONS.c.run == RUNS.c.key).join(
        VERDICTS, VERDICTS.c.key == SUBMISSIONS.c.verdict
    )
    return select(*columns).select_from(joined)


def _reports(history: History, audits: Iterable[_Audits], runs: dict[int, Run]) -> dict[tuple[int, int], Any]:
    positions: dict[int, set[int]] = {}
    for one in audits:
        positions.setdefault(one.run, set()).update(one.positions)
    found = {}
    for run, places in positions.items():
        for some in _chunks(places):
            for place, report in zip(some, history.reports(runs[run], some), strict=True):
                found[run, place] = report
    return found


def _fingerprints(connection: Connection, verdicts: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for some in _chunks(verdicts):
        chosen = select(FINDINGS.c.verdict, FINDINGS.c.fingerprint).where(FINDINGS.c.verdict.in_(some))
        for verdict, fingerprint in connection.execute(chosen):
            found.setdefault(verdict, set()).add(fingerprint)
    return found


def _decided(connection: Connection, verdicts: Collection[int]) -> dict[int, list[KnownFinding]]:
    """The findings of these verdicts that somebody has decided about."""
    found: dict[int, list[KnownFinding]] = {}
    decided = select(DECISIONS.c.fingerprint).where(DECISIONS.c.superseded_by.is_(None))
    for some in _chunks(verdicts):
        chosen = _findings().where(FINDINGS.c.verdict.in_(some), FINDINGS.c.fingerprint.in_(decided))
        for row in connection.execute(chosen):
            wording = Wording(row.rule, row.title, row.basis, row.advice)
            found.setdefault(row.verdict, []).append(known_finding(finding_of(row, wording)))
    return found


def _findings() -> Select[Any]:
    joined = FINDINGS.join(WORDINGS, WORDINGS.c.key == FINDINGS.c.wording)
    words = (WORDINGS.c.rule, WORDINGS.c.title, WORDINGS.c.basis, WORDINGS.c.advice)
    return select(FINDINGS, *words).select_from(joined)


def fingerprints_of(history: History, numbers: Collection[str]) -> dict[str, set[str]]:
    """The fingerprints of the findings with these 问题编号. Raises HistoryError."""
    found: dict[str, set[str]] = {}
    with history.database.read() as connection:
        for some in _chunks(numbers):
            chosen = select(FINDINGS.c.number, FINDINGS.c.fingerprint).distinct().where(FINDINGS.c.number.in_(some))
            for number, fingerprint in connection.execute(chosen):
                found.setdefault(number, set()).add(fingerprint)
    return found


def facts_of(history: History, fingerprints: Collection[str]) -> dict[str, FindingFacts]:
    """What these findings were about, by fingerprint; those that no kept run had are left out. Raises HistoryError."""
    found: dict[str, FindingFacts] = {}
    with history.database.read() as connection:
        for some in _chunks(fingerprints):
            joined = FINDINGS.join(WORDINGS, WORDINGS.c.key == FINDINGS.c.wording).join(
                VERDICTS, VERDICTS.c.key == FINDINGS.c.verdict
            )
            chosen = (
                select(
                    FINDINGS.c.fingerprint, FINDINGS.c.number, VERDICTS.c.unit, VERDICTS.c.year,
                    WORDINGS.c.rule, WORDINGS.c.title, FINDINGS.c.quote,
                )
                .select_from(joined)
                .where(FINDINGS.c.fingerprint.in_(some))
                .order_by(FINDINGS.c.verdict)
            )  # fmt: skip
            found.update({row.fingerprint: FindingFacts(*row) for row in connection.execute(chosen)})
    return found


def hits_by_run(history: History, limit: int) -> tuple[RuleHits, ...]:
    """How often each rule found something in the latest runs, the latest first. Raises HistoryError."""
    with history.database.read() as connection:
        latest = select(RUNS.c.key).order_by(RUNS.c.started.desc(), RUNS.c.key.desc()).limit(limit)
        keys = [row.key for row in connection.execute(latest)]
        joined = (
            RUNS.join(SUBMISSIONS, SUBMISSIONS.c.run == RUNS.c.key)
            .join(FINDINGS, FINDINGS.c.verdict == SUBMISSIONS.c.verdict)
            .join(WORDINGS, WORDINGS.c.key == FINDINGS.c.wording)
        )
        chosen = (
            select(RUNS.c.id, RUNS.c.started, WORDINGS.c.rule, func.count())
            .select_from(joined)
            .where(RUNS.c.key.in_(keys))
            .group_by(RUNS.c.key, RUNS.c.id, RUNS.c.started, WORDINGS.c.rule)
            .order_by(RUNS.c.started.desc(), RUNS.c.key.desc(), WORDINGS.c.rule)
        )
        return tuple(RuleHits(*row) for row in connection.execute(chosen))


def metrics_by_year(
    history: History, identities: Collection[str], before: datetime
) -> dict[ReportKey, tuple[MetricValue, ...]]:
    """The metrics that the reports of these units on each year state, as last read. Raises HistoryError."""
    found: dict[ReportKey, tuple[MetricValue, ...]] = {}
    with history.database.read() as connection:
        for some in _chunks(identities):
            chosen = _joined(VERDICTS.c.identity, VERDICTS.c.year, VERDICTS.c.key, RUNS.c.started, RUNS.c.key)
            chosen = chosen.where(VERDICTS.c.identity.in_(some), VERDICTS.c.year.is_not(None), RUNS.c.started < before)
            ordered = chosen.order_by(RUNS.c.started, RUNS.c.key, SUBMISSIONS.c.position.desc())
            last = {(row.identity, row.year): row[2] for row in connection.execute(ordered)}
            values = _metrics(connection, set(last.values()))
            found.update({key: tuple(values.get(verdict, ())) for key, verdict in last.items()})
    return found


def _metrics(connection: Connection, verdicts: Collection[int]) -> dict[int, list[MetricValue]]:
    values: dict[int, list[MetricValue]] = {}
    for some in _chunks(verdicts):
        chosen = select(METRICS).where(METRICS.c.verdict.in_(some)).order_by(METRICS.c.verdict, METRICS.c.position)
        for row in connection.execute(chosen):
            values.setdefault(row.verdict, []).append(metric_of(row))
    return values


def _chunks(items: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(items)
    for start in range(0, len(ordered), _AT_A_TIME):
        yield ordered[start : start + _AT_A_TIME]
