"""``check`` in every format, through the real command."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from cli.columns import width
from tests.cli.conftest import Run
from tests.documents.readers.docx.writing import members, packed, paragraph
from tests.outputs.test_sarif import validator
from tests.places import ROOT, seed

REPORT = """青石县司法局2023年法治政府建设年度报告
2023年，我局扎实推进依法行政，现将有关情况报告如下：
一、主要举措和成效
（一）规范执法。理论和时间相结合，办理案件35件。
二、存在的不足和原因
执法力量不足，原因是编制少。
三、党政主要负责人履行推进法治建设第一责任人职责情况
主要负责人听取汇报4次。
四、2024年工作安排
加强培训。
青石县司法局
2024年1月18日
"""
SLIP = "理论和时间"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    folder.mkdir()
    (folder / "青石县.txt").write_text(REPORT, encoding="utf-8")
    return folder


def slip(run: Any) -> Any:
    (found,) = [one for report in run["reports"] for one in report["findings"] if one["quote"] == SLIP]
    return found


def suppress(inbox: Path, **more: str) -> None:
    lines = ["suppressions:", "  - rule: wording/slip", f"    quote: {SLIP}", "    reason: 原文如此", "    by: 张三"]
    lines += [f"    {name}: {value}" for name, value in more.items()]
    (inbox / ".fazhi-audit.yaml").write_text("\n".join(lines), encoding="utf-8")


def test_all_formats_in_one_run(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    wanted = ["text", "json", "sarif", "junit", "github", "gitlab"]
    pairs = [part for name in wanted for part in ("--format", name, "--output-file", f"结果/{name}")]
    done = fazhi_audit("check", "收件", *pairs)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    made = {name: (tmp_path / "结果" / name).read_text(encoding="utf-8") for name in wanted}
    assert SLIP in made["text"]
    found = slip(json.loads(made["json"]))
    assert (found["line"], found["column"]) == (4, 9)
    log = json.loads(made["sarif"])
    assert not [*validator().iter_errors(log)]
    assert log["runs"][0]["invocations"][0]["exitCode"] == 1
    assert int(Xml.fromstring(made["junit"]).get("failures", "")) >= 1
    assert "::error file=收件/青石县.txt,line=4,endLine=4,col=9,endColumn=14,title=" in made["github"]
    assert found["fingerprint"] in {entry["fingerprint"] for entry in json.loads(made["gitlab"])}
    assert sorted(path.name for path in (tmp_path / "结果").iterdir()) == sorted(wanted)


def test_one_format_goes_to_the_screen_beside_files(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    done = fazhi_audit("check", "收件", "--format", "sarif", "--output-file", "r.sarif", "--format", "text")
    assert SLIP in done.stdout
    assert json.loads((tmp_path / "r.sarif").read_bytes())["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "json", "--format", "sarif"], "标准输出只能写一种格式"),
        (["--output-file", "a", "--output-file", "b"], "--output-file 给了 2 个"),
        (["--format", "json", "--output-file", "a", "--format", "sarif", "--output-file", "a"], "给了两次"),
        (["--output-file", "收件"], "不能是“收件”"),
        (["--output-file", "收件/青石县.txt"], "要检查的报告"),
        (["--format", "xml"], "text、json、sarif"),
        (["--fail-on", "new-error"], "--baseline"),
        (["--baseline", "没有.json"], "没有.json"),
        (["--suppressions", "没有.yaml"], "没有.yaml"),
        (["--stdin-name", "甲"], "--stdin-name"),
    ],
)
def test_wrong_use_is_one_sentence_and_nothing_is_written(
    fazhi_audit: Run, inbox: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = fazhi_audit("check", "收件", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert not done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["收件"]
    assert (inbox / "青石县.txt").read_text(encoding="utf-8") == REPORT


def test_an_output_that_cannot_be_written_is_the_environment(fazhi_audit: Run, inbox: Path) -> None:
    done = fazhi_audit("check", "收件", "--output-file", "收件/青石县.txt/r.txt")
    assert done.returncode == 5
    assert "Traceback" not in done.stderr


# ---- standard input


def from_stdin(data: bytes, folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "check", "-", *arguments],
        input=data, capture_output=True, cwd=folder, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_a_report_of_any_format_is_read_from_standard_input(tmp_path: Path, inbox: Path) -> None:
    docx = packed(members("".join(paragraph(line) for line in REPORT.splitlines())))
    for data, kind in (
        (REPORT.encode(), "text"),
        (REPORT.replace("\n", "\r\n").encode("gb18030"), "text"),
        (docx, "docx"),
    ):
        done = from_stdin(data, tmp_path, "--format", "json", "--stdin-name", "收件/草稿.txt")
        assert done.returncode == 1, done.stderr
        (report,) = json.loads(done.stdout)["reports"]
        assert (report["path"], report["format"]) == ("收件/草稿.txt", kind)
        assert slip({"reports": [report]})["line"] == 4
    assert "stdin" in from_stdin(REPORT.encode(), tmp_path).stdout.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["收件"]


def test_an_empty_standard_input_is_an_unread_file(tmp_path: Path) -> None:
    done = from_stdin(b"", tmp_path)
    assert done.returncode == 4
    assert "空文件" in done.stdout.decode()


def test_standard_input_stands_alone(tmp_path: Path, inbox: Path) -> None:
    done = from_stdin(b"", tmp_path, "收件")
    assert done.returncode == 2
    assert "标准输入" in done.stderr.decode()


def test_suppressions_hold_for_the_name_given_to_standard_input(tmp_path: Path, inbox: Path) -> None:
    suppress(inbox)
    done = from_stdin(REPORT.encode(), tmp_path, "--format", "json", "--stdin-name", "收件/草稿.txt")
    assert slip(json.loads(done.stdout))["suppression"]["by"] == "张三"


# ---- suppressions and baselines


def test_a_suppressed_finding_stays_marked_and_does_not_fail(fazhi_audit: Run, inbox: Path) -> None:
    suppress(inbox)
    done = fazhi_audit("check", "收件")
    assert "已豁免" in done.stdout
    assert "豁免：原文如此（张三，见 收件/.fazhi-audit.yaml:2）" in done.stdout
    assert "另有 1 个已豁免" in done.stdout
    run = json.loads(fazhi_audit("check", "收件", "--format", "json").stdout)
    assert run["summary"]["suppressed"] == 1
    assert run["summary"]["reports"] == len(run["reports"]) == 2
    assert done.returncode == (1 if run["summary"]["error"] else 0)
    assert not run["summary"]["error"]


def test_a_malformed_list_of_suppressions_fails_and_is_named(fazhi_audit: Run, inbox: Path) -> None:
    suppress(inbox, until="明年")
    done = fazhi_audit("check", "收件")
    assert done.returncode == 1
    assert "suppressions/malformed" in done.stdout
    assert "6:12" in done.stdout


def test_a_baseline_leaves_only_what_is_new(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    fazhi_audit("check", "收件", "--format", "sarif", "--output-file", "以前.sarif")
    fazhi_audit("check", "收件", "--format", "json", "--output-file", "以前/findings.json")
    (inbox / "青石县.txt").rename(inbox / "改名.txt")
    for baseline in ("以前.sarif", "以前", "以前/findings.json"):
        done = fazhi_audit("check", "收件", "--baseline", baseline, "--fail-on", "new-info")
        assert done.returncode == 0, done.stdout
        assert "新增 0 个" in done.stdout
    (inbox / "改名.txt").write_text(REPORT.replace("听取汇报4次", "听取汇报4次。。"), encoding="utf-8")
    done = fazhi_audit("check", "收件", "--baseline", "以前.sarif", "--fail-on", "new-error", "--format", "json")
    assert done.returncode == 1
    run = json.loads(done.stdout)
    assert run["baseline"]["new"] == 1
    assert slip(run)["baseline"] == "unchanged"
    (inbox / "改名.txt").write_text(REPORT.replace("时间", "实践"), encoding="utf-8")
    done = fazhi_audit("check", "收件", "--baseline", "以前.sarif", "--fail-on", "new-info")
    assert done.returncode == 0
    assert "基线中有、现在没有的问题" in done.stdout
    assert "已消失 1 个" in done.stdout


def test_a_damaged_baseline_is_never_an_empty_one(fazhi_audit: Run, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "以前.json").write_text("{}")
    done = fazhi_audit("check", "收件", "--baseline", "以前.json")
    assert done.returncode == 2
    assert "以前.json" in done.stderr
    assert len(done.stderr.splitlines()) == 1


# ---- for people


def on_a_terminal(folder: Path, columns: int, **environment: str) -> str:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "check", "收件"], stdout=slave, stderr=slave, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(columns), "TERM": "xterm", **environment},
    )  # fmt: skip
    os.close(slave)
    pieces = []
    while True:
        try:
            data = os.read(master, 65536)
        except OSError:
            break
        if not data:
            break
        pieces.append(data)
    process.wait(timeout=120)
    os.close(master)
    return b"".join(pieces).decode()


def test_colour_is_for_terminals_that_want_it(inbox: Path, fazhi_audit: Run, tmp_path: Path) -> None:
    coloured = on_a_terminal(tmp_path, 100)
    assert f"\x1b[31m{SLIP}】\x1b[0m" in coloured.replace("【\x1b", "\x1b").replace("\x1b[31m【", "\x1b[31m")
    assert "\x1b" not in on_a_terminal(tmp_path, 100, NO_COLOR="1")
    assert "\x1b" not in fazhi_audit("check", "收件").stdout


def test_the_text_fits_a_narrow_terminal(inbox: Path, tmp_path: Path) -> None:
    (inbox / "新市.txt").write_bytes(seed("新市").read_bytes())
    lines = on_a_terminal(tmp_path, 80, NO_COLOR="1").splitlines()
    assert [line for line in lines if width(line) > 80] == []


def test_each_finding_says_line_and_column_level_rule_and_advice(fazhi_audit: Run, inbox: Path) -> None:
    done = fazhi_audit("check", "收件")
    assert re.search(
        r"^  4:9  错误  错别字和用词不当  一、（一） \S+  wording/slip  F-\w{5}$", done.stdout, re.MULTILINE
    )
    assert f"【{SLIP}】" in done.stdout


def test_english(fazhi_audit: Run, inbox: Path) -> None:
    done = fazhi_audit("check", "收件", "--lang", "en", "--fail-on", "new-error")
    assert done.returncode == 2
    assert done.stderr.startswith("--fail-on new-error compares with a baseline")
