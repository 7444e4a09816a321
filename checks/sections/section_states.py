"""Kind ``section-states``: the part on a required content must state something, such as the causes of shortcomings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.sections.places import ContentPlace, Presence, required_content
from documents.report import Report, Sentence, Span
from rules.model import Parameters, Text
from rules.pattern import Re2Pattern


class SectionStatesParameters(Parameters):
    """``stated`` are patterns of saying the thing (``what``) outright; ``hinted`` count only under a heading with one
    of the ``promises``, and only if at least ``least_share`` of the items have one. ``overlooked`` passages look like
    saying it and do not. Patterns see the normalised text."""

    content: Text = Field(description="在哪一项必备内容里找")
    what: Text = Field(description="应当写明的是什么，如“原因”")
    promises: tuple[Text, ...] = Field(description="标题里有这些词，就是答应要写")
    stated: tuple[Re2Pattern, ...] = Field(min_length=1, description="正文写明了的说法")
    hinted: tuple[Re2Pattern, ...] = Field(default=(), description="标题已写明时，正文里算数的较弱说法")
    overlooked: tuple[Re2Pattern, ...] = Field(default=(), description="看似写明、其实不是的说法")
    least_share: float = Field(default=0.5, ge=0, le=1, description="标题已写明时，至少多大比例的条目要有说法")


def run(context: Context, parameters: SectionStatesParameters) -> Iterator[Match]:
    """At most one match: ``unstated``, or ``promised`` where the heading names it but the text hardly says it."""
    report = context.report
    content = required_content(context.facts.contents, parameters.content)
    place = context.contents.places[content.id]
    if place.presence is Presence.ABSENT:
        return
    items = _items(report, place)
    overlooked = parameters.overlooked
    # The first of the patterns says it in most reports.
    if any(_says((pattern,), item, overlooked) for pattern in parameters.stated for item in items):
        return
    headings = [report.headings[index] for index in place.headings]
    span = headings[0].span if headings else place.spans[0]
    values = {"content": content.id, "missing": parameters.what}
    what, title = parameters.what, report.normalised(span).strip()
    if not any(word in report.normalised(heading.span) for heading in headings for word in parameters.promises):
        where = f"“{title}”部分" if headings else f"“{content.name}”"
        yield Match(span, f"{where}只写了问题，没有写明{what}。", values=values, case="unstated")
    elif sum(_says(parameters.hinted, item, overlooked) for item in items) < parameters.least_share * len(items):
        yield Match(span, f"标题“{title}”写有“{what}”，但正文很少说明{what}。", values=values, case="promised")


def _items(report: Report, place: ContentPlace) -> list[str]:
    """The passages of the part: its sub-sections where it has some, otherwise its sentences, without the heading."""
    below = [heading.section for heading in report.headings if heading.parent in place.headings]
    inside = [section for section in below if any(span.covers(section) for span in place.spans)]
    if inside:
        lead = [report.headings[index].body for index in place.headings]
        inside = [Span(body.start, min(section.start for section in inside)) for body in lead[:1]] + inside
        return [text for span in inside if (text := report.normalised(span).strip())]
    after = [report.headings[index].span for index in place.headings]
    passages = [_without(sentence, after) for sentence in _sentences(report, place.spans)]
    return [text for span in passages if (text := report.normalised(span).strip("。:;, \n"))]


def _sentences(report: Report, spans: Sequence[Span]) -> list[Span]:
    """The sentences inside any of the spans, of which there is at least one."""
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    first = bisect_left(report.sentences, start, key=_start)
    within = report.sentences[first : bisect_left(report.sentences, end, first, key=_start)]
    return [item.span for item in within if any(span.covers(item.span) for span in spans)]


def _start(sentence: Sentence) -> int:
    return sentence.span.start


def _without(sentence: Span, headings: list[Span]) -> Span:
    """The sentence after the heading that it begins with, if any."""
    ends = [heading.end for heading in headings if heading.overlaps(sentence)]
    return Span(min(max([sentence.start, *ends]), sentence.end), sentence.end)


def _says(patterns: Iterable[Re2Pattern], text: str, overlooked: Iterable[Re2Pattern]) -> bool:
    """Whether ``text`` says it; what is to be overlooked is only looked for where something was found."""
    blocked: list[tuple[int, int]] | None = None
    for pattern in patterns:
        for match in pattern.finditer(text):
            if blocked is None:
                blocked = [(other.start(), other.end()) for pattern in overlooked for other in pattern.finditer(text)]
            place = match.start()
            if not any(start <= place < end for start, end in blocked):
                return True
    return False


KIND = Kind(
    name="section-states",
    summary="必备内容的章节应当写明规定的要点（如不足的原因）",
    parameters=SectionStatesParameters,
    run=run,
    cases=("unstated", "promised"),
)
