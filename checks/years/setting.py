"""The surroundings of a mention of a year: the part of the report it stands in, its sentence and its clause."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from checks.first_use import on_first_use
from checks.sections.places import ContentMap, ContentPlace
from documents.lazy_pattern import lazy_pattern
from documents.report import ParagraphKind, Report, Span
from documents.years import YearForm, YearToken, year_tokens

_OPENING_SENTENCES = 3
# A sentence longer than this on either side is a list or a text without punctuation; what is far away explains nothing.
_REACH = 300
_CLAUSE_ENDS = ",;:。!?\n"
_CLAUSE_END = lazy_pattern(f"[{_CLAUSE_ENDS}]")
_SENTENCE_HEAD = lazy_pattern(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|[一二三四五六七八九十]{1,2}(?:是|要)[:,]?|第[一二三四五六七八九十]+[,、]|[①-⑳\s“\"(—·|])*"
)
# "2022年,在区委的领导下,我局……": the clause that says who did what comes after the circumstances.
_CIRCUMSTANCE = lazy_pattern(
    r"工作中|在|根据|按照|依据|围绕|为|经|通过|随着|面对|结合|对照|紧扣|紧紧|以|由于|因|坚持|聚焦|立足|锚定|深入|认真|全面|始终|严格|切实"
)
_MOST_CLAUSES = 4


class Part(StrEnum):
    """The part of a report in which a mention stands, as far as its year is judged by it."""

    TITLE = "title"
    OPENING = "opening"
    HEADING = "heading"
    BODY = "body"
    PLAN = "plan"
    SIGNATURE = "signature"
    PAGE = "page"


@dataclass(eq=False)
class Setting:
    """One year token and what stands around it. ``text`` is the normalised view; ``span`` is the token's place in the
    report's text.

    ``year`` is the year meant, a relative word resolved; ``reported`` the report's own, and ``delta`` the years after
    it (negative for earlier ones). ``in_plan`` tells whether it belongs to the plan for the coming year, ``heading``
    is the index of the heading that it stands in. ``[start, end)`` is its sentence in ``text``; what follows that is
    read up to ``limit``: up to the first heading, where it stands before one.
    """

    token: YearToken
    year: int
    last: int
    reported: int | None
    delta: int
    span: Span
    part: Part
    in_plan: bool
    heading: int | None
    heading_level: int | None
    text: str
    start: int
    end: int
    limit: int

    # The words are only cut out where they are asked for, which is of few years.
    @on_first_use
    def before(self) -> str:
        """What stands before the year in its sentence."""
        place = self.token.start
        return self.text[max(self.start, place - _REACH) : place]

    @on_first_use
    def after(self) -> str:
        """What stands behind the year in its sentence."""
        place = self.token.end
        return self.text[place : min(self.end, place + _REACH)].rstrip()

    @property
    def written(self) -> str:
        """Its own words."""
        return self.text[self.token.start : self.token.end]

    @property
    def following(self) -> str:
        """What comes after the sentence."""
        return self.text[self.end : min(self.limit, self.end + _REACH)]

    @on_first_use
    def lead(self) -> str:
        """What stands before the year in its own clause."""
        before = self.before
        return before[max(map(before.rfind, _CLAUSE_ENDS)) + 1 :]

    @on_first_use
    def heads_sentence(self) -> bool:
        """Whether the year opens its sentence or a part of it after a semicolon (numbering aside)."""
        opening = self.before.rpartition(";")[2] if ";" in self.before else self.before
        return _SENTENCE_HEAD.fullmatch(opening) is not None

    @on_first_use
    def heads_clause(self) -> bool:
        """Whether the year opens its clause."""
        return _SENTENCE_HEAD.fullmatch(self.lead) is not None

    @on_first_use
    def clause(self) -> str:
        """What is said of the year: the clause after it, with the circumstances that come first."""
        return self.after[: _clause_length(self.after)]

    @on_first_use
    def whole_clause(self) -> str:
        """The clause with the year as ``◇``."""
        return f"{self.lead}◇{self.clause}"

    @on_first_use
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.before}{self.written}{self.after}"

    @property
    def in_book_title(self) -> bool:
        """Whether the year stands inside an open 《."""
        place = self.token.start
        start = max(self.start, place - _REACH)
        opened = self.text.rfind("《", start, place)
        return opened >= 0 and opened > self.text.rfind("》", start, place)


def _clause_length(after: str) -> int:
    start = len(after) - len(after.lstrip(","))
    for _ in range(_MOST_CLAUSES):
        end = _CLAUSE_END.search(after, start)
        if end is None:
            return len(after)
        if end.group() not in ",:" or not _CIRCUMSTANCE.match(after, start):
            return end.start()
        start = end.end()
    return max(0, start - 1)


def year_settings(report: Report, sentences: Sequence[tuple[int, int]], contents: ContentMap) -> list[Setting]:
    """The setting of every year token, in order of position. Relative words are left out where no year is known.

    ``sentences`` are the places of the report's sentences in the normalised view.
    """
    view = report.view
    text = view.text
    reported = report.year.value if report.year else None
    opening_end = view.from_text(*report.headings[0].span)[0] if report.headings else len(text)
    headings, starts = report.headings, [heading.span.start for heading in report.headings]
    plan = _plan_under_heading(contents)
    settings: list[Setting] = []
    for token in year_tokens(text):
        year = token.year if token.year is not None else _resolved(token, reported)
        if year is None:
            continue
        order = bisect_right(sentences, (token.start, len(text))) - 1
        start, end = sentences[order] if order >= 0 else (0, 0)
        if end < token.end:
            start, end = _line_around(text, token)
        span = Span(*view.to_text(token.start, token.end))
        over = bisect_right(starts, span.start) - 1
        heading = over if over >= 0 and span.end <= headings[over].span.end else None
        in_plan = plan is not None and plan.holds(span.start)
        opens = over < 0 if starts else order < _OPENING_SENTENCES
        settings.append(
            Setting(
                token,
                year,
                token.last or year,
                reported,
                0 if reported is None else year - reported,
                span,
                _part(report, span, heading is not None, in_plan, opens),
                in_plan,
                heading,
                None if heading is None else headings[heading].level,
                text,
                start,
                end,
                opening_end if end <= opening_end else len(text),
            )
        )
    return settings


def in_plan_section(contents: ContentMap, offset: int) -> bool:
    """Whether ``offset`` stands under a heading that is the plan's; single sentences that look ahead do not count."""
    plan = _plan_under_heading(contents)
    return plan is not None and plan.holds(offset)


def _plan_under_heading(contents: ContentMap) -> ContentPlace | None:
    plan = contents.places.get("plan")
    return plan if plan is not None and plan.headings else None


def _resolved(token: YearToken, reported: int | None) -> int | None:
    if token.form is not YearForm.RELATIVE or token.offset is None or reported is None:
        return None
    return reported + token.offset


def _line_around(text: str, token: YearToken) -> tuple[int, int]:
    end = text.find("\n", token.end)
    return text.rfind("\n", 0, token.start) + 1, end if end >= 0 else len(text)


def _part(report: Report, span: Span, in_heading: bool, in_plan: bool, opens: bool) -> Part:
    paragraph = report.paragraph_at(span.start)
    kind = None if paragraph is None else report.paragraphs[paragraph].kind
    if kind is ParagraphKind.RESIDUE or (report.residue and report.in_residue(span)):
        return Part.PAGE
    if kind is ParagraphKind.TITLE:
        return Part.TITLE
    if kind is ParagraphKind.SIGNATURE:
        return Part.SIGNATURE
    if in_heading:
        return Part.HEADING
    if in_plan:
        return Part.PLAN
    return Part.OPENING if opens else Part.BODY
