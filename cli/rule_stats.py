"""The table of ``fazhi-audit rules stats``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from audit.decisions import words_by_finding
from audit.rule_precision import FEW, RulePrecision, precision_of
from cli.columns import table
from cli.language import say
from history.decisions import current_decisions
from history.review import facts_of, hits_by_run

if TYPE_CHECKING:
    from history.store import History


def stats_lines(history: History, runs: int) -> Iterator[str]:
    """One line for each rule that hit or that inspectors have decided about, the least right first."""
    words = words_by_finding([one.decision for group in current_decisions(history).values() for one in reversed(group)])
    facts = facts_of(history, words)
    known = {
        one.rule: one for one in precision_of((facts[key].rule, word) for key, word in words.items() if key in facts)
    }
    hits = hits_by_run(history, runs)
    latest = list(dict.fromkeys((hit.run, hit.started) for hit in hits))
    count = {(hit.run, hit.rule): hit.hits for hit in hits}
    rules = [*known, *sorted({hit.rule for hit in hits} - known.keys())]
    head = [
        say("规则", "Rule"),
        say("确认", "Right"),
        say("误报", "Wrong"),
        say("豁免", "Exempt"),
        say("未定", "Open"),
        say("属实率", "Share right"),
        *(f"{started.astimezone():%m-%d %H:%M}" for _, started in latest),
    ]
    rows = [
        [*_counts(known.get(rule, RulePrecision(rule))), *(str(count.get((run, rule), 0)) for run, _ in latest)]
        for rule in rules
    ]
    yield from table(head, rows)
    decided = sum(one.decided for one in known.values())
    right = sum(one.confirmed + one.exempt for one in known.values())
    share = f"{right / decided:.0%}" if decided else "-"
    yield say(
        f"共 {len(rules)} 条规则有命中或意见；已定 {decided} 个问题，属实率 {share}。"
        f"属实率＝（确认＋豁免）÷（确认＋误报＋豁免）；标 * 的不足 {FEW} 个，只供参考。右侧各列为最近审核的命中数。",
        f"{len(rules)} rules; {decided} findings decided, {share} right. * fewer than {FEW} decided. "
        "The columns on the right are hits in the latest runs.",
    )


def _counts(one: RulePrecision) -> list[str]:
    share = "-" if one.share is None else f"{one.share:.0%}{'*' if one.decided < FEW else ''}"
    return [one.rule, *map(str, (one.confirmed, one.false, one.exempt, one.open)), share]
