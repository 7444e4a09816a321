"""The identity of a finding: by what it says about whom, never by where it stands.

Changing what feeds the hash orphans every decision that inspectors made; it needs a migration.
"""

from __future__ import annotations

import hashlib

from documents.lazy_pattern import lazy_pattern
from documents.normalised import normal_form
from documents.report import Report

_BLANK = lazy_pattern(r"\s+")
# Crockford's alphabet: no I, L, O, U, so a number read out over the telephone is not misheard.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NUMBER_LENGTH = 5
_OPENING_LENGTH = 60


def fingerprint(rule: str, unit: str, year: int | None, evidence: str, ordinal: int) -> str:
    """Hex hash of rule id, unit, reported year, evidence and ordinal among equals. 32 characters.

    ``evidence`` is the quote, or what is missing, in its :func:`comparable` form; empty for a habit.
    """
    key = "\x1f".join((rule, unit, str(year or ""), comparable(evidence), str(ordinal)))
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=16).hexdigest()


def finding_number(fingerprint_hex: str) -> str:
    """The short form people quote (问题编号), such as ``F-7K3QZ``."""
    value = int(fingerprint_hex[:10], 16)
    digits = [_ALPHABET[value >> (5 * place) & 31] for place in range(_NUMBER_LENGTH)]
    return "F-" + "".join(digits)


def unit_identity(report: Report) -> str:
    """What stands for the unit in fingerprints: its name, else the report's title, else its opening words."""
    for known in (report.unit, report.title):
        if known is not None:
            return comparable(known.value)
    for paragraph in report.paragraphs:
        if not report.in_residue(paragraph.span):
            return comparable(report.quote(paragraph.span))[:_OPENING_LENGTH]
    return ""


def comparable(text: str) -> str:
    """``text`` in its normal form and without blanks: equal for passages that say the same."""
    return _BLANK.sub("", normal_form(text))
