"""A recording that is killed at any moment loses nothing; ``benchmarks.history_trial`` does it a hundred times."""

from pathlib import Path

from sqlalchemy import URL

from benchmarks.history_trial import kills


def test_kills_lose_nothing(url: URL, tmp_path: Path) -> None:
    setting = url.render_as_string(hide_password=False) if url.host or url.query else str(url.database)
    outcome = kills(setting, tmp_path, times=5, reports=60, runs=8, seed=7)
    assert outcome.faults == []
    assert outcome.figures["kills with runs still to record"] > 0
