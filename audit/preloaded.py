"""What every child process would do first, done once before there is any: imported by the server that forks them.

Loads the rule pack named by :data:`PACK_VARIABLE` and judges one example of each of its rules, which reads the facts,
compiles the patterns and loads the dictionaries that reports need. Children then start with all of that.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress

from audit.packs import load_pack
from checks.examples import rehearse
from rules.errors import RuleFileError
from rules.facts import Facts
from rules.model import Ruleset

PACK_VARIABLE = "_FAZHI_AUDIT_PRELOADED_PACK"

_OBJECTS_BETWEEN_COLLECTIONS = 20_000

_loaded: dict[str, tuple[Ruleset, Facts]] = {}


def preloaded(pack: str) -> tuple[Ruleset, Facts]:
    """The pack, loaded already where it is the one that was named. Raises RuleFileError."""
    return _loaded.get(pack) or load_pack(pack)


def _preload(pack: str) -> None:
    ruleset, facts = load_pack(pack)
    rehearse(ruleset, facts)
    _loaded[pack] = (ruleset, facts)


if PACK_VARIABLE in os.environ:
    # The children say what is wrong with a pack, where somebody listens.
    with suppress(RuleFileError, OSError):
        _preload(os.environ[PACK_VARIABLE])
    # What is loaded stays: children need not look through it for garbage, and go on sharing its memory.
    gc.collect()
    gc.freeze()
    # A report leaves little in circles; looking for them after every 700 objects costs more than it frees.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
