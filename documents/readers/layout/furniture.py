"""Running heads, footers, page numbers and watermarks: by their form at the edge of a page, or by repetition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from documents.lazy_pattern import lazy_pattern
from documents.readers.layout.lines import Run

_PAGE_NUMBER = lazy_pattern(
    r"[-—–－―─·.•~～]+\s?\d{1,4}\s?[-—–－―─·.•~～]+|第\s?\d{1,4}\s?页\s?[,，/、|]?\s?(?:[(（]?\s?共\s?\d{1,4}\s?页\s?[)）]?)?"
    r"|(?:[Pp]age|PAGE)\s?\d{1,4}(?:\s?(?:/|of|OF)\s?\d{1,4})?|\d{1,4}\s?/\s?\d{1,4}"
)
_BARE_NUMBER = lazy_pattern(r"\d{1,4}")
_DIGITS = lazy_pattern(r"\d+")
_EDGE = 3
# Odd and even pages have heads of their own, and the first page often none.
_SHARE = 0.4
_FEWEST_INSIDE = 3
_SHARE_INSIDE = 0.6
_DISTANCE = 1.9
_SMALL = 0.8
_FEWEST_BELOW = 3


def without_furniture(pages: Sequence[Sequence[Run]]) -> tuple[list[list[Run]], list[str]]:
    """The lines of each page that are the document's own, and the words of the others, page by page."""
    repeated = _repeated(pages)
    kept: list[list[Run]] = []
    furniture: list[str] = []
    for lines in pages:
        places = _place_at_edge(lines)
        own = [line for line in lines if not _keys(line, places.get(id(line))) & repeated]
        numbers = _page_numbers(own) | _small_heads(own)
        kept.append([line for line in own if id(line) not in numbers])
        remaining = {id(line) for line in kept[-1]}
        furniture += [line.words for line in lines if id(line) not in remaining]
    return kept, furniture


_Key = tuple[str, str, int]


def _place_at_edge(lines: Sequence[Run]) -> dict[int, str]:
    """The lines among the first and the last of a page, by id: where each of them stands."""
    by_height = sorted(lines, key=lambda line: line.baseline)
    places = {id(line): "bottom" for line in by_height[-_EDGE:]}
    return places | {id(line): "top" for line in by_height[:_EDGE]}


def _keys(line: Run, edge: str | None) -> set[_Key]:
    """What a line on another page must share to be the same piece of furniture; numbers may differ at the edge."""
    step = max(line.em, 0.1)
    keys = {("inside", line.words, round(line.baseline / step))}
    if edge is not None:
        words = _DIGITS.sub("#", line.words).replace(" ", "")
        keys.add((edge, words, round(line.baseline / step)))
    return keys


def _repeated(pages: Sequence[Sequence[Run]]) -> set[_Key]:
    seen: dict[_Key, set[int]] = defaultdict(set)
    for number, lines in enumerate(pages):
        places = _place_at_edge(lines)
        for line in lines:
            for key in _keys(line, places.get(id(line))):
                seen[key].add(number)
    written = sum(1 for lines in pages if lines)
    at_edge = max(2, _SHARE * written)
    inside = max(_FEWEST_INSIDE, _SHARE_INSIDE * written)
    return {key for key, where in seen.items() if len(where) >= (inside if key[0] == "inside" else at_edge)}


def _page_numbers(lines: Sequence[Run]) -> set[int]:
    """Lines at the very edge of a page, by id, that have the form of a page number."""
    by_height = sorted(lines, key=lambda line: line.baseline)
    return {id(line) for line in (*_numbers_from(by_height), *_numbers_from(by_height[::-1]))}


def _small_heads(lines: Sequence[Run]) -> set[int]:
    """A line at the top, by id, that is smaller than the text and stands off from it: a head, even of a single page."""
    if len(lines) < _FEWEST_BELOW:
        return set()
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.em] += len(line.words)
    first, second = sorted(lines, key=lambda line: line.baseline)[:2]
    small = first.em <= _SMALL * sizes.most_common(1)[0][0] and _stands_off(first, second)
    return {id(first)} if small else set()


def _numbers_from(lines: Sequence[Run]) -> Iterator[Run]:
    for line, following in zip_longest(lines, lines[1:]):
        bare = _BARE_NUMBER.fullmatch(line.words) and (following is None or _stands_off(line, following))
        if not (bare or _PAGE_NUMBER.fullmatch(line.words)):
            return
        yield line


def _stands_off(line: Run, following: Run) -> bool:
    return abs(line.baseline - following.baseline) > _DISTANCE * max(line.em, following.em)
