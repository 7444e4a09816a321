"""Pieces of the generated pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def machine_line(machine: Mapping[str, object]) -> str:
    """Where figures were measured, in neutral words."""
    return (
        f"测量环境：{machine['cores']}个处理器核，内存{machine['memory_gib']} GiB，"
        f"Python {machine['python']}，{machine['system']}。"
    )


def share(value: float | None) -> str:
    """A share in per cent, a dash for none."""
    return "—" if value is None else f"{100 * value:.1f}%"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
