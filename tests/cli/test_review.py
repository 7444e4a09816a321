"""Inspectors at work, month by month, through the real commands and real workbooks."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.conftest import Run
from tests.places import seed

SOFFICE = shutil.which("soffice")
NAME = "广州市白云区新市街道办事处_2023年法治政府建设年度报告.txt"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    folder.mkdir()
    shutil.copy(seed("新市"), folder / NAME)
    return folder


def audit(fazhi_audit: Run, *more: str) -> Path:
    """Audit the inbox; returns the workbook."""
    done = fazhi_audit("audit", "收件", "--out", "结果", "--engine", "plain", "--workers", "1", *more)
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("工作簿："))
    return Path(line.removeprefix("工作簿："))


def rows(book: Path, sheet: str = "问题清单") -> dict[str, dict[str, Any]]:
    """The rows of a sheet by 问题编号."""
    head, *body = load_workbook(book)[sheet].iter_rows(values_only=True)
    named = [dict(zip(head, row, strict=True)) for row in body]
    return {row["问题编号"]: row for row in named}


def fill(book: Path, target: Path, words: Mapping[str, Mapping[str, object]]) -> Path:
    made: Workbook = load_workbook(book)
    sheet = made["问题清单"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for header, value in words.get(sheet.cell(row, columns["问题编号"]).value, {}).items():
            sheet.cell(row, columns[header]).value = value
    made.save(target)
    return target


def take_in(fazhi_audit: Run, book: Path, *more: str, status: int = 0) -> str:
    done = fazhi_audit("review", "import", str(book), "--out", "结果", *more)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def edit(inbox: Path, *, seed_of_chance: int) -> None:
    """Insert a harmless sentence of its own somewhere into the report."""
    path = inbox / NAME
    lines = path.read_text(encoding="utf-8").split("\n")
    chance = random.Random(seed_of_chance)
    digits = "".join(chance.choice("甲乙丙丁戊己庚辛") for _ in range(8))
    lines.insert(chance.randrange(2, len(lines)), f"　　另有补充事项代号{digits}，详见台账登记簿。")
    path.write_text("\n".join(lines), encoding="utf-8")


def test_a_month_of_work(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    book = audit(fazhi_audit)
    numbers = list(rows(tmp_path / book))
    words = {
        numbers[0]: {"审核意见": "误判", "复核意见": "引文无误"},
        numbers[1]: {"审核意见": "属实", "整改状态": "整改中", "责任人": "王五", "整改时限": "2025年6月30日"},
        numbers[2]: {"审核意见": "豁免"},
    }
    told = take_in(fazhi_audit, fill(tmp_path / book, tmp_path / "甲.xlsx", words), "--by", "张三")
    assert "新增 3 条" in told
    assert "没有写理由" in told
    assert "新增 0 条，更新 0 条，核定 0 条，未变 3 条" in take_in(fazhi_audit, tmp_path / "甲.xlsx", "--by", "张三")

    edit(inbox, seed_of_chance=1)
    (inbox / NAME).write_text(
        (inbox / NAME).read_text(encoding="utf-8").replace("近200余家", "200家"), encoding="utf-8"
    )
    second = tmp_path / audit(fazhi_audit)
    carried = rows(second)
    assert carried[numbers[0]]["审核意见"] == "误报"
    assert carried[numbers[0]]["复核意见"] == "引文无误"
    assert "不计入" in carried[numbers[0]]["审核提示"]
    assert f"{carried[numbers[1]]['整改时限']:%Y-%m-%d}" == "2025-06-30"
    assert {carried[number]["与上期比较"] for number in numbers[:3]} == {"未整改"}

    run = json.loads((second.parent / "findings.json").read_text(encoding="utf-8"))
    found = {finding["number"]: finding for finding in run["reports"][0]["findings"]}
    assert found[numbers[0]]["suppression"]["kind"] == "decision"
    assert found[numbers[0]]["suppression"]["by"] == "张三"
    assert found[numbers[1]].get("suppression") is None
    assert run["summary"]["suppressed"] == 2

    assert "新增 0 条，更新 0 条，核定 0 条" in take_in(fazhi_audit, second)


def test_put_right_and_back_again(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    wrong = (inbox / NAME).read_text(encoding="utf-8")
    first = tmp_path / audit(fazhi_audit)
    run = json.loads((first.parent / "findings.json").read_text(encoding="utf-8"))
    finding = next(one for one in run["reports"][0]["findings"] if one["rule"] == "duplicates/sentence")
    number, quote = finding["number"], finding["quote"]
    take_in(fazhi_audit, fill(first, tmp_path / "甲.xlsx", {number: {"审核意见": "确认"}}), "--by", "张三")

    (inbox / NAME).write_text(wrong.replace(quote, "", 1), encoding="utf-8")
    second = tmp_path / audit(fazhi_audit)
    gone = rows(second, "整改对比")[number]
    assert (gone["对比结果"], gone["审核意见"]) == ("已整改", "确认")

    (inbox / NAME).write_text(wrong, encoding="utf-8")
    third = rows(tmp_path / audit(fazhi_audit))
    assert (third[number]["与上期比较"], third[number]["审核意见"]) == ("复发", "确认")

    (inbox / NAME).write_bytes(b"PK\x03\x04 broken")
    unread = rows(tmp_path / audit(fazhi_audit), "整改对比")[number]
    assert unread["对比结果"] == "未能判断"


def test_a_rule_that_is_off_is_not_put_right(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    first = tmp_path / audit(fazhi_audit)
    number = next(number for number, row in rows(first).items() if row["类别"] == "重复雷同")
    pack = tmp_path / "规则"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        "name: 试用\ntitle: 试用\nextends: fazhi\noff:\n  - id: duplicates/sentence\n    reason: 试用\n",
        encoding="utf-8",
    )
    done = fazhi_audit("audit", "收件", "--out", "结果", "--engine", "plain", "--rules", "规则")
    assert done.returncode == 0, done.stderr
    book = next(line for line in done.stdout.splitlines() if line.startswith("工作簿：")).removeprefix("工作簿：")
    gone = rows(tmp_path / book, "整改对比")[number]
    assert (gone["对比结果"], gone["说明"]) == ("规则变化", "这条规则本次没有启用，不等于已整改")


def test_two_inspectors(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    book = tmp_path / audit(fazhi_audit)
    number, other = list(rows(book))[:2]
    mine = fill(book, tmp_path / "甲.xlsx", {number: {"审核意见": "误报", "复核意见": "无误"}})
    yours = fill(book, tmp_path / "乙.xlsx", {number: {"审核意见": "确认"}, other: {"责任人": "王五"}})
    take_in(fazhi_audit, mine, "--by", "张三")
    tried = take_in(fazhi_audit, yours, "--by", "李四", "--dry-run")
    told = take_in(fazhi_audit, yours, "--by", "李四")
    for text in (tried, told):
        assert "不一致 1 条" in text
        assert "张三“误报”（甲.xlsx 第2行），李四“确认”（乙.xlsx 第2行）" in text
    listed = fazhi_audit("review", "list", "--conflicts", "--out", "结果").stdout
    assert number in listed
    assert "张三：误报" in listed
    assert "李四：确认" in listed

    edit(inbox, seed_of_chance=2)
    second = tmp_path / audit(fazhi_audit)
    disputed = rows(second)[number]
    assert disputed["审核意见"] is None
    assert disputed["复核意见"] == "无误"
    assert "意见不一致" in disputed["审核提示"]
    settled = fill(second, tmp_path / "核定.xlsx", {number: {"审核意见": "误报"}})
    assert "核定 1 条" in take_in(fazhi_audit, settled, "--by", "科长")
    assert "意见不一致 0 条" in fazhi_audit("review", "list", "--out", "结果").stdout

    exported = fazhi_audit("review", "export", "--out", "结果").stdout
    named = {row["问题编号"]: row for row in csv.DictReader(io.StringIO(exported)) if row["审核意见"]}
    assert (named[number]["审核意见"], named[number]["填写人"]) == ("误报", "科长")
    stats = fazhi_audit("rules", "stats", "--out", "结果").stdout
    assert "已定 1 个问题，属实率 0%" in stats


def test_refused_rows_are_named_and_the_others_are_taken_in(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    book = tmp_path / audit(fazhi_audit)
    one, two = list(rows(book))[:2]
    filled = fill(book, tmp_path / "甲.xlsx", {one: {"审核意见": "好的"}, two: {"审核意见": "确认"}})
    told = take_in(fazhi_audit, filled, status=1)
    assert "甲.xlsx 问题清单 第2行“审核意见”列“好的”不是可选的内容，应当填确认、误报、豁免、待定" in told
    assert "新增 1 条" in told


def test_a_workbook_whose_hidden_columns_are_gone_is_known_by_its_numbers(
    fazhi_audit: Run, inbox: Path, tmp_path: Path
) -> None:
    book = tmp_path / audit(fazhi_audit)
    number = next(iter(rows(book)))
    filled = fill(book, tmp_path / "甲.xlsx", {number: {"审核意见": "确认"}})
    made = load_workbook(filled)
    sheet = made["问题清单"]
    sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == "指纹"), 2)
    sheet.append([None, "F-00000", *[None] * 12, "确认"])
    made.save(filled)
    told = take_in(fazhi_audit, filled, status=1)
    assert "新增 1 条" in told
    assert "F-00000在历史库里没有" in told


def test_wrong_use(fazhi_audit: Run, tmp_path: Path) -> None:
    (tmp_path / "假.xlsx").write_bytes(b"hello")
    for arguments in (
        ("review", "import", "假.xlsx"),
        ("review", "import", "没有.xlsx"),
        ("review", "list", "--out", "没有"),
        ("review", "list", "--history", "off"),
        ("review", "import"),
        ("rules", "stats", "--out", "没有"),
    ):
        done = fazhi_audit(*arguments)
        assert done.returncode == 2, (arguments, done.stderr)
        assert "Traceback" not in done.stderr
        assert done.stderr.strip()


def test_without_a_history_the_workbook_carries_nothing(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    book = tmp_path / audit(fazhi_audit, "--history", "off")
    row = next(iter(rows(book).values()))
    assert "与上期比较" not in row
    assert "回填记录" not in row


@pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice），不能另存工作簿")
def test_a_workbook_saved_by_libreoffice_comes_back_whole(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    book = tmp_path / audit(fazhi_audit)
    numbers = list(rows(book))
    opinions = ("确认", "误报", "豁免", "待定")
    words = {
        number: {"审核意见": opinions[place % 4], "整改时限": "2025-06-30", "复核意见": "理由", "责任人": f"甲{place}"}
        for place, number in enumerate(numbers)
    }
    filled = fill(book, tmp_path / "甲.xlsx", words)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "另存"),
        str(filled),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert f"新增 {len(numbers)} 条" in take_in(fazhi_audit, tmp_path / "另存" / "甲.xlsx", "--by", "张三")
    assert "未变" in (again := take_in(fazhi_audit, filled, "--by", "李四"))
    assert f"新增 0 条，更新 0 条，核定 0 条，未变 {len(numbers)} 条，不一致 0 条" in again

    edit(inbox, seed_of_chance=3)
    second = audit(fazhi_audit)
    subprocess.run([*command[:-1], str(tmp_path / second)], check=True, capture_output=True, timeout=180)
    carried = rows(tmp_path / "另存" / second.name)
    for number, word in words.items():
        assert {key: str(carried[number][key])[:10] for key in word} == word
    told = take_in(fazhi_audit, tmp_path / "另存" / second.name, "--by", "王五")
    assert f"新增 0 条，更新 0 条，核定 0 条，未变 {len(numbers)} 条，不一致 0 条" in told


def test_decisions_survive_edits_elsewhere(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    book = tmp_path / audit(fazhi_audit)
    numbers = list(rows(book))
    words = {number: {"审核意见": "确认", "责任人": number} for number in numbers}
    take_in(fazhi_audit, fill(book, tmp_path / "甲.xlsx", words), "--by", "张三")
    for round_number in range(3):
        for step in range(20):
            edit(inbox, seed_of_chance=100 * round_number + step)
        carried = rows(tmp_path / audit(fazhi_audit))
        assert {number: carried[number]["责任人"] for number in numbers} == {number: number for number in numbers}
