"""The characters of one page with their places, as runs for the layout."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from documents.radicals import HAN_OF_RADICALS
from documents.readers.layout import Page, Run
from documents.readers.layout.lines import is_wide
from documents.readers.legible import without_blanks

_APART = 1.6
_TIGHT = 0.8
_SAMPLE = 8
_BULLETS = 2
_PRINTED = re.compile(r"\S")
_LINE_END = re.compile(r"[\r\n]+")
# PDFium's signs for a hyphen at the end of a line, where it may have been put by breaking a word.
_HYPHEN = re.compile("[\x02\ufffe]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class PageText:
    """``characters`` are those that PDFium counts on the page, blanks left out; ``unmapped`` is the share of them that
    have no known meaning; ``hidden`` is true where the text is there but not drawn."""

    layout: Page
    characters: int
    unmapped: float = 0.0
    hidden: bool = False


def read_characters(page: Any, text_page: Any) -> PageText:
    """The text of a page that PDFium opened as ``page`` and ``text_page``."""
    from pypdfium2 import raw  # noqa: PLC0415

    reader = _Reader(text_page)
    runs = list(reader.runs())
    angles = Counter(angle for angle, run in runs for _ in run.words)
    usual = angles.most_common(1)[0][0] if angles else 0
    straight = [run for angle, run in runs if angle == usual]
    askew = [run for angle, run in runs if angle != usual]
    width = raw.FPDF_GetPageWidthF(page)
    return PageText(Page(width, straight, askew), reader.counted(), reader.unmapped(), reader.hidden())


class _Reader:
    """Asks PDFium, once for each stretch of characters, where it stands: asking for each character takes ten times as
    long."""

    def __init__(self, text_page: Any) -> None:
        from pypdfium2 import raw  # noqa: PLC0415

        self._raw = raw
        self._page = text_page
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._text = self._characters(raw.FPDFText_CountChars(text_page))

    def _characters(self, count: int) -> str:
        """As many characters as PDFium counts, so that a place in the text is PDFium's number of the character."""
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = self._raw.FPDFText_GetText(self._page, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) != count:
            codes = (self._raw.FPDFText_GetUnicode(self._page, place) for place in range(count))
            text = "".join(chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)
        return text.translate(HAN_OF_RADICALS)

    def counted(self) -> int:
        """The characters on the page, blanks left out."""
        return without_blanks(self._text)

    def unmapped(self) -> float:
        """The share of characters whose font does not say what they mean; one or two of many are bullets."""
        places = [place for place, sign in enumerate(self._text) if not sign.isspace()]
        if not any(map(self._is_unmapped, places[::_SAMPLE])):
            return 0.0
        bad = sum(map(self._is_unmapped, places))
        return bad / len(places) if bad > _BULLETS or bad == len(places) else 0.0

    def _is_unmapped(self, place: int) -> bool:
        return bool(self._raw.FPDFText_HasUnicodeMapError(self._page, place) == 1)

    def hidden(self) -> bool:
        """Whether the first characters are drawn invisibly, as the text of a scan is."""
        first = _PRINTED.search(self._text)
        drawn = self._raw.FPDFText_GetTextObject(self._page, first.start()) if first else None
        invisible = self._raw.FPDF_TEXTRENDERMODE_INVISIBLE
        return bool(drawn) and self._raw.FPDFTextObj_GetTextRenderMode(drawn) == invisible

    def runs(self) -> Iterator[tuple[int, Run]]:
        """The runs in the order of the file, each with its angle in degrees."""
        start = 0
        for match in _LINE_END.finditer(self._text):
            yield from self._runs_of_line(start, match.start())
            start = match.end()
        yield from self._runs_of_line(start, len(self._text))

    def _runs_of_line(self, start: int, end: int) -> Iterator[tuple[int, Run]]:
        while start < end and self._text[start].isspace():
            start += 1
        last = end
        while end > start and self._text[end - 1].isspace():
            end -= 1
        if start == end:
            return
        blank_after = end < last and self._raw.FPDFText_IsGenerated(self._page, end) == 0
        angle, em = self._turn(start)
        pieces: list[str] = []
        begin = start
        for blank in self._added_blanks(start, end):
            gap = self._edges(blank + 1, angle)[0] - self._edges(blank - 1, angle)[1]
            pieces.append(self._text[start:blank])
            if gap > _APART * em:
                yield self._run("".join(pieces), begin, blank, angle, em)
                pieces, begin = [], blank + 1
                angle, em = self._turn(begin)
            elif gap > _TIGHT * em or not (is_wide(self._text[blank - 1]) or is_wide(self._text[blank + 1])):
                pieces.append(" ")
            start = blank + 1
        pieces.append(self._text[start:end])
        angle, run = self._run("".join(pieces), begin, end, angle, em)
        yield angle, replace(run, blank_after=blank_after)

    def _added_blanks(self, start: int, end: int) -> Iterator[int]:
        """The single blanks that are not in the file, but that PDFium adds where it sees a gap."""
        blank = self._text.find(" ", start, end)
        while blank >= 0:
            alone = not (self._text[blank - 1].isspace() or self._text[blank + 1].isspace())
            if alone and self._raw.FPDFText_IsGenerated(self._page, blank) == 1:
                yield blank
            blank = self._text.find(" ", blank + 1, end)

    def _turn(self, place: int) -> tuple[int, float]:
        """The angle of a character in degrees, and its type size."""
        if not self._raw.FPDFText_GetMatrix(self._page, place, self._matrix):
            return 0, max(1.0, self._raw.FPDFText_GetFontSize(self._page, place))
        matrix = self._matrix
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
        size = self._raw.FPDFText_GetFontSize(self._page, place) * math.hypot(matrix.c, matrix.d)
        return angle, size or 1.0

    def _edges(self, place: int, angle: int) -> tuple[float, float]:
        """Where a character begins and ends along its line."""
        self._raw.FPDFText_GetLooseCharBox(self._page, place, self._box)
        box = self._box
        if angle == 0:
            return box.left, box.right
        along = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        ends = [x * along[0] + y * along[1] for x in (box.left, box.right) for y in (box.bottom, box.top)]
        return min(ends), max(ends)

    def _run(self, words: str, begin: int, end: int, angle: int, em: float) -> tuple[int, Run]:
        self._raw.FPDFText_GetCharOrigin(self._page, begin, self._x, self._y)
        turn = math.radians(angle)
        baseline = self._x.value * math.sin(turn) - self._y.value * math.cos(turn)
        left, right = self._edges(begin, angle)[0], self._edges(end - 1, angle)[1]
        return angle, Run(_CONTROL.sub("", _HYPHEN.sub("-", words)), left, max(left, right), baseline, em)
