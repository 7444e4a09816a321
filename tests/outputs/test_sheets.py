"""What the sheets say, row by row, for the sample run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook

from audit.record import ReportRecord, Status
from checks.finding import Related
from checks.metrics.values import MetricValue
from checks.years.kinds import YEAR_KIND_NAMES, YearKind
from rules.facts.metrics import Metric
from tests.outputs import builders


def rows(book: Workbook, name: str, header: int = 1) -> list[dict[str, Any]]:
    sheet = book[name]
    titles = [cell.value for cell in sheet[header]]
    return [dict(zip(titles, values, strict=True)) for values in sheet.iter_rows(min_row=header + 1, values_only=True)]


def build(reports: Iterable[ReportRecord], **changes: object) -> Workbook:
    return builders.book_of(builders.run(reports), builders.info(**changes))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return builders.book_of(builders.sample_run(), builders.info())


def test_overview(book: Workbook) -> None:
    first, second, *_, last = rows(book, "汇总")
    assert first == {
        "序号": 1, "单位": "金水区人民政府", "报告": "000_金水区人民政府_2023年法治政府建设年度报告.txt",
        "层级": "县级", "年度": 2023, "处理状态": "已读取", "得分": 77.0,
        "错误": 2, "警告": 1, "提示": 0, "合计": 3, "必备内容": 1,
        "年份时点": 0, "重复雷同": 1, "指标数据": 1, "未能判断": 0, "首个问题": "查看",
    }  # fmt: skip
    assert second["得分"] == 96.0
    assert (last["单位"], last["处理状态"], last["得分"], last["错误"]) == ("—", "重复文件", None, None)
    assert [row["未能判断"] for row in rows(book, "汇总")] == [0, 0, 0, 0, 1, None, None, None]


def test_findings_stand_by_report_then_level_then_place(book: Workbook) -> None:
    listed = [(row["单位"], row["级别"]) for row in rows(book, "问题清单")]
    assert listed[:6] == [
        ("金水区人民政府", "错误"),
        ("金水区人民政府", "错误"),
        ("金水区人民政府", "警告"),
        ("临江市市场监督管理局", "警告"),
        ("临江市市场监督管理局", "提示"),
        ("临江市市场监督管理局", "提示"),
    ]
    assert [row["序号"] for row in rows(book, "问题清单")] == list(range(1, 11))


def test_a_finding_shows_its_words_in_brackets(book: Workbook) -> None:
    absent, doubled, *_ = rows(book, "问题清单")
    assert absent["原文"] == "（文中未见：党政主要负责人履行推进法治建设第一责任人职责情况）"
    assert "【执法规范性建设力度仍有待提高。】" in doubled["原文"]
    assert doubled["类别"] == "重复雷同"
    assert doubled["问题编号"] == "F-05400"
    assert doubled["指纹"] == "05000400" + "c0ffee" * 8
    assert doubled["依据"].startswith("审查口径（可调整）")


def test_long_evidence_is_cut_around_the_hit() -> None:
    excerpt = "前" * 1000 + "【开展活动若干次】" + "后" * 1000
    book = build([builders.report(0, [builders.finding(7, 1000, "开展活动若干次", excerpt=excerpt)])])
    shown = rows(book, "问题清单")[0]["原文"]
    assert "前【开展活动若干次】后" in shown
    assert len(shown) <= 302


def test_the_ledger_takes_errors_and_warnings_only(book: Workbook) -> None:
    listed = rows(book, "整改台账", 4)
    assert len(listed) == 8
    assert {row["级别"] for row in listed} == {"错误", "警告"}
    assert "另有提示 2 项" in book["整改台账"]["A2"].value
    assert listed[1]["问题（位置、原文、说明）"].split("\n")[:2] == [
        "二、(一) 第3段",
        "“执法规范性建设力度仍有待提高。”",
    ]


def test_contents_say_how_and_where(book: Workbook) -> None:
    first, second, *others = rows(book, "必备内容")
    assert first["第一责任人职责"] == "× 缺少"
    assert first["第一责任人职责所在位置"] is None
    assert second["第一责任人职责"] == "○ 并入他处"
    assert second["主要举措和成效"] == "√ 单独成章"
    assert second["主要举措和成效所在位置"] == "一、主要工作和成效"
    assert len(others) == 3


def test_metrics_are_numbers_that_show_their_unit(book: Workbook) -> None:
    sheet = book["指标"]
    first, second = rows(book, "指标")[:2]
    assert (first["行政处罚案件"], first["合同审查"], first["行政复议案件"], first["执法考试通过率"]) == (
        281,
        252,
        0,
        0.9987,
    )
    assert (second["单位"], second["值序"], second["合同审查"], second["行政处罚案件"]) == (
        "金水区人民政府",
        2,
        185,
        None,
    )
    formats = {cell.value: cell.number_format for row in sheet.iter_rows(min_row=2, max_row=3) for cell in row[4:]}
    assert formats[281] == '#,##0"宗"_ '
    assert formats[20] == '#,##0"余件"_ '
    assert formats[185] == '"超"#,##0"份"_ '
    assert formats[0.9987] == "0.0#%_ "


def test_metrics_of_other_years_stand_in_the_details_only() -> None:
    values = tuple(
        MetricValue("cases", "行政复议案件", value, "件", None, year, f"{value}件", start, start + 4, "一")
        for start, (value, year) in enumerate([(435, 2023), (207, 2022), (435, 2023)])
    )
    book = build([builders.report(0, metrics=values)])
    assert [row["行政复议案件"] for row in rows(book, "指标")] == [435]
    assert [(row["数值"], row["数据年度"]) for row in rows(book, "指标明细")] == [(435, 2023), (207, 2022), (435, 2023)]


def test_metrics_follow_the_catalogue() -> None:
    catalogue = tuple(
        Metric(id=id_, name="名称", group="组", units=("件",), forms=("案件",))
        for id_ in ("petition_visits", "never_stated", "penalty_cases")
    )
    book = build([builders.report(0)], metrics=catalogue)
    assert list(rows(book, "指标")[0])[4:7] == ["监察接访", "行政处罚案件", "合同审查"]


def test_metrics_with_very_many_units_keep_to_the_limit_of_formats() -> None:
    values = tuple(
        MetricValue(f"m{at}", f"指标{at}", at, f"单位{at}", None, 2023, str(at), at, at + 1, "一") for at in range(400)
    )
    book = build([builders.report(0, metrics=values)])
    assert len({cell.number_format for cell in book["指标"][2]}) <= 160


def test_years_show_their_class_and_distance(book: Workbook) -> None:
    this, range_, number, plan = rows(book, "年份引用")[:4]
    assert this["原文"].startswith("【2023年】")
    assert this["位置"] == "开头"
    assert [row["相差"] for row in (this, range_, number, plan)] == [0, 0, -4, 1]
    assert (range_["所指年份"], range_["截止年份"]) == (2021, 2025)
    assert (this["截止年份"], plan["判断理由"]) == (None, "位于下一年度安排部分")


def test_classes_of_years_are_in_chinese() -> None:
    years = tuple(replace(builders.years()[0], kind=str(kind)) for kind in YearKind)
    book = build([builders.report(0, years=years)])
    assert [row["类别"] for row in rows(book, "年份引用")] == [YEAR_KIND_NAMES[kind] for kind in YearKind]


def test_duplicates_stand_side_by_side(book: Workbook) -> None:
    same, other = rows(book, "重复比对")
    assert (same["甲处位置"], same["乙处位置"], same["乙处报告"]) == ("一、(三)", "二、(一) 第3段", "同一报告")
    assert same["甲处原文"] == same["乙处原文"] == "执法规范性建设力度仍有待提高。"
    assert same["相似度"] == 1
    assert (other["单位"], other["乙处报告"]) == ("柳林街道办事处", "金水区人民政府")
    assert 0.8 < other["相似度"] < 1
    assert book["重复比对"]["K2"].number_format == "0.0%"


def test_pairs_of_reports_stand_before_repetitions_within_one() -> None:
    run = builders.copied_run()
    book = builders.book_of(run, builders.info())
    first, earlier, second, within = rows(book, "重复比对")
    assert [row["情形"] for row in (first, earlier, second, within)] == [
        "报告之间", "与往年报告", "报告之间", "报告之内",
    ]  # fmt: skip
    assert (first["单位"], first["占甲报告"], first["占乙报告"], first["相同段数"]) == (
        "金水区人民政府",
        0.412,
        0.655,
        23,
    )
    assert first["报告"].endswith(".txt\n（2023年度）")
    assert first["乙处报告"].startswith("柳林街道办事处\n")
    assert first["甲处原文"].startswith("(1) 金水区坚持")
    assert first["乙处原文"].startswith("(1) 柳林街道坚持")
    assert first["甲处原文"].count("\n(2) ") == first["乙处原文"].count("\n(2) ") == 1
    assert first["先后"] == "甲在先，乙在后：乙报告成文日期（2024-03-20）晚于甲报告（2024-03-11）"
    assert second["先后"] == "先后不明"
    assert earlier["乙处报告"].endswith("（2022年度）")
    assert within["占甲报告"] is None
    (group,) = rows(book, "雷同组")
    assert (group["份数"], group["单位"]) == (3, "金水区人民政府、柳林街道办事处、临江市市场监督管理局")


def test_a_pair_shows_the_number_of_the_finding_that_tells_of_it() -> None:
    other, one = builders.report(4), builders.report(0)
    quote = builders.passage().quote
    found = builders.finding(6, 30, quote, related=(Related(other.path, 35, 80, quote, "一/(五)"),))
    run = builders.run([replace(one, findings=(found,)), other])
    (row,) = rows(builders.book_of(replace(run, copies=(builders.copy_pair(one, other),)), builders.info()), "重复比对")
    assert (row["问题编号"], row["级别"]) == (found.number, "警告")
    assert (row["甲处位置"], row["乙处位置"]) == ("二、(一) 第3段", "一、(五)")


def test_samples_of_a_habit_are_no_pairs() -> None:
    habit = builders.duplicate(builders.report(0).path)
    book = build(
        [builders.report(0, [builders.finding(5, 400, habit.quote, related=habit.related, values={"count": 30})])]
    )
    (row,) = rows(book, "重复比对")
    assert (row["乙处报告"], row["相似度"]) == ("同类问题（示例）", None)


def test_two_neighbours_in_one_quote_are_told_apart() -> None:
    path, sentence = builders.report(0).path, "不断加强依法行政意识。"
    whole = builders.finding(
        5, 400, sentence * 2, related=(Related(path, 400, 411, sentence, "四/(二)"),), values={"count": 2}
    )
    (row,) = rows(build([builders.report(0, [whole])]), "重复比对")
    assert (row["甲处原文"], row["乙处原文"], row["相似度"]) == (sentence, sentence, 1)


def test_files_have_a_row_each_with_reason_and_next_step(book: Workbook) -> None:
    listed = rows(book, "处理情况")
    assert [row["处理状态"] for row in listed] == [
        "已读取", "已读取", "已读取", "已读取", "部分读取", "没有文字", "已加密", "重复文件",
    ]  # fmt: skip
    assert all(row["下一步"] for row in listed)
    assert listed[5]["原因"] == "文件由扫描图片组成，没有可复制的文字"
    assert listed[4]["未能判断的规则"] == "下一年度安排的年份有误：没有下一年度安排部分"
    assert listed[0] | {"序号": 0} == {
        "序号": 0, "文件": builders.report(0).path, "处理状态": "已读取", "原因": None, "下一步": "无需处理。",
        "格式": "txt", "编码": "UTF-8", "大小（字节）": 9800, "字符数": 3200,
        "未能判断的规则": None, "SHA-256": "0" * 64,
    }  # fmt: skip


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_row(status: Status) -> None:
    book = build([builders.unread(1, status, "原因")])
    (row,) = rows(book, "处理情况")
    assert row["处理状态"]
    assert row["下一步"]


def test_rules_show_what_they_found(book: Workbook) -> None:
    listed = {row["规则编号"]: row for row in rows(book, "规则")}
    assert listed["sections/responsibility"]["情况"] == "有命中"
    assert listed["sections/responsibility"]["适用"] == "县级、乡镇街道，2019年度起"
    assert listed["metrics/vague"]["适用"] == "各层级"
    assert listed["sections/nine-tasks"]["情况"] == "已停用"
    assert "停用理由：本市不考核" in listed["sections/nine-tasks"]["依据"]
    assert listed["sections/causes"]["错误示例"].startswith("一、2023年主要工作")


def test_rules_that_never_found_anything_are_marked() -> None:
    unassessed = {"years/plan-year": "没有下一年度安排部分"}
    silent = builders.report(0)
    outcomes = dict(silent.outcomes) | {"years/plan-year": "not_assessable"}
    book = build([builders.report(0, unassessed=unassessed, outcomes=outcomes)])
    listed = {row["规则编号"]: row for row in rows(book, "规则")}
    assert listed["metrics/vague"]["情况"] == "从未命中"
    assert (listed["years/plan-year"]["情况"], listed["years/plan-year"]["未能判断（份）"]) == ("未能判断", 1)


def test_a_habit_counts_all_its_places() -> None:
    book = build([builders.report(0, [builders.finding(7, values={"count": 30})])])
    listed = {row["规则编号"]: row for row in rows(book, "规则")}
    assert (listed["metrics/vague"]["命中（处）"], listed["metrics/vague"]["命中（份）"]) == (30, 1)


def test_statistics_add_up(book: Workbook) -> None:
    values = list(book["统计"].iter_rows(max_col=5, values_only=True))
    assert ("必备内容", 1, 1, 1, 3) in values
    assert ("已读取", 4, None, None, None) in values
    assert ("90 分及以上", 3, None, None, None) in values


def test_the_cover_tells_the_figures_and_what_to_mind(book: Workbook) -> None:
    sheet = book["说明"]
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    text = "\n".join(words)
    for piece in (
        "机器审核结论须经人工确认",
        "收件/2023年度",
        "2024-03-12 02:00:00 至 2024-03-12 02:03:41",
        "ab12" * 16,
        "fazhi-audit 0.1.0，Prefect 流程，2 个进程",
        "有 2 份文件未能审核，不等于没有问题",
        "有 1 份文件不需要审核",
        "有 1 份报告只读出部分内容",
        "有 1 份报告的部分规则未能判断（不等于合格）",
        "得分 ＝ 100 － 10×错误 － 3×警告 － 0.5×提示",
        "审查口径（可调整）",
    ):
        assert piece in text, piece
    figures = next(row for row in sheet.iter_rows(values_only=True) if row.count(None) == len(row) - 6 and 8 in row)
    assert [value for value in figures if value is not None] == [8, 5, 2, 4, 4, 2]


def test_the_cover_lists_every_sheet_and_no_other(book: Workbook) -> None:
    column = [cell.value for cell in book["说明"]["B"]]
    listed = column[column.index("各表内容") + 2 :]
    assert [name for name in listed if name] == book.sheetnames[1:]


def test_a_clean_run_has_nothing_to_mind() -> None:
    book = build([builders.report(0)])
    words = [cell.value for cell in book["说明"]["B"]]
    assert "需要注意" not in words
    assert "最突出的问题" not in words
    assert "问题最多的报告" not in words


def test_unknown_units_are_named_so() -> None:
    book = build([builders.report(0, [builders.finding(0)], unit=None, level=None, year=None)])
    assert rows(book, "问题清单")[0]["单位"] == "（未识别单位）"
    assert rows(book, "汇总")[0]["年度"] is None


def test_what_is_no_submission_is_listed_among_the_files_only() -> None:
    ignored = ReportRecord("收件箱/README.md", None, Status.IGNORED, "文件夹说明")
    book = builders.book_of(builders.run([*builders.sample_run().reports, ignored]), builders.info())
    names = {name: {cell.value for row in book[name] for cell in row} for name in ("汇总", "处理情况")}
    assert "README.md" not in names["汇总"]
    assert any("README.md" in str(value) for value in names["处理情况"])
