"""Where a report names a dated fact: a law, a plan, a meeting or a term that a meeting brought up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from checks.years.reporting_time import in_words
from documents.lazy_pattern import lazy_pattern
from rules.facts import Facts
from rules.facts.chronology import Law, Meeting, Plan
from rules.model import Confidence

_PLENUM = lazy_pattern("(?P<congress>.+届)(?P<number>[一二三四五六七八九])中全会")
# "二十届二中、三中全会" names both plenums; a provincial or county committee counts its own 届. Beginning with plain
# words lets the search skip quickly: what must not stand before them is looked at after them.
_PLENUM_FORM = (
    "{congress}(?<![省市县区州盟旗镇乡]委{congress})(?:[一二三四五六七八九]中(?:全会)?(?:精神)?[、,和及与]?)*{number}中"
    "(?:全会|(?=[、和及与]|[一二三四五六七八九]中|精神))"
)
_DISTINCT_LENGTH = 6
# "数据安全法治", "民法典型案例", "农村集体经济组织法人" do not name the law.
_NOT_THE_LAW = "(?![治律规制院庭学型人定官令])"


@dataclass(frozen=True)
class NamedFact:
    """A fact that can be cited from ``since`` on; ``told`` says, as a predicate in Chinese, when and how it came to be,
    and ``source`` where that was read.

    ``form`` is the pattern that finds it in the normalised view, ``needles`` strings of which every naming has one
    (``""`` where none is known).
    """

    name: str
    since: date
    confidence: Confidence
    needles: tuple[str, ...]
    form: str
    told: str
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """``form``, compiled when first needed: few reports name more than a handful of the facts listed."""
        return re.compile(self.form)


def needles_of(facts: Facts) -> Iterator[str]:
    """The needles of all facts."""
    for fact in (*law_facts(facts), *plan_facts(facts), *meeting_facts(facts)):
        yield from fact.needles


@lru_cache(maxsize=4)
def law_facts(facts: Facts) -> tuple[NamedFact, ...]:
    """The laws whose beginning is known."""
    return tuple(_of_law(law, law.citable_from) for law in facts.laws if law.citable_from)


@lru_cache(maxsize=4)
def plan_facts(facts: Facts) -> tuple[NamedFact, ...]:
    """The plans; one without a day of publication is prepared, and spoken of, up to two years before its term."""
    return tuple(_of_plan(plan) for plan in facts.plans)


@lru_cache(maxsize=4)
def meeting_facts(facts: Facts) -> tuple[NamedFact, ...]:
    """The meetings, and the terms that they brought up."""
    return tuple(fact for meeting in facts.meetings for fact in _of_meeting(meeting))


def _of_law(law: Law, since: date) -> NamedFact:
    alternatives = "|".join(re.escape(name) for name in (law.name, *law.short))
    quoted = f"(?<=[《〈<])(?:关于)?(?:中华人民共和国)?(?:{alternatives})(?=[》〉>(]|实施)"
    pattern = quoted
    if law.name.endswith("法典") or (law.name.endswith("法") and len(law.name) >= _DISTINCT_LENGTH):
        pattern = f"{quoted}|{re.escape(law.name)}{_NOT_THE_LAW}"
    first = law.versions[0]
    # Where only the day in force is known, ``since`` lies before it and is no date that may be shown.
    told = f"通过或公布于{in_words(first.passed)}" if first.passed else f"自{in_words(first.effective or since)}起施行"
    return NamedFact(law.name, since, law.citable_confidence, (law.name, *law.short), pattern, told, law.source)


def _of_plan(plan: Plan) -> NamedFact:
    since = plan.published or date(plan.first - 2, 1, 1)
    form = plan.pattern or re.escape(plan.name)
    told = f"公布于{in_words(plan.published)}" if plan.published else f"的期限自{plan.first}年起"
    return NamedFact(plan.name, since, plan.confidence, (plan.needle,), form, told, plan.source)


def _of_meeting(meeting: Meeting) -> Iterable[NamedFact]:
    plenum = _PLENUM.fullmatch(meeting.name)
    needle = plenum["congress"] if plenum else meeting.name
    form = meeting.pattern or (_PLENUM_FORM.format(**plenum.groupdict()) if plenum else re.escape(meeting.name))
    held = f"召开于{in_words(meeting.first)}"
    yield NamedFact(meeting.name, meeting.first, meeting.confidence, (needle,), form, held, meeting.source)
    for term in meeting.terms:
        told = f"由{meeting.name}提出，会议{held}"
        yield NamedFact(term, meeting.first, meeting.terms_confidence, (term,), re.escape(term), told, meeting.source)
