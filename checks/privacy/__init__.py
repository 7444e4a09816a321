"""Checks of what a text for publication must not tell: data of persons, and marks of secrecy."""
