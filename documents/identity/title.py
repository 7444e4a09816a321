"""The title of a report, on one line or split over several."""

from __future__ import annotations

from collections.abc import Iterator

from documents.identity.names import parse_name, unit_in_title
from documents.identity.reading import Piece, Reading, segments
from documents.lazy_pattern import lazy_pattern
from documents.report import Attribute, Certainty, Origin

_LONGEST_TITLE = 90
_LONGEST_LINE = 70
_LINES_SEARCHED = 40
_MOST_LINES = 4
_TOPIC = lazy_pattern("法治政府|依法行政|法治建设|法治工作|法治(?:[^\\W\\d_]{1,4})?建设")
_SURE_END = lazy_pattern(r"(?:报告|总结|汇报|年报)(?:的(?:公告|通知|公示|函))?(?:[(《“〔\[【].{0,20}|》)?$")
_WEAK_END = lazy_pattern(r"(?:情况|计划|安排|打算|思路|要点)(?:[(].{0,20})?$")
_BODY = lazy_pattern("[。;!?,]")
_FILE_NUMBER = lazy_pattern(r"[\u4e00-\u9fff]{1,12}[〔\[(【]20\d\d[〕\])】]\s*第?\d{1,4}号$")
_NUMBERED = lazy_pattern(r"(?:第?[一二三四五六七八九十]+[、.部]|\([一二三四五六七八九十0-9]+\)|[0-9]{1,2}[、.])")
_START = lazy_pattern("法治|依法行政|关于|20[0-9]{2}|二[〇零0Oo]|^中共")
_FUSED = lazy_pattern(r"[^\n。;!?,:]{6,60}?(?:报告|总结|汇报)(?=20[0-9]{2}年|二[〇零])")
_FUSED_LINES = 3
_PAGE_MARK = lazy_pattern("[:>»|]")
_YEAR = lazy_pattern("20[0-9]{2}|[一二][〇零0Oo九]")
_YEAR_LINE = lazy_pattern(r"\(?(?:20[0-9]{2}|二[〇零][一二三四五六七八九〇零]{2})年?度?\)?$")


def find_title(reading: Reading) -> tuple[Attribute[str] | None, Piece | None]:
    """The title and its place in the view, or two ``None``. The value has no blanks or line ends between its parts."""
    titles = list(_titles(reading)) or list(_fused_titles(reading))
    if not titles:
        return None, None
    # A bare 法治政府建设年度报告 above the title is the name of the web page's column.
    return _attribute(reading, next((parts for parts in titles if _is_particular(reading, parts)), titles[0]))


def _titles(reading: Reading) -> Iterator[list[Piece]]:
    candidates = _candidates(reading)
    for first in range(len(candidates)):
        last = _last_part(reading, candidates, first)
        if last is not None:
            parts = _own_title(reading, candidates[first : last + 1])
            if last + 1 < len(candidates) and _YEAR_LINE.match(reading.words(candidates[last + 1])):
                parts = [*parts, candidates[last + 1]]
            yield parts


def _fused_titles(reading: Reading) -> Iterator[list[Piece]]:
    """A title that the body follows without a blank or a line end."""
    for line in reading.lines[:_FUSED_LINES]:
        match = _FUSED.match(reading.view.text, line.start, line.end)
        if match and _is_title(match.group().strip()):
            yield [Piece(*match.span())]


def _is_particular(reading: Reading, parts: list[Piece]) -> bool:
    words = "".join(reading.words(part).strip() for part in parts)
    return bool(_YEAR.search(words) or unit_in_title(words))


def _attribute(reading: Reading, parts: list[Piece]) -> tuple[Attribute[str], Piece]:
    whole = Piece(parts[0].start, parts[-1].end)
    value = "".join(reading.words(part).strip() for part in parts)
    value = value[1:-1] if value.startswith("《") and value.endswith("》") else value
    certainty = Certainty.CERTAIN if _SURE_END.search(value) else Certainty.LIKELY
    return Attribute(value, certainty, (reading.evidence(Origin.TITLE, whole, value),)), whole


def _candidates(reading: Reading) -> list[Piece]:
    """The short lines and parts of lines before the body."""
    found: list[Piece] = []
    for line in reading.lines[:_LINES_SEARCHED]:
        for segment in segments(reading, line, 2 * _LONGEST_TITLE):
            words = reading.words(segment)
            if _BODY.search(words) or len(words) > _LONGEST_LINE or _NUMBERED.match(words):
                return found
            if not (_PAGE_MARK.search(words) or _FILE_NUMBER.match(words)):
                found.append(segment)
    return found


def _last_part(reading: Reading, candidates: list[Piece], first: int) -> int | None:
    words = reading.words(candidates[first])
    if not (_START.search(words) or parse_name(words)):
        return None
    joined = ""
    for index in range(first, min(first + _MOST_LINES, len(candidates))):
        joined += reading.words(candidates[index]).strip()
        if _is_title(joined):
            return index
    return None


def _is_title(words: str) -> bool:
    if len(words) > _LONGEST_TITLE or not _TOPIC.search(words):
        return False
    if _SURE_END.search(words):
        return True
    return bool(_WEAK_END.search(words) and (_YEAR.search(words) or unit_in_title(words)))


def _own_title(reading: Reading, parts: list[Piece]) -> list[Piece]:
    """The last part alone where it is a whole title with a unit of its own: what stood above was the site's name."""
    alone = reading.words(parts[-1]).strip()
    return parts[-1:] if len(parts) > 1 and _is_title(alone) and unit_in_title(alone) else parts
