"""Which reports are told to share text, and which are not."""

from datetime import date
from random import Random

import pytest

from audit.copies.record import Direction
from checks.context import Context
from documents.read import report_from_text
from tests.audit.copies.copy_reports import batch, honest, name, pairs_of, report, sentence

OWN = (
    "柳河镇在三个集市设立“赶集说法”摊位，由镇司法所和驻村律师轮流值守答疑。",
    "镇综合执法队把检查清单做成口袋书发到每家商户，检查前先对表、检查后当面讲清依据。",
    "对邻里宅基地纠纷实行“一案三访”，先访当事人、再访左邻右舍、后访老支书，调成186件。",
)
RENAMED = tuple(text.replace("柳河镇", "青石乡").replace("由镇", "由乡").replace("186", "75") for text in OWN)


def copied(text: str, path: str = "甲") -> tuple[Context, Context]:
    """Two reports that have ``text`` in common, in the midst of their own."""
    chance = Random(text)
    own = [[sentence(chance) for _ in range(6)] for _ in range(2)]
    return (
        report([*own[0][:3], text, *own[0][3:]], "柳河镇人民政府", path=path),
        report([*own[1][:3], text, *own[1][3:]], "青石乡人民政府"),
    )


@pytest.mark.parametrize("others", [0, 3, 60])
def test_a_copy_is_found_in_a_batch_of_any_size(others: int) -> None:
    pair = (report(OWN, "柳河镇人民政府"), report(OWN, "青石乡人民政府"))
    found = batch([pair[0], *honest(others), pair[1]])
    assert pairs_of(found) == {frozenset(("柳河镇人民政府_2023.txt", "青石乡人民政府_2023.txt"))}
    assert found.pairs[0].sentences == len(OWN)
    assert found.pairs[0].share == 1


def test_a_copy_with_the_name_and_the_numbers_replaced_is_one() -> None:
    found = batch([report(OWN, "柳河镇人民政府"), report(RENAMED, "青石乡人民政府")])
    (pair,) = found.pairs
    assert pair.sentences == len(OWN)
    assert {passage.similarity for passage in pair.passages} == {1.0}
    assert any("青石乡" in passage.other_quote for passage in pair.passages)


def test_passages_are_quoted_where_they_stand() -> None:
    contexts = [report(OWN, "柳河镇人民政府"), report(RENAMED, "青石乡人民政府")]
    (pair,) = batch(contexts).pairs
    texts = {context.report.source.path: context.report.text for context in contexts}
    for passage in pair.passages:
        assert texts[pair.path][passage.start : passage.end] == passage.quote
        assert texts[pair.other_path][passage.other_start : passage.other_end] == passage.other_quote


@pytest.mark.parametrize(
    "formula",
    [
        "坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想和党的二十大精神。",
        "深刻领悟“两个确立”的决定性意义，增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
        "全面建设职能科学、权责法定、执法严明、公开公正、智能高效、廉洁诚信、人民满意的法治政府。",
        "坚持依法治国、依法执政、依法行政共同推进，坚持法治国家、法治政府、法治社会一体建设。",
        "将习近平法治思想纳入党委（党组）理论学习中心组学习重点内容、党校（行政学院）和干部学院重点课程。",
        "努力让人民群众在每一个执法行为中都能看到风清气正、从每一项执法决定中都能感受到公平正义。",
        "严格落实公众参与、专家论证、风险评估、合法性审查、集体讨论决定等重大行政决策法定程序。",
        "全面推行行政执法公示制度、执法全过程记录制度、重大执法决定法制审核制度。",
        "将法治政府建设纳入经济社会发展总体规划和年度工作计划，与经济社会发展同部署、同推进、同督促、同考核、同奖惩。",
        "自觉接受人大法律监督、工作监督和政协民主监督，认真办理人大代表建议、政协提案。",
        "充分发挥行政复议公正高效、便民为民的制度优势和化解行政争议的主渠道作用。",
        "坚持和发展新时代“枫桥经验”，完善社会矛盾纠纷多元预防调处化解综合机制。",
        "党政主要负责人切实履行推进法治建设第一责任人职责，对法治建设重要工作亲自部署、重大问题亲自过问、重点环节亲自协调、重要任务亲自督办。",
        "在看到成绩的同时，我们也清醒地认识到，与人民群众日益增长的美好生活需要相比还有一定差距。",
        "不断提高运用法治思维和法治方式深化改革、推动发展、化解矛盾、维护稳定、应对风险的能力。",
        "建设覆盖城乡、便捷高效、均等普惠的现代公共法律服务体系，切实增强人民群众的获得感、幸福感、安全感。",
    ],
)
def test_what_everybody_quotes_is_no_copy(formula: str) -> None:
    assert batch(copied(formula * 1)).pairs == ()
    assert batch([*copied(formula), *honest(50)]).pairs == ()


def test_many_formulas_together_are_no_copy() -> None:
    formulas = [
        "坚持党中央对全面依法治国的集中统一领导。",
        "深入学习贯彻习近平法治思想，深刻领会其重大意义、丰富内涵、精神实质和实践要求。",
        "持续打造市场化、法治化、国际化一流营商环境，全面落实市场准入负面清单制度。",
        "严格执行行政执法人员资格管理制度，未取得执法资格的不得从事执法活动。",
        "让人民群众在每一个司法案件中感受到公平正义。",
        "坚持以公开为常态、不公开为例外，切实保障人民群众的知情权、参与权、表达权、监督权。",
        "深入推进“放管服”改革，持续优化法治化营商环境，坚持法定职责必须为、法无授权不可为。",
        "弘扬社会主义法治精神，建设社会主义法治文化，使尊法学法守法用法在全社会蔚然成风。",
        "推动有效市场和有为政府更好结合，使市场在资源配置中起决定性作用，更好发挥政府作用。",
        "尊重并执行人民法院生效裁判，认真做好司法建议、检察建议落实和反馈工作。",
        "切实防止滥用行政权力排除、限制竞争行为，严格落实公平竞争审查制度。",
        "以示范带发展、以创建促提升，推动法治政府建设再上新台阶。",
    ]
    chance = Random(5)
    contexts = [
        report([*formulas, *(sentence(chance) for _ in range(8))], f"{name(number)}省人民政府", level="province")
        for number in range(31)
    ]
    assert batch(contexts).pairs == ()


def test_between_provinces_a_few_equal_sentences_are_no_copy() -> None:
    chance = Random(9)
    shared = [sentence(chance) for _ in range(2)]
    contexts = [
        report([*shared, *(sentence(chance) for _ in range(8))], f"{name(number)}省人民政府", level="province")
        for number in range(2)
    ]
    assert batch(contexts).pairs == ()
    towns = [
        report([*shared, *(sentence(chance) for _ in range(8))], f"{name(number)}镇人民政府") for number in range(2)
    ]
    assert len(batch(towns).pairs) == 1


def test_what_a_third_of_the_units_write_is_no_copy() -> None:
    usual = "全年未发生因行政执法不当引发的群体性事件和重大负面舆情，行政执法案卷评查优良率继续走在前列。"
    chance = Random(3)
    contexts = [
        report([*(sentence(chance) for _ in range(8)), *([usual] if number < 25 else [])], f"{name(number)}镇人民政府")
        for number in range(60)
    ]
    assert batch(contexts).pairs == ()


def test_sentences_of_one_pattern_are_no_copies() -> None:
    pattern = "镇党委书记、镇长把{}列入{}年度任务清单，明确由{}、{}牵头落实，年底对账销号。"
    words = [
        *["占道经营", "违法建设", "噪声扰民", "秸秆禁烧", "电梯维保"],
        *["网络餐饮", "河道采砂", "校外培训", "养老服务", "快递物流"],
    ]
    organs = ["城管", "住建", "环保", "市监", "农业", "水利", "教育", "民政", "交通", "商务", "公安", "文旅"]
    chance = Random(11)
    contexts = [
        report(
            [
                *(sentence(chance) for _ in range(6)),
                pattern.format(chance.choice(words), 2023, chance.choice(organs), chance.choice(organs)),
            ],
            f"{name(number)}镇人民政府",
        )
        for number in range(150)
    ]
    built_alike = [pair for pair in batch(contexts).pairs if pair.passages[0].similarity < 1]
    assert len(built_alike) <= 2


def test_a_family_is_found_whole() -> None:
    chance = Random(2)
    passage = [sentence(chance) for _ in range(5)]
    members = [
        report([*passage, *(sentence(chance) for _ in range(5))], f"{name(number)}乡人民政府") for number in range(30)
    ]
    found = batch([*members, *honest(100)])
    (family,) = found.families
    assert set(family.paths) == {member.report.source.path for member in members}
    assert family.sentences == len(passage)
    assert family.sample in "".join(passage)


def test_two_reports_of_one_unit_and_year_are_two_versions() -> None:
    first, second = (
        report(OWN, path="送审稿.txt"),
        report([*OWN, "补充一句说明文字，内容与前文没有重复。"], path="定稿.txt"),
    )
    found = batch([first, second, *honest(3)])
    assert [answer.is_version for answer in found.compared[0].others] == [True]
    assert found.families == ()


def test_towns_of_one_name_in_two_counties_may_copy_each_other() -> None:
    chance = Random(4)
    own = [[sentence(chance) for _ in range(6)] for _ in range(2)]
    found = batch([report([*OWN, *own[0]], path="甲县.txt"), report([*OWN, *own[1]], path="乙县.txt")])
    assert [answer.is_version for answer in found.compared[0].others] == [False]


@pytest.mark.parametrize(
    ("dates", "direction"),
    [
        ((date(2024, 3, 1), date(2024, 2, 1)), Direction.FROM_OTHER),
        ((date(2024, 2, 1), date(2024, 3, 1)), Direction.TO_OTHER),
        ((date(2024, 2, 1), date(2024, 2, 1)), None),
        ((date(2024, 2, 1), None), None),
    ],
)
def test_the_direction_is_told_by_dates_only(
    dates: tuple[date | None, date | None], direction: Direction | None
) -> None:
    days = [f"{day.year}年{day.month}月{day.day}日" if day else "" for day in dates]
    texts = [
        f"柳河镇2023年法治政府建设年度报告\n一、主要举措\n{''.join(OWN)}\n{unit}\n{day}"
        for unit, day in zip(("柳河镇人民政府", "青石乡人民政府"), days, strict=True)
    ]
    texts[1] = texts[1].replace("柳河镇", "青石乡")
    contexts = [Context(report_from_text(text), report(OWN).facts) for text in texts]
    (pair,) = batch(contexts).pairs
    assert pair.direction is direction
    assert (pair.reason is None) is (direction is None)


def test_the_report_on_an_earlier_year_was_there_first() -> None:
    found = batch([report(OWN, "柳河镇人民政府", 2024), report(OWN, "青石乡人民政府", 2022)])
    assert found.pairs[0].direction is Direction.FROM_OTHER
    assert found.compared[1].others[0].direction is Direction.TO_OTHER


def test_the_order_of_reports_and_the_chunks_make_no_difference() -> None:
    chance = Random(8)
    shared = [sentence(chance) for _ in range(4)]
    contexts = [
        *honest(40),
        report([*OWN, *shared], "甲镇人民政府"),
        report(shared, "乙镇人民政府"),
        report(OWN, "丙镇人民政府"),
    ]
    expected = pairs_of(batch(contexts))
    assert len(expected) == 2
    assert pairs_of(batch(contexts[::-1])) == expected
    assert batch(contexts, chunk=7) == batch(contexts)


def test_both_reports_answer_for_a_pair_with_their_own_shares() -> None:
    chance = Random(6)
    found = batch([report(OWN, "甲镇人民政府"), report([*OWN, *(sentence(chance) for _ in range(9))], "乙镇人民政府")])
    one, other = found.compared[0].others[0], found.compared[1].others[0]
    assert (one.share, one.other_share) == (other.other_share, other.share)
    assert one.share == 1 > other.share > 0
    assert [text.span for text in one.passages] == [(text.other.start, text.other.end) for text in other.passages]


def test_nothing_is_compared_with_a_single_report() -> None:
    found = batch([report(OWN)])
    assert found.pairs == ()
    assert found.nothing is None


def test_no_reports_at_all() -> None:
    assert batch([]).pairs == ()
