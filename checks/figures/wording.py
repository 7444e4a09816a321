"""How numbers, sums and rates are put in messages."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from checks.figures.reading import Figure

_MOST_TERMS = 15
_SCALES = (("万亿", Decimal(10**12)), ("亿", Decimal(10**8)), ("万", Decimal(10**4)))


def plain(value: Decimal) -> str:
    """``value`` without needless zeros."""
    whole = value.to_integral_value()
    return str(whole) if value == whole else format(value.normalize(), "f")


def shown(value: Decimal, like: Iterable[Figure]) -> str:
    """``value`` in 万 or 亿 where all the figures it is told with are."""
    written = [figure.written for figure in like]
    for scale, size in _SCALES:
        if all(scale in words for words in written):
            return f"{plain(value / size)}{scale}"
    return plain(value)


def terms(figures: tuple[Figure, ...]) -> str:
    """The numbers as a sum, as they were written: ``1+2+147``."""
    written = [figure.written.replace(",", "").replace(" ", "") for figure in figures]
    if len(written) > _MOST_TERMS:
        written = [*written[: _MOST_TERMS - 1], "…", written[-1]]
    return "+".join(written)


def percentage(part: Decimal, whole: Decimal, decimals: int) -> str:
    """``part`` of ``whole`` as a percentage with so many decimals, at least one."""
    places = Decimal(1).scaleb(-max(decimals, 1))
    return f"{(part / whole * 100).quantize(places, ROUND_HALF_UP)}%"


def json_number(value: Decimal) -> int | float:
    """``value`` as JSON has it."""
    return int(value) if value == value.to_integral_value() else float(value)
