"""What alembic runs to migrate: the connection comes from :mod:`history.database`, within its transaction."""

from __future__ import annotations

from alembic import context

from history.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
