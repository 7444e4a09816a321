"""Writes the reference pages of docs/ from the program itself: ``python -m cli.reference`` (``make docs``).

The tests compare the pages with what this module would write, so the documentation cannot fall behind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from audit.packs import load_pack
from checks.kinds import KINDS
from cli.language import choose_language
from outputs.names import LEVEL_NAMES, family_name
from rules.model import Confidence, Rule
from rules.reference import with_reference

DOCS = Path(__file__).resolve().parent.parent / "docs"
_COLUMNS = "100"


def pages() -> dict[str, str]:
    """The generated pages by file name; of ``rules.md`` and ``ci.md`` only parts are generated."""
    rules = (DOCS / "rules.md").read_text(encoding="utf-8")
    samples = (DOCS / "ci.md").read_text(encoding="utf-8")
    return {
        "commands.md": command_page(),
        "rule-catalogue.md": rule_page(),
        "rules.md": with_reference(rules, KINDS.values()),
        "ci.md": _samples(samples),
    }


def _samples(page: str) -> str:
    choose_language(["--lang", "zh"])
    # Worded when it is imported, like the commands.
    from cli.samples import with_samples

    return with_samples(page, DOCS / "ci")


def command_page() -> str:
    """Every command with its help, exactly as ``--help`` prints it."""
    os.environ["COLUMNS"] = _COLUMNS
    choose_language(["--lang", "zh"])
    # The commands are worded when they are imported, in the language chosen just now.
    import typer.main

    from cli.application import build_application

    root = typer.main.get_command(build_application())
    parts = ["# 命令\n", "本页由 `make docs` 根据程序生成，请勿手改。\n"]
    parts += [f"## {path}\n\n```text\n{text.rstrip()}\n```\n" for path, text in _helps(root, "fazhi-audit", None)]
    parts.append(_EXIT_STATUSES)
    return "\n".join(parts)


def rule_page() -> str:
    """Every rule of the built-in pack: id, level, what it finds, its basis and what to do."""
    ruleset, _ = load_pack()
    parts = [f"# 规则总表：{ruleset.title}\n", "本页由 `make docs` 根据规则文件生成，请勿手改。"]
    parts.append("每条规则的正反例见 `fazhi-audit rules explain 编号`。\n")
    for family, rules in groupby(ruleset.rules, key=lambda rule: rule.family):
        parts.append(f"## {family_name(family)}（`{family}`）\n")
        parts.append("| 规则 | 级别 | 查什么 | 依据 | 怎么改 |\n| --- | --- | --- | --- | --- |")
        parts += [_rule_row(rule) for rule in rules]
        parts.append("")
    return "\n".join(parts)


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


def _helps(command: Any, path: str, parent: Any) -> Iterator[tuple[str, str]]:
    context = command.context_class(command, info_name=path.rpartition(" ")[2], parent=parent)
    yield path, command.get_help(context)
    for name in getattr(command, "commands", {}):
        yield from _helps(command.commands[name], f"{path} {name}", context)


def _rule_row(rule: Rule) -> str:
    levels = [LEVEL_NAMES[rule.level], *(LEVEL_NAMES[level] for level in rule.levels.values())]
    basis = rule.basis + ("（未核对原文）" if rule.confidence is Confidence.UNCONFIRMED else "")
    cells = (f"`{rule.id}`", "/".join(dict.fromkeys(levels)), rule.title, basis, rule.advice)
    return f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |"


_EXIT_STATUSES = """## 退出状态

| 状态 | 含义 |
| --- | --- |
| 0 | 没有达到 `--fail-on` 级别的问题 |
| 1 | 有达到该级别的问题 |
| 2 | 用法有误：选项、路径不对 |
| 3 | 规则文件或设置有误 |
| 4 | 没有达到该级别的问题，但有文件未能读取 |
| 5 | 运行环境出错：磁盘、权限、输出文件夹不可写等 |
| 70 | 程序内部错误 |
| 130 | 被中断 |
| 141 | 读取输出的程序（如 `head`）提前结束 |

`audit` 只在给出 `--fail-on` 时才按问题决定退出状态。
"""


if __name__ == "__main__":
    main()
