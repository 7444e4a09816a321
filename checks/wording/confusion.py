"""Which characters are written for one another: the same syllable, a similar one, or a similar shape."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum

from rules.facts.register import Register

_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = ("ang", "eng", "ing")


class Likeness(StrEnum):
    """How two characters are alike."""

    SOUND = "sound"
    SHAPE = "shape"
    NEAR_SOUND = "near-sound"


class Confusion:
    """The characters of a register by what they sound and look like."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._sounding: defaultdict[str, list[str]] = defaultdict(list)
        self._folded: defaultdict[str, list[str]] = defaultdict(list)
        for character, syllables in register.syllables.items():
            for syllable in syllables:
                self._sounding[syllable].append(character)
                self._folded[folded(syllable)].append(character)
        self._known: dict[str, Mapping[str, Likeness]] = {}

    def alike(self, written: str) -> Mapping[str, Likeness]:
        """Every character that ``written`` may stand for, and how they are alike."""
        known = self._known.get(written)
        if known is None:
            known = self._known[written] = self._alike(written)
        return known

    def likeness(self, written: str, meant: str) -> Likeness | None:
        """How ``written`` resembles ``meant``, ``None`` if it does not."""
        return self.alike(written).get(meant)

    def _alike(self, written: str) -> Mapping[str, Likeness]:
        syllables = self._register.syllables.get(written, ())
        near = (meant for syllable in syllables for meant in self._folded[folded(syllable)])
        alike = dict.fromkeys(near, Likeness.NEAR_SOUND)
        alike |= dict.fromkeys(self._register.look_alikes.get(written, ()), Likeness.SHAPE)
        same = (meant for syllable in syllables for meant in self._sounding[syllable])
        alike |= dict.fromkeys(same, Likeness.SOUND)
        alike.pop(written, None)
        return alike


def folded(syllable: str) -> str:
    """A syllable without the distinctions that southern speakers drop: zh/z, ch/c, sh/s, n/l, -ng/-n."""
    for initial, plain in _INITIALS:
        if syllable.startswith(initial):
            syllable = plain + syllable[len(initial) :]
            break
    return syllable[:-1] if syllable.endswith(_FINALS) else syllable
