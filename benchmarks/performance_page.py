"""docs/performance.md from the figures kept in benchmarks/figures: ``python -m benchmarks.performance_page``.

:mod:`benchmarks.scale` and :mod:`benchmarks.peers` write them there (``--json``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.copy_scores import KINDS
from benchmarks.markdown import machine_line, share, table
from benchmarks.peers_section import peers_section

_HERE: Final = Path(__file__).resolve().parent
PAGE: Final = _HERE.parent / "docs" / "performance.md"
NOTES: Final = _HERE / "performance_notes.md"
FIGURES: Final = _HERE / "figures"

_METHODS: Final = {
    "pss": "进程树各进程PSS之和（共享的内存页按进程分摊），每0.2秒取样",
    "rss": "进程树各进程RSS之和（共享的内存页重复计算），每0.2秒取样",
    "none": "系统不提供",
}
_KIND_NAMES: Final = {
    "exact": "原句照抄",
    "renamed": "改换单位名、年份和数字",
    "edits-1": "改动1个字",
    "edits-2": "改动2个字",
    "edits-3": "改动3个字",
    "pair": "整段照抄（来源正文的30%至80%）",
    "family": "多份报告共用的段落",
    "own-year": "照抄本单位上年报告（--against）",
}
_STAGE_NAMES: Final = {
    "discover": "查找文件",
    "plan": "计算指纹、划分批次",
    "judge": "读取和审核",
    "compare": "重复比对",
    "history": "记入历史库",
    "json": "机读结果",
    "workbook": "工作簿",
}
_FULL_SIZE: Final = 100_000

Figures = dict[str, Any]


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """docs/performance.md: the tables, then the hand-kept explanation."""
    scale, peers = (json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8")) for name in ("scale", "peers"))
    return (
        "# 性能\n\n"
        "<!-- 本页由 python -m benchmarks.performance_page 生成；说明部分写在 benchmarks/performance_notes.md。 -->\n\n"
        f"{scale_section(scale)}\n\n{peers_section(peers)}\n\n{NOTES.read_text(encoding='utf-8').strip()}\n"
    )


def scale_section(scale: Figures) -> str:
    """What the audit takes for each size, by stage, and which planted copies it finds."""
    sizes = scale["sizes"]
    method = _METHODS[sizes[-1]["first"]["memory_method"]]
    growth = "；".join(f"{name}{scale['growth'][key]}" for name, key in _GROWTH if scale["growth"].get(key) is not None)
    parts = [
        "## 与目标比较\n\n" + table(("目标", "要求", "实测", "达到"), _targets(scale)),
        "## 规模\n\n" + machine_line(scale["machine"]),
        f"语料是虚构单位的报告（`python -m benchmarks.corpus`，种子{scale['plan']['seed']}），"
        f"以 `fazhi-audit audit --engine {scale['plan']['engine']}` 审核，重复比对和工作簿都在内。内存：{method}。"
        "“再次审核”是收件夹没有变化时第二次审核的用时与第一次之比。",
        table(_SIZE_HEAD, map(_size, sizes)),
    ]
    if growth:
        parts.append(f"增长指数（对数回归，1为与份数成正比）：{growth}。")
    if any(item["stages"] for item in sizes):
        heads = ("阶段", *(f"{item['reports']:,}份" for item in sizes))
        parts.append("各阶段每份报告的CPU毫秒，括号内是全程用时的秒数：\n\n" + table(heads, _stages(sizes)))
    parts.append(_copies(sizes[-1]))
    return "\n\n".join(parts)


_GROWTH: Final = (("用时", "wall_s"), ("CPU", "cpu_s"), ("内存峰值", "peak_mib"))
_SIZE_HEAD: Final = (
    "报告",
    "文本",
    "用时",
    "每秒",
    "每份CPU",
    "内存峰值",
    "再次审核",
    "每份问题",
    "机读结果",
)


def _size(item: Figures) -> tuple[str, ...]:
    first, second = item["first"], item["second"]
    return (
        f"{item['reports']:,}份",
        f"{item['megabytes']:,.0f} MB",
        f"{first['wall_s']:,.0f}秒",
        f"{first['reports_per_s']:,.0f}份",
        f"{first['cpu_ms_per_report']:.1f}毫秒",
        f"{first['peak_mib']:,} MiB",
        f"{second['wall_s']:,.1f}秒（{100 * second['ratio']:.1f}%）",
        str(item["findings_per_report"]),
        f"{item['findings_megabytes']:,.0f} MB",
    )


def _stages(sizes: Sequence[Figures]) -> Iterator[tuple[str, ...]]:
    names = dict.fromkeys(name for item in sizes for name in item["stages"])
    for name in names:
        times = (item["stages"].get(name) for item in sizes)
        cells = (
            "—" if time is None else f"{1000 * time['cpu'] / item['reports']:.2f}（{time['wall']:.0f}）"
            for time, item in zip(times, sizes, strict=True)
        )
        yield _STAGE_NAMES.get(name, name), *cells


def _copies(item: Figures) -> str:
    copies = item["copies"]
    kinds = dict(copies["kinds"])
    if "against" in item:
        kinds["own-year"] = item["against"]["copies"]["kinds"]["own-year"]
    rows = [(_KIND_NAMES[kind], *_recall(kinds[kind])) for kind in KINDS if kind in kinds]
    precision = share(copies["precision"])
    head = ("预埋的照抄", "报告对", "发现", "发现率", "句", "发现", "发现率")
    return (
        f"### 预埋的照抄（{item['reports']:,}份）\n\n{table(head, rows)}\n\n"
        f"报为照抄的报告对共{copies['pairs_found']:,}对，其中预埋的{copies['pairs_true']:,}对，准确率{precision}。"
    )


def _recall(score: Figures) -> tuple[str, ...]:
    return (
        f"{score['pairs']:,}",
        f"{score['pairs_found']:,}",
        share(score["pair_recall"]),
        f"{score['passages']:,}",
        f"{score['passages_found']:,}",
        share(score["passage_recall"]),
    )


def _targets(scale: Figures) -> Iterator[tuple[str, ...]]:
    last, growth = scale["sizes"][-1], scale["growth"].get("wall_s")
    full = last["reports"] >= _FULL_SIZE
    kinds = last["copies"]["kinds"]
    note = "" if full else f"（{last['reports']:,}份）"
    first, ratio = last["first"], last["second"]["ratio"]
    edits = min((kinds[kind]["passage_recall"] for kind in KINDS[2:5] if kind in kinds), default=None)
    exact = min((kinds[kind]["passage_recall"] for kind in KINDS[:2] if kind in kinds), default=None)
    wall = f"{first['wall_s']:,.0f}秒{note}"
    yield "100,000份文本报告全程用时", "≤ 300秒", wall, _met(first["wall_s"] <= 300, full)
    yield "内存峰值", "≤ 4 GiB", f"{first['peak_mib'] / 1024:.1f} GiB{note}", _met(first["peak_mib"] <= 4096, full)
    yield "用时的增长指数（至100,000份）", "≤ 1.1", f"{growth or '—'}{note}", _met((growth or 9) <= 1.1, full)
    yield "没有变化的收件夹再次审核", "≤ 10%", f"{100 * ratio:.1f}%{note}", _met(ratio <= 0.1)
    yield "照抄的句子被发现（含改换名称）", "≥ 97%", share(exact), _met((exact or 0) >= 0.97)
    yield "改动1至3个字的句子被发现", "≥ 90%", share(edits), _met((edits or 0) >= 0.9)
    precision = last["copies"]["precision"]
    yield "报为照抄的报告对报得对", "≥ 97%", share(precision), _met((precision or 0) >= 0.97)


def _met(met: bool, measured: bool = True) -> str:
    return ("是" if met else "否") if measured else "未测"


if __name__ == "__main__":
    main()
