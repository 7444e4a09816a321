"""The models of dated facts: laws, plans, meetings."""

from __future__ import annotations

from rules.model import Strict, Text


class Law(Strict):
    """A law or regulation and the dates of its versions."""

    name: Text


class Plan(Strict):
    """A plan, programme or campaign and its term."""

    name: Text


class Meeting(Strict):
    """A meeting or event and the day from which it can be cited."""

    name: Text
