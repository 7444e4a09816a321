"""What keeps the history from being used."""

from __future__ import annotations


class HistoryError(Exception):
    """The history cannot be used; the argument is one clear sentence in Chinese, without a full stop."""


class HistoryUseError(HistoryError):
    """What was asked for does not exist or is no address of a history: wrong use, where the other is a circumstance."""
