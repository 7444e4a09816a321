from pathlib import Path

import pytest

from cli import main
from cli.exits import Exit
from tests.cli.conftest import ROOT, Run


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


def test_version(fazhi_audit: Run) -> None:
    assert fazhi_audit("--version").stdout.startswith("fazhi-audit 0.")
