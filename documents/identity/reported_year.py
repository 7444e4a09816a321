"""The year a report is about, concluded from independent witnesses that may contradict each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from documents.identity.published import Dated
from documents.identity.reading import Piece, Reading
from documents.lazy_pattern import lazy_pattern
from documents.report import Attribute, Certainty, Evidence, Heading, NumberStyle, Origin
from documents.years import YearForm, YearToken

_FIRST, _LAST = 2000, 2049
_PLAN_AFTER = lazy_pattern("[^。;、和与及]{0,24}?(?:计划|安排|打算|思路|要点|展望|谋划|设想|努力方向)")
_PLAN_HEADING_WORDS = "下一年|下一步|下步|今后|明年|来年|计划|安排|打算|思路|展望|谋划|设想|努力方向|工作要点"
_PLAN_HEADING = lazy_pattern(_PLAN_HEADING_WORDS)
_WORK_TO_COME_WORDS = "(?:主要|重点)(?:工作|任务|举措)|工作重点|工作任务|目标任务"
_WORK_TO_COME = lazy_pattern(_WORK_TO_COME_WORDS)
_RESPONSIBILITY = lazy_pattern("第一责任|履行|履职|述法")
_SHORTCOMINGS_WORDS = "不足|问题|短板|困难|弱项|差距"
_SHORTCOMINGS = lazy_pattern(_SHORTCOMINGS_WORDS)
# All that is asked of the titles of headings; most tell nothing of it.
_TELLS_ITS_TIME = lazy_pattern(f"{_PLAN_HEADING_WORDS}|{_WORK_TO_COME_WORDS}|{_SHORTCOMINGS_WORDS}")
_ANNOUNCEMENT_LEAD = lazy_pattern("[现特兹][将就把对]|[,;、。 \n](?:一并)?[将就把]")
_ANNOUNCEMENT_END = lazy_pattern("(?:报告|汇报|总结|公布|公示|公告|公开|通报|情况|说明|梳理)如下|予以公[布开示告]")
_LONGEST_ANNOUNCEMENT = 110
_LONGEST_BARE_ANNOUNCEMENT = 50
# 将 before an adverb or a verb is the future; in 2023年将法治建设纳入考核 it only marks the object.
_FUTURE = lazy_pattern(
    "[,度]{0,2}[^\\W\\d_]{0,14}?[,、]?"
    "(?:将(?=继续|坚持|以|进一步|围绕|全面|深入|持续|重点|按照|紧|从|着力|切实|严格|采取|认真|不断|加|在|严|扎实|积极|结合|深化"
    "|推|聚焦|牢|把握)(?![^,。;]{0,60}(?:作为|纳入|摆在|列入|融入|贯穿))|要继续|拟(?!定)|计划(?=开展|组织|完成|推进|实施))"
)
_SIGN_OF_FUTURE = lazy_pattern("[将要拟计]")
_FARTHEST_SIGN = 18
_ELSEWHERE_BEFORE = (
    *("自", "自从", "从", "到", "至", "截至", "截止", "较", "比", "与", "同", "对照", "对比"),
    *("按照", "根据", "落实", "贯彻", "获评", "获评为", "被评", "被评为", "完成"),
)
_ASSESSED = ("考核", "考评", "评议", "述法")
_ELSEWHERE_AFTER = ("起", "同期", "相比", *_ASSESSED, *(f"度{words}" for words in _ASSESSED))
_ELSEWHERE_ENDS = frozenset(words[-1] for words in _ELSEWHERE_BEFORE)
_ELSEWHERE_BEGINS = frozenset(words[0] for words in _ELSEWHERE_AFTER)
_CLAUSE_END = lazy_pattern("[,。;:!?\n]")
_TITLE_BARE = lazy_pattern("(?<![0-9〔-])20[0-9]{2}(?=[^\\W\\d_])")


class Witness(NamedTuple):
    """One passage that speaks for a reported year. A strong one states it outright; ``weight`` decides."""

    year: int
    weight: float
    strong: bool
    evidence: Evidence


def find_year(
    reading: Reading, title: Piece | None, opening: Piece, signed: Dated | None, paged: Dated | None
) -> Attribute[int] | None:
    """The reported year with every witness, those for the chosen year first. ``signed`` and ``paged`` are the dates of
    the signature and of the page, with their places."""
    witnesses = [w for w in _witnesses(reading, title, opening, signed, paged) if _FIRST <= w.year <= _LAST]
    if not witnesses:
        return None
    votes: dict[int, float] = defaultdict(float)
    for witness in witnesses:
        votes[witness.year] += witness.weight
    # Among equals the earlier witness decides: the title before the announcement before the rest.
    year = max(votes, key=lambda candidate: votes[candidate])
    ordered = sorted(witnesses, key=lambda w: w.year != year)
    return Attribute(year, _certainty(year, witnesses, votes), tuple(w.evidence for w in ordered))


def _certainty(year: int, witnesses: list[Witness], votes: dict[int, float]) -> Certainty:
    agreeing = [w for w in witnesses if w.year == year]
    strong = sum(w.strong for w in agreeing)
    others = [w for w in witnesses if w.year != year]
    if strong >= 2 and not any(w.strong for w in others):
        return Certainty.CERTAIN
    if strong and len(agreeing) >= 3 and not others:
        return Certainty.CERTAIN
    runner_up = max((weight for other, weight in votes.items() if other != year), default=0.0)
    return Certainty.LIKELY if strong and votes[year] >= runner_up + 1 else Certainty.GUESS


def _witnesses(
    reading: Reading, title: Piece | None, opening: Piece, signed: Dated | None, paged: Dated | None
) -> Iterator[Witness]:
    years = _years_of_the_report(reading)
    titled = list(_title_year(reading, title)) if title else []
    yield from titled
    announced = list(_announced_years(reading, years, opening))
    yield from announced
    yield from _opening_years(reading, years, opening, {w.evidence.span.start for w in announced})
    headings = _main_headings(reading, title)
    plans = _plan_headings(reading, headings)
    yield from _heading_years(reading, years, headings, plans)
    planned = [reading.piece(plan.section) for plan, _ in plans]
    length = len(reading.view.text)
    yield from _planned_years(reading, years, planned or [Piece((opening.start + length) // 2, length)])
    yield from _usual_year(reading, years, opening, planned)
    fresh = {witness.year for witness in titled[:1]}
    yield from _dated(reading, signed, Origin.SIGNATURE, 1.0, fresh)
    yield from _dated(reading, paged, Origin.PAGE, 0.5, fresh)


def _title_year(reading: Reading, title: Piece) -> Iterator[Witness]:
    tokens = [token for token in reading.tokens_in(title) if token.form is YearForm.YEAR]
    yield from _stated_years(reading, Origin.TITLE, title, tokens)
    if not tokens and (bare := _TITLE_BARE.search("".join(reading.words(title).split()))):
        yield Witness(int(bare.group()), 3.0, True, reading.evidence(Origin.TITLE, title, bare.group()))


def _stated_years(reading: Reading, origin: Origin, piece: Piece, tokens: list[YearToken]) -> Iterator[Witness]:
    """2023年法治政府建设情况(和2024年工作计划): the first year is the reported one, that of a plan the one after."""
    for token in tokens[:1]:
        yield _witness(reading, origin, piece, token, 3.0)
    for token in tokens[1:]:
        if _PLAN_AFTER.match(reading.view.text, token.end, piece.end):
            yield _witness(reading, origin, piece, token, 2.0, planned=True)


def _witness(
    reading: Reading, origin: Origin, piece: Piece, token: YearToken, weight: float, *, planned: bool = False
) -> Witness:
    year = (token.year or 0) - planned
    return Witness(year, weight, weight >= 2, reading.evidence(origin, piece, str(year)))


def _announced_years(reading: Reading, years: _Years, opening: Piece) -> Iterator[Witness]:
    """现将2023年法治政府建设情况(和2024年工作计划)报告如下."""
    text = reading.view.text
    for end in _ANNOUNCEMENT_END.finditer(text, *opening):
        whole = Piece(_announcement_start(text, opening.start, end.start()), end.end())
        yield from _stated_years(reading, Origin.OPENING, whole, years.inside(*whole))


def _announcement_start(text: str, opening: int, end: int) -> int:
    start = max(opening, end - _LONGEST_ANNOUNCEMENT)
    start = max(start, text.rfind("。", start, end) + 1, text.rfind("\n", start, end) + 1)
    lead = _ANNOUNCEMENT_LEAD.search(text, start, end)
    if lead is None:
        return max(start, end - _LONGEST_BARE_ANNOUNCEMENT)
    return lead.start() if lead.group()[0] in "现特兹" else lead.start() + 1


class _Years(NamedTuple):
    """The years and dates that may be said of the reported year, and where they begin."""

    tokens: list[YearToken]
    starts: list[int]

    def inside(self, start: int, end: int) -> list[YearToken]:
        """The years, no dates, that lie wholly inside ``[start, end)`` of the view."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        if first == last:
            return []
        return [t for t in self.tokens[first:last] if t.end <= end and t.form is _YEAR]


def _years_of_the_report(reading: Reading) -> _Years:
    text = reading.view.text
    tokens = [t for t in reading.tokens if t.form in _YEARS_AND_DATES and _speaks_of_the_report(text, t.start, t.end)]
    return _Years(tokens, [token.start for token in tokens])


_YEAR = YearForm.YEAR
_YEARS_AND_DATES = frozenset({YearForm.YEAR, YearForm.DATE})


def _looks_ahead(text: str, token: YearToken) -> bool:
    """Whether the year begins a clause about the future."""
    return _SIGN_OF_FUTURE.search(text, token.end, token.end + _FARTHEST_SIGN) is not None and (
        _FUTURE.match(text, token.end) is not None
    )


def _speaks_of_the_report(text: str, start: int, end: int) -> bool:
    """Not the year of a plan's name in 《》, of a since-clause, a comparison, or an assessment."""
    first = max(0, start - 60)
    opened = text.rfind("《", first, start)
    if opened >= 0 and text.find("》", opened, start) < 0:
        return False
    following = text[end : end + 1]
    if following == "以" and text.startswith("以来", end):
        # 2023年以来 begins this year's report; 自2009年……以来 looks back.
        return not text.endswith(("自", "自从", "从"), first, start)
    if following in _ELSEWHERE_BEGINS and text.startswith(_ELSEWHERE_AFTER, end):
        return False
    last = start - 1 if start > first and text[start - 1] == "\n" else start
    return not (text[last - 1 : last] in _ELSEWHERE_ENDS and text.endswith(_ELSEWHERE_BEFORE, first, last))


def _opening_years(reading: Reading, years: _Years, opening: Piece, used: set[int]) -> Iterator[Witness]:
    """The year that a sentence of the opening begins with: 2023年,在……."""
    text = reading.view.text
    for token in years.inside(*opening):
        before = text[opening.start : token.start].rstrip(" ")
        if before and before[-1] not in "。!\n":
            continue
        clause = _clause(text, token, opening.end)
        if reading.view.to_text(*clause)[0] not in used:
            yield _witness(reading, Origin.OPENING, clause, token, 2.0)
            return


def _clause(text: str, token: YearToken, end: int) -> Piece:
    stop = _CLAUSE_END.search(text, token.end + 1, min(end, token.end + 30))
    return Piece(token.start, stop.start() if stop else min(end, token.end + 12))


# A heading and the place of its title in the view.
_Placed = tuple[Heading, tuple[int, int]]


def _plan_headings(reading: Reading, headings: list[_Placed]) -> list[_Placed]:
    """The headings of next year's work: so called, or a year's main work after the section of shortcomings."""
    plans: list[_Placed] = []
    shortcomings_seen = False
    for heading in headings:
        start, end = heading[1]
        words = reading.view.text[start:end]
        if not _TELLS_ITS_TIME.search(words) or _RESPONSIBILITY.search(words):
            continue
        if _PLAN_HEADING.search(words) or (shortcomings_seen and _WORK_TO_COME.search(words)):
            plans.append(heading)
        shortcomings_seen = shortcomings_seen or bool(_SHORTCOMINGS.search(words))
    return plans


def _main_headings(reading: Reading, title: Piece | None) -> list[_Placed]:
    """The headings of the first two levels behind the title."""
    title_end = reading.view.to_text(*title)[1] if title else 0
    headings = [
        heading
        for heading in reading.headings
        if heading.level <= 2 and heading.style is not NumberStyle.ITEM and heading.span.start >= title_end
    ]
    places = reading.view.all_from_text([heading.title_span for heading in headings])
    return list(zip(headings, places, strict=True))


def _heading_years(reading: Reading, years: _Years, headings: list[_Placed], plans: list[_Placed]) -> Iterator[Witness]:
    seen: dict[int, int] = defaultdict(int)
    of_plans = {plan.span.start for plan, _ in plans}
    for heading, place in headings:
        tokens = years.inside(*place)
        token = tokens[0] if tokens else None
        if token is None or token.year is None:
            continue
        planned = heading.span.start in of_plans
        year = token.year - planned
        seen[year] += 1
        # A year copied into many headings is one habit, not many witnesses.
        weight = 2.0 if seen[year] == 1 else 0.5 if seen[year] <= 3 else 0.0
        if weight and (planned or heading.level == 1):
            yield _witness(reading, Origin.HEADING, Piece(*place), token, weight, planned=planned)


def _planned_years(reading: Reading, years: _Years, places: list[Piece]) -> Iterator[Witness]:
    """2025年,我区将继续……: the year after the reported one, where plans stand."""
    text = reading.view.text
    seen: dict[int, int] = defaultdict(int)
    for token in [token for place in places for token in years.inside(*place)]:
        if token.year is not None and seen[token.year] < 2 and _looks_ahead(text, token):
            seen[token.year] += 1
            yield _witness(reading, Origin.BODY, _clause(text, token, len(text)), token, 1.0, planned=True)


def _usual_year(reading: Reading, years: _Years, opening: Piece, plans: list[Piece]) -> Iterator[Witness]:
    """The year named most often in the body before the plan for the next year."""
    text, residue = reading.view.text, reading.residue
    counts: dict[int | None, int] = {}
    firsts: dict[int | None, YearToken] = {}
    for token in years.tokens[bisect_left(years.starts, opening.start) :]:
        start = token.start
        planned = plans and any(begin <= start < end for begin, end in plans)
        if planned or (residue and not reading.in_lines(token)) or _looks_ahead(text, token):
            continue
        counts[token.year] = counts.get(token.year, 0) + 1
        firsts.setdefault(token.year, token)
    if not counts:
        return
    year = max(counts, key=counts.__getitem__)
    count, first = counts[year], firsts[year]
    clear = count >= 4 and 3 * count >= 2 * sum(counts.values())
    weight = 2.0 if clear else 1.0 if count >= 2 else 0.5
    yield _witness(reading, Origin.BODY, Piece(first.start, first.end), first, weight)


def _dated(reading: Reading, dated: Dated | None, origin: Origin, weight: float, fresh: set[int]) -> Iterator[Witness]:
    """A report dated in the first half of a year is about the year before; in the last weeks, about the year itself.

    Title and date are written anew even where the body was copied from last year's report: together they count more.
    """
    if dated is None or 7 <= dated[0].month <= 10:
        return
    day, piece = dated
    year = day.year if day.month > 10 else day.year - 1
    yield Witness(year, weight + (1.5 if year in fresh else 0.0), False, reading.evidence(origin, piece, str(year)))
