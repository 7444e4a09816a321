"""Kind ``heading-numbering``: numbers of headings that skip, repeat, run backwards or change their style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise, takewhile

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.sections.list_numbers import Gap, dotted_gaps, gaps_in_sentences
from documents.report import Heading, NumberStyle, Report, Span
from rules.model import Parameters

_HAN: tuple[str, ...] = ("", *"一二三四五六七八九", "十")
_FORMS = {
    NumberStyle.PART: "第{0}[部编章]",
    # "单一," and "统一、" hold no number; a number run into a title (报告一、主要举措) does.
    NumberStyle.HAN: r"(?:(?<![\u4e00-\u9fff]){0}\s*[.,:]|(?<![一二三四五六七八九十第单统唯专划同归合万不]){0}\s*、)",
    NumberStyle.HAN_BRACKET: r"[(〔\[]?\s*{0}\s*[)〕\]]",
    NumberStyle.ARABIC: r"(?<!\d){1}\s*[.、:)](?!\d(?!\d{{3}}年))",
    NumberStyle.ARABIC_BRACKET: r"[(〔]?\s*(?<!\d){1}\s*[)〕]",
    NumberStyle.ITEM: r"第?{0}(?:是|要|则|、|,|方面|者)|其{0}|[(]{0}[)]",
}
_ITEM_WITHOUT_NUMBER = "|首先|其次|再次|一方面|再者"
# Only these are sure to begin with one: lists of 1. 2. may go on from a table, an attachment or the line above.
_RANKED = (NumberStyle.PART, NumberStyle.HAN, NumberStyle.HAN_BRACKET)
_SECOND = 2
# A larger jump is more likely a figure or a date taken for a number than numbers left out.
_WIDEST_GAP = 3


class HeadingNumberingParameters(Parameters):
    """``items`` says whether 一是、二是 within the text are looked at too."""

    items: bool = Field(default=True, description="正文里的“一是、二是”是否也查")


def run(context: Context, parameters: HeadingNumberingParameters) -> Iterator[Match]:
    """Each heading whose number does not follow: ``skipped``, ``repeated``, ``reordered`` or ``style``."""
    report = context.report
    for parent, siblings in _groups(report, parameters).items():
        if _counts_up(siblings):
            continue
        if parent is not None and (change := _changed_style(report, report.headings[parent], siblings[0])):
            yield change
            continue
        yield from _judge_siblings(report, siblings)
    gaps = chain(dotted_gaps(report), gaps_in_sentences(report) if parameters.items else ())
    yield from (_left_out(gap) for gap in gaps if not report.in_residue(gap.span))


def _left_out(gap: Gap) -> Match:
    before, number = gap.number_before.strip(), gap.number.strip()
    message = f"序号从“{before}”直接到“{number}”，中间缺号。"
    return Match(gap.span, message, (gap.previous,), {"number": number, "after": before}, "skipped")


def _groups(report: Report, parameters: HeadingNumberingParameters) -> dict[int | None, list[Heading]]:
    left_out = (NumberStyle.NONE,) if parameters.items else (NumberStyle.NONE, NumberStyle.ITEM)
    groups: dict[int | None, list[Heading]] = {}
    for heading in report.headings:
        if heading.ordinal is None or heading.style in left_out or (report.residue and report.in_residue(heading.span)):
            continue
        groups.setdefault(heading.parent, []).append(heading)
    return groups


def _counts_up(siblings: list[Heading]) -> bool:
    """Whether the headings count 1, 2, 3… in one style, as most do; items may begin anew."""
    style, last = siblings[0].style, 0
    for heading in siblings:
        number = _ordinal(heading)
        if heading.style is not style or not (number == last + 1 or (number == 1 and style is NumberStyle.ITEM)):
            return False
        last = number
    return True


def _judge_siblings(report: Report, siblings: list[Heading]) -> Iterator[Match]:
    for previous, heading in pairwise(siblings):
        if previous.style is not heading.style and _goes_on_from(report, previous, heading):
            yield _style(previous, heading)
    for style in dict.fromkeys(heading.style for heading in siblings):
        yield from _judge_sequence(report, [heading for heading in siblings if heading.style is style])


def _judge_sequence(report: Report, sequence: list[Heading]) -> Iterator[Match]:
    first = sequence[0]
    if first.style in _RANKED and not _continues_earlier(report, first) and _is_gap(report, None, first):
        yield _skipped(None, first)
    meant = _ordinal(first)
    for position in range(1, len(sequence)):
        heading = sequence[position]
        meant += 1
        match = _judge_step(report, sequence[:position], heading, sequence[position + 1 :])
        if match and match.case == "skipped" and _ordinal(heading) == meant:
            match = None
        if match is None or match.case == "skipped":
            meant = _ordinal(heading)
        if match:
            yield match


def _judge_step(report: Report, before: list[Heading], heading: Heading, after: list[Heading]) -> Match | None:
    previous = before[-1]
    last, number = _ordinal(previous), _ordinal(heading)
    if number > last:
        list_goes_on = takewhile(lambda other: _ordinal(other) > 1, after)
        comes_later = any(last < _ordinal(other) < number for other in list_goes_on)
        return None if comes_later or not _is_gap(report, previous, heading) else _skipped(previous, heading)
    if number == 1 and _begins_list(previous, heading, after):
        return None
    if number > 1 and _number_pattern(heading.style, number - 1).search(_between(report, previous, heading)):
        return None
    earlier = next((other for other in reversed(before) if _ordinal(other) == number), None)
    return _repeated(earlier, heading) if earlier else _reordered(previous, heading)


def _begins_list(previous: Heading, heading: Heading, after: list[Heading]) -> bool:
    """Whether a number one begins a new list under the same heading rather than being a slip."""
    if heading.style is NumberStyle.ITEM:
        return True
    return _ordinal(previous) > 1 and bool(after) and _ordinal(after[0]) == _SECOND


def _changed_style(report: Report, parent: Heading, first: Heading) -> Match | None:
    """A heading that goes on counting from the one above it, in another style: (一)(二)3."""
    if first.style is not parent.style and _goes_on_from(report, parent, first):
        return _style(parent, first)
    return None


def _goes_on_from(report: Report, previous: Heading, heading: Heading) -> bool:
    return (
        heading.style is not NumberStyle.ITEM
        and _ordinal(heading) > 1
        and _ordinal(heading) == _ordinal(previous) + 1
        and not _continues_earlier(report, heading)
    )


def _continues_earlier(report: Report, heading: Heading) -> bool:
    """Whether the number goes on from the last one of its style, across sections, as some reports count."""
    earlier = [other for other in report.headings if other.style is heading.style and other.span < heading.span]
    return bool(earlier) and _ordinal(heading) == _ordinal(earlier[-1]) + 1


def _is_gap(report: Report, previous: Heading | None, heading: Heading) -> bool:
    """Whether a few numbers are left out, none of which stands in the text before ``heading`` in any style."""
    left_out = range(_ordinal(previous) + 1 if previous else 1, _ordinal(heading))
    if not 0 < len(left_out) <= _WIDEST_GAP:
        return False
    between = _between(report, previous, heading)
    written = any(_number_pattern(heading.style, number).search(between) for number in left_out)
    return not written and not _counted_otherwise(report, previous, heading, left_out)


def _counted_otherwise(report: Report, previous: Heading | None, heading: Heading, left_out: range) -> bool:
    """Whether a heading of another style stands in for a number left out: that is a change of style, not a gap."""
    start = previous.span.start if previous else -1
    return any(
        start < other.span.start < heading.span.start
        and other.ordinal in left_out
        and other.style not in (heading.style, NumberStyle.ITEM)
        and _ordinal(other) > 1
        and not _continues_earlier(report, other)
        and not _is_in_a_list_of_its_own(report, other, start)
        for other in report.headings
    )


def _is_in_a_list_of_its_own(report: Report, heading: Heading, start: int) -> bool:
    """Whether ``heading`` goes on with a list that begins after ``start``: the (四) of 三、(一)(二)(四)五、."""
    return any(
        start < other.span.start < heading.span.start
        and other.parent == heading.parent
        and other.style is heading.style
        and _ordinal(other) < _ordinal(heading)
        for other in report.headings
    )


def _between(report: Report, previous: Heading | None, heading: Heading) -> str:
    if previous:
        start = previous.span.end
    else:
        start = report.headings[heading.parent].span.end if heading.parent is not None else 0
    return report.normalised(Span(start, heading.span.start))


@lru_cache(maxsize=1024)
def _number_pattern(style: NumberStyle, number: int) -> re.Pattern[str]:
    form = _FORMS.get(style, "{1}").format(_han(number), number)
    return re.compile(form + (_ITEM_WITHOUT_NUMBER if style is NumberStyle.ITEM else ""))


def _han(number: int) -> str:
    """1 to 99 as headings write it: 一, 十, 十二, 二十."""
    tens, units = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_HAN[tens]}十") + _HAN[units]


def _ordinal(heading: Heading) -> int:
    return heading.ordinal or 0


def _skipped(previous: Heading | None, heading: Heading) -> Match:
    number = heading.number.strip()
    if previous:
        return _match(heading, previous, f"序号从“{previous.number.strip()}”直接到“{number}”，中间缺号。", "skipped")
    return _match(heading, None, f"序号从“{number}”开始，前面缺号。", "skipped")


def _repeated(earlier: Heading, heading: Heading) -> Match:
    return _match(heading, earlier, f"序号“{heading.number.strip()}”重复。", "repeated")


def _reordered(previous: Heading, heading: Heading) -> Match:
    message = f"序号“{heading.number.strip()}”排在“{previous.number.strip()}”之后，顺序颠倒。"
    return _match(heading, previous, message, "reordered")


def _style(previous: Heading, heading: Heading) -> Match:
    message = f"序号写法前后不一：“{previous.number.strip()}”之后用了“{heading.number.strip()}”。"
    return _match(heading, previous, message, "style")


def _match(heading: Heading, other: Heading | None, message: str, case: str) -> Match:
    return Match(
        heading.span,
        message,
        related=(other.span,) if other else (),
        values={"number": heading.number.strip(), "after": other.number.strip() if other else ""},
        case=case,
    )


KIND = Kind(
    name="heading-numbering",
    summary="标题序号应当连续、不重复、写法一致",
    parameters=HeadingNumberingParameters,
    run=run,
    cases=("skipped", "repeated", "reordered", "style"),
)
