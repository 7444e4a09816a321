"""Which report copies from which, and the copying itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

from benchmarks.corpus.drafts import Draft, Line, Sentence

_DIGITS: Final = re.compile(r"(?<![\d.+])[1-9]\d*(?![\d.+%年月日])")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
# Frequent characters, which a typing error puts in.
_COMMON: Final = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
    "面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本"
    "去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比"
    "或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总"
    "次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做"
    "必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权"
    "收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信"
    "马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装"
)
_FAMILY: Final = (3, 20)


@dataclass(frozen=True, slots=True)
class Role:
    """What report ``source`` gives to a copying report.

    ``kind``: ``sentence``, ``near``, ``pair``, ``family`` or ``own-year`` (source and copy are of one unit,
    the source is the report on the year before). ``edits`` is how many characters differ, ``renamed`` whether names,
    years and numbers were replaced, ``group`` numbers a family.
    """

    kind: str
    source: int
    edits: int = 0
    renamed: bool = False
    group: int | None = None

    @property
    def label(self) -> str:
        """The kind as the truth and the scores name it."""
        if self.kind == "near":
            return f"edits-{self.edits}"
        if self.kind == "sentence":
            return "renamed" if self.renamed else "exact"
        return self.kind


# The share of reports that copy, by kind; a source is counted apart and copies from nobody.
_SHARES: Final = (
    (Role("sentence", -1), 0.03),
    (Role("sentence", -1, renamed=True), 0.03),
    (Role("near", -1, edits=1), 0.015),
    (Role("near", -1, edits=2), 0.015),
    (Role("near", -1, edits=3), 0.015),
    (Role("pair", -1), 0.015),
    (Role("pair", -1, renamed=True), 0.015),
    (Role("own-year", -1), 0.03),
)
_FAMILY_SHARE: Final = 0.04


@lru_cache(maxsize=2)
def cast(seed: int, reports: int) -> dict[int, Role]:
    """The role of each copying report of a corpus of ``reports``; at least one of each kind if they suffice."""
    chance = Random(f"{seed}/roles/{reports}")
    order = list(range(reports))
    chance.shuffle(order)
    free = iter(order)
    roles: dict[int, Role] = {}
    for pattern, share in _SHARES:
        for _ in range(max(1, round(share * reports))):
            copying = next(free, None)
            source = copying if pattern.kind == "own-year" else next(free, None)
            if copying is None or source is None:
                return roles
            roles[copying] = Role(pattern.kind, source, pattern.edits, pattern.renamed)
    roles.update(_families(free, reports, chance))
    return roles


def _families(free: Iterator[int], reports: int, chance: Random) -> dict[int, Role]:
    roles: dict[int, Role] = {}
    left = max(_FAMILY[0], round(_FAMILY_SHARE * reports))
    group = 0
    while left >= _FAMILY[0]:
        size = min(left, _FAMILY[1], _FAMILY[0] + int(chance.expovariate(0.25)))
        members = [member for _, member in zip(range(size), free, strict=False)]
        if len(members) < _FAMILY[0]:
            break
        roles.update({member: Role("family", members[0], 0, chance.random() < 0.3, group) for member in members[1:]})
        left -= size
        group += 1
    return roles


def plant(role: Role, source: Draft, copy: Draft, seed: int, index: int) -> list[tuple[Sentence, Sentence]]:
    """Copy from ``source`` into ``copy`` as ``role`` says; each sentence of the source with its copy."""
    # The members of a family share one passage, so what is taken is decided by the source alone.
    taken = _taken(role, source, copy, Random(f"{seed}/taken/{role.source if role.kind == 'family' else index}"))
    chance = Random(f"{seed}/copy/{index}")
    homes = _homes(role, source, copy, len(taken), chance)
    pairs: list[tuple[Sentence, Sentence]] = []
    for original, home in zip(taken, homes, strict=True):
        home.text = _worded(role, original.text, source, copy, chance)
        home.own = False
        pairs.append((original, home))
    return pairs


def _taken(role: Role, source: Draft, copy: Draft, chance: Random) -> list[Sentence]:
    if role.kind == "own-year":
        own = [sentence for sentence in source.own("work", "plan") if len(sentence.text) >= 25]
        return _run(own, chance.uniform(0.4, 0.9), chance)
    own = source.own("work")
    if role.kind == "pair":
        return _run(own, chance.uniform(0.3, 0.8), chance)
    if role.kind == "family":
        return _run(own, min(1.0, chance.randint(3, 10) / max(1, len(own))), chance)
    plain = own if role.renamed else [sentence for sentence in own if not _says_whose(sentence.text, source)]
    return chance.sample(plain, min(len(plain), chance.choice((1, 1, 2, 2, 3, 4, 6))))


def _run(sentences: list[Sentence], share: float, chance: Random) -> list[Sentence]:
    """Neighbouring sentences, ``share`` of them."""
    count = max(1, round(share * len(sentences)))
    start = chance.randint(0, len(sentences) - count) if sentences else 0
    return sentences[start : start + count]


def _says_whose(text: str, source: Draft) -> bool:
    unit = source.unit
    return str(source.year) in text or any(name in text for name in (unit.short, *unit.places, *unit.we, *unit.area))


def _homes(role: Role, source: Draft, copy: Draft, count: int, chance: Random) -> list[Sentence]:
    """The sentences of ``copy`` that give way, neighbours for a passage; new ones where it has too few."""
    own = copy.own("work", "plan") if role.kind == "own-year" else copy.own("work")
    if role.kind in ("sentence", "near"):
        own = sorted(chance.sample(own, min(count, len(own))), key=own.index)
    start = chance.randint(0, max(0, len(own) - count))
    homes = own[start : start + count]
    while len(homes) < count:
        homes.append(Sentence(""))
        _last_work_line(copy).sentences.append(homes[-1])
    return homes


def _last_work_line(draft: Draft) -> Line:
    return [line for line in draft.lines if line.part == "work"][-1]


def _worded(role: Role, text: str, source: Draft, copy: Draft, chance: Random) -> str:
    if role.kind == "own-year":
        return text.replace(str(source.year + 1), str(copy.year + 1)).replace(str(source.year), str(copy.year))
    if role.renamed:
        text = _renamed(text, source, copy, chance)
    # Apart from one another, and from the end, so that no edit meets or moves another.
    apart = [found.start() for found in _HAN.finditer(text)][::3]
    for at in sorted(chance.sample(apart, role.edits), reverse=True):
        text = _edited(text, at, chance)
    return text


def _renamed(text: str, source: Draft, copy: Draft, chance: Random) -> str:
    """``text`` as the copying unit says it: its own names and year, other numbers."""
    names = {str(source.year): str(copy.year), source.unit.name: copy.unit.name, source.unit.short: copy.unit.short}
    for theirs, ours in (
        (source.unit.places, copy.unit.places),
        (source.unit.we, copy.unit.we),
        (source.unit.area, copy.unit.area),
    ):
        names.update({name: ours[min(at, len(ours) - 1)] for at, name in enumerate(theirs) if name not in names})
    ordered = sorted(names, key=len, reverse=True)
    text = re.sub("|".join(map(re.escape, ordered)), lambda found: names[found[0]], text)
    if "其中" in text or "%" in text:
        return text
    return _DIGITS.sub(lambda number: _like(number[0], chance), text)


def _like(number: str, chance: Random) -> str:
    low = 10 ** (len(number) - 1)
    return number if len(number) == 4 else str(chance.randint(low + (low == 1), 10 * low - 1))


def _edited(text: str, at: int, chance: Random) -> str:
    """``text`` with the character at ``at`` replaced or left out, or another put in before it."""
    other = chance.choice(_COMMON.replace(text[at], ""))
    act = chance.random()
    if act < 0.6:
        return text[:at] + other + text[at + 1 :]
    return text[:at] + text[at + 1 :] if act < 0.8 else text[:at] + other + text[at:]
