"""The model of a metric in the catalogue."""

from __future__ import annotations

from rules.model import Strict, Text


class Metric(Strict):
    """One metric that reports state: its surface forms, its units and the levels that are expected to state it."""

    id: str
    name: Text
