"""The figures of :mod:`benchmarks.peers` as Markdown; ratios are to the first contestant of each table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from benchmarks.markdown import machine_line, share, table

Figures = dict[str, Any]


class _Column(NamedTuple):
    """A column: its head, its text of a contestant's figures, and with ``ratio`` the figure to compare with ours."""

    head: str
    text: Callable[[Figures], str]
    ratio: Callable[[Figures], float] | None = None


class _Part(NamedTuple):
    """An area: its title, a sentence about its input, its columns."""

    title: str
    about: Callable[[Figures], str]
    columns: tuple[_Column, ...]


_FAULTS: Final = {
    "half-width-comma": "半角逗号",
    "half-width-stop": "半角句点",
    "half-width-semicolon": "半角分号",
    "doubled-comma": "逗号重复",
    "doubled-stop": "句号重复",
    "comma-and-stop": "逗号句号连用",
    "blank-between-words": "汉字间空格",
    "full-width-digits": "全角数字",
}
_CPU: Final = _Column("CPU", lambda told: f"{told['cpu_s']:.2f}秒", lambda told: told["cpu_s"])
_MEMORY: Final = _Column("内存峰值", lambda told: f"{told['peak_mib']:,} MiB")


def _recall(edits: str) -> _Column:
    return _Column("原句" if edits == "0" else f"改{edits}字", lambda told: share(told["recall"][edits]))


def _fault(fault: str, name: str) -> _Column:
    return _Column(name, lambda told: share(told["found"][fault]))


def _terms(count: str) -> _Column:
    return _Column(
        f"{int(count):,}个词（毫秒）",
        lambda told: f"{told['ms_per_4000'][count]:.2f}",
        lambda told: told["ms_per_4000"][count],
    )


_PARTS: Final[dict[str, _Part]] = {
    "near_duplicates": _Part(
        "相近的句子",
        lambda given: (
            f"{given['reports']:,}份报告的{given['sentences']:,}句，预埋"
            f"{sum(given['planted'].values())}对；各家处理同样的句子，候选都经rapidfuzz核对（相似度0.8）。"
            "“其他”是预埋的单句之外报出的句对，多数属于预埋的整段照抄。"
        ),
        (
            _CPU,
            _Column("句/秒", lambda told: f"{told['sentences_per_s']:,.0f}"),
            _MEMORY,
            *map(_recall, ("0", "1", "2", "3")),
            _Column("其他", lambda told: f"{told['beyond_planted']:,}"),
        ),
    ),
    "typography": _Part(
        "标点和空格",
        lambda given: f"{given['texts']}份报告，每次只埋一处差错，共{given['faults']}处；速度在没有差错的文本上测量。",
        (
            _CPU,
            _Column("万字/秒", lambda told: f"{told['characters_per_s'] / 10_000:,.0f}"),
            *(_fault(*item) for item in _FAULTS.items()),
            _Column("全部", lambda told: share(told["found_all"])),
            _Column("无差错的报告每份报出", lambda told: str(told["remarks_on_clean"])),
        ),
    ),
    "terms": _Part(
        "查找固定词语",
        lambda given: f"每4,000字用时，{given['texts']}份报告；各家找到的处数相同。",
        (_terms("500"), _terms("5000"), _MEMORY),
    ),
    "segmentation": _Part(
        "分词",
        lambda given: f"{given['texts']}份报告；本程序只在词的边界影响判断的地方分词。",
        (
            _Column("每份（毫秒）", lambda told: f"{told['ms_per_report']:.2f}", lambda told: told["ms_per_report"]),
            _Column("每份分词字数", lambda told: f"{told['characters_segmented']:,}"),
            _MEMORY,
        ),
    ),
    "workbook": _Part(
        "工作簿",
        lambda given: (
            f"{given['findings']:,}个问题的审核工作簿，各表共{given['rows']:,}行、{given['cells']:,}格；"
            "其他两家写同样的内容，不含格式、链接和下拉选项。内存包括待写的内容。"
        ),
        (
            _CPU,
            _Column("行/秒", lambda told: f"{told['rows_per_s']:,.0f}"),
            _MEMORY,
            _Column("文件", lambda told: f"{told['megabytes']:.1f} MB"),
        ),
    ),
}


def peers_section(peers: Figures) -> str:
    """One table an area, ours first."""
    parts = [
        "## 与其他库并列比较",
        f"{machine_line(peers['machine'])}每家在单独的进程中运行，CPU时间不含加载和准备输入；括号内是与第一行之比。",
    ]
    for name, part in _PARTS.items():
        if name in peers["areas"]:
            area = peers["areas"][name]
            heads = ("", *(column.head for column in part.columns))
            parts.append(f"### {part.title}\n\n{part.about(area['input'])}\n\n{table(heads, _rows(area, part))}")
    return "\n\n".join(parts)


def _rows(area: Figures, part: _Part) -> Iterator[tuple[str, ...]]:
    ours = next(iter(area["contestants"].values()))
    for name, told in area["contestants"].items():
        if "skipped" in told:
            yield name, told["skipped"], *("—" for _ in part.columns[1:])
        else:
            title = f"{name} {told['version']}" if "version" in told else name
            yield title, *(_cell(column, told, ours) for column in part.columns)


def _cell(column: _Column, told: Figures, ours: Figures) -> str:
    text = column.text(told)
    if column.ratio is None or told is ours or "skipped" in ours:
        return text
    times = column.ratio(told) / max(column.ratio(ours), 1e-9)
    return f"{text}（{times:,.0f}倍）" if times >= 10 else f"{text}（{times:.2g}倍）"
