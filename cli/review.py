"""``fazhi-audit review``: takes filled-in workbooks in, and shows what inspectors have decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.columns import clip, table
from cli.console import complain, out, plain
from cli.errors import UsageFault
from cli.exits import Exit
from cli.help import LocalCommand, command_group
from cli.language import say

if TYPE_CHECKING:
    from audit.decision_merge import Merged, Source
    from audit.decisions import Word
    from history.review import FindingFacts
    from history.store import History
    from outputs.review.workbook import FilledRow, FilledWorkbook

_SHOWN_CONFLICTS = 50


class ListFormat(StrEnum):
    """How decisions are exported."""

    CSV = "csv"
    JSON = "json"


Destination = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help=say("审核结果文件夹（默认 reports_out）", "Output folder (default reports_out)")
    ),
]
ChosenHistory = Annotated[
    str | None,
    typer.Option(
        "--history",
        metavar="FILE|URL",
        help=say(
            "历史库：SQLite 文件或 PostgreSQL 地址（默认在审核结果文件夹里）",
            "The history: a SQLite file or PostgreSQL URL (default in the output folder)",
        ),
    ),
]
Unit = Annotated[
    str | None,
    typer.Option("--unit", metavar="NAME", help=say("只看单位名称含这些字的", "Only units whose name has this")),
]


def register(application: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = command_group("review", say("导入、查看审核意见", "Take in and show what inspectors decided"))
    add = group.command
    add(
        "import",
        cls=LocalCommand,
        help=say(
            "把填写过的审核工作簿导入历史库，下次审核时带入。不会悄悄覆盖已有意见：两人填得不一致的，两边都列出，"
            "核定之前不生效。有行未能导入的，以状态 1 退出。",
            "Take filled-in workbooks into the history. Nothing is overwritten silently: where two people disagree\n"
            "both sides are shown and nothing applies until it is settled. Exits with 1 if rows were refused.",
        ),
    )(import_workbooks)
    add("list", cls=LocalCommand, help=say("列出审核意见", "List the decisions"))(list_decisions)
    add("export", cls=LocalCommand, help=say("导出审核意见（CSV 或 JSON）", "Export the decisions (CSV or JSON)"))(
        export
    )
    application.add_typer(group)


def import_workbooks(
    workbooks: Annotated[
        list[Path],
        typer.Argument(metavar="WORKBOOK...", help=say("填写过的工作簿，可给多个", "Filled-in workbooks")),
    ],
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="NAME",
            help=say("填写人（默认取工作簿的最后保存者）", "Who filled it in (default: who saved the file last)"),
        ),
    ] = None,
    destination: Destination = None,
    history: ChosenHistory = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say("只检查和显示，不写入", "Check and show only, write nothing"))
    ] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help=say(
                "以这些工作簿为准：不一致的以它为准，清空的字段也清空；原意见仍留在记录里",
                "These workbooks have the last word; what they replace stays in the log",
            ),
        ),
    ] = False,
) -> int:
    """Take in each workbook and say what became of its rows."""
    from outputs.review.workbook import WorkbookFault, read_workbook

    try:
        books = [read_workbook(path) for path in workbooks]
    except WorkbookFault as fault:
        raise UsageFault(f"{fault}。", f"{fault}.") from fault
    from flows.history_place import opened_history

    refused = False
    with opened_history(destination, history) as opened:
        for book in books:
            refused |= _import(opened, book, _source(book, by, replace=replace), dry_run=dry_run)
    return Exit.FINDINGS if refused else Exit.CLEAN


def _source(book: FilledWorkbook, by: str | None, *, replace: bool) -> Source:
    from datetime import UTC, datetime

    from audit.decision_merge import UNSIGNED, Source

    name = (by or book.editor or UNSIGNED).strip() or UNSIGNED
    return Source(name, book.path.resolve().as_posix(), datetime.now(UTC), replace)


def _import(history: History, book: FilledWorkbook, source: Source, *, dry_run: bool) -> bool:
    """Take one workbook in; returns whether rows were refused."""
    from history.decisions import take_in

    rows, faults = _identified(history, book)
    merged = take_in(history, [row.filled for row in rows], source, dry_run=dry_run)
    for fault in faults:
        complain(plain(f"{book.path.name} {fault}"))
    for line in _told(book, source, rows, merged, dry_run=dry_run):
        out(plain(line))
    if faults:
        count = len({(fault.sheet, fault.row) for fault in faults})
        complain(say(f"{count} 行有误，没有导入；其余各行不受影响。", f"{count} rows were refused."))
    return bool(faults)


def _identified(history: History, book: FilledWorkbook) -> tuple[list[FilledRow], list[_Fault]]:
    """The rows with their fingerprints: where the hidden column is gone, by their 问题编号."""
    from dataclasses import replace

    from history.review import fingerprints_of

    bare = {row.number for row in book.rows if row.fingerprint is None and row.number}
    known = fingerprints_of(history, bare) if bare else {}
    rows: list[FilledRow] = []
    faults = [_Fault(fault.sheet, fault.row, str(fault)) for fault in book.faults]
    for row in book.rows:
        found = {row.fingerprint} if row.fingerprint else known.get(row.number or "", set())
        if len(found) == 1:
            rows.append(replace(row, filled=replace(row.filled, fingerprint=str(*found))))
        else:
            why = "对应不止一个问题，请用带隐藏“指纹”列的工作簿" if found else "在历史库里没有，“指纹”列又不在"
            filled = row.filled
            faults.append(
                _Fault(filled.sheet, filled.row, f"{filled.sheet} 第{filled.row}行“问题编号”列{row.number}{why}")
            )
    return rows, faults


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a row was refused, in words."""

    sheet: str
    row: int
    text: str

    def __str__(self) -> str:
        return self.text


def _told(
    book: FilledWorkbook, source: Source, rows: Sequence[FilledRow], merged: Sequence[Merged], *, dry_run: bool
) -> Iterator[str]:
    from audit.decision_merge import Effect

    counts = {effect: sum(one.effect is effect for one in merged) for effect in Effect}
    head = say("试导入（未写入）" if dry_run else "已导入", "Would take in" if dry_run else "Taken in")
    yield say(
        f"{head} {book.path}（{source.by}）：新增 {counts[Effect.ADDED]} 条，更新 {counts[Effect.CHANGED]} 条，"
        f"核定 {counts[Effect.SETTLED]} 条，未变 {counts[Effect.UNCHANGED]} 条，不一致 {counts[Effect.CONFLICT]} 条。",
        f"{head} {book.path} ({source.by}): {counts[Effect.ADDED]} new, {counts[Effect.CHANGED]} changed, "
        f"{counts[Effect.SETTLED]} settled, {counts[Effect.UNCHANGED]} unchanged, {counts[Effect.CONFLICT]} conflicts.",
    )
    yield from book.notices
    conflicts = [line for row, one in zip(rows, merged, strict=True) for line in _conflicts(row, source, one)]
    yield from conflicts[:_SHOWN_CONFLICTS]
    if conflicts:
        more = f"（另有 {len(conflicts) - _SHOWN_CONFLICTS} 处未列出）" if len(conflicts) > _SHOWN_CONFLICTS else ""
        yield say(
            f"以上不一致的意见都已保留，核定之前不生效{more}："
            "在下次审核的工作簿里填写核定的意见再导入，或用 --replace。",
            "Both sides are kept; none applies until it is settled in a later workbook or by --replace.",
        )
    yield from _emptied(rows, merged)
    yield from _unreasoned(rows, merged)


def _conflicts(row: FilledRow, source: Source, merged: Merged) -> Iterator[str]:
    from audit.decisions import FIELD_NAMES

    for name, other in merged.conflicts.items():
        there = f"{other.by}“{getattr(other, name)}”（{Path(other.workbook).name} 第{other.row}行）"
        here = f"{source.by}“{row.filled.values[name]}”（{Path(source.workbook).name} 第{row.filled.row}行）"
        yield f"不一致：{row.number or row.filled.fingerprint} {FIELD_NAMES[name]}：{there}，{here}"


def _emptied(rows: Sequence[FilledRow], merged: Sequence[Merged]) -> Iterator[str]:
    from audit.decisions import FIELD_NAMES

    for row, one in zip(rows, merged, strict=True):
        if one.emptied:
            names = "、".join(FIELD_NAMES[name] for name in one.emptied)
            yield f"{row.filled.sheet} 第{row.filled.row}行清空了{names}，原内容仍保留；确要清空请用 --replace"


def _unreasoned(rows: Sequence[FilledRow], merged: Sequence[Merged]) -> Iterator[str]:
    """Findings set aside without a reason: allowed, but pointed out."""
    from audit.decisions import DISMISSING

    for row, one in zip(rows, merged, strict=True):
        decisions = [change.decision for change in one.changes]
        if any(each.opinion in DISMISSING and not (each.remark or each.review) for each in decisions):
            opinion = next(each.opinion for each in decisions if each.opinion in DISMISSING)
            yield f"提醒：{row.filled.sheet} 第{row.filled.row}行填了“{opinion}”而没有写理由，请在“复核意见”里补写"


def list_decisions(
    unit: Unit = None,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help=say("只列两人意见不一致的", "Only what people disagree on"))
    ] = False,
    destination: Destination = None,
    history: ChosenHistory = None,
) -> int:
    """Print one line for each finding that somebody has decided about."""
    from audit.decisions import dispute_in_words

    entries = _entries(destination, history, unit)
    shown = [(facts, word) for facts, word in entries if word.disputed or not conflicts]
    if conflicts:
        for facts, word in shown:
            out(plain(f"{facts.number} {facts.unit or '-'} {facts.year or '-'} {facts.title}"))
            for decision in word.holding:
                said = "，".join(str(value) for name in word.disputed if (value := getattr(decision, name)))
                place = f"{Path(decision.workbook).name} 第{decision.row}行"
                out(plain(f"    {decision.by}：{said}（{place}，{decision.at.astimezone():%Y-%m-%d %H:%M}）"))
    elif shown:
        head = ["问题编号", "单位", "年度", "审核意见", "整改状态", "责任人", "填写人", "问题"]
        for line in table(head, [_row(facts, word) for facts, word in shown]):
            out(line)
    disputed = sum(bool(dispute_in_words(word)) for _, word in entries)
    out(say(f"共 {len(shown)} 条，意见不一致 {disputed} 条。", f"{len(shown)} decisions, {disputed} disputed."))
    return Exit.CLEAN


def _row(facts: FindingFacts, word: Word) -> list[str]:
    said = [
        "不一致" if name in word.disputed else str(word.values.get(name, "-"))
        for name in ("opinion", "state", "responsible")
    ]
    row = [facts.number, clip(facts.unit or "-", 28), str(facts.year or "-"), *said, word.holding[-1].by]
    return [plain(cell) for cell in (*row, clip(facts.title, 32))]


def export(
    chosen: Annotated[
        ListFormat,
        typer.Option("--format", metavar="csv|json", help=say("格式", "Format")),
    ] = ListFormat.CSV,
    target: Annotated[
        Path | None,
        typer.Option(
            "--output-file", metavar="FILE", help=say("存入文件（默认标准输出）", "File (default: standard output)")
        ),
    ] = None,
    unit: Unit = None,
    destination: Destination = None,
    history: ChosenHistory = None,
) -> int:
    """Write every decision in force, one line or object for each person's word."""
    from outputs.review.export import as_csv, as_json

    entries = [
        (facts.number, facts.unit, facts.year, facts.rule, facts.title, word)
        for facts, word in _entries(destination, history, unit)
    ]
    text = as_csv(entries) if chosen is ListFormat.CSV else as_json(entries)
    if target is None:
        out(text.rstrip("\n"))
    else:
        # Excel takes a CSV file for UTF-8 by its mark only.
        target.write_text(text, encoding="utf-8-sig" if chosen is ListFormat.CSV else "utf-8", newline="")
    return Exit.CLEAN


def _entries(destination: Path | None, setting: str | None, unit: str | None) -> list[tuple[FindingFacts, Word]]:
    """What is decided, with what it is about, in the order of units and numbers."""
    from audit.decisions import words_by_finding
    from checks.fingerprint import finding_number
    from flows.history_place import opened_history
    from history.decisions import current_decisions
    from history.review import FindingFacts, facts_of

    with opened_history(destination, setting) as history:
        holding = [one.decision for group in current_decisions(history).values() for one in reversed(group)]
        words = words_by_finding(holding)
        known = facts_of(history, words)
    entries = [
        (known.get(key) or FindingFacts(key, finding_number(key), None, None, "", "（历史库里没有这次审核）", ""), word)
        for key, word in words.items()
    ]
    entries = [(facts, word) for facts, word in entries if unit is None or unit in (facts.unit or "")]
    return sorted(entries, key=lambda entry: (entry[0].unit or "", entry[0].year or 0, entry[0].number))
