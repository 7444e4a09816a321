"""What keeps the history from being used."""

from __future__ import annotations


class HistoryError(Exception):
    """The history cannot be used as asked; the argument is one clear sentence in Chinese, without a full stop."""
