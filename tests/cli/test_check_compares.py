"""``check`` of several reports compares them with one another."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office import web_page
from tests.places import ROOT

OWN = (
    "在三个集市设立“赶集说法”摊位，由司法所和驻村律师轮流值守答疑。把检查清单做成口袋书发到每家商户，检查前先对表、"
    "检查后当面讲清依据。对邻里宅基地纠纷实行“一案三访”，先访当事人、再访左邻右舍、后访老支书。"
)
OTHER = "把村规民约修订与移风易俗结合起来，逐村召开户代表会议表决。全年组织法治夜校十六期，由返乡大学生用方言主讲。"


def words(unit: str, body: str) -> str:
    """The text of a small report."""
    return f"{unit}2023年法治政府建设年度报告\n一、主要举措和成效\n{body}\n{unit}人民政府\n2024年1月20日\n"


def copies_in(stdout: str) -> dict[str, list[str]]:
    """The rules on copies between units that found something, by file name."""
    return {
        Path(report["path"]).name: [item["rule"] for item in report["findings"] if "copied" in item["rule"]]
        for report in json.loads(stdout)["reports"]
    }


def write(folder: Path, **bodies: str) -> None:
    for unit, body in bodies.items():
        (folder / f"{unit}.txt").write_text(words(unit, body), encoding="utf-8")


def test_both_reports_of_a_pair_get_the_finding(fazhi_audit: Run, tmp_path: Path) -> None:
    write(tmp_path, 柳河镇=OWN, 青石乡=OWN.replace("三个", "五个"), 松岭镇=OTHER)
    done = fazhi_audit("check", ".", "--format", "json", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    rule = "duplicates/copied-from-other"
    assert copies_in(done.stdout) == {"柳河镇.txt": [rule], "青石乡.txt": [rule], "松岭镇.txt": []}
    run = json.loads(done.stdout)
    assert {report["outcomes"][rule] for report in run["reports"]} == {"found", "passed"}
    for report in run["reports"]:
        text = (tmp_path / report["path"]).read_text(encoding="utf-8")
        for finding in report["findings"]:
            assert text[finding["start"] : finding["end"]] == finding["quote"]


def test_a_report_that_is_judged_in_isolation_is_compared_too(fazhi_audit: Run, tmp_path: Path) -> None:
    write(tmp_path, 柳河镇=OWN)
    (tmp_path / "青石乡.html").write_bytes(web_page(words("青石乡", OWN)))
    done = fazhi_audit("check", ".", "--format", "json", "--fail-on", "never")
    assert [len(rules) for rules in copies_in(done.stdout).values()] == [1, 1]


def test_a_copied_file_is_a_duplicate_and_no_copy(fazhi_audit: Run, tmp_path: Path) -> None:
    for name in ("一稿.txt", "二稿.txt"):
        (tmp_path / name).write_text(words("柳河镇", OWN), encoding="utf-8")
    done = fazhi_audit("check", ".", "--format", "json", "--fail-on", "never")
    assert copies_in(done.stdout) == {"一稿.txt": [], "二稿.txt": []}


def test_a_pair_is_told_in_words(fazhi_audit: Run, tmp_path: Path) -> None:
    write(tmp_path, 柳河镇=OWN, 青石乡=OWN)
    done = fazhi_audit("check", ".", "--fail-on", "warning")
    assert done.returncode == 1
    assert "与青石乡人民政府2023年度报告（青石乡.txt）相同或基本相同" in done.stdout


@pytest.mark.parametrize("library", ["numpy", "rapidfuzz"])
def test_one_report_alone_loads_no_library_for_comparing(tmp_path: Path, library: str) -> None:
    write(tmp_path, 柳河镇=OWN)
    code = (
        "import sys\nfrom cli.main import main\n"
        "sys.argv = ['fazhi-audit', 'check', '柳河镇.txt', '--fail-on', 'never']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('loaded', {library!r} in sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=120,
    )
    assert "loaded False" in done.stderr, done.stderr


FIGURES = "全年办理行政处罚案件281件，受理法律援助案件326件，调解各类矛盾纠纷1250件，开展法治宣传活动64场次。"


def this_and_last_year(folder: Path) -> None:
    """A report in ``folder`` and, below in ``往年``, its unit's on the year before, much of it the same."""
    (folder / "往年").mkdir()
    last = words("柳河镇", OWN + FIGURES)
    (folder / "往年" / "柳河镇.txt").write_text(last, encoding="utf-8")
    this = last.replace("2024", "2025").replace("2023", "2024")
    (folder / "本年.txt").write_text(this, encoding="utf-8")


def found_in(findings: str) -> list[tuple[str, str]]:
    (report,) = json.loads(findings)["reports"]
    return [(item["rule"], item["quote"]) for item in report["findings"]]


def test_a_report_is_compared_with_last_years_as_an_audit_does(fazhi_audit: Run, tmp_path: Path) -> None:
    this_and_last_year(tmp_path)
    options = ("本年.txt", "--against", "往年", "--fail-on", "never")
    done = fazhi_audit("check", *options, "--format", "json")
    assert done.returncode == 0, done.stderr
    found = found_in(done.stdout)
    assert {"duplicates/copied-from-earlier", "duplicates/unchanged-figures"} <= {rule for rule, _ in found}
    audited = fazhi_audit("audit", *options, "--out", "out", "--engine", "plain", "--history", "off")
    assert audited.returncode == 0, audited.stderr
    (file,) = (tmp_path / "out").glob("2*/findings.json")
    assert found == found_in(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["", "findings.json"])
def test_an_earlier_run_has_figures_to_compare_with(fazhi_audit: Run, tmp_path: Path, name: str) -> None:
    this_and_last_year(tmp_path)
    fazhi_audit("audit", "往年", "--out", "out", "--engine", "plain", "--history", "off")
    (run,) = (tmp_path / "out").glob("2*")
    done = fazhi_audit("check", "本年.txt", "--against", str(run / name), "--format", "json", "--fail-on", "never")
    rules = {rule for rule, _ in found_in(done.stdout)}
    assert "duplicates/unchanged-figures" in rules
    assert "duplicates/copied-from-earlier" not in rules


def test_a_report_is_not_compared_with_itself(fazhi_audit: Run, tmp_path: Path) -> None:
    this_and_last_year(tmp_path)
    done = fazhi_audit("check", "往年/柳河镇.txt", "--against", "往年", "--format", "json", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    (report,) = json.loads(done.stdout)["reports"]
    assert not {finding["rule"] for finding in report["findings"]} & {
        "duplicates/copied-from-earlier",
        "duplicates/copied-from-other",
        "duplicates/unchanged-figures",
    }


def test_earlier_reports_that_are_not_there_are_wrong_use(fazhi_audit: Run, tmp_path: Path) -> None:
    write(tmp_path, 柳河镇=OWN)
    (tmp_path / "坏").mkdir()
    (tmp_path / "坏" / "去年.pdf").write_bytes(b"%PDF-1.7\nx")
    done = fazhi_audit("check", "柳河镇.txt", "--against", "坏")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "“坏”里没有能读出的报告，无法与往年比对。\n")
    done = fazhi_audit("check", "柳河镇.txt", "--against", "去年")
    assert (done.returncode, done.stdout) == (2, "")
    assert "去年" in done.stderr
