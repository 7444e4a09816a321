"""The verdict for people, at the width of their screen: each finding with its place, passage, basis and advice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from audit.record import JUDGED, GoneFinding, GoneReason, ReportRecord, RunRecord, SuppressionFile
from checks.finding import Finding, Standing
from cli.columns import wrap
from cli.console import plain
from cli.language import say
from cli.options import level_name
from outputs.names import STATUS_NAMES
from outputs.remarks import why_suppressed
from rules.model import Level

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "cyan"}
_INDENT = "    "

Paint = Callable[[str, str], str]
"""Gives a text a colour, or leaves it as it is."""


def unpainted(text: str, colour: str) -> str:
    """No colour: for files."""
    return text


@dataclass(frozen=True, slots=True)
class TextReport:
    """Writes a run in lines of at most ``columns``, with colours as ``paint`` puts them on."""

    columns: int
    paint: Paint = unpainted

    def lines(self, run: RunRecord) -> Iterator[str]:
        """The whole verdict: report by report, then what is wrong with suppressions, what is gone, and the counts."""
        for report in run.reports:
            yield from self._report(report)
        for file in run.suppressions:
            yield from self._suppressions(file)
        yield from self._gone(run)
        for words in _counts(run):
            yield from self._wrapped(words, "")

    def _report(self, report: ReportRecord) -> Iterator[str]:
        judged = report.status in JUDGED
        known = [report.unit or say("单位未识别", "unit unknown")]
        known.append(f"{report.year}{say('年', '')}" if report.year else say("年度未识别", "year unknown"))
        about = say(f"（{'，'.join(known)}）", f"  ({', '.join(known)})") if judged else ""
        yield self.paint(plain(report.path), "bold") + about
        if report.reason:
            first, *others = self._wrapped(f"{say('：', ': ')}{report.reason}。{report.next_step or ''}", _INDENT)
            yield f"  {self.paint(STATUS_NAMES[report.status], 'yellow')}{first.strip()}"
            yield from others
        for finding in report.findings:
            yield from self._finding(finding)
        if judged and not report.findings:
            yield say("  没有发现问题。", "  No findings.")
        for rule, reason in report.unassessed.items():
            words = say(f"未能判断 {rule}：{reason}", f"not assessable {rule}: {reason}")
            yield from (self.paint(line, "dim") for line in self._wrapped(words, "  "))
        yield ""

    def _suppressions(self, file: SuppressionFile) -> Iterator[str]:
        if not file.findings:
            return
        about = say(
            f"（豁免清单：{file.entries} 条，用到 {file.used} 条）",
            f"  ({file.used} of {file.entries} suppressions used)",
        )
        yield self.paint(plain(file.path), "bold") + about
        for finding in file.findings:
            yield from self._finding(finding)
        yield ""

    def _finding(self, finding: Finding) -> Iterator[str]:
        yield from self._head(finding)
        yield from self._wrapped(finding.message, _INDENT)
        if finding.suppression:
            yield from self._wrapped(say("豁免：", "Suppressed: ") + why_suppressed(finding), _INDENT)
            return
        yield from self._passage(finding.excerpt)
        yield from self._wrapped(say("依据：", "Basis: ") + finding.basis, _INDENT)
        yield from self._wrapped(say("建议：", "Advice: ") + finding.advice, _INDENT)

    def _head(self, finding: Finding) -> Iterator[str]:
        """``12:5  错误  title  place  rule  number``; what does not fit stands on a line of its own."""
        colour = "dim" if finding.suppression else _COLOURS[finding.level]
        position = f"{finding.line}:{finding.column}"
        words = f"{finding.title}{_marks(finding)}"
        where = f"{finding.place}  {finding.rule}  {finding.number}"
        rest = [*wrap(f"{words}  {where}", self.columns - 20)]
        first = f"  {self.paint(position, 'dim')}  {self.paint(level_name(finding.level), colour)}  "
        if len(rest) == 1:
            yield f"{first}{words}  {self.paint(where, 'dim')}"
        else:
            yield first + words
            yield f"{_INDENT}{self.paint(where, 'dim')}"

    def _passage(self, excerpt: str) -> Iterator[str]:
        """The sentence; the passage in 【】 is coloured, also where it goes over several lines."""
        inside = False
        for line in self._wrapped(excerpt, ""):
            pieces, text = [], line
            while text:
                mark = "】" if inside else "【"
                before, found, after = text.partition(mark)
                piece = before + (found if inside else "")
                pieces.append(self.paint(piece, "red") if inside and piece else piece)
                text = after if inside or not found else found + after
                if found:
                    inside = not inside
            yield _INDENT + "".join(pieces)

    def _gone(self, run: RunRecord) -> Iterator[str]:
        gone = run.baseline.gone if run.baseline else ()
        if gone:
            yield self.paint(say("基线中有、现在没有的问题", "In the baseline and gone now"), "bold")
            for finding in gone:
                yield from self._wrapped(_gone_in_words(finding), "  ")
            yield ""

    def _wrapped(self, text: str, indent: str) -> Iterator[str]:
        taken = len(indent or _INDENT)
        for line in wrap("\n".join(map(plain, text.splitlines())), self.columns - taken):
            yield indent + line


def _marks(finding: Finding) -> str:
    words = [say("已豁免", "suppressed")] if finding.suppression else []
    if finding.baseline:
        words.append(say("新增", "new") if finding.baseline is Standing.NEW else say("仍存在", "unchanged"))
    return say(f"（{'，'.join(words)}）", f" ({', '.join(words)})") if words else ""


def _gone_in_words(gone: GoneFinding) -> str:
    why = say("", "")
    if gone.reason is GoneReason.NOT_JUDGED:
        why = say("（本次没有判断这条规则）", " (the rule was not judged this time)")
    return f"{level_name(gone.level)}  {gone.title}{why}  {gone.place}  {gone.rule}  {gone.number}  {gone.path}"


def _counts(run: RunRecord) -> Iterator[str]:
    counts, baseline = run.summary, run.baseline
    chinese = f"共 {counts.reports} 个文件，已审 {counts.read} 份："
    chinese += f"错误 {counts.error} 个，警告 {counts.warning} 个，提示 {counts.info} 个"
    english = f"{counts.reports} files, {counts.read} audited: "
    english += f"{counts.error} errors, {counts.warning} warnings, {counts.info} remarks"
    if counts.suppressed:
        chinese += f"；另有 {counts.suppressed} 个已豁免"
        english += f"; {counts.suppressed} suppressed"
    yield say(f"{chinese}。", f"{english}.")
    if baseline:
        yield say(
            f"与基线相比：新增 {baseline.new} 个，仍存在 {baseline.unchanged} 个，已消失 {len(baseline.gone)} 个。",
            f"Against the baseline: {baseline.new} new, {baseline.unchanged} unchanged, {len(baseline.gone)} gone.",
        )
        if not baseline.same_rules:
            yield say("规则与基线时不同，差异不一定来自报告。", "The rules have changed since the baseline.")
