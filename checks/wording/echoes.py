"""Where a text says again what it said a few characters before."""

from __future__ import annotations

import re

from documents.lazy_pattern import lazy_pattern

_NOT_ZERO = re.compile(b"[^\0]")
_HAN = lazy_pattern("[\u4e00-\u9fff]")


class Echoes:
    """Finds repetitions in ``text`` by comparing it with itself, shifted, as a whole.

    A text is taken for one large number, of the lowest byte of each character: where it and the shifted one have the
    same bytes, their exclusive or has zeros. That takes a fraction of the time of looking at each character; as other
    characters may share their lowest byte, what is found is still to be compared.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._number = int.from_bytes(text.encode("utf-32-le", "surrogatepass")[::4], "little")
        self._zeros: dict[int, bytes] = {}

    def _zeros_at(self, distance: int) -> bytes:
        """For each character a zero where the one ``distance`` behind it may be the same, but for the last ones."""
        zeros = self._zeros.get(distance)
        if zeros is None:
            compared = self._number ^ (self._number >> 8 * distance)
            zeros = self._zeros[distance] = compared.to_bytes(len(self.text), "little")[:-distance]
        return zeros

    def places(self, distance: int, length: int) -> list[int]:
        """The places, in order, where ``length`` characters seem to be the same as those ``distance`` behind them.

        Long rows of marks and blanks are passed over.
        """
        zeros, same = self._zeros_at(distance), b"\0" * length
        places: list[int] = []
        start = zeros.find(same)
        while start >= 0:
            end = start + length
            if zeros[end : end + 1] == b"\0":
                other = _NOT_ZERO.search(zeros, end)
                end = other.start() if other else len(zeros)
            if _HAN.search(self.text, start, end):
                places += range(start, end - length + 1)
            start = zeros.find(same, end)
        return places
