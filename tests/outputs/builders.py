"""Records as the engine makes them, written by hand: reports, findings and rules for the tests of the outputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import yaml
from openpyxl import Workbook, load_workbook

from audit.copies.record import CopyFamily, CopyPair, Direction, SharedPassage
from audit.record import (
    JUDGED,
    ContentRecord,
    FactRecord,
    ReportRecord,
    RulesRecord,
    RunRecord,
    Status,
    Summary,
    ToolRecord,
    YearRecord,
)
from checks.finding import Finding, Outcome, Related
from checks.match import Value
from checks.metrics.values import MetricValue
from documents.report import UnitLevel
from outputs.workbook import WorkbookInfo, build_workbook
from outputs.workbook.spreadsheet import AuditBook
from rules.model import Applies, Examples, Level, Rule, Ruleset, SwitchedOff, YearRange

RULES = tuple(
    (id_, Level(level), title, basis, advice)
    for id_, level, title, basis, advice in yaml.safe_load(
        Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8")
    )
)
UNITS = (
    ("金水区人民政府", UnitLevel.COUNTY),
    ("临江市市场监督管理局", UnitLevel.DEPARTMENT),
    ("青石镇人民政府", UnitLevel.TOWNSHIP),
    ("河东新区管理委员会", UnitLevel.COUNTY),
    ("柳林街道办事处", UnitLevel.TOWNSHIP),
    ("云岭省生态环境厅", UnitLevel.DEPARTMENT),
    ("临江市人民政府", UnitLevel.CITY),
)
METRICS = (
    ("penalty_cases", "行政处罚案件", 281, "宗", None),
    ("contract_reviews", "合同审查", 252, "份", None),
    ("contract_reviews", "合同审查", 185, "份", "超"),
    ("reconsideration_cases", "行政复议案件", 0, "件", None),
    ("litigation_cases", "行政诉讼案件", 20, "件", "余"),
    ("petition_visits", "监察接访", 1217, "人次", None),
    ("pass_rate", "执法考试通过率", 99.87, "%", None),
    ("service_items", "政务服务办件", 360100, "宗", None),
)


def rule(number: int) -> Rule:
    """One rule of the pack of these tests; the first two apply from 2019 on to counties and townships."""
    id_, level, title, basis, advice = RULES[number]
    narrow = Applies(years=YearRange(first=2019), levels=(UnitLevel.COUNTY, UnitLevel.TOWNSHIP))
    return Rule(
        id=id_,
        check="required-section",
        level=level,
        title=title,
        basis=basis,
        advice=advice,
        applies=narrow if number < 2 else Applies(),
        examples=Examples(
            fail=("一、2023年主要工作\n全年办理案件三百余件。\n二、存在的困难和问题\n执法力量不足。",),
            passing=("三、党政主要负责人履行推进法治建设第一责任人职责情况\n主任专题听取汇报4次，研究议题6个。",),
        ),
    )


def ruleset() -> Ruleset:
    """A small pack: ten rules, one of them switched off besides."""
    rules = tuple(rule(number) for number in range(len(RULES)))
    return Ruleset(
        "fazhi",
        "法治政府建设年度报告",
        rules,
        (SwitchedOff("sections/nine-tasks", "本市不考核九项任务覆盖"),),
        "ab12" * 16,
    )


def finding(which: int = 0, start: int = 0, quote: str = "执法力量不足。", **changes: object) -> Finding:
    """A finding of rule ``which``; an empty quote makes it one of something absent."""
    id_, level, title, basis, advice = RULES[which]
    values: dict[str, Value] = {} if quote else {"missing": "党政主要负责人履行推进法治建设第一责任人职责情况"}
    made = Finding(
        rule=id_,
        level=level,
        title=title,
        message=f"{title}：请核对“{quote or '全文'}”。",
        quote=quote,
        start=start,
        end=start + len(quote),
        section="二/(一)",
        place="二、(一) 第3段" if quote else "全文",
        excerpt=f"经自查，我单位仍存在一些问题，主要是【{quote}】下一步将继续改进，确保各项工作落到实处。"
        if quote
        else "",
        basis=basis,
        advice=advice,
        related=(),
        values=values,
        fingerprint=f"{which:02d}{start:06d}" + "c0ffee" * 8,
        number=f"F-{which:02d}{start % 1000:03d}",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def duplicate(path: str, start: int = 400) -> Finding:
    """A repeated sentence with its first place."""
    sentence = "执法规范性建设力度仍有待提高。"
    return finding(5, start, sentence, related=(Related(path, 120, 135, sentence, "一/(三)"),))


def metrics() -> tuple[MetricValue, ...]:
    """Values of several metrics, one of them with two values, one zero, one rate, one approximate."""
    return tuple(
        MetricValue(
            id_, name, value, unit, approx, 2023, f"{name}{approx or ''}{value}{unit}", 10 * at, 10 * at + 8, "一/(二)"
        )
        for at, (id_, name, value, unit, approx) in enumerate(METRICS)
    )


def years() -> tuple[YearRecord, ...]:
    """Mentions of the reported year, a range, an earlier and the next year."""
    opening = "【2023年】，在区委、区政府的正确领导下，认真统筹法治政府建设。"
    outline = "全面贯彻落实《法治政府建设实施纲要(【2021-2025年】)》。"
    scheme = "根据《工作方案》（沪府办发【〔2019〕20号】）要求开展评价。"
    plan = "【2024年】将继续推进综合行政执法改革。"
    return (
        YearRecord(2023, 2023, "this-year", "2023年", 0, 5, "", opening, "与报告年度一致"),
        YearRecord(2021, 2025, "range", "2021-2025年", 90, 100, "一/(一)", outline, "规划的起止年份"),
        YearRecord(2019, 2019, "document-number", "〔2019〕20号", 300, 309, "一/(三)", scheme, "文件编号"),
        YearRecord(2024, 2024, "next-year-plan", "2024年", 900, 905, "四", plan, "位于下一年度安排部分"),
    )


def contents(absent: bool) -> tuple[ContentRecord, ...]:
    """The four required contents; without the third where ``absent``."""
    return (
        ContentRecord("achievements", "主要举措和成效", "own", ("一、主要工作和成效",)),
        ContentRecord("shortcomings", "不足和原因", "own", ("二、存在问题及原因分析",)),
        ContentRecord(
            "responsibility", "第一责任人职责", "absent" if absent else "folded", () if absent else ("一/(一)",)
        ),
        ContentRecord("plan", "下一年度安排", "own", ("三、2024年工作计划",)),
    )


def report(number: int = 0, findings: Iterable[Finding] = (), **changes: object) -> ReportRecord:
    """A report that was read."""
    unit, level = UNITS[number % len(UNITS)]
    found = tuple(findings)
    outcomes = {rule_id: Outcome.PASSED for rule_id, *_ in RULES}
    outcomes |= {one.rule: Outcome.FOUND for one in found}
    made = ReportRecord(
        path=f"收件/2023年度/{number:03d}_{unit}_2023年法治政府建设年度报告.txt",
        sha256=f"{number:064x}",
        status=Status.READ,
        reason=None,
        unit=unit,
        level=level,
        year=2023,
        title=f"{unit}2023年法治政府建设年度报告",
        published=date(2024, 3, 11),
        characters=3200 + number,
        size=9800 + number,
        format="txt",
        encoding="UTF-8",
        evidence={"year": FactRecord("certain", "title", "2023年")},
        findings=found,
        metrics=metrics(),
        years=years(),
        contents=contents(any(one.rule == "sections/responsibility" for one in found)),
        outcomes=outcomes,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def unread(number: int, status: Status, reason: str) -> ReportRecord:
    """A file that was not judged."""
    return ReportRecord(
        path=f"收件/2023年度/{number:03d}_扫描件.pdf",
        sha256=f"{number:064x}",
        status=status,
        reason=reason,
        next_step="请报送单位重新提供。",
        size=52_000,
        format="pdf",
    )


def run(reports: Iterable[ReportRecord]) -> RunRecord:
    """A record with these reports."""
    made = tuple(reports)
    levels = Counter(one.level for item in made for one in item.findings)
    read = sum(item.status in JUDGED for item in made)
    return RunRecord(
        schema=1,
        tool=ToolRecord("fazhi-audit", "0.1.0", RulesRecord("fazhi", "ab12" * 16)),
        reports=made,
        summary=Summary(len(made), read, levels[Level.ERROR], levels[Level.WARNING], levels[Level.INFO]),
    )


def sample_run() -> RunRecord:
    """Five reports with findings of every level, one without any, and three files that were not judged."""
    near = "持续完善矛盾纠纷多元化解机制，推动关口前移。"
    other = Related(report(0).path, 44, 60, "不断完善矛盾纠纷多元化解机制，推动关口前移。", "一/(五)")
    return run(
        [
            report(0, [finding(0, 0, ""), duplicate(report(0).path), finding(7, 60, "开展普法活动若干场次")]),
            report(
                1,
                [
                    finding(1, 30),
                    finding(2, 10, "（五）加强监督"),
                    finding(9, 0, "", values={"missing": "行政处罚案件数"}),
                ],
            ),
            report(2, [finding(3, 0, "2022年，我镇认真贯彻落实上级部署"), finding(8, 210, "调解纠纷XX件")]),
            report(3),
            report(
                4,
                [
                    finding(4, 800, "2023年，我街道将继续深化综合执法改革"),
                    finding(6, 500, near, related=(other,)),
                ],
                status=Status.PARTLY_READ,
                reason="第 3 页为图片，未读出文字",
                next_step="请对照原件核对。",
                unassessed={"years/plan-year": "没有下一年度安排部分"},
            ),
            unread(5, Status.NO_TEXT, "文件由扫描图片组成，没有可复制的文字"),
            unread(6, Status.ENCRYPTED, "文件设有打开密码"),
            unread(7, Status.DUPLICATE, "与 001 号文件内容完全相同"),
        ]
    )


def passage(start: int = 30, similarity: float = 1.0) -> SharedPassage:
    """A passage that two reports share, with the name of the place replaced."""
    quote = "金水区坚持把法治政府建设摆在工作全局的重要位置，全年召开专题会议12次，研究解决执法协调难题36件。"
    other = "柳林街道坚持把法治政府建设摆在工作全局的重要位置，全年召开专题会议9次，研究解决执法协调难题21件。"
    return SharedPassage(start, start + len(quote), quote, start + 5, start + 5 + len(other), other, similarity)


def copy_pair(one: ReportRecord, other: ReportRecord, **changes: object) -> CopyPair:
    """Two reports that share text; the second copied, as its date tells."""
    made = CopyPair(
        path=one.path,
        unit=one.unit,
        year=one.year,
        other_path=other.path,
        other_unit=other.unit,
        other_year=other.year,
        characters=1260,
        share=0.412,
        other_share=0.655,
        sentences=23,
        direction=Direction.TO_OTHER,
        reason="乙报告成文日期（2024-03-20）晚于甲报告（2024-03-11）",
        passages=(passage(), passage(400, 0.93)),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def copied_run() -> RunRecord:
    """The sample run with pairs of reports that share text, one with an earlier year's report, and a family."""
    made = sample_run()
    reports = made.reports
    pairs = (
        copy_pair(reports[0], reports[4]),
        copy_pair(reports[0], reports[1], share=0.2, other_share=0.18, direction=None, reason=None, sentences=7),
        copy_pair(
            reports[2],
            reports[2],
            other_path="往年/2022年度/002_青石镇人民政府.txt",
            other_year=2022,
            direction=Direction.FROM_OTHER,
            reason="乙报告为上一年度报告",
            earlier=True,
        ),
    )
    members = (reports[0], reports[4], reports[1])
    family = CopyFamily(1, tuple(one.path for one in members), tuple(one.unit for one in members), 7, passage().quote)
    return replace(made, copies=pairs, families=(family,))


def large_run(reports: int = 300, findings: int = 7) -> RunRecord:
    """Many reports with ``findings`` findings each."""
    return run(
        report(
            number,
            [
                finding(at % len(RULES), 40 * at, f"第{number}份报告第{at}处文字，" * (1 + at % 4))
                for at in range(findings)
            ],
        )
        for number in range(reports)
    )


def reopened(book: AuditBook) -> Workbook:
    """The workbook as a reader finds it in its file."""
    packed = BytesIO()
    book.save(packed)
    return load_workbook(packed)


def book_of(run: RunRecord, info: WorkbookInfo) -> Workbook:
    """The workbook of a run as a reader finds it in its file."""
    return reopened(build_workbook(run, info))


def info(**changes: object) -> WorkbookInfo:
    """What surrounds a run."""
    made = WorkbookInfo(
        run="20240312_020000_fazhi",
        started=datetime(2024, 3, 12, 2, 0, 0),
        finished=datetime(2024, 3, 12, 2, 3, 41),
        scope=("收件/2023年度",),
        ruleset=ruleset(),
        engine="Prefect 流程，2 个进程",
    )
    return replace(made, **changes)  # type: ignore[arg-type]
