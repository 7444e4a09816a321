"""What ``fazhi-audit history`` prints for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from audit.record import JUDGED, ReportRecord
from cli.columns import clip, table
from cli.console import plain
from cli.language import say
from cli.options import level_name
from history.comparison import Cause, Change, ComparedFinding, UnitComparison
from history.records import Run
from outputs.names import STATUS_NAMES
from rules.model import Level

ROWS_SHOWN: Final = 200
_UNIT_COLUMNS, _PATH_COLUMNS, _PLACE_COLUMNS = 32, 44, 40


def run_lines(runs: Sequence[Run]) -> Iterator[str]:
    """A table of runs."""
    head = [say("审核", "Run"), say("开始时间", "Started"), say("文件", "Files"), say("已审", "Audited")]
    head += [level_name(level) for level in Level]
    head += [say("规则", "Rules"), say("版本", "Version")]
    yield from table(head, [_run_row(run) for run in runs])
    yield say(f"共 {len(runs)} 次审核。", f"{len(runs)} runs.")


def head_lines(run: Run) -> Iterator[str]:
    """What is known of a run as a whole."""
    header, summary = run.header, run.header.summary
    began, ended = header.started.astimezone(), header.finished.astimezone()
    facts = (
        (say("审核", "Run"), header.id),
        (say("时间", "Time"), f"{began:%Y-%m-%d %H:%M:%S} - {ended:%Y-%m-%d %H:%M:%S}"),
        (say("范围", "Scope"), say("、", ", ").join(header.scope)),
        (say("规则", "Rules"), f"{header.pack} {header.rules[:12]}"),
        (say("程序", "Program"), f"{header.version} {header.engine}"),
        (say("位置", "Made in"), header.origin),
    )
    for name, text in facts:
        yield plain(f"{name}{say('：', ': ')}{text}")
    yield say(
        f"文件 {summary.reports} 个，已审 {summary.read} 份；错误 {summary.error} 个，警告 {summary.warning} 个，"
        f"提示 {summary.info} 个，已豁免 {summary.suppressed} 个。",
        f"{summary.reports} files, {summary.read} audited; {summary.error} errors, {summary.warning} warnings, "
        f"{summary.info} remarks, {summary.suppressed} suppressed.",
    )
    yield ""


def report_lines(reports: Iterable[ReportRecord]) -> Iterator[str]:
    """A table of the reports of a run; beyond some screenfuls only their number."""
    rows: list[list[str]] = []
    total = 0
    for record in reports:
        total += 1
        if total <= ROWS_SHOWN:
            rows.append(_report_row(record))
    head = [
        say("单位", "Unit"),
        say("年度", "Year"),
        say("状态", "Status"),
        *map(level_name, Level),
        say("文件", "File"),
    ]
    yield from table(head, rows)
    yield from _rest(total)


def comparison_lines(before: Run, after: Run, units: Sequence[UnitComparison]) -> Iterator[str]:
    """Counts for each unit that has changed, the findings behind them, and the sums."""
    one, other = before.header, after.header
    yield say(f"比较 {one.id} 和 {other.id}", f"Comparing {one.id} with {other.id}")
    if (one.rules, one.version) != (other.rules, other.version):
        yield say(
            "两次审核的规则或程序版本不同：因此出现或消失的问题列为“规则变化”，不算新增，也不算已整改。",
            "Rules or program differ: what comes or goes with them counts as a change of rules, not of the reports.",
        )
    yield ""
    changed = [unit for unit in units if unit.changed]
    if changed:
        head = [say("单位", "Unit"), say("年度", "Year"), *map(_kind_name, _KINDS), say("未变", "Unchanged")]
        yield from table(head, [_unit_row(unit) for unit in changed[:ROWS_SHOWN]])
        yield from _rest(len(changed))
        yield ""
        yield from _changes(changed)
        yield ""
    yield _sums(units)


_KINDS: Final[Mapping[tuple[Change, Cause], tuple[str, str]]] = {
    (Change.NEW, Cause.REPORT): ("新增", "new"),
    (Change.GONE, Cause.REPORT): ("已整改", "rectified"),
    (Change.NEW, Cause.RULES): ("规则变化出现", "new by rules"),
    (Change.GONE, Cause.RULES): ("规则变化消失", "gone by rules"),
    (Change.GONE, Cause.NOT_JUDGED): ("未判断", "not judged"),
    (Change.NEW, Cause.SURROUNDINGS): ("比对出现", "new by comparison"),
    (Change.GONE, Cause.SURROUNDINGS): ("比对消失", "gone by comparison"),
}


def _kind_name(kind: tuple[Change, Cause]) -> str:
    return say(*_KINDS[kind])


def _unit_row(unit: UnitComparison) -> list[str]:
    counts = [str(unit.count(*kind)) for kind in _KINDS]
    return [*_unit_and_year(unit.unit, unit.year), *counts, str(unit.unchanged)]


def _changes(units: Iterable[UnitComparison]) -> Iterator[str]:
    """The findings that have changed, one a line."""
    changes = [(unit, item) for unit in units for item in unit.changed]
    head = [say("变化", "Change"), say("单位", "Unit"), say("年度", "Year"), say("级别", "Level")]
    head += [say("编号", "Number"), say("问题", "Finding"), say("位置", "Place")]
    yield from table(head, [_change_row(unit, item) for unit, item in changes[:ROWS_SHOWN]])
    yield from _rest(len(changes))


def _change_row(unit: UnitComparison, item: ComparedFinding) -> list[str]:
    kind = (item.change, item.cause or Cause.REPORT)
    finding = item.finding
    about = [_kind_name(kind), *_unit_and_year(unit.unit, unit.year), level_name(finding.level), finding.number]
    return [*about, clip(plain(finding.title), _PLACE_COLUMNS), clip(plain(finding.place), _PLACE_COLUMNS)]


def _sums(units: Sequence[UnitComparison]) -> str:
    both = [unit for unit in units if unit.before and unit.after]
    parts = [f"{_kind_name(kind)} {sum(unit.count(*kind) for unit in units)}" for kind in _KINDS]
    parts = [*parts[:2], *(part for part in parts[2:] if not part.endswith(" 0"))]
    parts.append(f"{say('未变', 'unchanged')} {sum(unit.unchanged for unit in units)}")
    first = sum(not unit.after for unit in units)
    last = sum(not unit.before for unit in units)
    return say(
        f"{'，'.join(parts)}。两次都审的 {len(both)} 个单位（年度），只在前一次的 {first} 个，只在后一次的 {last} 个。",
        f"{', '.join(parts)}. Units and years in both: {len(both)}; in the first only: {first}; in the second: {last}.",
    )


def _run_row(run: Run) -> list[str]:
    header, summary = run.header, run.header.summary
    counts = [summary.reports, summary.read, summary.error, summary.warning, summary.info]
    started = f"{header.started.astimezone():%Y-%m-%d %H:%M}"
    return [header.id, started, *map(str, counts), f"{header.pack} {header.rules[:8]}", header.version]


def _report_row(record: ReportRecord) -> list[str]:
    judged = record.status in JUDGED
    active = [finding.level for finding in record.findings if finding.is_active]
    counts = [str(active.count(level)) if judged else "-" for level in Level]
    about = _unit_and_year(record.unit, record.year) if judged else ["-", "-"]
    return [*about, STATUS_NAMES[record.status], *counts, clip(plain(record.path), _PATH_COLUMNS)]


def _unit_and_year(unit: str | None, year: int | None) -> list[str]:
    unknown = say("未识别", "unknown")
    return [clip(plain(unit or unknown), _UNIT_COLUMNS), str(year or unknown)]


def _rest(total: int) -> Iterator[str]:
    if total > ROWS_SHOWN:
        more = total - ROWS_SHOWN
        yield say(f"……另有 {more} 行，--format json 可得全部", f"... {more} more rows: use --format json")
