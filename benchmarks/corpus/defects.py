"""Ordinary defects, planted at about the rate of real reports; copies come in :mod:`benchmarks.corpus.plants`."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final

from benchmarks.corpus.drafts import Draft, Line, Sentence

# How many defects a report is given: none, one, two, three.
_COUNTS: Final = (0.3, 0.36, 0.22, 0.12)

Planted = Sentence | None
Defect = Callable[[Draft, Random], tuple[bool, Planted]]


def plant_defects(draft: Draft, chance: Random) -> list[tuple[str, Planted]]:
    """Spoil ``draft``; the kind of each defect with the sentence that shows it (``None``: something is missing)."""
    count = chance.choices(range(len(_COUNTS)), _COUNTS)[0]
    planted: list[tuple[str, Planted]] = []
    # What is missing goes first: nothing may be spoilt that then goes.
    for kind in sorted(chance.sample(sorted(DEFECTS), count), key=lambda kind: kind != "missing-part"):
        done, sentence = DEFECTS[kind](draft, chance)
        if done:
            planted.append((kind, sentence))
    return planted


def _wrong_plan_year(draft: Draft, _: Random) -> tuple[bool, Planted]:
    return _year_of(draft, "plan-heading", draft.year + 1, draft.year)


def _wrong_heading_year(draft: Draft, _: Random) -> tuple[bool, Planted]:
    return _year_of(draft, "work-heading", draft.year, draft.year - 1)


def _year_of(draft: Draft, part: str, right: int, wrong: int) -> tuple[bool, Planted]:
    for line in draft.lines:
        if line.part == part and str(right) in line.sentences[0].text:
            line.sentences[0].text = line.sentences[0].text.replace(str(right), str(wrong))
            return True, line.sentences[0]
    return False, None


def _missing_part(draft: Draft, chance: Random) -> tuple[bool, Planted]:
    part = chance.choice(("first", "flaws", "plan"))
    draft.lines = [line for line in draft.lines if line.part not in (part, f"{part}-heading")]
    return True, None


def _repeated_sentence(draft: Draft, chance: Random) -> tuple[bool, Planted]:
    candidates = draft.own("work")
    if len(candidates) < 2:
        return False, None
    once = chance.choice(candidates)
    again = Sentence(once.text)
    once.own = False
    _line_of(draft, chance.choice([item for item in candidates if item is not once])).sentences.append(again)
    return True, again


def _doubled_mark(draft: Draft, chance: Random) -> tuple[bool, Planted]:
    return _changed(draft, chance, "，", lambda text: text.replace("，", "，，", 1))


def _placeholder(draft: Draft, chance: Random) -> tuple[bool, Planted]:
    return _changed(draft, chance, r"\d+[件次场]", lambda text: re.sub(r"\d+(?=[件次场])", "XX", text, count=1))


def _wrong_sum(draft: Draft, chance: Random) -> tuple[bool, Planted]:
    total = re.compile(r"\d+(?=[件次]，其中)")
    return _changed(draft, chance, total.pattern, lambda text: total.sub(lambda found: str(int(found[0]) + 3), text, 1))


def _unpaired_mark(draft: Draft, chance: Random) -> tuple[bool, Planted]:
    return _changed(draft, chance, "“[^”]*”", lambda text: text.replace("”", "", 1))


def _comma_and_stop(draft: Draft, chance: Random) -> tuple[bool, Planted]:
    return _changed(draft, chance, "。$", lambda text: text[:-1] + "，。")


def _heading_number(draft: Draft, _: Random) -> tuple[bool, Planted]:
    heads = [line.sentences[0] for line in draft.lines if line.part == "topic-heading"]
    if len(heads) < 3 or not heads[-1].text.startswith("（"):
        return False, None
    heads[-1].text = heads[-2].text[:3] + heads[-1].text[3:]
    return True, heads[-1]


def _changed(draft: Draft, chance: Random, shape: str, change: Callable[[str], str]) -> tuple[bool, Planted]:
    candidates = [sentence for sentence in draft.own("work") if re.search(shape, sentence.text)]
    if not candidates:
        return False, None
    sentence = chance.choice(candidates)
    sentence.text = change(sentence.text)
    sentence.own = False
    return True, sentence


def _line_of(draft: Draft, sentence: Sentence) -> Line:
    return next(line for line in draft.lines if sentence in line.sentences)


DEFECTS: Final[dict[str, Defect]] = {
    "plan-year": _wrong_plan_year,
    "heading-year": _wrong_heading_year,
    "missing-part": _missing_part,
    "sentence-twice": _repeated_sentence,
    "double-mark": _doubled_mark,
    "placeholder": _placeholder,
    "wrong-sum": _wrong_sum,
    "unpaired-mark": _unpaired_mark,
    "comma-and-stop": _comma_and_stop,
    "heading-number": _heading_number,
}
