"""The tables of the accuracy benchmark as Markdown: on the console and in docs/accuracy.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.labels import FAMILIES
from benchmarks.scoring import PRECISION_TARGET, Tally
from benchmarks.trial import Trial

PAGE = Path(__file__).resolve().parent.parent / "docs" / "accuracy.md"
NOTES = Path(__file__).resolve().parent / "accuracy_notes.md"

_PER = 10_000
_FAMILY_NAMES = {
    "sections": "必备内容",
    "years": "年份",
    "duplicates": "重复",
    "metrics": "指标",
    "figures": "数字",
    "citations": "引用",
    "wording": "文字",
    "identity": "单位",
    "privacy": "隐私",
    "timeliness": "时效",
}
KIND_NAMES = {
    "delete-section": "删去一项必备内容",
    "heading-number": "标题序号跳号",
    "title-year": "标题年份改为上一年",
    "heading-year": "小标题年份改动",
    "plan-heading-year": "安排部分的标题年份改动",
    "body-year": "正文年份改为上一年",
    "sentence-twice": "一句话连写两遍",
    "sentence-again": "一句话隔段再写一遍",
    "near-copy": "一句话改一个词再写一遍",
    "addend": "改动一个分项",
    "rate": "改动一个百分比",
    "near-and-over": "“余”前加“近”",
    "placeholder": "数字换成占位符",
    "metric-dropped": "删去一项指标的全部数据",
    "law-unknown": "换成不存在的法律",
    "law-repealed": "换成已废止的法律",
    "law-near-miss": "法规名称改动一词",
    "double-mark": "标点重叠",
    "unpaired-mark": "删去右引号、右括号或右书名号",
    "truncated": "句末截断",
    "doubled-word": "词语重写",
    "slip": "音近、形近错字",
    "other-level": "“我区”等改为其他层级",
    "other-unit": "单位名换成其他单位",
    "personal-number": "加入身份证号、手机号、银行卡号",
    "secrecy-mark": "加入密级标志",
    "signed-late": "落款改到五月以后",
    "signed-early": "落款改到报告年度内",
    "part-year": "改为前三季度数据",
}


def page(trial: Trial, notes: str) -> str:
    """docs/accuracy.md: the tables, then the hand-kept explanation of what is still missed."""
    return (
        "# 准确率\n\n"
        "<!-- 本页由 python -m benchmarks.accuracy --docs 生成；解释部分写在 benchmarks/accuracy_notes.md。 -->\n\n"
        f"{tables(trial)}\n\n{notes.strip()}\n"
    )


def tables(trial: Trial) -> str:
    """All tables."""
    return "\n\n".join(
        (
            "## 与目标比较\n\n" + _table(("目标", "要求", "实测", "达到"), _targets(trial)),
            f"## 标注报告\n\n{_introduction(trial)}\n\n" + _table(_FAMILY_HEAD, _families(trial)),
            "## 变异报告\n\n" + _table(("类别", "变异", "份数", "发现", "发现率", "报为错误或警告"), _kinds(trial)),
            "## 各条规则\n\n错误和警告的对与错，标注报告与变异报告合计；提示不计。\n\n"
            + _table(("规则", "正确", "误报", "准确率"), _rules(trial)),
        )
    )


def _introduction(trial: Trial) -> str:
    characters = sum(item.characters for item in trial.scores)
    clean = [item for item in trial.scores if item.clean]
    return (
        f"共{len(trial.scores)}份，{characters}字，其中{len(clean)}份没有问题；"
        f"有误的数字逐一改正后再审{len(trial.repair_scores)}次，"
        f"仍被报为错误或警告{sum(bool(item.false) for item in trial.repair_scores)}次；"
        f"预埋问题{trial.totals.all.defects}处，陷阱（看似有误、其实正确）{trial.totals.all.traps}处。"
    )


def _targets(trial: Trial) -> Iterator[tuple[str, ...]]:
    every, clean = trial.totals.all, [item for item in trial.scores if item.clean]
    errors = sum(finding.level.value == "error" for item in clean for finding in item.false)
    alarms = sum(len(item.false) for item in clean) * _PER / max(1, sum(item.characters for item in clean))
    rights = [right for item in trial.scores for right in item.identity.values()]
    trapped = every.trapped / every.traps if every.traps else 0.0
    for name, target, value, met in (
        ("确定的问题被发现", "≥ 90%", _share(every.recall), (every.recall or 0) >= PRECISION_TARGET),
        ("错误和警告报得对", "≥ 90%", _share(every.precision), (every.precision or 0) >= PRECISION_TARGET),
        ("误中陷阱", "≤ 2%", _share(trapped), trapped <= 0.02),
        ("没有问题的报告中的错误", "0处", f"{errors}处", errors == 0),
        ("没有问题的报告每万字错误和警告", "≤ 1处", f"{alarms:.1f}处", alarms <= 1),
        ("年度、层级、单位识别正确", "全部", f"{sum(rights)}/{len(rights)}", all(rights)),
    ):
        yield name, target, value, "是" if met else "否"


_FAMILY_HEAD = (
    "类别",
    "问题",
    "发现",
    "发现率",
    "报为错误或警告",
    "正确",
    "误报",
    "准确率",
    "陷阱",
    "误中",
    "每万字误报",
)


def _families(trial: Trial) -> Iterator[tuple[str, ...]]:
    characters = sum(item.characters for item in trial.scores)
    rows = [(_FAMILY_NAMES[name], trial.totals.family(name)) for name in FAMILIES]
    for name, tally in (*rows, ("合计", trial.totals.all)):
        yield (
            name,
            str(tally.defects),
            str(tally.found),
            _share(tally.recall),
            str(tally.accused),
            str(tally.true),
            str(tally.false),
            _share(tally.precision),
            str(tally.traps),
            str(tally.trapped),
            f"{tally.false * _PER / max(1, characters):.1f}",
        )


def _kinds(trial: Trial) -> Iterator[tuple[str, ...]]:
    tallies: dict[str, tuple[str, Tally]] = {}
    for item in trial.mutant_scores:
        family = item.mutant.families[0].partition("/")[0]
        _, tally = tallies.setdefault(item.mutant.kind, (family, Tally()))
        tally.defects += 1
        tally.found += item.finding is not None
        tally.accused += item.finding is not None and item.finding.level.value != "info"
    ordered = sorted(tallies.items(), key=lambda item: FAMILIES.index(item[1][0]))
    for kind, (family, tally) in (*ordered, ("合计", ("", trial.mutated.all))):
        name = KIND_NAMES.get(kind, kind)
        yield (
            _FAMILY_NAMES.get(family, ""),
            name,
            str(tally.defects),
            str(tally.found),
            _share(tally.recall),
            str(tally.accused),
        )


def _rules(trial: Trial) -> Iterator[tuple[str, ...]]:
    for rule, tally in sorted(trial.together.rules.items()):
        if tally.true + tally.false:
            yield f"`{rule}`", str(tally.true), str(tally.false), _share(tally.precision)


def _share(value: float | None) -> str:
    return "—" if value is None else f"{100 * value:.1f}%"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
