"""Measurements, run by hand; see the modules."""
