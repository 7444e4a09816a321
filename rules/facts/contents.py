"""The model of a legally required content."""

from __future__ import annotations

from rules.model import Strict, Text


class RequiredContent(Strict):
    """One of the contents that the annual report must have, with the forms real reports give it."""

    id: str
    name: Text
