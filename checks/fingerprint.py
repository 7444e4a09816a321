"""The identity of a finding: by what it says about whom, never by where it stands.

Changing what feeds the hash orphans every decision that inspectors made; it needs a migration.
"""

from __future__ import annotations

import hashlib

from documents.lazy_pattern import lazy_pattern
from documents.normalised import normal_form
from documents.report import Report

_BLANK = lazy_pattern(r"\s+")
# Han characters, their punctuation and ASCII without blanks are their own normal form.
_COMPARABLE = lazy_pattern(r"[\x21-\x7e\u4e00-\u9fff。、“”‘’《》〈〉【】〔〕—·]*")
# Crockford's alphabet: no I, L, O, U, so a number read out over the telephone is not misheard.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Five digits of five bits each.
_SHIFTS = (0, 5, 10, 15, 20)
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
    return "F-" + "".join([_ALPHABET[value >> shift & 31] for shift in _SHIFTS])


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
    return text if _COMPARABLE.fullmatch(text) else _BLANK.sub("", normal_form(text))
