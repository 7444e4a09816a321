"""What the readers of an identity share: the lines of the report proper, in positions of the normalised view."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from documents.normalised import NormalisedView
from documents.report import Evidence, Heading, Origin, Paragraph, ParagraphKind, Residue, Span
from documents.years import YearToken, year_tokens

OPENING_LIMIT = 1200
_SHORTEST_OPENING = 20
_BARE_OPENING = 500


class Piece(NamedTuple):
    """A stretch ``[start, end)`` of the normalised view that belongs to one line of the report."""

    start: int
    end: int


class Reading(NamedTuple):
    """One report as the identity readers see it. ``lines`` holds no web residue; ``tokens`` are all its year tokens.

    ``line_starts`` and ``token_starts`` are where these begin, for finding them by a place in the view.
    """

    text: str
    view: NormalisedView
    lines: tuple[Piece, ...]
    headings: tuple[Heading, ...]
    residue: tuple[Residue, ...]
    tokens: tuple[YearToken, ...]
    line_starts: list[int]
    token_starts: list[int]

    def words(self, piece: Piece) -> str:
        """The normalised words of ``piece``."""
        return self.view.text[piece.start : piece.end]

    def piece(self, span: Span) -> Piece:
        """The place in the view of a span of the text."""
        return Piece(*self.view.from_text(*span))

    def evidence(self, origin: Origin, piece: Piece, value: str) -> Evidence:
        """Evidence for ``value`` at ``piece``, with its exact words in the text."""
        span = Span(*self.view.to_text(*piece))
        return Evidence(origin, span, self.text[span.start : span.end], value)

    def tokens_in(self, piece: Piece) -> list[YearToken]:
        """The year tokens that lie wholly inside ``piece``."""
        first = bisect_left(self.token_starts, piece.start)
        last = bisect_left(self.token_starts, piece.end, first)
        return [token for token in self.tokens[first:last] if token.end <= piece.end] if first < last else []

    def in_lines(self, token: YearToken) -> bool:
        """Whether the token stands in the report proper and not in web residue."""
        index = bisect_right(self.line_starts, token.start) - 1
        return index >= 0 and token.start < self.lines[index].end

    def opening(self, title: Piece | None) -> Piece:
        """What stands between the title and the first heading; the first words of the body where there is nothing."""
        start = next((line.start for line in self.lines if not title or line.end > title.end), 0)
        start = max(start, title.end) if title else start
        last = self.lines[-1].end if self.lines else start
        first_heading = next((h for h in self.headings if self.piece(h.span).start >= start), None)
        end = self.piece(first_heading.span).start if first_heading else last
        if end - start < _SHORTEST_OPENING:
            return Piece(start, min(last, start + _BARE_OPENING))
        return Piece(start, min(end, start + OPENING_LIMIT))


def make_reading(
    text: str,
    view: NormalisedView,
    paragraphs: Sequence[Paragraph],
    headings: Sequence[Heading],
    residue: Sequence[Residue],
) -> Reading:
    """Gather what the readers share."""
    spans = [p.span for p in paragraphs if p.kind is not ParagraphKind.RESIDUE]
    if residue:
        spans = [part for span in spans for part in _outside(span, residue)]
    words = view.text
    # The first character is enough for most lines.
    lines = tuple(
        [
            tuple.__new__(Piece, (start, end))
            for start, end in view.all_from_text(spans)
            if start < end and (not words[start].isspace() or words[start:end].strip())
        ]
    )
    tokens = year_tokens(words)
    line_starts, token_starts = [line[0] for line in lines], [token[0] for token in tokens]
    return Reading(text, view, lines, tuple(headings), tuple(residue), tokens, line_starts, token_starts)


def _outside(span: Span, residue: Sequence[Residue]) -> Iterator[Span]:
    """What of ``span`` is free of ``residue``, which is in order and without overlap."""
    start, end = span
    for index in range(bisect_right(residue, start, key=lambda passage: passage.span.end), len(residue)):
        passage = residue[index].span
        if passage.start >= end:
            break
        if passage.start > start:
            yield Span(start, passage.start)
        start = max(start, passage.end)
    if start < end:
        yield Span(start, end)


# "2 0 2 3年" is a year that a typesetter has spread out.
_BLANK = lazy_pattern(r"(?<![0-9])\s+|\s+(?![0-9])")


def segments(reading: Reading, line: Piece, limit: int) -> Iterator[Piece]:
    """``line`` cut at the blanks of the written text within its first ``limit`` characters; the last part has the rest.

    The view joins words that a blank keeps apart in the text, as between a title and a body on one line.
    """
    start, end = reading.view.to_text(*line)
    beginning = reading.text[start : min(end, start + limit)]
    if beginning.split(maxsplit=1) == [beginning]:
        # Most lines: without any blank.
        yield line
        return
    position = start
    for blank in _BLANK.finditer(reading.text, start, min(end, start + limit)):
        if blank.start() > position:
            yield Piece(*reading.view.from_text(position, blank.start()))
        position = blank.end()
    if position < end:
        yield Piece(*reading.view.from_text(position, end))
