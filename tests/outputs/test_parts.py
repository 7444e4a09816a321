"""Splitting a run: every report in one part, parts below the limit, names that every system takes, sums that agree."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from audit.record import JUDGED, ReportRecord, RunRecord, Status
from audit.summary import ReportSummary, add_outcomes, count_outcomes, summary_of
from checks.finding import Outcome
from outputs.workbook import (
    PartLimit,
    RegionPart,
    WorkbookInfo,
    part_run,
    plan_parts,
    write_summary_workbook,
    write_workbook,
)
from outputs.workbook.parts import UNKNOWN_REGION
from rules.model import Level
from tests.outputs import builders

UNITS = (
    "广东省司法厅", "广州市人民政府", "广州市白云区人民政府", "广州市白云区新市街道办事处", "深圳市南山区司法局",
    "苏州市昆山市公安局", "上海市闵行区古美路街道", "厦门市海沧区城市管理局", "海沧区教育局", "青石镇人民政府", None,
)  # fmt: skip


def summary(unit: str | None, findings: int = 1, path: str = "收件/1.txt") -> ReportSummary:
    rules = (("sections/plan", Level.ERROR, findings),) if findings else ()
    return ReportSummary(path, None, Status.READ, unit=unit, rules=rules)


def planned(units: list[str | None], limit: int, **more: int) -> dict[str, list[str | None]]:
    parts = plan_parts([summary(unit) for unit in units], PartLimit(findings=limit, **more))
    return {part.name: [units[index] for index in part.indices] for part in parts}


def test_what_fits_stays_together() -> None:
    assert planned(list(UNITS), 100) == {"全部": list(UNITS)}
    assert plan_parts([]) == (RegionPart("全部", ()),)


def test_regions_are_split_no_further_than_needed() -> None:
    units: list[str | None] = ["广州市白云区司法局"] * 4 + ["广州市越秀区司法局"] * 3 + ["广州市司法局"] * 2
    units += ["深圳市南山区司法局"] * 4 + ["厦门市海沧区城市管理局"] * 9
    sizes = {name: len(members) for name, members in planned(units, 9).items()}
    assert sizes == {"广州市": 9, "深圳市": 4, "福建省": 9}
    sizes = {name: len(members) for name, members in planned(units, 5).items()}
    assert sizes == {
        "广州市本级": 2, "广州市白云区": 4, "广州市越秀区": 3, "深圳市": 4,
        "厦门市海沧区(1)": 5, "厦门市海沧区(2)": 4,
    }  # fmt: skip


def test_small_regions_share_a_workbook() -> None:
    units: list[str | None] = [f"{name}县司法局" for name in "滑浚淇泌延封兰杞睢宁" for _ in range(10)]
    parts = planned(units, 50)
    assert {name: len(members) for name, members in parts.items()} == {"滑县等5个地区": 50, "封县等5个地区": 50}


def test_thousands_of_small_regions_do_not_make_thousands_of_workbooks() -> None:
    names = ["".join(letters) for letters in product("甲乙丙丁戊己庚辛", "东南西北中", "山水河湖岭", "安平宁和")]
    parts = plan_parts([summary(f"{name}县司法局", 5) for name in names for _ in range(3)], PartLimit(findings=2_000))
    assert len(names) == 800
    assert [len(part.indices) for part in parts] == [345] * 6 + [330]


def test_a_folder_stands_for_a_region_that_no_name_tells() -> None:
    paths = ["收件/滨海片区/1.txt", "收件/滨海片区/深/2.txt", "收件/广州市/3.txt", "收件/4.txt"]
    summaries = [summary(None, 3, path) for path in paths]
    summaries.append(summary("白云区司法局", 3, "收件/广州市/5.txt"))
    parts = plan_parts(summaries, PartLimit(findings=6))
    assert {part.name: part.indices for part in parts} == {"滨海片区": (0, 1), "广东省": (2, 4), UNKNOWN_REGION: (3,)}


@pytest.mark.parametrize(
    ("unit", "title", "name", "part"),
    [
        ("新市街道办事处", "广州市白云区人民政府新市街道办事处2023年法治政府建设年度报告", "1.txt", "广东省"),
        ("新市街道办事处", None, "012_广州市白云区新市街道办事处_2023年法治政府建设年度报告.txt", "广东省"),
        ("从化区", "广州市从化区2024年法治政府建设年度报告", "1.txt", "广东省"),
        ("从化区", "关于2024年度法治政府建设情况的报告", "1.txt", "从化区"),
        ("从化区", "韶关市南雄市2024年法治政府建设年度报告", "1.txt", "从化区"),
        (None, None, "全市2024年法治政府建设年度报告.txt", UNKNOWN_REGION),
    ],
)
def test_a_name_without_its_region_is_completed_by_title_and_file(
    unit: str | None, title: str | None, name: str, part: str
) -> None:
    one = replace(summary(unit, 5, f"收件/{name}"), title=title)
    parts = plan_parts([one, summary("厦门市司法局", 5)], PartLimit(findings=5))
    assert [other.name for other in parts] == [part, "福建省"]


def test_a_report_above_the_limit_has_a_workbook_of_its_own() -> None:
    parts = plan_parts([summary("滑县司法局", 1), summary("滑县司法局", 90), summary("滑县司法局", 1)], PartLimit(9))
    assert [(part.name, part.indices) for part in parts] == [("滑县(1)", (0,)), ("滑县(2)", (1,)), ("滑县(3)", (2,))]


def test_the_number_of_reports_is_a_limit_too() -> None:
    assert len(plan_parts([summary("滑县司法局", 0)] * 10, PartLimit(reports=4))) == 3


@pytest.mark.parametrize("folder", ["CON", "a:b|c?*", "尾点.", "很" * 300, "\u202e反", "nul.txt", "LPT1", "两  空"])
def test_names_are_those_of_files(folder: str) -> None:
    summaries = [summary(None, 5, f"收件/{folder}/{number}.txt") for number in range(2)]
    summaries += [summary(None, 5, "收件/乙/1.txt")] * 2
    names = [part.name for part in plan_parts(summaries, PartLimit(findings=10))]
    assert len(names) == 2
    for name in names:
        assert re.fullmatch(r"[^<>:\"/\\|?*\s]{1,50}", name)
        assert name.isprintable()
        assert not name.endswith((".", " "))
        assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", name)


def test_equal_names_are_told_apart_whatever_their_case() -> None:
    summaries = [summary(None, 5, f"收件/{folder}/1.txt") for folder in ("abc", "ABC", "a?c", "a*c")]
    names = [part.name for part in plan_parts(summaries, PartLimit(findings=5))]
    assert names == ["abc", "ABC(2)", "a_c", "a_c(2)"]


@given(
    st.lists(st.tuples(st.sampled_from(UNITS), st.integers(0, 12), st.sampled_from("甲乙")), max_size=60),
    st.integers(1, 40),
    st.integers(1, 20),
)
def test_every_report_is_in_exactly_one_part(rows: list[tuple[str | None, int, str]], most: int, reports: int) -> None:
    summaries = [summary(unit, count, f"收件/{folder}/{at}.txt") for at, (unit, count, folder) in enumerate(rows)]
    limit = PartLimit(most, reports)
    parts = plan_parts(summaries, limit)
    assert sorted(index for part in parts for index in part.indices) == list(range(len(rows)))
    assert all(list(part.indices) == sorted(part.indices) for part in parts)
    assert len({part.name.casefold() for part in parts}) == len(parts)
    for part in parts:
        findings = sum(summaries[index].findings for index in part.indices)
        assert limit.holds(findings, len(part.indices)) or len(part.indices) == 1
    assert plan_parts(summaries, limit) == parts


def test_a_part_has_the_copies_that_concern_its_reports() -> None:
    run = builders.copied_run()
    part = part_run(run, [run.reports[1]])
    assert [pair.other_path for pair in part.copies] == [run.reports[1].path]
    assert part.families == run.families
    assert part.summary.reports == 1
    assert part_run(run, [run.reports[3]]).copies == ()
    assert part_run(run, [run.reports[3]]).families == ()


def test_outcomes_add_up() -> None:
    run = builders.sample_run()
    total: dict[str, dict[Outcome, int]] = {}
    for report in run.reports:
        add_outcomes(total, count_outcomes([report]))
    assert total == count_outcomes(run.reports)
    assert total["sections/responsibility"] == {Outcome.FOUND: 1, Outcome.PASSED: 4}


def split(folder: Path, run: RunRecord, limit: PartLimit, info: WorkbookInfo) -> tuple[list[Path], Path]:
    """Write the workbooks of the parts and the summary workbook."""
    summaries = [summary_of(report) for report in run.reports]
    parts = plan_parts(summaries, limit)
    files = [
        write_workbook(
            folder / f"审核 #{part.name}.xlsx",
            part_run(run, [run.reports[index] for index in part.indices]),
            replace(info, part=part.name, details=False),
        ).path
        for part in parts
    ]
    frame = replace(run, reports=())
    outcomes = count_outcomes(run.reports)
    return files, write_summary_workbook(folder / "总册.xlsx", frame, summaries, parts, files, info, outcomes).path


def spread_run() -> RunRecord:
    """Reports of several regions, some without findings, some not read, with pairs and a group."""
    made = builders.copied_run()
    reports = [replace(one, unit=unit) if one.unit else one for one, unit in zip(made.reports, UNITS, strict=False)]
    more = [
        builders.report(20 + at, [builders.finding(at % 9, 10 * one) for one in range(at % 5)], unit=UNITS[at % 8])
        for at in range(16)
    ]
    return replace(made, reports=(*reports, *more), summary=builders.run([*reports, *more]).summary)


Books = tuple[list[Workbook], Workbook, list[Path], RunRecord]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    run = spread_run()
    files, total = split(tmp_path_factory.mktemp("split"), run, PartLimit(findings=8), builders.info())
    return [load_workbook(file) for file in files], load_workbook(total), files, run


def rows_of(sheet: Worksheet, header: int = 1) -> list[dict[str, object]]:
    names, *rows = sheet.iter_rows(min_row=header, values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_the_summary_has_its_sheets(books: Books) -> None:
    parts, total, _, _ = books
    assert len(parts) > 3
    assert total.sheetnames == ["说明", "分地区汇总", "汇总", "问题类型", "重复比对", "雷同组", "处理情况", "统计"]
    assert all("指标明细" not in book and "年份引用" not in book for book in parts)


def test_a_part_says_what_it_is(books: Books) -> None:
    parts, _, files, _ = books
    for book, file in zip(parts, files, strict=True):
        words = " ".join(str(cell.value) for row in book["说明"].iter_rows() for cell in row if cell.value)
        assert file.stem.removeprefix("审核 #") in words
        assert "本册从略" in words


def test_the_rows_of_regions_add_up_to_the_run(books: Books) -> None:
    parts, total, _, run = books
    rows = rows_of(total["分地区汇总"], 3)
    levels = Counter(finding.level for report in run.reports for finding in report.findings)
    names = ("收到文件", "已审核", "错误", "警告", "提示", "合计")
    sums = {name: sum(int(str(row[name])) for row in rows) for name in names}
    assert sums == {
        "收到文件": len(run.reports),
        "已审核": sum(report.status in JUDGED for report in run.reports),
        "错误": levels[Level.ERROR],
        "警告": levels[Level.WARNING],
        "提示": levels[Level.INFO],
        "合计": levels.total(),
    }
    for book, row in zip(parts, rows, strict=True):
        listed = rows_of(book["问题清单"])
        assert row["合计"] == sum(isinstance(one["序号"], int) for one in listed)
        assert row["收到文件"] == len(rows_of(book["处理情况"]))


def test_links_of_regions_lead_to_the_parts(books: Books) -> None:
    _, total, files, _ = books
    targets = [row[2].hyperlink.target for row in total["分地区汇总"].iter_rows(min_row=4)]
    assert [unquote(target) for target in targets] == [file.name for file in files]
    assert all(target.isascii() and " " not in target and "#" not in target for target in targets)


def test_every_report_has_a_row_and_its_part(books: Books) -> None:
    parts, total, files, run = books
    rows = rows_of(total["汇总"])
    assert [row["报告"] for row in rows] == [Path(report.path).name for report in run.reports]
    names = [file.stem.removeprefix("审核 #") for file in files]
    for name, book in zip(names, parts, strict=True):
        inside = [row["报告"] for row in rows_of(book["汇总"])]
        assert inside == [row["报告"] for row in rows if row["分册"] == name]


def test_rules_are_counted_over_all_parts(books: Books) -> None:
    _, total, _, run = books
    rows = {str(row["规则编号"]): row for row in rows_of(total["问题类型"])}
    assert set(rows) == {rule for rule, *_ in builders.RULES}
    for rule, row in rows.items():
        assert row["涉及报告"] == sum(any(one.rule == rule for one in report.findings) for report in run.reports)
        assert row["问题数"] == sum(one.rule == rule for report in run.reports for one in report.findings)
    assert {row["情况"] for row in rows.values()} <= {"有命中", "从未命中", "未能判断", "不适用"}


def test_files_that_were_not_read_stand_in_the_summary(books: Books) -> None:
    _, total, _, run = books
    rows = rows_of(total["处理情况"])
    assert [row["文件"] for row in rows] == [report.path for report in run.reports if report.status is not Status.READ]
    assert all(row["原因"] and row["下一步"] and row["分册"] for row in rows)


def test_pairs_over_all_parts_stand_side_by_side(books: Books) -> None:
    _, total, _, run = books
    rows = rows_of(total["重复比对"])
    assert [row["占乙报告"] for row in rows] == [0.655, 0.655, 0.18]
    assert len(rows) == len(run.copies)
    assert "级别" not in rows[0]
    (group,) = rows_of(total["雷同组"])
    assert group["份数"] == 3


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6), st.booleans()), min_size=1, max_size=25),
    st.integers(2, 30),
)
def test_sums_of_the_parts_are_the_totals(
    tmp_path_factory: pytest.TempPathFactory, plan: list[tuple[int, int, bool]], most: int
) -> None:
    def made(at: int, unit: int, findings: int, read: bool) -> ReportRecord:
        if not read:
            return builders.unread(at, Status.NO_TEXT, "没有文字")
        found = [builders.finding((at + one) % 9, 10 * one) for one in range(findings)]
        return builders.report(at, found, unit=UNITS[unit])

    run = builders.run([made(at, *row) for at, row in enumerate(plan)])
    _, total = split(tmp_path_factory.mktemp("sums"), run, PartLimit(findings=most), builders.info())
    book = load_workbook(total)
    rows = rows_of(book["分地区汇总"], 3)
    counts = run.summary
    for name, field in {
        "收到文件": "reports",
        "已审核": "read",
        "错误": "error",
        "警告": "warning",
        "提示": "info",
    }.items():
        assert sum(int(str(row[name])) for row in rows) == getattr(counts, field), name
    overview = [row for row in rows_of(book["汇总"]) if row["合计"] is not None]
    assert sum(int(str(row["合计"])) for row in overview) == counts.error + counts.warning + counts.info
    kinds = rows_of(book["问题类型"])
    assert sum(int(str(row["问题数"])) for row in kinds) == counts.error + counts.warning + counts.info
