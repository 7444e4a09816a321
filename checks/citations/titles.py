"""The titles that a report cites, each with what is needed to look it up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from checks.citations.marks import Marks
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span

_REACH, _REACH_AFTER = 48, 120
_MARKS = str.maketrans("", "", "《》〈〉<>")
_NOISE = lazy_pattern(r"[\s、,·“”\"'‘’]")
_STATE = lazy_pattern("^(?:中华人民共和国|我国)(?=.{2})")
_ISSUERS = "中共中央|国务院|全国人民代表大会(?:常务委员会)?|全国人大常委会|中央全面依法治国委员会|司法部"
_ISSUED = lazy_pattern(f"^(?:(?:{_ISSUERS})(?:办公厅|办公室)?)+(?=关于|印发)")
_ABOUT = lazy_pattern("^关于(?:印发)?")
_TAIL = lazy_pattern(r"\((?P<inside>[^()]{1,30})\)$")
_AFTER_TAIL = lazy_pattern(r"\((?P<inside>[^()]{1,30})\)")
_SENTENCE_START = lazy_pattern("[。;!?\n]")
_TERM = lazy_pattern(
    r"(?P<words>\(?(?P<first>20[0-9]{2})年?(?:[-—~至]{1,2}(?P<last>20[0-9]{2})|(?P<joined>20[0-9]{2}))年?\)?年?)$"
)
_STATUS = lazy_pattern("草案|征求意见|送审|讨论|审议稿|建议稿|修改稿|初稿|代拟")
_BETWEEN = lazy_pattern("(?:\\([^()]{1,30}\\))?(?:[、,和及与]|以及|还有)?")
_LONGEST_BETWEEN = 34


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """The form in which titles are compared: without 中华人民共和国, issuer, 关于, inner marks and bracketed ends."""
    words = _NOISE.sub("", name).translate(_MARKS)
    words = _TAIL.sub("", _TERM.sub("", words))
    return _ABOUT.sub("", _ISSUED.sub("", _STATE.sub("", words)))


@dataclass(eq=False)
class Title:
    """A title in marks. ``span`` includes the marks; ``words`` is what stands inside, normalised.

    ``listed`` tells that another title stands directly before it, ``nested`` that it is part of another title. In the
    normalised ``text`` it ends at ``end``, and the first of the titles listed with it starts at ``list_start``.
    """

    span: Span
    words: str
    listed: bool
    nested: bool
    text: str = field(repr=False)
    list_start: int
    end: int

    @cached_property
    def before(self) -> str:
        """What stands before it in its sentence, up to 48 characters; before the first of titles listed together."""
        return _SENTENCE_START.split(self.text[max(0, self.list_start - _REACH) : self.list_start])[-1]

    @cached_property
    def after(self) -> str:
        """What stands after it in its sentence, up to 120 characters."""
        last = self.end + _REACH_AFTER
        stop = _SENTENCE_START.search(self.text, self.end, last)
        return self.text[self.end : stop.start() if stop else last]

    @cached_property
    def key(self) -> str:
        """The form in which titles are compared."""
        return key_of(self.words)

    @cached_property
    def tail(self) -> str:
        """What stands in brackets at the end of the title or right after it, or its term; ``""`` for nothing."""
        if self._term:
            return self.term_as_written.strip("()")
        inside = _TAIL.search(self.words)
        if inside:
            return inside["inside"]
        following = _AFTER_TAIL.match(self.after) if self.text.startswith("(", self.end) else None
        return following["inside"] if following else ""

    @property
    def term(self) -> tuple[int, int] | None:
        """First and last year at the end of the title itself."""
        term = self._term
        return (int(term["first"]), int(term["last"] or term["joined"])) if term else None

    @property
    def term_as_written(self) -> str:
        """The years at the end of the title with their brackets, ``""`` without any."""
        return self._term["words"] if self._term else ""

    @cached_property
    def _term(self) -> re.Match[str] | None:
        return _TERM.search(self.words) if "20" in self.words else None

    @property
    def is_draft(self) -> bool:
        """Whether it is the title of something not yet made."""
        return _STATUS.search(self.tail) is not None or _STATUS.search(self.after[:6]) is not None


def read_titles(report: Report, marks: Marks) -> tuple[Title, ...]:
    """The titles in the marks, in order."""
    text, view = report.view.text, report.view
    titles: list[Title] = []
    last, list_start = -1, 0
    for start, end, nested in marks.pairs:
        listed = not nested and last >= 0 and _is_listed(text, last, start)
        first = list_start if listed else start
        if not nested:
            last, list_start = end, first
        words = text[start + 1 : end - 1].replace("\n", "")
        titles.append(Title(Span(*view.to_text(start, end)), words, listed, nested, text, first, end))
    return tuple(titles)


def _is_listed(text: str, last: int, start: int) -> bool:
    """Whether nothing but a conjunction, or what is in brackets, stands between the end of a title and the next."""
    if start - last > _LONGEST_BETWEEN:
        return False
    return start == last or _BETWEEN.fullmatch(text, last, start) is not None
