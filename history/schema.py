"""The tables (docs/history.md). A change here needs a revision in ``history/migrations/versions``.

A verdict is what was found in one report. It is stored once, however often the same report comes to the same verdict;
a submission is a file of one run and points to its verdict. Outcomes are one letter a rule, in the order of the rules
of the verdict's rule list: a hundred rules on a hundred thousand reports are 10 MB instead of ten million rows.
Wordings are what a rule says with every finding.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

REVISIONS: Final = ("0001",)
"""Every revision of the schema, in order; the last is the one that this program reads and writes."""

METADATA: Final = MetaData()


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC: SQLite knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its time zone, UTC."""
        return value.replace(tzinfo=value.tzinfo or UTC) if value else None


RUNS: Final = Table(
    "runs",
    METADATA,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("started", UtcDateTime, nullable=False),
    Column("finished", UtcDateTime, nullable=False),
    Column("scope", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("pack", Text, nullable=False),
    Column("rules_sha256", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("read", Integer, nullable=False),
    Column("error", Integer, nullable=False),
    Column("warning", Integer, nullable=False),
    Column("info", Integer, nullable=False),
    Column("suppressed", Integer, nullable=False),
    UniqueConstraint("origin", "id", name="uq_runs_origin_id"),
    Index("ix_runs_started", "started"),
)

RULE_LISTS: Final = Table(
    "rule_lists",
    METADATA,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("rules", Text, nullable=False),
)

WORDINGS: Final = Table(
    "wordings",
    METADATA,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("rule", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("advice", Text, nullable=False),
)

VERDICTS: Final = Table(
    "verdicts",
    METADATA,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("identity", Text, nullable=False),
    Column("unit", Text),
    Column("level", Text),
    Column("year", Integer),
    Column("title", Text),
    Column("published", Date),
    Column("characters", Integer, nullable=False),
    Column("rule_list", Integer, ForeignKey("rule_lists.key"), nullable=False),
    Column("outcomes", Text, nullable=False),
    Column("unassessed", Text, nullable=False),
    Index("ix_verdicts_identity_year", "identity", "year"),
)

SUBMISSIONS: Final = Table(
    "submissions",
    METADATA,
    Column("run", Integer, ForeignKey("runs.key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("path", Text, nullable=False),
    Column("sha256", Text),
    Column("size", BigInteger, nullable=False),
    Column("format", Text),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("verdict", Integer, ForeignKey("verdicts.key")),
    Index("ix_submissions_sha256", "sha256"),
    Index("ix_submissions_verdict", "verdict"),
)

FINDINGS: Final = Table(
    "findings",
    METADATA,
    Column("verdict", Integer, ForeignKey("verdicts.key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("wording", Integer, ForeignKey("wordings.key"), nullable=False),
    Column("level", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("page", Integer),
    Column("line", Integer, nullable=False),
    Column("line_column", Integer, nullable=False),
    Column("details", Text, nullable=False),
    Column("suppression", Text),
    Index("ix_findings_fingerprint", "fingerprint"),
)

METRICS: Final = Table(
    "metrics",
    METADATA,
    Column("verdict", Integer, ForeignKey("verdicts.key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("value", Float(53), nullable=False),
    Column("unit", Text, nullable=False),
    Column("approx", Text),
    Column("year", Integer),
    Column("quote", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("section", Text, nullable=False),
)

DECISIONS: Final = Table(
    "decisions",
    METADATA,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", Text, nullable=False),
    Column("opinion", Text),
    Column("state", Text),
    Column("responsible", Text),
    Column("deadline", Date),
    Column("remark", Text),
    Column("review", Text),
    Column("closed", Date),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("workbook", Text, nullable=False),
    Column("workbook_row", Integer, nullable=False),
    Column("superseded_by", Integer, ForeignKey("decisions.key")),
    Index("ix_decisions_fingerprint", "fingerprint"),
)
