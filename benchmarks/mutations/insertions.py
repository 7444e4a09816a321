"""Mutations that bring in what does not belong: other units, personal data, secrecy marks, wrong dates."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.mutations.base import Base, Mutant, around, replaced, some
from documents.report import Span, UnitLevel

# No such persons: the numbers only satisfy their checksums.
_IDENTITIES = ("110101198503123015", "310101197911204028", "610102198205302394", "13010219931104128X")
_SIGNATURE = 150
_MOBILES = ("13905987231", "18957301126", "15933018872")
_CARDS = ("6222021000112345672", "6217001230004567893")
_SELF = {
    UnitLevel.PROVINCE: ("我县", "我局"),
    UnitLevel.CITY: ("我县", "我局"),
    UnitLevel.COUNTY: ("我局", "我镇"),
    UnitLevel.DEPARTMENT: ("我镇", "我街道"),
    UnitLevel.TOWNSHIP: ("我局", "我县"),
}
_STRANGERS = {
    UnitLevel.PROVINCE: "沧浔省",
    UnitLevel.CITY: "沧浔市",
    UnitLevel.COUNTY: "沧浔县",
    UnitLevel.DEPARTMENT: "沧浔市水务局",
    UnitLevel.TOWNSHIP: "沧浔镇",
}


def other_level(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """我区 of a district's report becomes 我局."""
    level = base.record.level
    found = base.matches(r"我(?:省|市|区|县|局|厅|镇|乡|街道|街)(?=[\u4e00-\u9fff])")
    for place in some([Span(match.start(), match.end()) for match in found], chance, 2):
        own = base.report.quote(place)
        strange = [word for word in _SELF[level] if word != own] if level else []
        if strange:
            yield around(replaced(base, "other-level", place, chance.choice(strange), ("identity",)), 2, 2)


def other_unit(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """Another unit's name stands where the own name belongs."""
    level = base.record.level
    found = base.matches(
        r"(?<=[。\n])(?:\d{4}年[，,])?(?:我[省市区县局厅街镇乡](?:道)?|全[省市区县局街镇])(?=共|累计|办理|组织)"
    )
    for place in some([Span(match.start(), match.end()) for match in found], chance, 2):
        if level:
            yield replaced(base, "other-unit", place, _STRANGERS[level], ("identity",))


def personal_data(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A number that belongs to a person is printed with a case."""
    ends = [Span(place.end - 1, place.end - 1) for place in base.sentences()]
    for place in some(ends, chance, 3):
        words = chance.choice(
            (
                f"，当事人孙某（身份证号{chance.choice(_IDENTITIES)}）对处理结果表示满意",
                f"，来访群众周某（联系电话{chance.choice(_MOBILES)}）送来锦旗",
                f"，补偿款已汇入王某银行卡（卡号{chance.choice(_CARDS)}）",
            )
        )
        yield replaced(base, "personal-number", place, words, ("privacy",))


def secrecy_mark(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A secrecy mark was left at the head of a report meant for publication."""
    mark = chance.choice(("秘密★1年\n", "机密★3年\n", "密级：秘密\n"))
    yield replaced(base, "secrecy-mark", Span(0, 0), mark, ("privacy",), beside=("years", "identity"))


def signature_date(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """The report is signed after the deadline, or before its year was over."""
    for kind, year, month, day in (
        ("signed-late", base.year + 1, chance.randint(5, 9), 16),
        ("signed-early", base.year, chance.randint(10, 12), 12),
    ):
        date = f"{year}年{month}月{day}日"
        tail = len(base.text) - _SIGNATURE
        found = re.search(rf"{base.year + 1}年\d{{1,2}}月\d{{1,2}}日(?=\s)", base.text[tail:])
        if found:
            place, words = Span(tail + found.start(), tail + found.end()), date
        else:
            end = base.body().end
            place, words = Span(end, end), f"\n{base.record.unit}\n{date}\n"
        yield replaced(base, kind, place, words, ("timeliness", "years"), beside=("timeliness", "years"))


def part_of_the_year(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """The figures end in the middle of the year."""
    found = base.matches(
        rf"(?<=[。\n])(?:{base.year}年[，,])?(?:全年|全[市县区省]|我[局街区])?(?=共?办理|共?受理|共?开展)"
    )
    for place in some([Span(match.start(), match.end()) for match in found], chance, 1):
        yield around(replaced(base, "part-year", place, f"截至{base.year}年9月30日，共", ("timeliness", "years")), 0, 5)
