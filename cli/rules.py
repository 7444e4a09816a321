"""``fazhi-audit rules``: what the rules say, whether a pack is sound, and the schema for editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from audit.packs import DEFAULT_PACK, load_pack
from checks.examples import run_examples
from checks.finding import Outcome
from checks.kinds import parameter_models
from cli.columns import table, wrap
from cli.console import complain, out, paint
from cli.exits import Exit
from cli.help import LocalCommand, command_group
from cli.language import say
from cli.options import Pack, level_name
from outputs.names import family_name, scope_in_words
from rules.model import Confidence, Rule, Ruleset

_TEXT_COLUMNS = 100
_OUTCOMES = {
    Outcome.FOUND: "有问题",
    Outcome.PASSED: "没有问题",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.NOT_ASSESSABLE: "不能判断",
}


def register(application: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = command_group("rules", say("查看、校验规则", "List, explain and validate the rules"))
    add = group.command
    add("list", cls=LocalCommand, help=say("列出规则包里的全部规则", "List the rules of a pack"))(list_rules)
    add("explain", cls=LocalCommand, help=say("说明一条规则：查什么、依据、怎么改、正反例", "Explain one rule"))(
        explain
    )
    add(
        "stats",
        cls=LocalCommand,
        help=say(
            "各条规则的准确情况：审核人员确认、误报、豁免的数量和属实率，最近几次审核的命中数",
            "How right each rule is, as inspectors see it, and its hits in the latest runs",
        ),
    )(stats)
    add(
        "validate",
        cls=LocalCommand,
        help=say("校验规则包：格式、参数和每条规则的正反例", "Validate a pack and run its examples"),
    )(validate)
    add(
        "schema",
        cls=LocalCommand,
        help=say("输出规则文件的 JSON Schema，供编辑器使用", "Print the JSON Schema of rule files"),
    )(schema)
    application.add_typer(group)


def list_rules(pack: Pack = DEFAULT_PACK) -> int:
    """Print one line for each rule."""
    ruleset, _ = load_pack(pack)
    rows = [[rule.id, level_name(rule.level), family_name(rule.family), rule.title] for rule in ruleset.rules]
    head = [say("规则", "Rule"), say("级别", "Level"), say("类别", "Family"), say("说明", "Title")]
    for line in table(head, rows):
        out(line)
    for off in ruleset.switched_off:
        out(say(f"已停用 {off.id}：{off.reason}", f"switched off {off.id}: {off.reason}"))
    out(
        say(f"共 {len(ruleset.rules)} 条（规则包 {ruleset.pack}）", f"{len(ruleset.rules)} rules (pack {ruleset.pack})")
    )
    return Exit.CLEAN


def explain(
    rule_id: Annotated[
        str, typer.Argument(metavar="ID", help=say("规则编号，如 sections/plan", "Rule id, such as sections/plan"))
    ],
    pack: Pack = DEFAULT_PACK,
) -> int:
    """Print everything an inspector needs to know about one rule."""
    ruleset, _ = load_pack(pack)
    rule = _named(ruleset, rule_id)
    if rule is None:
        complain(_unknown(ruleset, rule_id))
        return Exit.WRONG_USE
    for line in _explanation(rule):
        out(line)
    return Exit.CLEAN


def validate(
    pack: Annotated[
        str, typer.Argument(metavar="[DIR]", help=say("规则包文件夹或内置名称", "Pack folder or built-in name"))
    ] = DEFAULT_PACK,
) -> int:
    """Load a pack strictly and run the examples of all its rules."""
    from audit.copies.findings import compare_contexts

    ruleset, facts = load_pack(pack)
    failures = run_examples(ruleset, facts, compare_contexts)
    for failure in failures:
        wanted, got = _OUTCOMES[failure.wanted], _OUTCOMES[failure.got]
        complain(f"{failure.rule}：例文应为“{wanted}”，实为“{got}”。{failure.detail}")
        complain(f"    例文：{failure.text}")
    if failures:
        complain(say(f"共 {len(failures)} 个例文与规则不符。", f"{len(failures)} examples failed."))
        return Exit.BROKEN_RULES
    out(
        say(
            f"规则包 {ruleset.pack} 有效：{len(ruleset.rules)} 条规则，正反例全部相符。",
            f"Pack {ruleset.pack} is valid: {len(ruleset.rules)} rules.",
        )
    )
    return Exit.CLEAN


def schema() -> int:
    """Print the JSON Schema of rule files."""
    from rules.schema import rule_schema

    out(json.dumps(rule_schema(parameter_models()), ensure_ascii=False, indent=2))
    return Exit.CLEAN


def stats(
    destination: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help=say("审核结果文件夹（默认 reports_out）", "Output folder (default reports_out)"),
        ),
    ] = None,
    history: Annotated[
        str | None,
        typer.Option(
            "--history",
            metavar="FILE|URL",
            help=say(
                "历史库：SQLite 文件或 PostgreSQL 地址（默认在审核结果文件夹里）",
                "The history: a SQLite file or PostgreSQL URL (default in the output folder)",
            ),
        ),
    ] = None,
    runs: Annotated[
        int, typer.Option("--runs", metavar="N", min=0, max=12, help=say("列出最近几次审核的命中数", "Latest runs"))
    ] = 3,
) -> int:
    """Print how often inspectors confirmed the findings of each rule, the least right first."""
    from cli.rule_stats import stats_lines
    from flows.history_place import opened_history

    with opened_history(destination, history) as opened:
        for line in stats_lines(opened, runs):
            out(line)
    return Exit.CLEAN


def _named(ruleset: Ruleset, rule_id: str) -> Rule | None:
    return next((rule for rule in ruleset.rules if rule_id == rule.id or rule_id in rule.aliases), None)


def _unknown(ruleset: Ruleset, rule_id: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(rule_id, [rule.id for rule in ruleset.rules], n=1)
    hint = say(f"是不是 {near[0]}？", f"Did you mean {near[0]}?") if near else ""
    listing = say("用 fazhi-audit rules list 查看全部规则。", "See fazhi-audit rules list.")
    return say(f"没有规则 {rule_id}。{hint}", f"No rule {rule_id}. {hint}{' ' if hint else ''}") + listing


def _explanation(rule: Rule) -> Iterator[str]:
    yield paint(f"{rule.id}  {rule.title}", "bold")
    unconfirmed = (
        say("（所据事实尚未核对原文）", " (source not confirmed)") if rule.confidence is Confidence.UNCONFIRMED else ""
    )
    facts = (
        (say("级别", "Level"), level_name(rule.level)),
        (say("情形", "Cases"), say("；", "; ").join(_cases(rule))),
        (say("类别", "Family"), say(f"{family_name(rule.family)}（{rule.check}）", f"{rule.family} ({rule.check})")),
        (say("适用", "Applies to"), scope_in_words(rule.applies)),
        (say("依据", "Basis"), rule.basis + unconfirmed),
        (say("建议", "Advice"), rule.advice),
        (say("曾用编号", "Former ids"), "、".join(rule.aliases)),
    )
    for name, text in facts:
        if text:
            yield from _indented(f"{name}{say('：', ': ')}{text}")
    for name, texts in (
        (say("错误示例", "Wrong"), rule.examples.fail),
        (say("正确示例", "Right"), rule.examples.passing),
    ):
        for text in texts:
            yield ""
            yield f"  {name}{say('：', ':')}"
            yield from (f"    {line}" for line in wrap(text, _TEXT_COLUMNS - 4))


def _cases(rule: Rule) -> Iterator[str]:
    """The variants that have a level or title of their own."""
    for case in dict.fromkeys((*rule.levels, *rule.titles)):
        level = level_name(rule.levels.get(case, rule.level))
        title = rule.titles.get(case, rule.title)
        yield say(f"{level}“{title}”（{case}）", f"{level} {title} ({case})")


def _indented(text: str) -> Iterator[str]:
    return (f"  {line}" for line in wrap(text, _TEXT_COLUMNS - 2))
