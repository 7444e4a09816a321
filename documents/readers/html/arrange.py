"""From the lines of a page to the text that is delivered: the report in one piece, the page before and behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from documents.extraction import Extraction
from documents.folded import fold
from documents.paragraphs import Line as TextLine
from documents.paragraphs import is_document_title, is_unit
from documents.readers.html.article import Article
from documents.readers.html.facts import PageFacts
from documents.readers.html.lines import Line, Page
from documents.report import Residue, ResidueKind, Span
from documents.residue import find_residue

_EDGE = 8
_STATES_DAY = re.compile(r"(?:发布|公开|公布|时间|日期).{0,12}?\d{4}[-/.年]\d")
_STATES_SOURCE = re.compile(r"(?:来源|发布机构|发文机关|发布单位|制发机关|公开主体)\s*[:\]】\t]\s*[^\s:|]{2}")
_SUBTITLE = re.compile(r"\((?:20|二).{2,12}\)|(?:20\d\d|二[〇零]..)年度?")
_BLANKS = re.compile(r"\s+")


class _Part(NamedTuple):
    """A line of the text to come; ``kind`` is set for one that belongs to the page."""

    words: str
    kind: ResidueKind | None
    heading: int = 0


def as_written(page: Page) -> Extraction:
    """The lines of a page that holds no article, all of them as text."""
    return _joined([_Part(line.words, None, line.heading) for line in page.lines])


def arranged(page: Page, article: Article, facts: PageFacts) -> Extraction:
    """The article with its title, and what the page puts around it set apart: in front what stands before it, behind
    it the rest. Title, day and source that only the page's head states are added in front."""
    lines = page.lines
    inside = range(article.first, article.end)
    body = [index for index in inside if index not in article.furniture]
    behind = sorted(article.furniture) + list(range(article.end, len(lines)))
    titles = _titles(lines, article.first, facts, [lines[index] for index in body[:_EDGE]])
    front = _set_apart([lines[index] for index in range(article.first)])
    before = [_Part(lines[index].words, None) if index in titles else front[index] for index in range(article.first)]
    after = _set_apart([lines[index] for index in behind])
    middle = [_Part(lines[index].words, None, lines[index].heading) for index in body]
    stated = _stated(facts, [*before, *middle[:_EDGE]], [*middle[-_EDGE:], *after])
    return _joined([*stated, *before, *middle, *after])


def _titles(lines: Sequence[Line], first: int, facts: PageFacts, opening: Sequence[Line]) -> set[int]:
    """The lines before the article that are its title: they belong to the report, unless it repeats them itself."""
    before = range(first)
    named = [index for index in before if not lines[index].is_link and _is_title(lines[index], facts)]
    if not named or _same_words(lines[named[-1]].words) in {_same_words(line.words) for line in opening}:
        return set()
    last = named[-1]
    found = {last}
    above = last - 1
    while (
        above >= 0 and not lines[above].is_link and (_names_unit(lines[above]) or _is_heading_part(lines, above, last))
    ):
        found.add(above)
        above -= 1
    if last + 1 < first and _SUBTITLE.fullmatch(lines[last + 1].folded):
        found.add(last + 1)
    return found


def _is_title(line: Line, facts: PageFacts) -> bool:
    return is_document_title(line.folded) or bool(facts.title and _same_words(line.words) == _same_words(facts.title))


def _names_unit(line: Line) -> bool:
    return is_unit(line.folded) and not line.links


def _is_heading_part(lines: Sequence[Line], above: int, last: int) -> bool:
    return lines[above].heading == lines[last].heading > 0 and last - above == 1


def _same_words(words: str) -> str:
    return _BLANKS.sub("", fold(words))


def _set_apart(lines: Sequence[Line]) -> list[_Part]:
    """The lines as parts of the page: of the kind that their words tell, of navigation where they tell nothing."""
    folded = "\n".join(fold(line.spaced) for line in lines)
    places, position = [], 0
    for line in lines:
        places.append(TextLine(position, position + len(line.spaced), fold(line.spaced)))
        position += len(line.spaced) + 1
    kinds: dict[int, ResidueKind] = {}
    for residue in find_residue(folded, places):
        kinds.setdefault(residue.span.start, residue.kind)
    return [
        _Part(line.spaced, kinds.get(place.start, ResidueKind.NAVIGATION))
        for line, place in zip(lines, places, strict=True)
    ]


def _stated(facts: PageFacts, head: Sequence[_Part], tail: Sequence[_Part]) -> list[_Part]:
    """Lines with what only the page's head states."""
    shown = [fold(part.words) for part in (*head, *tail)]
    found: list[_Part] = []
    if facts.title and not any(part.kind is None and is_document_title(fold(part.words)) for part in head):
        found.append(_Part(facts.title, None))
    info = []
    if facts.published and not any(_STATES_DAY.search(words) for words in shown):
        info.append(f"发布时间：{facts.published}")
    if facts.source and not any(_STATES_SOURCE.search(words) for words in shown):
        info.append(f"来源：{facts.source}")
    if info:
        found.append(_Part(" ".join(info), ResidueKind.PAGE_INFO))
    return found


def _joined(parts: Sequence[_Part]) -> Extraction:
    set_apart: list[Residue] = []
    outline: dict[int, int] = {}
    position = 0
    for part in parts:
        end = position + len(part.words)
        if part.kind is not None:
            set_apart.append(Residue(Span(position, end), part.kind))
        elif part.heading and not is_document_title(fold(part.words)):
            outline[position] = part.heading
        position = end + 1
    return Extraction("\n".join(part.words for part in parts), set_apart=tuple(set_apart), outline=outline)
