"""Kind ``required-section``: a legally required content is absent, folded into another part, or only implied."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable
from checks.sections.contents import ContentPlace, Presence, required_content
from documents.report import NumberStyle, ParagraphKind, Report, Span
from rules.facts.contents import RequiredContent
from rules.model import Parameters, Text

_QUOTED_AT_MOST = 30


class RequiredSection(Parameters):
    """``content`` is the id of a required content. A body shorter than ``least_characters`` is not judged: it is the
    page that a report was attached to rather than a report."""

    content: Text = Field(description="必备内容的编号，见 rules/data/contents.yaml")
    least_characters: int = Field(default=80, ge=1, description="正文少于这个字数时不作判断：可能只是发布页面")


def run(context: Context, parameters: RequiredSection) -> Iterator[Match]:
    """At most one match: the content is ``absent``, ``implicit`` or ``folded``; nothing if it has its own section."""
    report = context.report
    content = required_content(context.facts.contents, parameters.content)
    length = _body_length(report)
    if length < parameters.least_characters:
        raise NotAssessable(f"正文只有{length}个字，可能只是发布页面，报告全文或在附件中")
    place = context.contents.places[content.id]
    if place.presence is Presence.ABSENT:
        if report.source.incomplete:
            raise NotAssessable(f"文件没有读全（{report.source.incomplete}），不能断定缺少“{content.name}”")
        yield _absent(context, content)
    elif place.presence is Presence.FOLDED:
        yield _folded(report, content, place)


def _absent(context: Context, content: RequiredContent) -> Match:
    return Match(
        _expected_place(context, content),
        f"全文未见“{content.name}”：没有单列章节，其他部分也没有写到。",
        values={"missing": content.name, "content": content.id, "presence": Presence.ABSENT.value},
        case="absent",
    )


def _folded(report: Report, content: RequiredContent, place: ContentPlace) -> Match:
    spans = [report.headings[index].span for index in place.headings] or list(place.spans)
    quote = report.normalised(spans[0])
    shown = f"{quote[:_QUOTED_AT_MOST]}…" if len(quote) > _QUOTED_AT_MOST else quote
    where = _where(report, spans[0])
    if place.named:
        message = f"“{content.name}”没有单列章节，只{where}写到（“{shown}”）。"
    else:
        message = f"{where}只间接写到（“{shown}”），没有点明“{content.name}”。"
    return Match(
        spans[0],
        message,
        related=tuple(spans[1:4]),
        values={"content": content.id, "presence": Presence.FOLDED.value, "named": place.named, "name": content.name},
        case="folded" if place.named else "implicit",
    )


def _where(report: Report, span: Span) -> str:
    chain = [report.headings[index] for index in report.ancestry(report.heading_at(span.start))]
    names = [
        heading.number.strip("、. ") or heading.title for heading in chain if heading.style is not NumberStyle.ITEM
    ]
    return f"在“{'/'.join(names)}”部分" if names else "在没有标题的正文中"


def _expected_place(context: Context, content: RequiredContent) -> Span:
    """An empty place before the content that follows by law, or else at the end of the body."""
    order = [item.id for item in context.facts.contents]
    places = [context.contents.places[key] for key in order[order.index(content.id) + 1 :]]
    following = next((place for place in places if place.presence is Presence.OWN), None)
    if following:
        start = context.report.headings[following.headings[0]].span.start
        return Span(start, start)
    end = max((item.span.end for item in context.report.paragraphs if item.kind in _CONTENT), default=0)
    return Span(end, end)


def _body_length(report: Report) -> int:
    return sum(item.span.end - item.span.start for item in report.paragraphs if item.kind in _CONTENT)


_CONTENT = (ParagraphKind.BODY, ParagraphKind.HEADING)

KIND = Kind(
    name="required-section",
    summary="必备内容应当写明并单列章节",
    parameters=RequiredSection,
    run=run,
    cases=("absent", "implicit", "folded"),
)
