import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli import main
from cli.exits import Exit
from tests.cli.conftest import Run
from tests.places import ROOT


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "用法"),
        (["audti"], "audti"),
        (["check"], "PATH"),
        (["check", "--formt", "json", "x"], "--formt"),
        (["check", "x", "--format", "yaml"], "yaml"),
        (["check", "x", "--fail-on"], "--fail-on"),
        (["audit", "x", "--engine", "spark"], "可用的有：prefect、plain"),
        (["check", "x", "--year", "二〇二三"], "--year 应当是整数，不能是“二〇二三”"),
        (["check", "x", "--year", "1990"], "不能小于 2000"),
        (["check", ""], "找不到“”"),
        (["audit", "x", "--fail-on", "new-error"], "--fail-on new-error 要与基线比较"),
        (["audit", "-"], "不能从标准输入读取"),
        (["check", "."], "没有任何文件"),
        (["rules", "lst"], "没有命令 lst（是不是 list？）"),
        (["rules", "list", "extra"], "多出了 extra"),
        (["rules", "explain", "years/stale-yaer"], "years/"),
        (["--lang", "fr", "check", "x"], "fr"),
    ],
)
def test_wrong_use_is_a_sentence_and_status_2(fazhi_audit: Run, arguments: list[str], says: str) -> None:
    done = fazhi_audit(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        *([], ["audit"], ["check"], ["schedule"], ["rules"]),
        *([["rules", name] for name in ("list", "explain", "validate", "schema")]),
    ],
)
def test_help_is_chinese_unless_english_is_asked_for(fazhi_audit: Run, command: list[str]) -> None:
    chinese = fazhi_audit(*command, "--help")
    english = fazhi_audit("--lang", "en", *command, "--help")
    assert chinese.returncode == english.returncode == 0
    assert chinese.stdout.startswith("用法：")
    assert english.stdout.startswith(" ".join(["Usage: fazhi-audit", *command]))
    assert not any("一" <= character <= "鿿" for character in english.stdout)


def test_console_texts_exist_in_gbk(fazhi_audit: Run) -> None:
    for command in (["--help"], ["rules", "list"], ["check", str(ROOT / "seeds")]):
        fazhi_audit(*command).stdout.encode("gbk")


def test_a_broken_rule_pack_is_status_3_with_file_line_and_column(fazhi_audit: Run, tmp_path: Path) -> None:
    pack = tmp_path / "本局规则"
    pack.mkdir()
    (pack / "pack.yaml").write_text("name: house\ntitle: 本局\nextends: [fazhi]\n", encoding="utf-8")
    (pack / "rules.yaml").write_text("- id: sections/mine\n  chekc: required-section\n", encoding="utf-8")
    done = fazhi_audit("check", str(ROOT / "seeds"), "--rules", str(pack))
    assert done.returncode == 3
    assert "rules.yaml:2:3" in done.stderr
    assert not done.stdout


def test_a_crash_is_not_taken_for_findings(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def crash(arguments: list[str]) -> int:
        raise RuntimeError("出错之处")

    monkeypatch.setattr(main, "_dispatch", crash)
    assert main.run(["check"]) == Exit.CRASHED
    assert "出错之处" in capsys.readouterr().err


SETTINGS = [
    ("wrong = 1\n", "没有“wrong”这一项"),
    ('year = "甲"\n', "“year”应当是整数，不能是“甲”"),
    ('engine = "spark"\n', "可用的有：prefect、plain"),
    ("inbox = 5\n", "“inbox”应当是文件夹的路径"),
    ("year = \n", "第 1 行"),
    ("year = [", "末尾"),
    ("\udcff", "UTF-8"),
]


@pytest.mark.parametrize(("content", "says"), SETTINGS, ids=[says for _, says in SETTINGS])
def test_wrong_settings_are_one_chinese_sentence_and_status_3(
    fazhi_audit: Run, tmp_path: Path, content: str, says: str
) -> None:
    (tmp_path / "fazhi-audit.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    done = fazhi_audit("audit", str(ROOT / "seeds"))
    assert done.returncode == 3
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not done.stdout


@pytest.mark.parametrize(
    "wrong", [{"FAZHI_AUDIT_DAILY_CRON": "每天"}, {"FAZHI_AUDIT_TIMEZONE": "Mars/Base"}], ids=["cron", "timezone"]
)
def test_times_that_are_none_are_told_before_anything_is_served(
    fazhi_audit: Run, tmp_path: Path, wrong: dict[str, str]
) -> None:
    done = fazhi_audit("schedule", "--inbox", str(tmp_path), FAZHI_AUDIT_PREFECT_HOME=str(tmp_path / "p"), **wrong)
    assert done.returncode == 3
    assert next(iter(wrong.values())) in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not done.stdout


def test_a_settings_file_that_is_not_there_is_named(fazhi_audit: Run) -> None:
    done = fazhi_audit("audit", str(ROOT / "seeds"), FAZHI_AUDIT_CONFIG="没有的.toml")
    assert (done.returncode, done.stderr) == (3, "找不到 FAZHI_AUDIT_CONFIG 指定的设置文件“没有的.toml”。\n")


def test_a_file_is_no_output_folder(fazhi_audit: Run, tmp_path: Path) -> None:
    (tmp_path / "结果").write_text("", encoding="utf-8")
    done = fazhi_audit("audit", str(ROOT / "seeds"), "--out", "结果", "--engine", "plain")
    assert (done.returncode, done.stderr) == (5, "运行环境出错：“结果”已有同名的文件。\n")


def test_without_a_place_for_its_server_the_audit_is_done_plain(fazhi_audit: Run, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    done = fazhi_audit("audit", str(ROOT / "seeds"), FAZHI_AUDIT_PREFECT_HOME="文件/prefect")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Prefect 数据文件夹“文件/prefect”不能使用（上级路径不是文件夹），已改用")
    assert list((tmp_path / "reports_out").glob("*/*.xlsx"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_no_verdict() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", "rules", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
        )
    assert (done.returncode, done.stderr.decode()) == (5, "运行环境出错：磁盘空间不足。\n")


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
@pytest.mark.parametrize("arguments", [["rules", "list"], ["rules", "explain", "sections/plan"], ["check", "seeds"]])
def test_a_reader_that_has_gone_is_neither_a_pass_nor_findings(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "cli.main", *arguments]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (Exit.READER_GONE, b"")


def test_closed_streams_change_no_verdict() -> None:
    script = (
        "import sys; sys.stdout = sys.stderr = None; sys.argv[1:] = ['check', 'seeds']; import cli.main as c; c.main()"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == Exit.FINDINGS


def test_names_of_files_keep_to_their_line(fazhi_audit: Run, tmp_path: Path) -> None:
    (tmp_path / "甲\n乙\x1b[31m.txt").write_text("2023年，我县推进依法行政。", encoding="utf-8")
    done = fazhi_audit("check", str(tmp_path), "--fail-on", "never")
    assert "甲 乙 [31m.txt" in done.stdout
    assert "\x1b" not in done.stdout


def test_version(fazhi_audit: Run) -> None:
    assert fazhi_audit("--version").stdout.startswith("fazhi-audit 0.")
