"""The unit named in the title against the unit that signs and the unit that the opening announces.

Cases: ``clear`` (two units of one kind, which cannot both have written it), ``unclear``, ``variant`` (one name with
words put in or left out).
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import Context
from checks.identity.own_unit import places_in
from checks.kind import Kind
from checks.match import Match, NotAssessable
from documents.identity.names import UnitName, core, parse_name, same_unit
from documents.lazy_pattern import lazy_pattern
from documents.report import Evidence, Origin, Report, Span, UnitLevel
from rules.model import Parameters

# These sign and send the report of a whole government, and a government's office that of a bureau.
_SENDS_FOR_OTHERS = lazy_pattern(
    "(?:司法局|司法厅|司法所|法制局|法制办|办公[室厅]|委员会|党委|党工委|工委|党组|中心|办|委)$"
)
_ANNOUNCED = lazy_pattern("(?:现|特|兹)?(?:将|就|把)$")
_ORIGIN_NAMES = {Origin.SIGNATURE: "落款", Origin.OPENING: "开头"}
_LEAD = 3
_SHORTEST_FULL_NAME = 4


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """Each signature or announcement that names another unit than the title."""
    report = context.report
    if report.unit is None:
        raise NotAssessable("未能识别报告单位，无法比较标题、开头和落款")
    named = report.unit.evidence
    title = next((item for item in named if item.origin is Origin.TITLE), None)
    own = parse_name(title.value) if title else None
    if title is None or own is None:
        raise NotAssessable("标题没有写明单位，无法与开头和落款比较")
    for origin, span, written in _other_authors(context):
        other = parse_name(written)
        case = _case(own, other) if other and not same_unit(own.text, other.text) else None
        if other and case:
            yield Match(
                span,
                f"{_ORIGIN_NAMES[origin]}单位“{other.text}”与标题中的“{title.value}”不是同一名称",
                related=(title.span,),
                values={"title": title.value, "other": other.text},
                case=case,
            )


def _other_authors(context: Context) -> Iterator[tuple[Origin, Span, str]]:
    """Each place where the report announces or signs itself, with the unit it names; one place once."""
    report = context.report
    named = report.unit.evidence if report.unit else ()
    signed = {signature.unit_span: signature.unit.text for signature in context.signatures}
    for evidence in named:
        if _names_author(report, evidence) and not any(evidence.span.overlaps(span) for span in signed):
            yield evidence.origin, evidence.span, evidence.value
    for span, written in signed.items():
        yield Origin.SIGNATURE, span, written


def _names_author(report: Report, evidence: Evidence) -> bool:
    if evidence.origin is Origin.OPENING:
        start, _ = report.view.from_text(*evidence.span)
        return _ANNOUNCED.search(report.view.text[max(0, start - _LEAD) : start]) is not None
    return evidence.origin is Origin.SIGNATURE


def _case(own: UnitName, other: UnitName) -> str | None:
    """How sure it is that the two names are of two units; ``None`` where both may have a part in the report."""
    if _is_short_for(own.text, other.text):
        return None
    if _is_part_of(own.text, other.text):
        return "variant"
    if own.level is not other.level:
        return None if _is_superior_or_sender(own, other) else "unclear"
    if own.level is not UnitLevel.DEPARTMENT:
        return "clear"
    mine, theirs = places_in(own.text), places_in(other.text)
    if mine and theirs and not (set(mine) & set(theirs)):
        return "clear"
    return None if _SENDS_FOR_OTHERS.search(other.text) else "unclear"


def _is_short_for(one: str, other: str) -> bool:
    """Whether one name is an abbreviation of the other: its letters stand in it in order, not all side by side."""
    short, long = sorted((core(one), core(other)), key=len)
    rest = iter(long)
    return all(letter in rest for letter in short) and not _is_part_of(one, other)


def _is_part_of(one: str, other: str) -> bool:
    """Whether one name is the other with words put in or left out: 教育局 and 教育体育局."""
    short, long = sorted((core(one), core(other)), key=len)
    if not _SHORTEST_FULL_NAME <= len(short) < len(long):
        return False
    return any(long.startswith(short[:cut]) and long.endswith(short[cut:]) for cut in range(len(short) + 1))


def _is_superior_or_sender(own: UnitName, other: UnitName) -> bool:
    if _SENDS_FOR_OTHERS.search(other.text) or _SENDS_FOR_OTHERS.search(own.text):
        return True
    mine, theirs = places_in(own.text), places_in(other.text)
    return not mine or not theirs or bool(set(mine) & set(theirs)) or None in (own.level, other.level)


KIND = Kind(
    name="named-authors",
    summary="标题、开头和落款写的不是同一个单位",
    parameters=Parameters,
    run=run,
    cases=("clear", "unclear", "variant"),
)
