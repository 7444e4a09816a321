"""Kind ``required-section``: a required content is absent, folded into another part, or only implied."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable
from checks.place import clipped, part_in_words
from checks.sections.contents import map_contents
from checks.sections.places import ContentPlace, Presence, required_content
from documents.report import CONTENT_KINDS, NumberStyle, Report, Span
from rules.facts.contents import DefinedContent, RequiredContent
from rules.model import Parameters, Text
from rules.pattern import Re2Pattern

_QUOTED_AT_MOST = 30


class RequiredSectionParameters(Parameters):
    """``content`` is the id of a content that the law requires; otherwise the rule defines one, called ``name``.

    A body shorter than ``least_characters`` is not judged: it is the page that a report was attached to rather than a
    report. Patterns see the words without blanks and number, years told by relation: 往年, 本年, 来年, 某年.
    """

    content: Text | None = Field(
        default=None, description="法定必备内容的编号：achievements、shortcomings、responsibility、plan"
    )
    name: Text | None = Field(default=None, description="不写 content 时自定内容的名称，标题就是这个名称的也算")
    forms: tuple[Text, ...] = Field(default=(), description="自定内容的标题的其他整句写法，容许个别错字")
    headings: tuple[Re2Pattern, ...] = Field(default=(), description="标题里有这些写法，就是自定内容的章节")
    not_headings: tuple[Re2Pattern, ...] = Field(default=(), description="标题里看似自定内容、其实不是的写法")
    cues: tuple[Re2Pattern, ...] = Field(default=(), description="没有单列章节时，句子里有这些写法就算写到")
    not_cues: tuple[Re2Pattern, ...] = Field(default=(), description="句子里看似写到、其实没有的写法")
    least_characters: int = Field(default=80, ge=1, description="正文少于这个字数时不作判断：可能只是发布页面")

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        wordings = self.forms or self.headings or self.not_headings or self.cues or self.not_cues
        if self.content and (self.name or wordings):
            hint = "查法定必备内容只写 content；自定内容请删去 content"
            raise ValueError("“content”和自定内容的各项（name、headings、cues 等）不能同时写", hint)
        if not (self.content or self.name):
            hint = "查法定必备内容写 content；自定内容写 name，并写 headings、cues"
            raise ValueError("“content”和“name”必须写一个", hint)
        return self

    @cached_property
    def defined(self) -> RequiredContent | None:
        """The content that the rule defines itself, if it does."""
        if self.name is None:
            return None
        return DefinedContent(
            id=self.name,
            name=self.name,
            forms=(self.name, *self.forms),
            headings=_sources(self.headings),
            not_headings=_sources(self.not_headings),
            sentences=_sources(self.cues),
            not_sentences=_sources(self.not_cues),
        )


def _sources(patterns: tuple[Re2Pattern, ...]) -> tuple[str, ...]:
    return tuple(pattern.source for pattern in patterns)


def run(context: Context, parameters: RequiredSectionParameters) -> Iterator[Match]:
    """At most one match: the content is ``absent``, ``implicit`` or ``folded``; nothing if it has its own section."""
    report = context.report
    content = parameters.defined or required_content(context.facts.contents, parameters.content or "")
    length = _body_length(report, parameters.least_characters)
    if length < parameters.least_characters:
        raise NotAssessable(f"正文只有{length}个字，可能只是发布页面，报告全文或在附件中")
    contents = map_contents(report, (content,), context.sentence_places) if parameters.defined else context.contents
    place = contents.places[content.id]
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
    shown = clipped(report.normalised(spans[0]), _QUOTED_AT_MOST)
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
    part = part_in_words(heading for heading in chain if heading.style is not NumberStyle.ITEM)
    return f"在{part or '没有标题的正文中'}"


def _expected_place(context: Context, content: RequiredContent) -> Span:
    """An empty place before the content that follows by law, or else at the end of the body."""
    order = [item.id for item in context.facts.contents]
    later = order[order.index(content.id) + 1 :] if content.id in order else []
    places = [context.contents.places[key] for key in later]
    following = next((place for place in places if place.presence is Presence.OWN), None)
    if following:
        start = context.report.headings[following.headings[0]].span.start
        return Span(start, start)
    end = max((item.span.end for item in context.report.paragraphs if item.kind in CONTENT_KINDS), default=0)
    return Span(end, end)


def _body_length(report: Report, enough: int) -> int:
    """The characters of the body, counted until they are ``enough``."""
    length = 0
    for (start, end), kind in report.paragraphs:
        if kind in CONTENT_KINDS:
            length += end - start
            if length >= enough:
                break
    return length


KIND = Kind(
    name="required-section",
    summary="必备内容应当写明并单列章节",
    parameters=RequiredSectionParameters,
    run=run,
    cases=("absent", "implicit", "folded"),
)
