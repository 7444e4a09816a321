"""One finding in a few words, as the formats for code platforms show it."""

from __future__ import annotations

from checks.finding import Finding, Standing
from outputs.names import LEVEL_NAMES

SUPPRESSED = "已豁免"
STANDING_NAMES = {Standing.NEW: "新增", Standing.UNCHANGED: "仍存在"}


def marks(finding: Finding) -> str:
    """What sets the finding apart from others, in brackets: 已豁免, 新增, 仍存在; empty where nothing does."""
    words = [STANDING_NAMES[finding.baseline]] if finding.baseline else []
    if finding.suppression:
        words.insert(0, SUPPRESSED)
    return f"（{'，'.join(words)}）" if words else ""


def why_suppressed(finding: Finding) -> str:
    """The reason and the owner of a suppression, in words; empty without one."""
    suppression = finding.suppression
    if suppression is None:
        return ""
    until = f"，至 {suppression.until}" if suppression.until else ""
    source = f"，见 {suppression.source}" if suppression.source else ""
    return f"{suppression.reason}（{suppression.by}{until}{source}）"


def with_advice(finding: Finding) -> str:
    """What is wrong and what to do about it; for a suppressed finding why nothing is to be done."""
    further = f"{SUPPRESSED}：{why_suppressed(finding)}" if finding.suppression else f"建议：{finding.advice}"
    return f"{finding.message.rstrip('。')}。{further}"


def in_words(finding: Finding) -> str:
    """The whole finding as lines of text: what, where, the passage, basis, advice, and why it is suppressed."""
    parts = [
        f"{LEVEL_NAMES[finding.level]}{marks(finding)}：{finding.message}",
        f"位置：{finding.place}，第 {finding.line} 行第 {finding.column} 字",
        f"原文：{finding.excerpt}" if finding.excerpt else "",
        f"依据：{finding.basis}",
        f"建议：{finding.advice}",
        f"编号：{finding.number}",
        f"豁免：{why_suppressed(finding)}" if finding.suppression else "",
    ]
    return "\n".join(filter(None, parts))
