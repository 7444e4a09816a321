"""The surroundings of a mention of a year: the part of the report it stands in, its sentence and its clause."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from operator import itemgetter

from checks.sections.places import ContentMap
from documents.lazy_pattern import lazy_pattern
from documents.report import ParagraphKind, Report, Span
from documents.years import YearForm, YearToken, year_tokens

_OPENING_SENTENCES = 3
# A sentence longer than this on either side is a list or a text without punctuation; what is far away explains nothing.
_REACH = 300
_CLAUSE_END = lazy_pattern(r"[,;:。!?\n]")
_SENTENCE_HEAD = lazy_pattern(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|[一二三四五六七八九十]{1,2}(?:是|要)[:,]?|第[一二三四五六七八九十]+[,、]|[①-⑳\s“\"(—·|])*"
)
# "2022年,在区委的领导下,我局……": the clause that says who did what comes after the circumstances.
_CIRCUMSTANCE = lazy_pattern(
    r"工作中|在|根据|按照|依据|围绕|为|经|通过|随着|面对|结合|对照|紧扣|紧紧|以|由于|因|坚持|聚焦|立足|锚定|深入|认真|全面|始终|严格|切实"
)
_MOST_CLAUSES = 4
_START = itemgetter(0)


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
    """One year token and what stands around it. Texts are normalised; ``span`` is its place in the text.

    ``year`` is the year meant, a relative word resolved; ``reported`` the report's own. ``written`` are its own words,
    ``before`` and ``after`` the rest of its sentence; ``following`` is what comes after that (up to the first heading,
    where it stands before one). ``in_plan`` tells whether it belongs to the plan for the coming year, ``heading`` is
    the index of the heading that it stands in.
    """

    token: YearToken
    year: int
    last: int
    reported: int | None
    part: Part
    in_plan: bool
    heading: int | None
    heading_level: int | None
    span: Span
    before: str
    after: str
    written: str
    following: str

    @property
    def delta(self) -> int:
        """Years after the reported one; negative for earlier years."""
        return 0 if self.reported is None else self.year - self.reported

    @cached_property
    def lead(self) -> str:
        """What stands before the year in its own clause."""
        ends = [match.end() for match in _CLAUSE_END.finditer(self.before)]
        return self.before[ends[-1] :] if ends else self.before

    @cached_property
    def heads_sentence(self) -> bool:
        """Whether the year opens its sentence or a part of it after a semicolon (numbering aside)."""
        opening = self.before.rpartition(";")[2] if ";" in self.before else self.before
        return _SENTENCE_HEAD.fullmatch(opening) is not None

    @cached_property
    def heads_clause(self) -> bool:
        """Whether the year opens its clause."""
        return _SENTENCE_HEAD.fullmatch(self.lead) is not None

    @cached_property
    def clause(self) -> str:
        """What is said of the year: the clause after it, with the circumstances that come first."""
        return self.after[: _clause_length(self.after)]

    @cached_property
    def whole_clause(self) -> str:
        """The clause with the year as ``◇``."""
        return f"{self.lead}◇{self.clause}"

    @cached_property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.before}{self.written}{self.after}"

    @property
    def in_book_title(self) -> bool:
        """Whether the year stands inside an open 《."""
        return self.before.rfind("《") > self.before.rfind("》")


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


def year_settings(report: Report, sentences: Sequence[tuple[int, int]], contents: ContentMap) -> Iterator[Setting]:
    """The setting of every year token, in order of position. Relative words are left out where no year is known.

    ``sentences`` are the places of the report's sentences in the normalised view.
    """
    view = report.view
    reported = report.year.value if report.year else None
    opening_end = view.from_text(*report.headings[0].span)[0] if report.headings else len(view.text)
    for token in year_tokens(view.text):
        year = token.year if token.year is not None else _resolved(token, reported)
        if year is None:
            continue
        order = bisect_right(sentences, token.start, key=_START) - 1
        within = order >= 0 and token.end <= sentences[order][1]
        start, end = sentences[order] if within else _line_around(view.text, token)
        limit = opening_end if end <= opening_end else len(view.text)
        span = Span(*view.to_text(token.start, token.end))
        in_plan = in_plan_section(contents, span.start)
        heading = _heading_over(report, span)
        yield Setting(
            token=token,
            year=year,
            last=token.last or year,
            reported=reported,
            part=_part(report, span, order, in_plan, heading is not None),
            in_plan=in_plan,
            heading=heading,
            heading_level=None if heading is None else report.headings[heading].level,
            span=span,
            before=view.text[max(start, token.start - _REACH) : token.start],
            after=view.text[token.end : min(end, token.end + _REACH)].rstrip(),
            written=view.text[token.start : token.end],
            following=view.text[end : min(limit, end + _REACH)],
        )


def in_plan_section(contents: ContentMap, offset: int) -> bool:
    """Whether ``offset`` stands under a heading that is the plan's; single sentences that look ahead do not count."""
    plan = contents.places.get("plan")
    return plan is not None and bool(plan.headings) and plan.holds(offset)


def _resolved(token: YearToken, reported: int | None) -> int | None:
    if token.form is not YearForm.RELATIVE or token.offset is None or reported is None:
        return None
    return reported + token.offset


def _line_around(text: str, token: YearToken) -> tuple[int, int]:
    end = text.find("\n", token.end)
    return text.rfind("\n", 0, token.start) + 1, end if end >= 0 else len(text)


def _heading_over(report: Report, span: Span) -> int | None:
    index = bisect_right(report.headings, span.start, key=lambda heading: heading.span.start) - 1
    if index < 0 or not report.headings[index].span.covers(span):
        return None
    return index


def _part(report: Report, span: Span, order: int, in_plan: bool, in_heading: bool) -> Part:
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
    first = report.headings[0].span.start if report.headings else None
    opens = order < _OPENING_SENTENCES if first is None else span.start < first
    return Part.OPENING if opens else Part.BODY
