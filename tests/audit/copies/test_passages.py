import pytest

from audit.copies.passages import collect, own_names
from checks.context import Context
from checks.examples import assume
from documents.read import report_from_text
from rules.facts import Facts
from rules.model import Assumption
from tests.audit.copies.copy_reports import report


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        ("柳河镇人民政府", {"柳河镇人民政府", "柳河镇", "柳河"}),
        ("广州市白云区新市街道办事处", {"广州", "白云区", "新市街道", "新市"}),
        ("厦门市海沧区城市管理局", {"厦门市", "海沧", "城市管理局"}),
        ("青石县人民政府", {"青石县", "青石"}),
    ],
)
def test_a_unit_goes_by_its_names_and_those_of_its_places(unit: str, names: set[str]) -> None:
    known = own_names(assume(report_from_text("正文"), Assumption(unit=unit)))
    assert names <= set(known)
    assert list(known) == sorted(known, key=lambda name: (-len(name), name))


def test_a_report_without_a_unit_has_no_names() -> None:
    assert own_names(report_from_text("正文")) == ()


@pytest.mark.parametrize(
    ("line", "compared"),
    [
        ("镇综合执法队把检查清单做成口袋书发到每家商户。", True),
        ("召开会议4次。", False),
        ("（一）强化组织领导，压实法治政府建设主体责任和工作责任", False),
        ("责任单位：镇司法所、镇综合执法队、镇应急管理办公室", False),
    ],
)
def test_only_sentences_long_enough_are_compared(line: str, compared: bool) -> None:
    context = Context(report_from_text(f"一、主要工作\n{line}\n"), Facts())
    assert bool(collect(context).places) is compared


def test_the_plan_is_marked() -> None:
    done = "镇综合执法队把检查清单做成口袋书发到每家商户。"
    planned = "建成镇级公共法律服务工作站并实现每周五律师坐班。"
    assert collect(report([done], plan=[planned])).planned == bytes([0, 1])
