"""Punctuation and blanks: the rules of this program and autocorrect-py, one planted fault a text.

A fault counts as found where this program says more about the text with the fault than about the text without it, and
where autocorrect makes the same text of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from benchmarks.corpus.drafts import draft
from benchmarks.corpus.layout import render
from benchmarks.peers.contest import Area, Contestant, Result, Sizes, best, per

_SEED: Final = 6
_TEXTS: Final = 40
_INPUT: Final = "texts.msgpack"
_RULES: Final = frozenset({"wording/punctuation", "wording/half-width", "wording/stray-characters"})
_HAN: Final = "[\u4e00-\u9fff]"

# What stands in the text, and what the fault makes of it.
FAULTS: Final[dict[str, tuple[str, str]]] = {
    "half-width-comma": (f"(?<={_HAN})，(?={_HAN})", ","),
    "half-width-stop": (f"(?<={_HAN})。(?={_HAN})", "."),
    "half-width-semicolon": (f"(?<={_HAN})；(?={_HAN})", ";"),
    "doubled-comma": (f"(?<={_HAN})，(?={_HAN})", "，，"),
    "doubled-stop": (f"(?<={_HAN})。", "。。"),
    "comma-and-stop": (f"(?<={_HAN})。", "，。"),
    "blank-between-words": (f"(?<={_HAN})开展(?={_HAN})", " 开展"),
    "full-width-digits": (r"(?<=\d)1(?=\d)", "１"),
}


class _Texts(msgspec.Struct):
    """Reports without and with a fault: ``spoilt`` names the fault, the number of the clean text and the text."""

    clean: list[str]
    spoilt: list[tuple[str, int, str]]


def prepare(folder: Path, _: Sizes) -> Result:
    """Write clean texts and, of each, one copy for each fault."""
    chance = Random(_SEED)
    texts = _Texts([], [])
    for number in range(_TEXTS):
        text = render(draft(_SEED, number)).text
        texts.clean.append(text)
        for fault, (shape, wrong) in FAULTS.items():
            places = list(re.finditer(shape, text))
            if places:
                place = chance.choice(places)
                texts.spoilt.append((fault, number, text[: place.start()] + wrong + text[place.end() :]))
    (folder / _INPUT).write_bytes(msgspec.msgpack.encode(texts))
    return {"texts": len(texts.clean), "characters": sum(map(len, texts.clean)), "faults": len(texts.spoilt)}


def _scored(folder: Path, say: Callable[[str], Sequence[str]], finds: Callable[[str, str], bool]) -> Result:
    """``say`` tells what is wrong with a text, its speed is measured on clean ones; ``finds`` compares a spoilt one."""
    texts = msgspec.msgpack.decode((folder / _INPUT).read_bytes(), type=_Texts)
    planted: dict[str, list[bool]] = {fault: [] for fault in FAULTS}
    for fault, number, text in texts.spoilt:
        planted[fault].append(finds(texts.clean[number], text))
    seconds = best(lambda: [say(text) for text in texts.clean])
    found = {fault: round(sum(each) / len(each), 4) if each else None for fault, each in planted.items()}
    every = list(chain.from_iterable(planted.values()))
    return {
        "cpu_s": round(seconds, 3),
        "characters_per_s": per(sum(map(len, texts.clean)), seconds),
        "found": found,
        "found_all": round(sum(every) / len(every), 4),
        "remarks_on_clean": round(sum(len(say(text)) for text in texts.clean) / len(texts.clean), 2),
    }


def ours(folder: Path) -> Result:
    """The rules on punctuation, half-width marks and stray characters; reading the text counts."""
    from audit.packs import load_pack
    from checks.context import Context
    from checks.engine import judge
    from documents.read import report_from_text

    ruleset, facts = load_pack()
    chosen = replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.id in _RULES))

    def say(text: str) -> list[str]:
        judgement = judge(Context(report_from_text(text), facts, None), chosen)
        return [f"{finding.rule} {finding.message} {finding.quote}" for finding in judgement.findings]

    return _scored(folder, say, lambda clean, spoilt: bool(set(say(spoilt)) - set(say(clean))))


def with_autocorrect(folder: Path) -> Result:
    """The linter of autocorrect-py; its formatter shows what it would mend."""
    from autocorrect_py import format_for, lint_for

    def say(text: str) -> list[str]:
        return [line.new for line in lint_for(text, "report.txt").lines]

    def mended(text: str) -> str:
        return str(format_for(text, "report.txt"))

    return _scored(folder, say, lambda clean, spoilt: mended(spoilt) == mended(clean))


AREA: Final = Area(
    prepare,
    {"fazhi-audit": Contestant(ours), "autocorrect-py": Contestant(with_autocorrect, "autocorrect-py")},
)
