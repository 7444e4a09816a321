"""Which aligned pairs of reports have copied: enough of their own words in common that few others have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from audit.copies.alignment import Shared, align
from audit.copies.candidates import (
    RARE,
    Near,
    candidate_pairs,
    figure_frequencies,
    frequencies,
    is_patterned,
    near_passages,
)
from audit.copies.evidence import OwnWords
from audit.copies.figures import agreeing_digits, differ, digits_of_no_chance
from audit.copies.store import Array, Batch
from checks.duplicates.copied_from_other import CopiedFromOtherParameters
from documents.report import UnitLevel

_FEWEST_COMMON = 3
_MOST_RARE = 20
# A passage half of whose runs are rare counts in full.
_RARE_WEIGHT = 2.0
# Characters taken out and put in: three characters replaced are six.
_FEW_CHANGES = 7
# Nobody else says this many things one after another in the same words.
_FEWEST_IN_A_ROW = 4
# What hardly one report of so many says may be no formula: several such sentences in the same two reports are no
# chance, but each counts for half.
_REPORTS_PER_FORMULA = 300
_FORMULA_WEIGHT = 0.5
# Of two reports that have copied, also those formulas count that less than one report of so many has.
_REPORTS_PER_COPIED_FORMULA = 30
# In a batch of so many reports a formula shows by its runs of characters, which others have, too.
_FORMULAS_SHOW, _UNUSUAL = 1000, 2 / 3
# What is unusual, but put together of official words, has to be longer: its words alone say little.
_UNUSUAL_WEIGHT = 0.75
# A character or two in a row may be retyped; two may also be another word.
_LONGEST_CHANGE, _WORD_WEIGHT = 2, 0.6
_CLOSE = 0.9
# In common passages of the same pattern a single number may be the same by chance.
_FEWEST_AGREEING = 3
# Who fills in counts of his own may have taken over the sentence, or have found the same words.
_OTHER_FIGURES_WEIGHT = 0.75


@dataclass(frozen=True, slots=True)
class FoundPair:
    """Two reports of a batch, by number, and the passages that they share, by place in the first.

    ``characters`` and ``share`` are of the first report, the others of the second. ``same_figures`` are those in
    which no number differs.
    """

    first: int
    second: int
    shared: tuple[Shared, ...]
    characters: int
    share: float
    other_characters: int
    other_share: float
    same_figures: frozenset[Shared]


class Index(NamedTuple):
    """What the pairs of a batch are found by: in how many reports each passage occurs, and its figures, the similar
    passages, and whether the reports are written by patterns."""

    frequencies: Array
    figure_frequencies: Array
    near: Near
    patterned: bool


class PairFinder:
    """Finds the pairs of a batch that share text, by the measures of the rule that reports them.

    ``index`` is that of another finder for the same batch, where there is one.
    """

    def __init__(
        self,
        batch: Batch,
        levels: Sequence[UnitLevel | None],
        settings: CopiedFromOtherParameters,
        own_words: OwnWords,
        index: Index | None = None,
    ) -> None:
        self.batch = batch
        self.levels = levels
        self.settings = settings
        self.own_words = own_words
        self._index = index

    @property
    def index(self) -> Index:
        """Made when it is first asked for."""
        if self._index is None:
            batch = self.batch
            frequency = frequencies(batch)
            near = near_passages(batch, frequency)
            self._index = Index(frequency, figure_frequencies(batch), near, is_patterned(batch))
        return self._index

    @property
    def rare(self) -> int:
        """The number of reports that may share a passage before it counts as common."""
        return min(_MOST_RARE, max(_FEWEST_COMMON, int(len(self.batch) * self.settings.common_share)))

    def candidates(self) -> list[tuple[int, int]]:
        """Pairs of reports, ascending, that may share enough."""
        found = candidate_pairs(self.batch, self.index.frequencies, self.index.near, self.settings.min_characters)
        return list(zip(*found.T.tolist(), strict=True)) if len(found) else []

    def find(self) -> Iterator[FoundPair]:
        """Every pair that shares enough, in order."""
        for first, second in self.candidates():
            if pair := self.judge(first, second):
                yield pair

    def judge(self, first: int, second: int) -> FoundPair | None:
        """The pair, if it shares enough."""
        same = align(self.batch, first, second, self.settings.similarity)
        shared = self._with_own_words(first, second, same)
        formulas = {each for each in shared if self._is_formula(first, second, each)}
        said = [each for each in shared if self._says_the_same(first, second, each)]
        rare = [each for each in said if self._frequency(first, second, each) <= self.rare]
        own = [each for each in rare if each not in formulas]
        counted = self._counted_alike(first, second, same)
        if self._is_enough(first, second, own):
            copied = self._with_formulas(first, second, own, rare)
        else:
            copied = self._in_a_row(first, second, same, rare) or self._too_many(first, second, rare, formulas)
        if copied or counted:
            return self.describe(first, second, _with_runs({*copied, *counted}, sorted({*shared, *counted})))
        own = [each for each in said if each not in formulas and self._weight_of_figures(first, second, each) > 0]
        if len(own) < self.settings.template_sentences:
            return None
        pair = self.describe(first, second, own)
        return pair if max(pair.share, pair.other_share) >= self.settings.template_share else None

    def common(self, first: int, second: int) -> FoundPair:
        """All that two reports share in their own words, however little or common it is."""
        return self.describe(first, second, self._aligned(first, second))

    def is_strict(self, first: int, second: int) -> bool:
        """Whether both reports are of levels that quote central documents so much that more evidence is asked for."""
        return {self.levels[first], self.levels[second]} <= {*self.settings.strict_levels}

    def _aligned(self, first: int, second: int) -> list[Shared]:
        return self._with_own_words(first, second, align(self.batch, first, second, self.settings.similarity))

    def _with_own_words(self, first: int, second: int, same: list[Shared]) -> list[Shared]:
        return [each for each in same if self._own(first, second, each) >= self.settings.min_length]

    def describe(self, first: int, second: int, shared: Iterable[Shared]) -> FoundPair:
        """The pair with the amounts that ``shared`` comes to."""
        shared = tuple(shared)
        characters = _length(self.batch.places_of(first), [each.first for each in shared])
        other_characters = _length(self.batch.places_of(second), [each.second for each in shared])
        return FoundPair(
            first,
            second,
            shared,
            characters,
            _share(characters, self.batch.characters[first]),
            other_characters,
            _share(other_characters, self.batch.characters[second]),
            frozenset(self._with_same_figures(first, second, shared)),
        )

    def _is_formula(self, first: int, second: int, shared: Shared) -> bool:
        """Whether either of the passages says nothing that is its author's own."""
        if not self._is_of_official_words(first, second, shared):
            return False
        places = ((first, shared.first), (second, shared.second))
        return not all(self._is_unusual(int(self.batch.starts[report]) + place) for report, place in places)

    def _is_of_official_words(self, first: int, second: int, shared: Shared) -> bool:
        places = ((first, shared.first), (second, shared.second))
        return any(self.own_words.is_formula(self.batch.keys_of(report)[place]) for report, place in places)

    def _is_unusual(self, passage: int) -> bool:
        """Whether hardly any other passage of a large batch has a run of characters in common with this one."""
        sampled, common = int(self.index.near.sampled[passage]), int(self.index.near.common[passage])
        return len(self.batch) >= _FORMULAS_SHOW and sampled > 0 and sampled - common >= _UNUSUAL * sampled

    def _own(self, first: int, second: int, shared: Shared) -> int:
        one = self.own_words.count(self.batch.keys_of(first)[shared.first])
        if shared.similarity == 1:
            return one
        return min(one, self.own_words.count(self.batch.keys_of(second)[shared.second]))

    def _frequency(self, first: int, second: int, shared: Shared) -> int:
        return self._most(self.index.frequencies, first, second, shared)

    def _most(self, frequencies: Array, first: int, second: int, shared: Shared) -> int:
        places = int(self.batch.starts[first]) + shared.first, int(self.batch.starts[second]) + shared.second
        return max(int(frequencies[place]) for place in places)

    def _is_enough(self, first: int, second: int, shared: list[Shared]) -> bool:
        settings = self.settings
        weights = [
            self._weight(first, second, each)
            * (_UNUSUAL_WEIGHT if self._is_of_official_words(first, second, each) else 1)
            for each in shared
        ]
        count = sum(weight >= settings.min_length for weight in weights)
        if count >= settings.min_sentences and sum(weights) >= self._enough(first, second):
            return True
        if self.is_strict(first, second):
            return False
        rarest = (self._frequency(first, second, each) <= RARE for each in shared)
        return sum(weight for weight, chosen in zip(weights, rarest, strict=True) if chosen) >= settings.min_characters

    def _in_a_row(self, first: int, second: int, same: list[Shared], rare: list[Shared]) -> list[Shared]:
        """The rare passages, formulas or not, in rows of passages that both reports have, where they are enough."""
        chosen, copied = set(rare), list[Shared]()
        for row in _rows(same):
            here = [each for each in row if each in chosen]
            total = sum(self._weight(first, second, each) for each in here)
            if len(here) >= self.settings.min_sentences and total >= self._enough(first, second):
                copied += here
        return copied

    def _too_many(self, first: int, second: int, rare: list[Shared], formulas: set[Shared]) -> list[Shared]:
        """The rare passages, with those formulas that hardly any report of a large batch has, if they are enough."""
        settings = self.settings
        most = 0 if self.is_strict(first, second) else len(self.batch) // _REPORTS_PER_FORMULA
        weights = {
            each: self._weight(first, second, each)
            for each in rare
            if each not in formulas or self._frequency(first, second, each) <= most
        }
        copied = [each for each, weight in weights.items() if weight >= settings.min_length]
        total = sum(weights[each] * (_FORMULA_WEIGHT if each in formulas else 1) for each in copied)
        return copied if len(copied) >= settings.min_sentences and total >= self._enough(first, second) else []

    def _counted_alike(self, first: int, second: int, same: Sequence[Shared]) -> Sequence[Shared]:
        """The passages, common ones too, whose numbers agree, if they are so many that it is no chance."""
        digits = self._agreeing(first, second, same)
        return tuple(digits) if sum(digits.values()) >= digits_of_no_chance(len(self.batch)) else ()

    def _with_same_figures(self, first: int, second: int, same: Iterable[Shared]) -> Iterator[Shared]:
        """The passages in which not a number differs, if they have enough of them."""
        figures, others = self.batch.figures_of(first), self.batch.figures_of(second)
        return (
            each
            for each in self._agreeing(first, second, same)
            if sorted(figures[each.first]) == sorted(others[each.second])
        )

    def _agreeing(self, first: int, second: int, same: Iterable[Shared]) -> dict[Shared, int]:
        """The passages that have numbers in common, and in how many digits that say something."""
        figures, others = self.batch.figures_of(first), self.batch.figures_of(second)
        digits = {
            each: agreeing_digits(figures[each.first], others[each.second])
            for each in same
            if self._most(self.index.figure_frequencies, first, second, each) <= self.rare
        }
        return {each: count for each, count in digits.items() if count >= _FEWEST_AGREEING}

    def _says_the_same(self, first: int, second: int, shared: Shared) -> bool:
        """Whether similar passages are more than built alike."""
        if shared.similarity == 1 or self._longest_change(first, second, shared) <= _LONGEST_CHANGE:
            return True
        return self._weight(first, second, shared) > 0

    def _weight_of_figures(self, first: int, second: int, shared: Shared) -> float:
        """What is left of the weight of words between which each report puts its own counts.

        Where reports are written by patterns, nothing: there the counts themselves are the evidence.
        """
        one = self.batch.figures_of(first)[shared.first]
        other = self.batch.figures_of(second)[shared.second]
        if self.index.patterned:
            return 0 if one and other else 1
        return _OTHER_FIGURES_WEIGHT if differ(one, other) else 1

    def _with_formulas(self, first: int, second: int, own: list[Shared], rare: list[Shared]) -> list[Shared]:
        """The passages of two reports that have copied ``own``: these, and the formulas that few other reports have.

        Of reports that have copied much, nobody would take their other equal sentences for chance.
        """
        if len(own) >= self.settings.template_sentences:
            return rare
        most, kept = len(self.batch) // _REPORTS_PER_COPIED_FORMULA, set(own)
        return [each for each in rare if each in kept or self._frequency(first, second, each) <= most]

    def _enough(self, first: int, second: int) -> int:
        """The characters of rare passages that are evidence where no single one is."""
        return self.settings.strict_characters if self.is_strict(first, second) else 2 * self.settings.min_characters

    def _weight(self, first: int, second: int, shared: Shared) -> float:
        """The characters of a shared passage that are evidence: its own words, as far as other reports have not them.

        Of a near copy the rare runs must be shared, as far as the edits leave them: two sentences of one pattern have
        only their common words in common.
        """
        one, other = int(self.batch.starts[first]) + shared.first, int(self.batch.starts[second]) + shared.second
        sampled, common = int(self.index.near.sampled[one]), int(self.index.near.common[one])
        rare = sampled - common
        weight = self._own(first, second, shared) * min(1.0, _RARE_WEIGHT * rare / sampled if sampled else 1.0)
        weight *= self._weight_of_figures(first, second, shared)
        if shared.similarity == 1:
            return weight
        longest = self._longest_change(first, second, shared)
        if longest <= _LONGEST_CHANGE:
            return weight if longest == 1 else _WORD_WEIGHT * weight
        if shared.similarity < _CLOSE:
            return 0
        return weight / 2 * min(1.0, self.index.near.shared_by(one, other) / max(1, rare))

    def _longest_change(self, first: int, second: int, shared: Shared) -> int:
        """How many characters in a row differ at most between two passages; the whole of one if many places differ."""
        # Comparing batches is rarer than judging reports, and the library takes its time to load.
        from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

        words = self.batch.keys_of(first)[shared.first], self.batch.keys_of(second)[shared.second]
        if (1 - shared.similarity) * (len(words[0]) + len(words[1])) > _FEW_CHANGES:
            return len(words[0])
        changes = (edit for edit in Levenshtein.opcodes(*words) if edit.tag != "equal")
        return max(max(edit.src_end - edit.src_start, edit.dest_end - edit.dest_start) for edit in changes)


def _rows(shared: Sequence[Shared]) -> Iterator[Sequence[Shared]]:
    """Each row of passages that follow one another in both reports, if they are many enough."""
    start = 0
    for end in range(1, len(shared) + 1):
        before = shared[end - 1]
        if end == len(shared) or shared[end][:2] != (before.first + 1, before.second + 1):
            if end - start >= _FEWEST_IN_A_ROW:
                yield shared[start:end]
            start = end


def _with_runs(own: Iterable[Shared], shared: list[Shared]) -> Iterator[Shared]:
    """What two reports share of their ``own``, and the formulas that were copied in one run with it."""
    kept = {(each.first, each.second) for each in own}
    taken: set[tuple[int, int]] = set()
    for walk, step in ((shared, 1), (shared[::-1], -1)):
        reached = set(kept)
        for each in walk:
            if (each.first - step, each.second - step) in reached:
                reached.add((each.first, each.second))
        taken |= reached
    return (each for each in shared if (each.first, each.second) in taken)


def _length(places: Sequence[tuple[int, int]], chosen: Iterable[int]) -> int:
    return sum([places[each][1] - places[each][0] for each in chosen])


def _share(characters: int, of: int) -> float:
    return round(min(1.0, characters / int(of)), 4) if of else 0.0
