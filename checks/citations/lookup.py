"""Finds a cited title among the known ones: exactly, as a known slip, or as the nearest right title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from checks.citations.slips import is_slip
from checks.citations.titles import key_of
from documents.lazy_pattern import lazy_pattern
from rules.facts import Facts
from rules.facts.chronology import Law, Misnomer
from rules.model import Confidence

# The longest that fits is the genre: an 实施意见 is never a slip for an 意见.
_GENRE = lazy_pattern(
    "(?:实施细则|实施办法|实施意见|实施方案|实施纲要|实施条例|指导意见|行动计划|行动方案|工作方案|指标体系|法典|法|条例|规定"
    "|办法|规则|细则|纲要|规划|意见|决定|决议|通知|方案|准则|章程|程序|通则)$"
)
# A genre typed by its sound or its look.
_MISTYPED = {
    "发": "法",
    "法律": "法",
    "条列": "条例",
    "条理": "条例",
    "规订": "规定",
    "钢要": "纲要",
    "刚要": "纲要",
    "例": "条例",
    "定": "规定",
}
_STATE_MISSPELT = lazy_pattern("(?:中国|中华|国中|华中)[人名民国华]{0,4}共和国|中华人民共合国|中华人民共和(?!国)")
_LAWS = ("法", "法典")
_CUSTOMARY = "习惯简称"
# Words that people put into titles, and the genres they take for one another in the titles of national acts.
_PADDING = ("工作", "管理", "保护", "保障", "监督", "实施")
_MISTAKEN = {"条例": "法", "法": "条例"}
_SHORTEST_STEM = 2
_SHORTEST_LAW, _SHORTEST_REGULATION = 5, 8
# Up to so many characters of the right title, so many edits.
_EDITS = ((8, 1), (15, 2), (25, 3), (200, 4))


class RightTitle(NamedTuple):
    """A title as it should be written, and whether its source was seen."""

    name: str
    confidence: Confidence


class Lookup:
    """The known titles of one folder of facts, by the form in which titles are compared."""

    def __init__(self, facts: Facts) -> None:
        self.laws = {key_of(name): law for law in reversed(facts.laws) for name in (law.name, *law.short)}
        self.misnomers: dict[str, Misnomer] = {key_of(entry.name): entry for entry in facts.misnomers}
        self.right = self._right_titles(facts)
        self._by_genre: dict[str, list[_Candidate]] = defaultdict(list)
        customary = _customary(facts)
        for key in self.right:
            if key in customary:
                continue
            genre = _genre(key)
            if most := _most_edits(key, genre):
                self._by_genre[genre[-2:]].append(_Candidate(key, genre, frozenset(key), most))
        self._shuffled = {
            _letters(key): right
            for key, right in self.right.items()
            if len(key) >= _SHORTEST_LAW and key not in customary
        }
        self.nearest = lru_cache(maxsize=4096)(self._nearest)

    @staticmethod
    def _right_titles(facts: Facts) -> dict[str, RightTitle]:
        right = {key_of(law.name): RightTitle(law.name, law.confidence) for law in facts.laws}
        for law in facts.laws:
            for short in law.short:
                right.setdefault(key_of(short), RightTitle(law.name, law.confidence))
        for group in facts.titles:
            right.update((key_of(name), RightTitle(name, group.confidence)) for name in group.names)
        return right

    def law(self, key: str) -> Law | None:
        """The law of that name, in force or not."""
        return self.laws.get(key)

    def knows(self, key: str) -> bool:
        """Whether a title is right as it stands."""
        return key in self.right

    def _nearest(self, key: str) -> RightTitle | None:
        if title := self._of_the_state(key) or self._shuffled.get(_letters(key)):
            return title
        for repaired in _repairs(key):
            meant = self.misnomers[repaired].meant if repaired in self.misnomers else (repaired,)
            if len(meant) == 1 and key_of(meant[0]) in self.right:
                return self.right[key_of(meant[0])]
        near = sorted(self._near(key))
        # Two right titles at the same distance: which one is meant cannot be told.
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return None
        return self.right[near[0][1]]

    def padded(self, key: str, *, national: bool) -> RightTitle | None:
        """The right title of which ``key`` is one with a word too many: 公路管理法 for 公路法.

        ``national`` acts, which name the state, may also be of another genre: 村民委员会组织条例. None where several
        fit.
        """
        found = {self.right[short] for short in _without_padding(key) if short in self.right}
        genre = _genre(key)
        if national and genre in _MISTAKEN and len(stem := key.removesuffix(genre)) > _SHORTEST_STEM:
            other = self.right.get(stem + _MISTAKEN[genre])
            found |= {other} if other else set()
        return found.pop() if len(found) == 1 else None

    def _of_the_state(self, key: str) -> RightTitle | None:
        """The title with 中华人民共和国 spelt right, where only that is wrong."""
        state = _STATE_MISSPELT.match(key)
        right = self.right.get(key[state.end() :]) if state else None
        return right._replace(name=f"中华人民共和国{right.name}") if right else None

    def _near(self, key: str) -> Iterator[tuple[int, str]]:
        genre = _genre(key)
        letters = frozenset(key)
        for candidate in self._by_genre.get(genre[-2:], ()):
            # 意见 for 实施意见 is another genre; 施意见 is a slip.
            most = candidate.most if candidate.genre == genre else 1
            if abs(len(candidate.key) - len(key)) <= most >= len(letters - candidate.letters):
                distance = _distance(key, candidate.key, most)
                if 0 < distance <= most and is_slip(key, candidate.key, is_law=genre in _LAWS):
                    yield distance, candidate.key


class _Candidate(NamedTuple):
    """A right title that others may be a slip for: its letters, and the most edits that still make a slip."""

    key: str
    genre: str
    letters: frozenset[str]
    most: int


def _distance(key: str, candidate: str, most: int) -> int:
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    return Levenshtein.distance(key, candidate, score_cutoff=most)


def _customary(facts: Facts) -> frozenset[str]:
    """Abbreviations that pass, and that no slip is led back to."""
    return frozenset(key_of(name) for group in facts.titles if group.kind == _CUSTOMARY for name in group.names)


def _letters(key: str) -> str:
    return "".join(sorted(key))


def lookup(facts: Facts) -> Lookup:
    """The lookup of these facts, made once."""
    return _lookup(facts)


@lru_cache(maxsize=4)
def _lookup(facts: Facts) -> Lookup:
    return Lookup(facts)


def _repairs(key: str) -> Iterator[str]:
    """The title with a mistyped genre, or a character written twice, put right."""
    for wrong, genre in _MISTYPED.items():
        if key.endswith(wrong):
            yield key.removesuffix(wrong) + genre
    for place, (first, second) in enumerate(pairwise(key)):
        if first == second:
            yield key[:place] + key[place + 1 :]


def _without_padding(key: str) -> Iterator[str]:
    """The title of a law or of regulations without one of the words that people put in."""
    if not key.endswith(("法", "条例")):
        return
    for word in _PADDING:
        place = key.find(word, 1)
        if place > 0:
            yield key[:place] + key[place + len(word) :]


def _genre(key: str) -> str:
    found = _GENRE.search(key)
    return found.group() if found else ""


def _most_edits(right: str, genre: str) -> int:
    length = len(right)
    if not genre or length < (_SHORTEST_LAW if genre in _LAWS else _SHORTEST_REGULATION):
        return 0
    return next(edits for longest, edits in _EDITS if length <= longest)
