"""Generated lists: one that adds up is silent in every style, one that does not is found in every style."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checks.context import Context
from checks.figures import sum_of_parts
from checks.figures.breakdowns import _amounts_add_up, _counts_add_up, breakdowns
from checks.figures.items import Item
from checks.figures.reading import Passage
from checks.figures.sum_of_parts import SumOfPartsParameters
from documents.numerals import find_quantities
from documents.read import report_from_text
from rules.facts import Facts
from tests.documents.test_number_words import WIDE, textbook

FACTS = Facts()
PARAMETERS = SumOfPartsParameters()
LABELS = ("行政处罚", "行政许可", "行政强制", "行政检查", "行政确认", "行政征收", "行政裁决", "其他行政权力")
Parts = list[tuple[str, str]]


def marked(parts: Parts, unit: str, mark: str) -> str:
    return mark.join(f"{label}{number}{unit}" for label, number in parts)


def respectively(total: str, parts: Parts, unit: str) -> str:
    labels, numbers = "、".join(label for label, _ in parts), "、".join(f"{number}{unit}" for _, number in parts)
    return f"全年共办理案件{total}{unit},{labels}分别为{numbers}。"


STYLES: dict[str, Callable[[str, Parts, str], str]] = {
    "其中、": lambda total, parts, unit: f"全年共办理案件{total}{unit},其中{marked(parts, unit, '、')}。",
    "其中，": lambda total, parts, unit: f"全年共办理案件{total}{unit},其中:{marked(parts, unit, ',')},全部办结。",
    "其中；": lambda total, parts, unit: f"全年共办理案件{total}{unit},其中:{marked(parts, unit, ';')}。",
    "分行": lambda total, parts, unit: f"全年共办理案件{total}{unit},其中:\n{marked(parts, unit, ';' + chr(10))}。",
    "另句": lambda total, parts, unit: f"全年共办理案件{total}{unit}。其中,{marked(parts, unit, '、')}。",
    "括号": lambda total, parts, unit: f"全年共办理案件{total}{unit}({marked(parts, unit, ',')}),同比上升。",
    "全角": lambda total, parts, unit: f"全年共办理案件{total}{unit}（{marked(parts, unit, '，')}）。",
    "冒号": lambda total, parts, unit: f"全年共办理案件{total}{unit}:{marked(parts, unit, '、')}。",
    "分别": respectively,
    "在后": lambda total, parts, unit: f"全年办理{marked(parts, unit, '、')},共{total}{unit}。",
    "合计": lambda total, parts, unit: f"全年办理{marked(parts, unit, '、')},合计{total}{unit}。",
}
NUMBERS: dict[str, Callable[[int], str]] = {
    "阿拉伯": str,
    "分节": lambda value: f"{value:,}",
    "全角": lambda value: str(value).translate(WIDE),
    "汉字": textbook,
    "万": lambda value: f"{value}万",
}
LISTS = st.lists(st.integers(min_value=1, max_value=9000), min_size=3, max_size=len(LABELS))


def cases(text: str) -> list[str | None]:
    report = report_from_text(f"2024年,我局扎实推进依法行政。\n一、主要举措和成效\n{text}\n")
    return [match.case for match in sum_of_parts.run(Context(report, FACTS), PARAMETERS)]


def sentence(style: str, number: str, unit: str, total: int, values: list[int]) -> str:
    # 一起 is as often "together" as "one case", and is not read as a number.
    assume((number, unit) != ("汉字", "起"))
    write = NUMBERS[number]
    parts = [(label, write(value)) for label, value in zip(LABELS, values, strict=False)]
    return STYLES[style](write(total), parts, unit)


@pytest.mark.parametrize("style", STYLES)
@given(LISTS, st.sampled_from(list(NUMBERS)), st.sampled_from("件宗起项份"))
def test_a_list_that_adds_up_is_silent(style: str, values: list[int], number: str, unit: str) -> None:
    assert cases(sentence(style, number, unit, sum(values), values)) == []


@pytest.mark.parametrize("style", STYLES)
@given(LISTS, st.sampled_from(list(NUMBERS)), st.sampled_from("件宗起项份"), st.integers(min_value=-400, max_value=400))
def test_a_list_that_does_not_add_up_is_found(
    style: str, values: list[int], number: str, unit: str, change: int
) -> None:
    total = sum(values) + change
    rounding = len(values) if number == "万" else 0
    cuts = range(len(values))
    running = {sum(values[:cut]) for cut in cuts} | {sum(values[cut:]) for cut in cuts}
    assume(number != "汉字" or total % 10**4)
    assume(abs(change) > rounding and total > max(values))
    assume(change < total * 0.045)
    assume(not any(abs(total - partial) <= rounding for partial in running))
    assert cases(sentence(style, number, unit, total, values)) != []


@given(st.lists(st.integers(min_value=0, max_value=40), min_size=2, max_size=6))
def test_whole_numbers_add_up_as_amounts_do(counts: list[int]) -> None:
    text = "、".join(f"事项{count}件" for count in counts)
    passage = Passage(text, 0, len(text), find_quantities(text))
    assert all(figure.whole for figure in passage.figures)
    total, *parts = passage.figures
    for totals in ((total,), (total, parts[-1])):
        items = tuple(Item(figure, "", "、") for figure in parts)
        assert _counts_add_up(items, totals) == _amounts_add_up(items, totals)


@pytest.mark.parametrize("number", ["1.5万", "近200", "20余", "3.5", "2亿"])
def test_a_rounded_number_is_not_whole(number: str) -> None:
    text = f"案件{number}件"
    (figure,) = Passage(text, 0, len(text), find_quantities(text)).figures
    assert not figure.whole


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共办理案件54件,其中简易案件50件。", 1),
        ("共办理案件54件,简易案件50件。", 0),
        ("共办理案件540件(简易500,普通140)。", 1),
        ("简易案件50件、普通案件4件,共54件。", 1),
        ("共办理案件54件,走访54户。", 0),
    ],
)
def test_where_a_breakdown_is_looked_for(text: str, found: int) -> None:
    assert len(breakdowns(Passage(text, 0, len(text), find_quantities(text)))) == found
