"""Numbers of resident identity cards (公民身份号码, GB 11643-1999): region, date of birth, order, check digit."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

# The first two digits: province, autonomous region or municipality (GB/T 2260), Taiwan, Hong Kong, Macao.
_PROVINCES: Final = frozenset(
    map(
        str,
        [
            *range(11, 16),
            *range(21, 24),
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
        ],
    )
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_EARLIEST: Final = 1900
_LATEST: Final = 2035


class IdentityCard(NamedTuple):
    """What a number says: the date of birth, and whether its check digit is right (15 digits have none)."""

    born: date
    checked: bool


def read_identity_card(number: str) -> IdentityCard | None:
    """The card that 15 or 18 characters (digits, the last perhaps ``X``) name, ``None`` where they cannot name one."""
    if number[:2] not in _PROVINCES:
        return None
    written = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    try:
        born = date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None
    if not _EARLIEST <= born.year <= _LATEST:
        return None
    return IdentityCard(born, len(number) == 18 and check_digit(number[:17]) == number[17])


def check_digit(seventeen: str) -> str:
    """The eighteenth character for the first seventeen digits (ISO 7064, MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, seventeen, strict=True))
    return _CHECK_DIGITS[total % 11]
