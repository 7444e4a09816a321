"""The first tables.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, those first that others refer to."""
    _decisions()
    _rule_lists()
    _runs()
    _wordings()
    _verdicts()
    _findings()
    _metrics()
    _submissions()


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text()),
        sa.Column("state", sa.Text()),
        sa.Column("responsible", sa.Text()),
        sa.Column("deadline", sa.Date()),
        sa.Column("remark", sa.Text()),
        sa.Column("review", sa.Text()),
        sa.Column("closed", sa.Date()),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workbook", sa.Text(), nullable=False),
        sa.Column("workbook_row", sa.Integer(), nullable=False),
        sa.Column("superseded_by", sa.Integer()),
        sa.ForeignKeyConstraint(["superseded_by"], ["decisions.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_decisions_fingerprint", "decisions", ["fingerprint"])


def _rule_lists() -> None:
    op.create_table(
        "rule_lists",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("rules_sha256", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("error", sa.Integer(), nullable=False),
        sa.Column("warning", sa.Integer(), nullable=False),
        sa.Column("info", sa.Integer(), nullable=False),
        sa.Column("suppressed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("origin", "id", name="uq_runs_origin_id"),
    )
    op.create_index("ix_runs_started", "runs", ["started"])


def _wordings() -> None:
    op.create_table(
        "wordings",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text()),
        sa.Column("level", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("rule_list", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.Column("unassessed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rule_list"], ["rule_lists.key"]),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_verdicts_identity_year", "verdicts", ["identity", "year"])


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("verdict", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("line_column", sa.Integer(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("suppression", sa.Text()),
        sa.ForeignKeyConstraint(["verdict"], ["verdicts.key"]),
        sa.ForeignKeyConstraint(["wording"], ["wordings.key"]),
        sa.PrimaryKeyConstraint("verdict", "position"),
    )
    op.create_index("ix_findings_fingerprint", "findings", ["fingerprint"])


def _metrics() -> None:
    op.create_table(
        "metrics",
        sa.Column("verdict", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(precision=53), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("approx", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["verdict"], ["verdicts.key"]),
        sa.PrimaryKeyConstraint("verdict", "position"),
    )


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text()),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("format", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("verdict", sa.Integer()),
        sa.ForeignKeyConstraint(["run"], ["runs.key"]),
        sa.ForeignKeyConstraint(["verdict"], ["verdicts.key"]),
        sa.PrimaryKeyConstraint("run", "position"),
    )
    op.create_index("ix_submissions_sha256", "submissions", ["sha256"])
    op.create_index("ix_submissions_verdict", "submissions", ["verdict"])
