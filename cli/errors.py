"""Wrong use that only a command itself can find out."""

from __future__ import annotations

from cli.language import say


class UsageFault(Exception):  # noqa: N818 - wrong use, not a fault of the program
    """The options or arguments do not fit; as a string, one clear sentence in the language of the process."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(say(chinese, english))
