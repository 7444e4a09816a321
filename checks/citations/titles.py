"""The titles that a report cites, each with what is needed to look it up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from checks.citations.marks import Enclosed, Marks
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


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """The form in which titles are compared: without 中华人民共和国, issuer, 关于, inner marks and bracketed ends."""
    words = _NOISE.sub("", name).translate(_MARKS)
    words = _TAIL.sub("", _TERM.sub("", words))
    return _ABOUT.sub("", _ISSUED.sub("", _STATE.sub("", words)))


@dataclass(frozen=True)
class Title:
    """A title in marks. ``span`` includes the marks; ``words`` is what stands inside, normalised.

    ``before`` and ``after`` are what surrounds it in its sentence, up to 48 and 120 characters; titles listed together
    share what stands before the first. ``listed`` tells that another title stands directly before it, ``nested`` that
    it is part of another title.
    """

    span: Span
    words: str
    before: str
    after: str
    listed: bool
    nested: bool

    @cached_property
    def key(self) -> str:
        """The form in which titles are compared."""
        return key_of(self.words)

    @cached_property
    def tail(self) -> str:
        """What stands in brackets at the end of the title or right after it, or its term; ``""`` for nothing."""
        if self.term:
            return self.term_as_written.strip("()")
        inside = _TAIL.search(self.words)
        if inside:
            return inside["inside"]
        following = _AFTER_TAIL.match(self.after)
        return following["inside"] if following else ""

    @property
    def term(self) -> tuple[int, int] | None:
        """First and last year at the end of the title itself."""
        term = _TERM.search(self.words)
        return (int(term["first"]), int(term["last"] or term["joined"])) if term else None

    @property
    def term_as_written(self) -> str:
        """The years at the end of the title with their brackets, ``""`` without any."""
        term = _TERM.search(self.words)
        return term["words"] if term else ""

    @property
    def is_draft(self) -> bool:
        """Whether it is the title of something not yet made."""
        return _STATUS.search(self.tail) is not None or _STATUS.search(self.after[:6]) is not None


def read_titles(report: Report, marks: Marks) -> tuple[Title, ...]:
    """The titles in the marks, in order."""
    text = report.view.text
    titles: list[Title] = []
    last: Enclosed | None = None
    shared = ""
    for pair in marks.pairs:
        listed = last is not None and not pair.nested and _BETWEEN.fullmatch(text, last.end, pair.start) is not None
        before = shared if listed else _before(text, pair.start)
        if not pair.nested:
            last, shared = pair, before
        titles.append(_title(report, pair, before, listed))
    return tuple(titles)


def _before(text: str, start: int) -> str:
    return _SENTENCE_START.split(text[max(0, start - _REACH) : start])[-1]


def _title(report: Report, pair: Enclosed, before: str, listed: bool) -> Title:
    text = report.view.text
    return Title(
        span=Span(*report.view.to_text(pair.start, pair.end)),
        words=text[pair.start + 1 : pair.end - 1].replace("\n", ""),
        before=before,
        after=_SENTENCE_START.split(text[pair.end : pair.end + _REACH_AFTER])[0],
        listed=listed,
        nested=pair.nested,
    )
