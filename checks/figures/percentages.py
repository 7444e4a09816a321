"""Whether whole numbers can give a stated percentage.

A percentage is taken to be right when it lies within one unit of its last digit: rounded and cut off both pass.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from checks.figures.amounts import Amount

_HUNDRED = Decimal(100)


def tolerance(decimals: int) -> Decimal:
    """One unit of the last digit of a percentage with so many decimals."""
    return Decimal(1).scaleb(-decimals)


def is_share(part: Decimal, whole: Decimal, percent: Decimal, decimals: int) -> bool:
    """Whether ``part`` of ``whole`` is the percentage."""
    return whole > 0 and abs(part / whole * _HUNDRED - percent) < tolerance(decimals)


def some_part_gives(whole: Decimal, percent: Decimal, decimals: int) -> bool:
    """Whether any whole number of ``whole`` is the percentage."""
    nearest = (whole * percent / _HUNDRED).to_integral_value()
    return any(is_share(nearest + step, whole, percent, decimals) for step in (-1, 0, 1))


def some_whole_gives(part: Decimal, percent: Decimal, decimals: int) -> bool:
    """Whether ``part`` is the percentage of any whole number."""
    if percent <= 0:
        return part == 0
    exact = part / percent * _HUNDRED
    around = (exact.to_integral_value(ROUND_FLOOR), exact.to_integral_value(ROUND_CEILING))
    return any(is_share(part, whole, percent, decimals) for whole in around if whole >= part)


def is_growth(before: Amount, after: Amount, percent: Decimal, decimals: int) -> bool:
    """Whether going from ``before`` to ``after`` can change by the (signed) percentage."""
    if before.low <= 0:
        return True
    least = (after.low / before.high - 1) * _HUNDRED
    most = (after.high / before.low - 1) * _HUNDRED
    return least - tolerance(decimals) < percent < most + tolerance(decimals)


def some_before_gives(after: Decimal, percent: Decimal, decimals: int) -> bool:
    """Whether ``after`` comes from any whole number by the (signed) percentage."""
    factor = 1 + percent / _HUNDRED
    if factor <= 0:
        return after == 0
    exact = after / factor
    around = (exact.to_integral_value(ROUND_FLOOR), exact.to_integral_value(ROUND_CEILING))
    return any(is_growth(Amount(before, before), Amount(after, after), percent, decimals) for before in around)
