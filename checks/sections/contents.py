"""Which part of a report carries each legally required content: by its headings first, then by what sentences say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from checks.first_use import on_first_use
from checks.sections.headings import Announcement, Reading, heading_reader, told_by_relation
from checks.sections.places import ContentMap, ContentPlace, Presence
from checks.sections.sentences import Statement, implying, naming, statements
from documents.lazy_pattern import lazy_pattern
from documents.report import Heading, NumberStyle, Report, Span
from rules.facts.contents import RequiredContent

ACHIEVEMENTS, SHORTCOMINGS, RESPONSIBILITY, PLAN = "achievements", "shortcomings", "responsibility", "plan"
_FEWEST_THEMES = 2
_LEAST_ACCOUNT = 40
_INTRODUCTION = lazy_pattern(r"为指导|指导下|领导下|现将|报告如下|汇报如下|总结如下|如下:$")
_MEASURE = lazy_pattern(
    r"开展|落实|组织|制定|完成|办理|召开|推进|建立|健全|印发|化解|审查|举办|加强|实施|规范|培训|宣传|修订|出台|受理"
)
_COUNT = lazy_pattern(r"\d[余多]?[万亿]?[余多]?[件次场个份人项起宗户名期条家批篇]")
# A heading that speaks of work without saying that it is done may, after the shortcomings, only mean work to come.
_WORK = lazy_pattern(r"工作|任务|重点|举措|措施|目标")
_TO_COME = lazy_pattern(r"[来明]年|^下|今后")
_SCHEME = lazy_pattern(r"安排|打算|计划|思路|要点|设想|展望|下一|下步|今后|重点|目标")
_SHORT_TITLE = 24
_BLANK = lazy_pattern(r"\s+")
_BLANKS_IN_TITLE = 3
_LONGEST_TITLE = 60
_DONE = lazy_pattern(r"成效|情况|成绩|完成|做法|总结|回顾|亮点|成果")


def map_contents(
    report: Report, contents: tuple[RequiredContent, ...], sentences: Sequence[tuple[int, int]] | None = None
) -> ContentMap:
    """Find the place of every required content. ``sentences`` are the places of the report's sentences in its
    normalised view, where they are known already."""
    return ContentMap(_Mapping(report, contents, sentences).places())


class _Mapping:
    """The outline of one report: what each heading announces, and which headings open a section of the first rank."""

    def __init__(
        self, report: Report, contents: tuple[RequiredContent, ...], sentences: Sequence[tuple[int, int]] | None
    ) -> None:
        self.report = report
        self._sentence_places = sentences
        self.contents = {content.id: content for content in contents}
        self._read_title = heading_reader(contents)
        self.reported = report.year.value if report.year else None
        self.readings = [
            {} if heading.style is NumberStyle.ITEM else self._read(heading) for heading in report.headings
        ]
        self.whole = [_whole(reading) if reading else [] for reading in self.readings]
        self.children = _children(report.headings)
        self.sections = self._sections()
        self._reread_work_before_plan()
        self._reread_work_after_shortcomings()

    def _read(self, heading: Heading) -> Reading:
        """What a heading announces. Where line ends were lost, its text may follow the title after a blank."""
        reading = self._read_title(_title(self.report, heading), self.reported)
        if reading or not heading.inline or heading.level > 1:
            return reading
        start = heading.title_span.start
        line = self.report.text[start : min(start + _LONGEST_TITLE, heading.section.end)].partition("\n")[0]
        for blank in islice(_BLANK.finditer(line), _BLANKS_IN_TITLE):
            title = self.report.normalised(Span(start, start + blank.start()))
            if reading := self._read_title(title, self.reported):
                return reading
        return {}

    @on_first_use
    def statements(self) -> list[Statement]:
        """The sentences, read only where the headings leave something open."""
        places = self._sentence_places
        if places is None:
            places = self.report.view.all_from_text([sentence.span for sentence in self.report.sentences])
        return statements(self.report, places)

    def places(self) -> dict[str, ContentPlace]:
        """Own sections first, since what stands outside them decides on the rest."""
        places = {key: place for key in self.contents if (place := self._own(key))}
        ranked = [key for key in (PLAN, SHORTCOMINGS, RESPONSIBILITY) if key in self.contents]
        for key in dict.fromkeys([*ranked, *self.contents]):
            if key not in places and key != ACHIEVEMENTS:
                places[key] = self._without_section(key, places)
        if ACHIEVEMENTS in self.contents:
            places[ACHIEVEMENTS] = self._with_themes(places)
        return {key: places[key] for key in self.contents}

    def _sections(self) -> list[int]:
        """Headings of the first rank; one that only wraps several required contents gives way to its children."""
        sections: list[int] = []
        waiting = [index for index, heading in enumerate(self.report.headings) if heading.parent is None]
        while waiting:
            index = waiting.pop(0)
            if self._wraps(index):
                waiting = self.children[index] + waiting
            elif self.report.headings[index].style is not NumberStyle.ITEM:
                sections.append(index)
        return sections

    def _wraps(self, index: int) -> bool:
        below = {key for child in self.children[index] for key in self.whole[child]}
        if not below or any(key != ACHIEVEMENTS for key in self.whole[index]):
            return False
        wraps_all = ACHIEVEMENTS in below and len(below) > 1
        # The achievements may well open with how the duty was done: that alone makes them no mere wrapping.
        has_more = below - {RESPONSIBILITY} if ACHIEVEMENTS in self.whole[index] else below
        is_only_one = bool(has_more) and sum(heading.parent is None for heading in self.report.headings) == 1
        is_part = self.report.headings[index].style is NumberStyle.PART
        return wraps_all or is_only_one or is_part

    def _reread(self, index: int, key: str) -> None:
        """Take the heading for that of ``key``, whatever it seemed to announce."""
        self.readings[index] = {key: Announcement.WHOLE}
        self.whole[index] = [key]

    def _reread_work_before_plan(self) -> None:
        """Take the first section for the account, whatever year its heading names, where the plan comes at the end."""
        if any(ACHIEVEMENTS in self.readings[index] for index in self.sections):
            return
        plans = [index for index in self.sections if self.whole[index] == [PLAN]]
        title = _title(self.report, self.report.headings[plans[0]]) if plans else ""
        if len(plans) > 1 and plans[0] == self.sections[0] and _WORK.search(title) and not _SCHEME.search(title):
            self._reread(plans[0], ACHIEVEMENTS)

    def _reread_work_after_shortcomings(self) -> None:
        if any(PLAN in self.readings[index] for index in self.sections):
            return
        faults = [index for index in self.sections if SHORTCOMINGS in self.whole[index]]
        if not faults:
            return
        for index in self.sections[self.sections.index(faults[0]) + 1 :]:
            title = _title(self.report, self.report.headings[index])
            work = self.whole[index] == [ACHIEVEMENTS] and _WORK.search(title) and not _DONE.search(title)
            told = told_by_relation(title, self.reported)
            garbled = not self.readings[index] and len(title) <= _SHORT_TITLE and _TO_COME.search(told)
            if work or garbled:
                self._reread(index, PLAN)

    def _own(self, key: str) -> ContentPlace | None:
        headings = [index for index in self.sections if key in self.whole[index]]
        if not headings:
            return None
        spans = [span for index in headings for span in self._share(index, key)]
        return ContentPlace(key, Presence.OWN, tuple(headings), tuple(spans))

    def _share(self, index: int, key: str) -> list[Span]:
        """What of a section belongs to one of the contents that its heading announces; the heading belongs to all."""
        heading = self.report.headings[index]
        announced = self.whole[index]
        if len(announced) == 1:
            return [heading.section]
        cuts = [heading.section.start]
        for later in announced[1:]:
            cut = self._beginning_of(later, index)
            cuts.append(max(cuts[-1], cut) if cut is not None else cuts[-1])
        cuts.append(heading.section.end)
        position = announced.index(key)
        first = position if cuts[position] > heading.section.start else 0
        last = next((cut for cut in cuts[position + 1 :] if cut > cuts[position]), heading.section.end)
        share = Span(cuts[position], last)
        return [share] if first == 0 else [heading.span, share]

    def _beginning_of(self, key: str, index: int) -> int | None:
        headings = self.report.headings
        within = [item for item in self.statements if headings[index].body.covers(item.span)]
        starts = [headings[child].span.start for child in self.children[index] if key in self.readings[child]]
        starts += [statement.span.start for statement in naming(self.contents[key], within)]
        return min(starts, default=None)

    def _without_section(self, key: str, places: dict[str, ContentPlace]) -> ContentPlace:
        # What is planned, or found wanting, of the duty says nothing of how it was done.
        others = [places[other] for other in (PLAN, SHORTCOMINGS) if key == RESPONSIBILITY and other in places]
        elsewhere = [span for place in others for span in place.spans]

        def outside(span: Span) -> bool:
            # Asked of every sentence; a generator would take twice as long.
            for start, end in elsewhere:  # noqa: SIM110
                if start <= span.start < end:
                    return False
            return True

        headings = self.report.headings
        if titled := [i for i, reading in enumerate(self.readings) if key in reading and outside(headings[i].span)]:
            return ContentPlace(key, Presence.FOLDED, tuple(titled), tuple(headings[i].section for i in titled))
        candidates = [item for item in self.statements if outside(item.span)] if elsewhere else self.statements
        return self._folded(key, candidates)

    def _folded(self, key: str, candidates: list[Statement]) -> ContentPlace:
        content = self.contents[key]
        if named := list(naming(content, candidates)):
            spans = [self._rest_of_plan(named[0])] if key == PLAN else [statement.span for statement in named]
            return ContentPlace(key, Presence.FOLDED, (), tuple(spans))
        if implied := list(implying(content, candidates)):
            return ContentPlace(key, Presence.FOLDED, (), tuple(item.span for item in implied), named=False)
        return ContentPlace(key, Presence.ABSENT)

    def _rest_of_plan(self, opening: Statement) -> Span:
        """What follows the first sentence about the coming year belongs to it, up to the next heading."""
        start = opening.span.start
        following = [heading for heading in self.report.headings if heading.style is not NumberStyle.ITEM]
        position = bisect_left(following, start, key=lambda heading: heading.span.start)
        announces_list = opening.words.endswith(":") or "以下" in opening.words
        if position < len(following) and not announces_list:
            return Span(start, max(opening.span.end, following[position].span.start))
        return Span(start, max(statement.span.end for statement in self.statements))

    def _with_themes(self, places: dict[str, ContentPlace]) -> ContentPlace:
        """Achievements with the themes before the shortcomings, which often have no heading over them."""
        headings = self.report.headings
        own = places.get(ACHIEVEMENTS, ContentPlace(ACHIEVEMENTS, Presence.ABSENT))
        ends = [
            place for place in places.values() if place.id in (SHORTCOMINGS, PLAN) and place.presence is Presence.OWN
        ]
        limit = min((span.start for place in ends for span in place.spans), default=len(self.report.text))
        themes = [i for i in self.sections if not self.whole[i] and headings[i].span.start < limit]
        if len(themes) >= _FEWEST_THEMES:
            spans = sorted([*own.spans, *(headings[index].section for index in themes)])
            return ContentPlace(ACHIEVEMENTS, Presence.OWN, tuple(sorted([*own.headings, *themes])), tuple(spans))
        if own.presence is Presence.OWN:
            return own
        told = self._account(places, tuple(themes))
        return told if told.presence is Presence.OWN else self._account_in_another(ends) or told

    def _account_in_another(self, others: list[ContentPlace]) -> ContentPlace | None:
        """Achievements whose heading, wrongly numbered, stands within the section of another content."""
        headings = self.report.headings
        titled = [
            index
            for index in range(len(headings))
            if ACHIEVEMENTS in self.whole[index] and not any(o.holds(headings[index].span.start) for o in others)
        ]
        spans = tuple(headings[index].section for index in titled)
        return ContentPlace(ACHIEVEMENTS, Presence.FOLDED, tuple(titled), spans) if titled else None

    def _account(self, places: dict[str, ContentPlace], themes: tuple[int, ...]) -> ContentPlace:
        """Achievements that only the sentences tell of."""
        others = [place for place in places.values() if place.presence is Presence.OWN or place.id == PLAN]
        told = [
            statement
            for statement in self.statements
            if not any(place.holds(statement.span.start) for place in others) and self._tells_measures(statement)
        ]
        if sum(len(statement.words) for statement in told) < _LEAST_ACCOUNT:
            return ContentPlace(ACHIEVEMENTS, Presence.ABSENT)
        return ContentPlace(ACHIEVEMENTS, Presence.OWN, themes, tuple(statement.span for statement in told))

    def _tells_measures(self, statement: Statement) -> bool:
        """Whether a sentence tells what was done; before the first heading only counts tell it from an introduction."""
        if _INTRODUCTION.search(statement.words) or not _MEASURE.search(statement.words):
            return False
        introductory = statement.span.start < min(
            (self.report.headings[index].span.start for index in self.sections), default=0
        )
        return not introductory or bool(_COUNT.search(statement.words))


def _whole(reading: Reading) -> list[str]:
    """What a heading announces as what its section is about."""
    return [key for key, announcement in reading.items() if announcement is Announcement.WHOLE]


def _title(report: Report, heading: Heading) -> str:
    return report.normalised(heading.title_span)


def _children(headings: tuple[Heading, ...]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in headings]
    for index, heading in enumerate(headings):
        if heading.parent is not None:
            children[heading.parent].append(index)
    return children
