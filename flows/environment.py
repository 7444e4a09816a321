"""The Prefect settings this program makes before Prefect is imported. What the user has set already stays."""

from __future__ import annotations

import os
from pathlib import Path

_DEFAULTS = {
    # Closed networks: nothing is sent, not even asked.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    # People see this program's own progress; Prefect speaks only when something is wrong.
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_EVENTS_WORKER_MAX_QUEUE_SIZE": "10000",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PYTHONUTF8": "1",
}


def prepare_environment(prefect_home: Path) -> None:
    """Set the defaults in the environment of this process and of those it starts; creates ``prefect_home``."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PREFECT_HOME", str(prefect_home))
    # Prefect creates the folder itself, but not those above it, and its server then dies without a word.
    prefect_home.mkdir(parents=True, exist_ok=True)
