"""The language of the command line: Chinese unless ``--lang en`` or ``FAZHI_AUDIT_LANG=en`` says otherwise."""

from __future__ import annotations

import os
from collections.abc import Sequence

LANGUAGES = ("zh", "en")
_OPTION = "--lang"
_VARIABLE = "FAZHI_AUDIT_LANG"
_language = "zh"


class LanguageError(Exception):
    """The language asked for does not exist; the argument is the sentence for the user."""


def choose_language(arguments: Sequence[str]) -> list[str]:
    """Set the language that ``arguments`` or the environment ask for; returns the other arguments.

    Help texts are chosen when the commands are defined, so this has to happen before they are imported.
    """
    global _language  # noqa: PLW0603 - one process speaks one language
    rest: list[str] = []
    wanted = os.environ.get(_VARIABLE) or "zh"
    remaining = iter(arguments)
    for argument in remaining:
        if argument == _OPTION:
            wanted = next(remaining, "")
        elif argument.startswith(f"{_OPTION}="):
            wanted = argument.partition("=")[2]
        elif argument == "--":
            rest.extend((argument, *remaining))
        else:
            rest.append(argument)
    if wanted not in LANGUAGES:
        raise LanguageError(f"--lang 只能是 zh 或 en，不能是“{wanted}”（--lang must be zh or en）")
    _language = wanted
    return rest


def say(chinese: str, english: str) -> str:
    """The text in the language of this process."""
    return english if _language == "en" else chinese
