"""Headings with nothing under them, and those whose content stands elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.context import Context
from checks.sections import thin_section
from checks.sections.thin_section import KIND, ThinSectionParameters
from documents.read import report_from_text
from rules.facts import Facts

FACTS = Facts()
WORK = "全年召开法治建设专题会4次,办理行政处罚案件21件,开展普法宣传18场次,调解矛盾纠纷96件,合法性审查合同52份。"
PLAN = "继续落实行政执法“三项制度”,充实法制审核力量,加强“法律明白人”培养,推动公共法律服务向村居延伸。"
FAULTS = "由于专职法制人员少,执法案卷制作还不规范;普法形式比较单一,对流动人口覆盖不够,针对性有待增强。"


def found(text: str, *, required: bool) -> list[tuple[str | None, str]]:
    report = report_from_text(text)
    parameters = ThinSectionParameters(required=required, least_characters=30 if required else 8)
    return [(match.case, report.quote(match.span)) for match in KIND.run(Context(report, FACTS), parameters)]


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        (FAULTS, []),
        ("", [("empty", "二、存在的不足和原因")]),
        ("无。", [("thin", "二、存在的不足和原因")]),
        ("(一)执法力量不足。由于编制少,执法案卷不规范。\n(二)普法不够深入。由于形式单一,流动人口覆盖不够。", []),
        ("1.由于专职法制人员少,执法案卷制作还不规范;\n2.普法形式比较单一,对流动人口覆盖不够广。", []),
        ("(一)力量不足\n(二)普法不深", [("thin", "二、存在的不足和原因")]),
    ],
)
def test_required_contents(faults: str, expected: list[tuple[str, str]]) -> None:
    text = f"一、主要举措和成效\n{WORK}\n二、存在的不足和原因\n{faults}\n三、下一步工作安排\n{PLAN}\n"
    assert found(text, required=True) == expected


def test_last_heading_without_content() -> None:
    text = f"一、主要举措和成效\n{WORK}\n二、存在的不足和原因\n{FAULTS}\n三、下一步工作安排\n"
    assert found(text, required=True) == [("empty", "三、下一步工作安排")]


def test_an_umbrella_over_its_equals_is_not_empty() -> None:
    text = f"一、主要举措和成效\n二、加强组织领导\n{WORK}\n三、规范行政执法\n{WORK}\n四、存在的不足和原因\n{FAULTS}\n"
    assert found(text, required=True) == []


def test_achievements_without_umbrella_are_not_thin() -> None:
    text = f"一、加强组织领导\n{WORK}\n二、规范行政执法\n{WORK}\n三、存在的不足和原因\n{FAULTS}\n"
    assert found(text, required=True) == []


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        ("(二)规范行政执法\n办理行政处罚案件210件。\n", []),
        ("(二)规范行政执法\n", [("empty", "(二)规范行政执法")]),
        ("（二）规范行政执法 \n\n", [("empty", "（二）规范行政执法")]),
        ("(二)规范行政执法\n略。\n", [("thin", "(二)规范行政执法")]),
        ("(二)规范行政执法\n1.抓制度。修订制度4项并公布。\n2.抓培训。组织培训5场次。\n", []),
        ("(二)规范行政执法,落实“三项制度”,开展案卷评查,提升执法质量\n", []),
        ("(二)规范行政执法,全年办理行政处罚案件210件。\n", []),
        ("(二)规范行政执法;\n", []),
    ],
)
def test_other_headings(middle: str, expected: list[tuple[str, str]]) -> None:
    text = f"一、主要举措和成效\n(一)加强组织领导\n{WORK}\n{middle}(三)深化普法宣传\n{WORK}\n二、存在的不足\n{FAULTS}\n"
    assert found(text, required=False) == expected


def test_a_list_of_bare_items_is_content() -> None:
    text = f"一、主要举措和成效\n{WORK}\n二、下一步工作安排\n(一)加强组织领导\n(二)规范行政执法\n(三)深化普法宣传\n"
    assert found(text, required=False) == []


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        ("(三)加强法治宣传。\n", [("empty", "(三)加强法治宣传")]),
        ("（三）加强法治宣传。　\n", [("empty", "（三）加强法治宣传")]),
        ("(三)加强法治宣传。开展活动12场次。\n", []),
        ("(三)加强法治宣传,覆盖全镇。\n", []),
        ("(三)开展宣传12场次。\n", []),
        ("(三)加强重点人群和重点时段的法治宣传教育工作。\n", []),
    ],
)
def test_a_bare_title_with_a_full_stop_among_equals_with_text(third: str, expected: list[tuple[str, str]]) -> None:
    text = (
        f"一、主要举措和成效\n(一)加强组织领导。{WORK}\n(二)规范行政执法。{WORK}\n{third}(四)化解矛盾纠纷。{WORK}\n"
        f"二、存在的不足\n{FAULTS}\n"
    )
    assert found(text, required=False) == expected


@pytest.mark.parametrize(
    "items",
    [
        "(一)加强组织领导。\n(二)规范行政执法。\n(三)加强法治宣传。\n",
        f"(一)加强组织领导。{WORK}\n(二)加强法治宣传。\n",
        f"(一)加强组织领导。{WORK}\n(二)强化监督。\n(三)加强法治宣传。\n(四)化解矛盾纠纷。{WORK}\n",
        f"(一)加强组织领导。{WORK}\n(二)规范行政执法。{WORK}\n(三)加强法治宣传。\n1.抓重点人群。{WORK}\n2.抓阵地。{WORK}\n",
    ],
)
def test_short_statements_among_their_like_are_content(items: str) -> None:
    assert found(f"一、主要举措和成效\n{WORK}\n二、下一步工作安排\n{items}", required=False) == []


# Among them are letters that are no word in the view, signs that are several, and what the view drops.
SIGNS = "工作12a，。、 \u3000\u200b\u037a\uff9e\ufe70㎡①（）“”…\ufdfa"


@given(st.text(SIGNS, max_size=60), st.text(SIGNS, max_size=60), st.integers(1, 30), st.booleans())
def test_a_long_section_is_known_by_its_first_characters(one: str, other: str, least: int, required: bool) -> None:
    account = f"一、主要举措和成效\n{WORK}\n(一)规范执法\n{one}\n(二)加强普法\n{WORK}\n"
    context = Context(report_from_text(f"{account}二、存在的不足和原因\n{other}\n三、其他\n"), FACTS)
    parameters = ThinSectionParameters(required=required, least_characters=least)
    quick = list(KIND.run(context, parameters))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thin_section, "_has", lambda report, span, least: False)
        assert quick == list(KIND.run(context, parameters))
