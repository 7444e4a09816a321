"""Which passages are compared, whatever the width of the punctuation."""

import pytest

from audit.copies.passages import collect
from checks.context import Context
from documents.read import report_from_text
from tests.audit.copies.copy_reports import FACTS

TEXT = (
    "柳河镇2023年法治政府建设年度报告\n一、主要举措和成效\n"
    "修订应急预案；在集市设立“赶集说法”摊位，由驻村律师轮流值守答疑；按期办结。"
    "把检查清单做成口袋书发到每家商户，检查前先对表（含夜查）：检查后当面讲清依据！\n"
)
WIDTHS = {
    "semicolons": str.maketrans("；", ";"),
    "commas": str.maketrans("，", ","),
    "all": str.maketrans("，；：！（）", ",;:!()"),
}


def keys(text: str) -> list[str]:
    """The passages of a text as the comparison has them."""
    return collect(Context(report_from_text(text), FACTS)).keys.split("\n")


@pytest.mark.parametrize("name", WIDTHS)
def test_the_width_of_punctuation_makes_no_difference(name: str) -> None:
    assert keys(TEXT.translate(WIDTHS[name])) == keys(TEXT)


def test_parts_too_short_to_be_compared_join_a_neighbour() -> None:
    first, second = keys(TEXT)
    assert first == "修订应急预案在集市设立赶集说法摊位由驻村律师轮流值守答疑按期办结"
    assert second.startswith("把检查清单")


def test_long_parts_of_a_list_are_compared_one_by_one() -> None:
    text = TEXT.replace("修订应急预案", "逐村召开户代表会议表决新的村规民约").replace(
        "按期办结", "聘请退休教师担任监督员每月上街两次"
    )
    assert len(keys(text)) == 4
