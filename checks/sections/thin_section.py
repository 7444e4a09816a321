"""Kind ``thin-section``: a heading with nothing, or next to nothing, under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.sections.places import Presence
from documents.lazy_pattern import lazy_pattern
from documents.report import Heading, NumberStyle, Report, Span
from rules.model import Parameters

_SENTENCE_MARK = lazy_pattern(r"[。.．;；!！:：]\s*$")
_NO_WORD = lazy_pattern(r"\W+")
# All but characters that the normalised view has as they are written.
_NOT_PLAIN = lazy_pattern("[^0-9A-Za-z\u4e00-\u9fff]+")
_MARKS_BEFORE = 4
_HIGHEST_THRESHOLD = 200
_ENOUGH = 3 * _HIGHEST_THRESHOLD
_COMMA = lazy_pattern(r"[,，、]")
_LONGEST_TITLE = 30
_LEAST_SHARE_FILLED = 0.5
_LONGEST_BARE_TITLE = 14
_BARE = lazy_pattern("[^\\W\\d]+")
_FEWEST_FILLED = 2
_LEAST_TEXT = 30
_UNNUMBERED = (NumberStyle.ITEM, NumberStyle.NONE)


class ThinSectionParameters(Parameters):
    """Fewest characters under a heading. ``required`` looks at the required contents, whose sub-headings count as
    content; otherwise every other numbered heading is looked at."""

    required: bool = Field(description="true 查必备内容，false 查其他标题")
    least_characters: int = Field(ge=1, le=_HIGHEST_THRESHOLD, description="标题下至少应有的字数")


def run(context: Context, parameters: ThinSectionParameters) -> Iterator[Match]:
    """Matches are headings; case ``empty`` with nothing under them, ``thin`` with less than the fewest characters."""
    own = [place for place in context.contents.places.values() if place.presence is Presence.OWN]
    if parameters.required:
        for place in own:
            yield from _judge_required(context, place.headings, place.spans, parameters.least_characters)
        return
    required = {index for place in own for index in place.headings}
    numbered = [item for item in enumerate(context.report.headings) if item[1].style not in _UNNUMBERED]
    for index, heading in numbered:
        if index not in required:
            yield from _judge_heading(context.report, heading, parameters.least_characters)
    for heading in _bare_titles(context.report, [heading for _, heading in numbered]):
        yield _match(heading, context.report.normalised(heading.span).strip(), 0, parameters.least_characters)


def _judge_required(
    context: Context, headings: tuple[int, ...], spans: tuple[Span, ...], least: int
) -> Iterator[Match]:
    report = context.report
    if not headings:
        return
    titles = [report.headings[index].span for index in headings]
    enough = least + sum(end - start for start, end in map(report.view.from_text, *zip(*titles, strict=True)))
    if any(_has(report, span, enough) for span in spans) or _may_go_on(context, headings[-1]):
        return
    length = sum(_length(report, span) for span in spans) - sum(_length(report, span) for span in titles)
    if length < least:
        name = report.normalised(report.headings[headings[0]].span).strip()
        yield _match(report.headings[headings[0]], name, max(0, length), least)


def _may_go_on(context: Context, index: int) -> bool:
    """Whether the text under a heading may have been taken for sections beside it: an umbrella over its equals."""
    report = context.report
    following, body = index + 1, report.headings[index].body
    if following >= len(report.headings) or _has(report, body, 1) or _length(report, body):
        return False
    owned = {item for place in context.contents.places.values() for item in place.headings}
    return following not in owned


def _judge_heading(report: Report, heading: Heading, least: int) -> Iterator[Match]:
    if _has(report, heading.body, least) or _is_statement(report, heading):
        return
    length = _length(report, heading.body)
    if length < least and _others_filled(report, heading, least):
        yield _match(heading, report.normalised(heading.span).strip(), length, least)


def _is_statement(report: Report, heading: Heading) -> bool:
    """Whether the numbered line says itself what it has to say, as the items of a list do."""
    around = report.text[heading.span.start : heading.span.end + 1]
    return (
        len(heading.title) > _LONGEST_TITLE
        or len(_COMMA.findall(heading.title)) > 1
        or bool(_SENTENCE_MARK.search(around) or _SENTENCE_MARK.search(around[:-1]))
    )


def _bare_titles(report: Report, numbered: list[Heading]) -> Iterator[Heading]:
    """Short lines like (七)加强法治宣传。 with nothing below them, where all their equals have text."""
    bare = [heading for heading in numbered if _is_bare_title(report, heading)]
    if not bare:
        return
    equals = Counter((heading.parent, heading.style) for heading in report.headings)
    short = Counter(
        (heading.parent, heading.style) for heading in report.headings if _length(report, heading.body) < _LEAST_TEXT
    )
    for heading in bare:
        place = (heading.parent, heading.style)
        if equals[place] > _FEWEST_FILLED and short[place] == 1:
            yield heading


def _is_bare_title(report: Report, heading: Heading) -> bool:
    return (
        report.text.startswith(("。", ".", "．"), heading.span.end)
        and len(heading.title) <= _LONGEST_BARE_TITLE
        and not _has(report, heading.body, 1)
        and _BARE.fullmatch(report.normalised(heading.title_span)) is not None
        and not _length(report, heading.body)
    )


def _others_filled(report: Report, heading: Heading, least: int) -> bool:
    siblings = [other for other in report.headings if other.parent == heading.parent and other.style is heading.style]
    filled = sum(_length(report, other.body) >= least for other in siblings)
    return filled >= _LEAST_SHARE_FILLED * len(siblings)


def _match(heading: Heading, name: str, length: int, least: int) -> Match:
    message = f"标题“{name}”下只有{length}个字，少于{least}个字。" if length else f"标题“{name}”下没有内容。"
    return Match(
        heading.span,
        message,
        values={"characters": length, "least": least},
        case="thin" if length else "empty",
    )


def _has(report: Report, span: Span, least: int) -> bool:
    """Whether its first characters tell that :func:`_length` of the span is ``least`` or more; it may be all the same
    where they do not."""
    first = report.text[span.start : min(span.end, span.start + min(2 * least + _MARKS_BEFORE, _ENOUGH))]
    return len(_NOT_PLAIN.sub("", first)) >= least


def _length(report: Report, span: Span) -> int:
    """Letters, characters and digits in the span, counted only as far as any threshold reaches."""
    return len(_NO_WORD.sub("", report.normalised(Span(span.start, min(span.end, span.start + _ENOUGH)))))


KIND = Kind(
    name="thin-section",
    summary="标题下应当有实际内容",
    parameters=ThinSectionParameters,
    run=run,
    cases=("empty", "thin"),
)
