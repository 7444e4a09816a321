"""Runs every mutation over every base with a seed of its own, so that one more mutation moves no other."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from benchmarks.mutations import insertions, numbers, structure, words
from benchmarks.mutations.base import Base, Mutant, Mutation

SEED = 20250101
MUTATIONS: tuple[Mutation, ...] = (
    structure.delete_section,
    structure.number_skipped,
    structure.title_year,
    structure.heading_year,
    structure.body_year,
    structure.repeated_sentence,
    structure.near_copy,
    numbers.broken_addend,
    numbers.broken_rate,
    numbers.contradictory_approximation,
    numbers.placeholder,
    numbers.dropped_metric,
    words.misnamed_law,
    words.double_punctuation,
    words.unpaired_mark,
    words.truncated,
    words.doubled_word,
    words.slip,
    insertions.other_level,
    insertions.other_unit,
    insertions.personal_data,
    insertions.secrecy_mark,
    insertions.signature_date,
    insertions.part_of_the_year,
)


def mutants(bases: Iterable[Base], seed: int = SEED) -> Iterator[Mutant]:
    """Every mutant of every base; the same bases and seed give the same mutants."""
    for base in bases:
        for mutation in MUTATIONS:
            for mutant in mutation(base, random.Random(f"{seed}/{base.name}/{mutation.__name__}")):
                if mutant.text != base.text:
                    yield mutant
