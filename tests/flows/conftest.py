"""A PostgreSQL database to record runs in."""

from tests.databases import postgresql, postgresql_server

__all__ = ["postgresql", "postgresql_server"]
