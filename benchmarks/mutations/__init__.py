"""Real and clean reports, each spoilt in one known place by a seeded generator."""

from benchmarks.mutations.base import Base, Mutant
from benchmarks.mutations.generator import mutants

__all__ = ["Base", "Mutant", "mutants"]
