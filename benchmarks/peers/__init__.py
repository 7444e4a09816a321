"""This program beside well-known libraries for the same work, on the same input, in one run.

``python -m benchmarks.peers [--json FILE] [--reports N] [--rows N] [--only AREA]``. Each contestant works in a
process of its own; one whose library is not installed (dependency group ``benchmarks``) is skipped, with the reason.
"""
