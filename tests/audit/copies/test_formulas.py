"""Sentences put together of formulas are no evidence; what an author has to say of his own is."""

from itertools import combinations
from random import Random

import pytest
import yaml

from audit.copies.evidence import OwnWords
from audit.copies.keys import key_form
from checks.context import Context
from checks.duplicates.passages import text_key
from documents.normalised import normal_form
from tests.audit.copies.copy_reports import FACTS, batch, name, pairs_of, report, sentence
from tests.places import ROOT

FORMULAS: list[str] = yaml.safe_load((ROOT / "tests/audit/copies/formula_sentences.yaml").read_text(encoding="utf-8"))
WORDS = OwnWords((*FACTS.policy_formulas, *FACTS.central_sentences), FACTS.official_terms)
# Plain statements of what was done, with few numbers and no invented names, as copyists like them.
PLAIN = (
    "在每个集市设立“赶集说法”摊位，由驻村律师轮流值守答疑。",
    "对邻里宅基地纠纷实行“一案三访”，先访当事人、再访左邻右舍、后访老支书。",
    "组织水政监察人员对河道采砂船只逐条登记造册，夜间联合派出所在码头设卡盘查。",
    "为全区餐饮店免费安装后厨摄像头，消费者扫码即可观看切配和清洗过程。",
    "制作方言版民法典广播剧，每天早晚通过村口喇叭播出一集，听众可以打电话点播。",
    "把行政复议接待室搬到便民服务大厅二楼，取消预约登记，来访人员随到随谈。",
    "聘请退休教师担任执法监督员，每月跟随城管队员上街两次并填写观察日志。",
    "由分管副县长逐户走访欠薪工地的包工头，当场核对考勤表和工资条。",
)


def key(text: str) -> str:
    """The comparison key of a sentence."""
    return key_form(text_key(normal_form(text)))


def trap(count: int, level: str, kind: str, formulas: int, seed: int = 1) -> list[Context]:
    """Reports of one year with many formulas each, told in another order, and a few sentences of their own."""
    chance = Random(seed)
    return [
        report(
            [*chance.sample(FORMULAS, formulas), *(sentence(chance) for _ in range(6))],
            f"{name(number)}{kind}人民政府",
            level=level,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_known_by_its_words(text: str) -> None:
    assert WORDS.is_formula(key(text))


@pytest.mark.parametrize("text", PLAIN)
def test_a_statement_of_what_was_done_is_none(text: str) -> None:
    assert not WORDS.is_formula(key(text))


@pytest.mark.parametrize(("level", "kind"), [("province", "省"), ("county", "县"), ("township", "镇")])
@pytest.mark.parametrize("formulas", [8, 20, 45])
def test_31_reports_of_formulas_make_no_pair(level: str, kind: str, formulas: int) -> None:
    assert batch(trap(31, level, kind, formulas)).pairs == ()


@pytest.mark.parametrize("count", [2, 3, 5, 60])
def test_a_batch_of_any_size_that_shares_formulas_makes_no_pair(count: int) -> None:
    assert batch(trap(count, "township", "镇", 12, seed=count)).pairs == ()


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_copies_in_a_small_batch_are_found_among_the_formulas(count: int) -> None:
    chance = Random(count)
    contexts = [
        report([*chance.sample(FORMULAS, 12), *copied], f"{name(number)}镇人民政府")
        for number in range(count)
        for copied in [[PLAIN[0], PLAIN[4]] if number < 2 else [sentence(chance), sentence(chance)]]
    ]
    copiers = [context.report.source.path for context in contexts[:2]]
    found = batch(contexts)
    assert pairs_of(found) == {frozenset(pair) for pair in combinations(copiers, 2)}
    quotes = {passage.quote for passage in found.pairs[0].passages}
    assert quotes == {PLAIN[0], PLAIN[4]}


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("count", [2, 5, 31])
def test_one_sentence_of_its_own_is_evidence(text: str, count: int) -> None:
    contexts = trap(count, "township", "镇", 8, seed=7)
    copiers = [report([*FORMULAS[:3], text, *FORMULAS[7:9]], f"{unit}镇人民政府") for unit in ("古渡", "新集")]
    found = batch([*contexts, *copiers])
    assert pairs_of(found) == {frozenset(context.report.source.path for context in copiers)}


@pytest.mark.parametrize(("in_a_row", "found"), [(3, False), (4, True), (6, True)])
@pytest.mark.parametrize("count", [2, 29])
def test_formulas_in_the_same_order_were_copied(in_a_row: int, found: bool, count: int) -> None:
    # Formulas that no list has in full: a row of listed ones is no evidence, however long.
    copied, chance = [text for text in FORMULAS if WORDS.count(key(text)) >= 15][10 : 10 + in_a_row], Random(count)
    copiers = [
        report([*_own(chance, 2), *copied, *_own(chance, 3)], f"{unit}镇人民政府", level="township")
        for unit in ("古渡", "新集")
    ]
    (pair,) = batch([*trap(count, "township", "镇", 8), *copiers]).pairs or (None,)
    assert (pair is not None) == found
    if pair:
        assert {pair.path, pair.other_path} == {context.report.source.path for context in copiers}
        assert pair.sentences == in_a_row
        assert {passage.quote for passage in pair.passages} <= set(copied)


@pytest.mark.parametrize(("others", "found"), [(30, False), (600, True)])
def test_formulas_that_hardly_anybody_else_has_were_copied(others: int, found: bool) -> None:
    chance, copied = Random(others), [text for text in FORMULAS if WORDS.count(key(text)) >= 24][5:9]
    copiers = [
        report([each for formula in copied for each in (formula, *_own(chance, 1))], f"{unit}镇人民政府")
        for unit in ("古渡", "新集")
    ]
    batch_of = [report(_own(chance, 3), f"{name(number)}镇人民政府") for number in range(others)]
    assert bool(batch([*batch_of, *copiers]).pairs) == found


def _own(chance: Random, count: int) -> list[str]:
    return [sentence(chance) for _ in range(count)]


def test_a_row_of_listed_formulas_is_no_copy() -> None:
    listed = [text for text in FORMULAS if WORDS.count(key(text)) < 15]
    chance = Random(3)
    copiers = [report([*_own(chance, 2), *listed, *_own(chance, 3)], f"{unit}镇人民政府") for unit in ("古渡", "新集")]
    assert len(listed) > 3
    assert batch(copiers).pairs == ()


@pytest.mark.parametrize(("own", "listed"), [(3, False), (5, True)])
def test_of_reports_that_have_copied_much_the_formulas_are_listed_too(own: int, listed: bool) -> None:
    chance = Random(own)
    formula = next(text for text in FORMULAS if WORDS.count(key(text)) >= 24)
    copied = _own(chance, own)
    copiers = [
        report([*copied, *_own(chance, before), formula, *_own(chance, 2)], f"{unit}镇人民政府")
        for unit, before in (("古渡", 2), ("新集", 3))
    ]
    (pair,) = batch(copiers).pairs
    assert pair.sentences == own + listed


def test_a_row_is_found_behind_a_longer_one_of_listed_formulas() -> None:
    listed = [text for text in FORMULAS if WORDS.count(key(text)) < 15]
    copied = [text for text in FORMULAS if WORDS.count(key(text)) >= 15][10:14]
    chance = Random(8)
    copiers = [
        report([*_own(chance, 2), *listed, *_own(chance, 2), *copied, *_own(chance, 1)], f"{unit}镇人民政府")
        for unit in ("古渡", "新集")
    ]
    (pair,) = batch(copiers).pairs
    assert len(listed) > len(copied)
    assert {passage.quote for passage in pair.passages} == set(copied)
