"""Sentences and clauses that stand twice in one report."""
