"""Checks of whose report it is: names and words for itself that belong to another unit."""
