"""Examples of rules that compare reports: written wrongly, they are mistakes of the rule file like any other."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

RULE = """\
- id: duplicates/own-copies
  check: copied-from-other
  level: warning
  title: 与其他单位的报告相同
  basis: 审查口径(可调整)：不应照抄
  advice: 核对原文
  examples:
    fail:
      - |
        {fail}
    pass:
      - |
        === 柳河镇人民政府 2023年度
        办理案件12件。
        === 青石乡人民政府 2023年度
        办理案件15件。
"""
WRONG = {
    "在集市设立摊位，由驻村律师值守答疑。": "没有写明每份报告的单位和年度",
    "先有文字。\n        === 柳河镇人民政府 2023年度\n        一": "之前还有文字",
    "=== 柳河镇人民政府 2023年度\n        只有一份。": "只有一份报告",
}


@pytest.mark.parametrize(("example", "says"), WRONG.items())
def test_wrong_notation_is_named_with_file_line_and_hint(
    fazhi_audit: Run, tmp_path: Path, example: str, says: str
) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.yaml").write_text("name: own\ntitle: 自用\n", encoding="utf-8")
    (pack / "rules.yaml").write_text(RULE.format(fail=example), encoding="utf-8")
    done = fazhi_audit("rules", "validate", str(pack))
    assert done.returncode == 3, done.stderr
    assert "rules.yaml:9:" in done.stderr
    assert says in done.stderr
    assert "=== 柳河镇人民政府 2023年度" in done.stderr
    assert "Traceback" not in done.stderr
