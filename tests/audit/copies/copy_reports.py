"""Small batches of reports, made of sentences that no other report has."""

from collections.abc import Sequence
from random import Random

from audit.copies.comparison import Comparison, compare
from audit.copies.findings import header_of
from audit.copies.passages import collect
from audit.copies.store import encode
from checks.context import Context
from checks.duplicates.copied_from_other import CopiedFromOtherParameters
from checks.examples import assume
from documents.read import report_from_text
from documents.report import Source, UnitLevel
from rules.facts import Facts
from rules.model import Assumption

FACTS = Facts()
SETTINGS = CopiedFromOtherParameters()
_words = str.split
_WHO = _words(
    "社区网格员 驻村律师 执法中队 司法所 退休法官 村民代表 "
    "商会会长 校园保安 公证人员 仲裁庭 调解专员 志愿服务队 楼栋长 物业经理"
)
_WHERE = _words(
    "集贸市场 建筑工地 产业园区 敬老院 渔港码头 果园合作社 "
    "汽车站 文化广场 养殖基地 物流仓库 幼儿园 古街商铺 山塘水库 夜市摊位"
)
_DOES = _words(
    "逐户登记 夜间巡查 现场演示 轮流值守 对照清单核验 当面讲清 登门回访 拍照留痕 张贴告示 录音备查 分组比武 交叉评卷"
)
_WHAT = _words(
    "燃气管线隐患 宅基地边界争议 拖欠工钱线索 电动车违规充电 污水偷排 合同霸王条款 "
    "消防通道堵塞 过期药品 广告牌松动 无证幼托 虚假宣传"
)
_HOW = _words(
    "当天录入台账 三日内反馈 由镇长签字销号 报县里备案 列入考核扣分 转交专班办理 请群众打分 写进村规民约 每月公布结果"
)


def sentence(chance: Random) -> str:
    """A sentence of about 45 characters from some millions of possible ones."""
    pick = chance.choice
    numbers = f"{chance.randint(11, 99)}处"
    return (
        f"{pick(_WHO)}会同{pick(_WHO)}在{pick(_WHERE)}和{pick(_WHERE)}{pick(_DOES)}，发现{pick(_WHAT)}、{pick(_WHAT)}{numbers}，"
        f"{pick(_DOES)}后{pick(_HOW)}。"
    )


def report(
    sentences: Sequence[str],
    unit: str = "柳河镇人民政府",
    year: int = 2023,
    plan: Sequence[str] = (),
    **changes: object,
) -> Context:
    """The context of a report of ``sentences`` in paragraphs of three."""
    paragraphs = ["".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    planned = f"\n二、下一年度主要安排\n{''.join(plan)}" if plan else ""
    text = f"{unit}{year}年法治政府建设年度报告\n一、主要举措和成效\n" + "\n".join(paragraphs) + planned
    path = str(changes.pop("path", f"{unit}_{year}.txt"))
    source = Source(path=path, sha256="", size=0, format="text", encoding="utf-8")
    level = UnitLevel(str(changes.pop("level", "township")))
    return Context(assume(report_from_text(text, source), Assumption(year=year, level=level, unit=unit)), FACTS)


def batch(contexts: Sequence[Context], chunk: int = 250, **changes: object) -> Comparison:
    """What comparing the reports found, their passages encoded in chunks of ``chunk``."""
    passages = [collect(context) for context in contexts]
    blocks = [encode(passages[start : start + chunk]) for start in range(0, len(passages), chunk)]
    headers = [header_of(context.report) for context in contexts]
    reports = changes.pop("reports", None)
    assert reports is None or isinstance(reports, int)
    return compare(blocks, headers, SETTINGS.model_copy(update=changes), FACTS, reports)


def honest(count: int, seed: int = 1, sentences: int = 12) -> list[Context]:
    """Reports that copy nothing."""
    chance = Random(seed)
    return [
        report([sentence(chance) for _ in range(sentences)], f"{name(number)}镇人民政府") for number in range(count)
    ]


def name(number: int) -> str:
    """A two-character place name for a number."""
    first, second = "柳青石松梅兰竹荷桂枫槐桐杉柏榆", "河溪岭坪沟湾坡泉塘洲港桥原谷川"
    return first[number % 15] + second[number // 15 % 15]


def pairs_of(comparison: Comparison) -> set[frozenset[str]]:
    """The pairs found, by path."""
    return {frozenset((pair.path, pair.other_path)) for pair in comparison.pairs}
