"""What earlier audits found and what inspectors decided: a database, SQLite by default and PostgreSQL by URL.

``recording.record_run`` adds a run, ``store.open_history`` answers questions, ``decisions`` keeps what inspectors say.
"""
