"""How many slips by sound or shape are found: `python -m benchmarks.spelling [--count 600] [--seed 7] [--json]`.

One character of a frequent word of a clean report (the samples and the written reports of the tests) is replaced by a
homophone or a look-alike, one place at a time; what the rule reports on the untouched texts is a false alarm. The
texts belong to those that the list of neighbouring characters was compiled from, so the false alarms are a floor.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from checks.context import Context
from checks.segmentation import dictionary, words_of
from checks.wording.sound_or_shape import KIND
from documents.read import report_from_text
from rules.facts import Facts

ROOT = Path(__file__).resolve().parent.parent
FACTS = Facts()
_REACH = 60
_SHARE_OF_SHAPES = 0.3


@dataclass(frozen=True)
class Result:
    """``found`` counts by level of confidence, each including the surer ones; ``false_alarms`` are on clean text."""

    slips: int
    found: dict[str, int]
    right_word: int
    characters: int
    false_alarms: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    result = measure(options.count, random.Random(options.seed))
    if options.json:
        print(json.dumps(asdict(result), ensure_ascii=False))
        return
    for case, count in result.found.items():
        print(f"{case:<8}{count:>6} of {result.slips} ({count / result.slips:.1%})")
    print(f"right word suggested: {result.right_word}")
    print(f"false alarms: {result.false_alarms} in {result.characters} characters")


def measure(count: int, chance: random.Random) -> Result:
    """Plant ``count`` slips one by one and look for each."""
    paths = sorted([*ROOT.glob("seeds/*.txt"), *ROOT.glob("tests/reports/*.txt")])
    texts = [path.read_text(encoding="utf-8") for path in paths]
    found = {"sure": 0, "likely": 0, "any": 0}
    right = 0
    for _ in range(count):
        words, wrong, place, word = _plant(chance.choice(texts), chance)
        matches = [m for m in _matches(words) if m[1] <= place < m[2]]
        if wrong and matches:
            case, _, _, suggestion = matches[0]
            found["any"] += 1
            found["likely"] += case in ("sure", "likely")
            found["sure"] += case == "sure"
            right += suggestion in word or word in suggestion
    alarms = sum(len(_matches(text)) for text in texts)
    return Result(count, found, right, sum(map(len, texts)), alarms)


def _plant(text: str, chance: random.Random) -> tuple[str, str, int, str]:
    """A stretch of ``text`` with a slip, the wrong character, its place in the stretch, and the word meant."""
    places = [(start, word) for start, word in _words(text) if FACTS.register.words.get(word)]
    while True:
        start, word = chance.choice(places)
        at = chance.randrange(len(word))
        if others := _others(word[at], shape=chance.random() < _SHARE_OF_SHAPES):
            wrong = chance.choice(others)
            place = start + at
            left = max(0, place - _REACH)
            changed = text[left:place] + wrong + text[place + 1 : place + _REACH]
            return changed, wrong, place - left, word


def _words(text: str) -> list[tuple[int, str]]:
    words, place = [], 0
    for word in words_of(text):
        words.append((place, word))
        place += len(word)
    return words


def _others(character: str, *, shape: bool) -> list[str]:
    register = FACTS.register
    if shape:
        return sorted(register.look_alikes.get(character, ()))
    syllables = set(register.syllables.get(character, ()))
    same = [other for other, sounds in register.syllables.items() if other != character and syllables & set(sounds)]
    for other in same:
        dictionary().load(other)
    return sorted(other for other in same if dictionary().frequencies.get(other, 0) >= 100)


def _matches(text: str) -> list[tuple[str | None, int, int, str]]:
    report = report_from_text(text)
    matches = KIND.run(Context(report, FACTS), KIND.parameters())
    return [(match.case, *match.span, str(match.values["suggestion"])) for match in matches]


if __name__ == "__main__":
    main()
