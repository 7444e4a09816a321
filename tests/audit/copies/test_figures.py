"""Numbers that agree are evidence where words are not: a common pattern with the same counts has been copied."""

from collections import Counter
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.copies.alignment import align
from audit.copies.figures import agreeing_digits, digits_of, digits_of_no_chance, digits_to_link, find_figures
from audit.copies.passages import collect
from audit.copies.store import Batch, cut, encode
from checks.context import Context
from checks.duplicates.passages import text_key
from documents.normalised import normal_form
from tests.audit.copies.copy_reports import batch, honest, name, pairs_of, report, sentence

PATTERNS = (
    "全年共开展法治宣传活动{}场次，发放宣传资料{}份，接受群众咨询{}人次。",
    "各人民调解组织共受理矛盾纠纷{}件，调解成功{}件，涉及金额{}元。",
    "组织行政执法人员专题培训{}期，参训人员{}人次，考试合格{}人。",
    "社区矫正工作累计接收矫正对象{}人，解除矫正{}人，开展走访{}次。",
    "公共法律服务站接待来访群众{}人次，办理法律援助案件{}件，挽回损失{}元。",
    "行政执法队伍出动人员{}人次，检查场所{}处，整改问题{}个。",
    "全年审查行政合同{}份，提出法律意见{}条，出具法律意见书{}件。",
    "召开法治建设工作推进会{}次，研究议题{}项，督办事项{}件。",
)


def counts_in(text: str) -> list[int]:
    codes = np.frombuffer(f"{text_key(normal_form(text))}\n".encode("utf-16-le"), dtype="<u2")
    return find_figures(codes).values.tolist()


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("共受理纠纷740件，其中涉访纠纷1件", [740, 1]),
        ("受理举报投诉42166件，涉及金额123456789012元", [42166, 456789012]),
        ("满意度达到99.6%，覆盖率100%", [99, 6, 100]),
        ("２０件", [20]),
        # The same in every report.
        ("2023年12月7日召开会议2次", [2]),
        ("《法治政府建设实施纲要（2021—2025年）》", []),
        ("规划（2021-2025）实施方案", []),
        ("沪府办发〔2019〕20号、主席令第70号", []),
        ("根据第39条、第二款和第5款", []),
        ("12345平台承接14052件，拨打12348或者110", [14052]),
        ("开展12·4国家宪法日活动3场", [3]),
        ("没有数字的一句话", []),
        ("", []),
    ],
)
def test_counts_are_figures_and_dates_and_numbers_of_documents_are_none(text: str, counts: list[int]) -> None:
    assert counts_in(text) == counts


@given(st.lists(st.integers(0, 10**9 - 1)))
def test_zeros_at_the_end_of_a_number_say_nothing(values: list[int]) -> None:
    assert digits_of(np.array(values, np.uint32)).tolist() == [len(str(value).rstrip("0")) for value in values]


@given(st.lists(st.integers(0, 300)), st.lists(st.integers(0, 300)))
def test_each_number_agrees_with_one_other(one: list[int], other: list[int]) -> None:
    common = (Counter(one) & Counter(other)).elements()
    assert agreeing_digits(one, other) == digits_of(np.array([*common], np.uint32)).sum(dtype=int)


def test_the_more_reports_the_more_digits_have_to_agree() -> None:
    sizes = (1, 2, 10, 300, 10_000, 100_000)
    for needed in (digits_to_link, digits_of_no_chance):
        assert [needed(size) for size in sizes] == sorted(needed(size) for size in sizes)
    # Two of 100,000 reports are five milliard pairs.
    assert digits_of_no_chance(100_000) == 18


def filled(chance: Random, pattern: str) -> str:
    """A statement with counts as reports have them, many of them small or round."""
    return pattern.format(*(chance.choice((chance.randint(2, 60), chance.randint(3, 40) * 10)) for _ in range(3)))


def alike(count: int, chance: Random) -> list[list[str]]:
    """The sentences of reports that all follow one pattern, with counts of their own."""
    return [[filled(chance, pattern) for pattern in chance.sample(PATTERNS, 6)] for _ in range(count)]


def reports_of(sentences: list[list[str]]) -> list[Context]:
    return [report(each, f"{name(number)}镇人民政府") for number, each in enumerate(sentences)]


@pytest.mark.parametrize("seed", range(6))
def test_reports_of_one_pattern_have_copied_nothing(seed: int) -> None:
    assert pairs_of(batch(reports_of(alike(80, Random(seed))))) == set()


@pytest.mark.parametrize("seed", range(6))
def test_a_common_pattern_with_the_same_counts_is_copied(seed: int) -> None:
    chance = Random(seed)
    sentences = alike(80, chance)
    figures = ("37", "2154", "893"), ("126", "118", "45670"), ("14", "873", "866")
    copied = [pattern.format(*counts) for pattern, counts in zip(PATTERNS, figures, strict=False)]
    own = [[filled(chance, pattern) for pattern in chance.sample(PATTERNS[3:], 4)] for _ in range(2)]
    sentences[11] = [*copied, *own[0]]
    # One of them with a word put in: the figures agree all the same.
    sentences[64] = [copied[0].replace("共开展", "共组织开展"), *copied[1:], *own[1]]
    found = batch(reports_of(sentences))
    assert len(found.pairs) == 1
    (pair,) = found.pairs
    assert {pair.path, pair.other_path} == {f"{name(number)}镇人民政府_2023.txt" for number in (11, 64)}
    assert pair.same_figures == 3
    sides = [side for compared in found.compared.values() for side in compared.others]
    assert [(side.same_figures, side.sentences) for side in sides] == [(3, pair.sentences)] * 2
    assert {passage.quote for passage in pair.passages} >= {*copied[1:]}


@pytest.mark.parametrize("seed", range(4))
def test_of_many_patterns_hardly_used_none_is_evidence(seed: int) -> None:
    chance = Random(seed)
    places = ["集贸市场", "建筑工地", "产业园区", "敬老院", "渔港码头", "果园合作社", "汽车站", "文化广场", "养殖基地"]
    patterns = [f"在{one}和{other}，{pattern}" for one in places for other in places for pattern in PATTERNS]
    sentences = [[filled(chance, pattern) for pattern in chance.sample(patterns, 14)] for _ in range(120)]
    assert pairs_of(batch(reports_of(sentences))) == set()


def test_passages_that_are_only_built_alike_are_not_listed() -> None:
    chance = Random(4)
    copied = [sentence(chance) for _ in range(6)]
    alike = "在{}设立法律服务点，每周三下午由驻点律师解答咨询，全年接待群众{}人次，办理法律援助{}件。"
    contexts = [
        report([*copied, sentence(chance), alike.format(place, people, cases)], unit)
        for place, people, cases, unit in (
            ("县人民医院门诊大厅", 311, 17, "柳河镇人民政府"),
            ("城南新区建筑工地", 942, 58, "青石乡人民政府"),
        )
    ]
    (pair,) = batch([*contexts, *honest(8)]).pairs
    assert (pair.sentences, pair.same_figures) == (6, 0)


def test_public_numbers_and_dates_are_no_evidence() -> None:
    public = [
        "畅通12345热线、12348法律服务热线和110非警务警情分流渠道，及时回应群众诉求。",
        "贯彻《法治政府建设实施纲要（2021—2025年）》和国发〔2021〕33号、国办发〔2019〕118号文件精神，落实任务。",
        "结合4月15日、6月26日、12月4日等时间节点，集中开展法治宣传，营造浓厚氛围。",
    ]
    chance = Random(2)
    # Numbers that more than a third of the reports have would be none anyway.
    sentences = alike(12, chance)
    for each in sentences[:4]:
        each[:0] = chance.sample(public, 3)
    contexts = reports_of(sentences)
    assert pairs_of(batch(contexts)) == set()


def test_numbers_that_all_towns_of_a_county_have_are_no_evidence() -> None:
    county = [
        "围绕县委“12369”工作思路，落实矛盾纠纷化解“3456”机制，推动基层治理提质增效。",
        "按照全县法治建设“1569”行动方案，对照237项任务清单，逐项抓好整改落实。",
    ]
    contexts = reports_of([[*county, *each] for each in alike(12, Random(3))])
    assert pairs_of(batch(contexts)) == set()


def test_of_equal_passages_those_with_equal_figures_belong_together() -> None:
    one, other = (
        [PATTERNS[0].format(*counts) for counts in each] for each in (((1, 2, 3), (4, 5, 6)), ((4, 5, 6), (7, 8, 9)))
    )
    passages = [collect(report(one)), collect(report(other, "青石乡人民政府"))]
    assert [(each.first, each.second) for each in align(Batch([encode(passages)]), 0, 1, 0.8)] == [(0, 1), (1, 0)]


def test_figures_are_kept_by_passage() -> None:
    contexts = [*honest(3), report([], "空白镇人民政府"), *reports_of(alike(4, Random(1)))]
    passages = [collect(context) for context in contexts]
    block = encode(passages)
    whole, parts = Batch([block]), Batch([cut(block, 0, 5), encode([]), cut(block, 5, 8)])
    assert whole.figures_of(3) == ()
    assert len(whole.figures_of(4)[0]) == 3
    hashes, digits = whole.figure_sums
    assert all(map(np.array_equal, parts.figure_sums, (hashes, digits)))
    figures = [each for number in range(len(whole)) for each in whole.figures_of(number)]
    assert figures == [each for number in range(len(parts)) for each in parts.figures_of(number)]
    assert digits.tolist() == [agreeing_digits(each, each) for each in figures]
    for one, other in combinations(range(len(figures)), 2):
        assert (Counter(figures[one]) == Counter(figures[other])) == (hashes[one] == hashes[other])
