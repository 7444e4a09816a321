"""The databases to test with."""

from tests.databases import postgresql, postgresql_server, url

__all__ = ["postgresql", "postgresql_server", "url"]
