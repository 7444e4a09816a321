import json
import re
from pathlib import Path

from tests.cli.conftest import Run
from tests.places import ROOT


def test_the_built_in_pack_keeps_what_its_examples_promise(fazhi_audit: Run) -> None:
    done = fazhi_audit("rules", "validate")
    assert done.returncode == 0, done.stderr
    assert "全部相符" in done.stdout


def test_an_example_that_its_rule_belies_is_named(fazhi_audit: Run, tmp_path: Path) -> None:
    pack = tmp_path / "house"
    pack.mkdir()
    (pack / "pack.yaml").write_text("name: house\ntitle: 本局\n", encoding="utf-8")
    (pack / "own.yaml").write_text(
        "- id: house/blank\n  check: placeholder\n  level: error\n  title: 空白没有填写\n"
        "  basis: 审查口径(可调整)：示例\n  advice: 请填写\n"
        "  examples:\n    fail: 全年办理案件35件。\n    pass: [办理案件XX件。, 办理案件21件。]\n",
        encoding="utf-8",
    )
    done = fazhi_audit("rules", "validate", "house")
    assert done.returncode == 3
    assert "house/blank：例文应为“有问题”，实为“没有问题”。" in done.stderr
    assert "house/blank：例文应为“没有问题”，实为“有问题”。“XX件”处没有填写" in done.stderr
    assert done.stderr.splitlines()[-1] == "共 2 个例文与规则不符。"


def test_explain_prints_what_an_inspector_needs(fazhi_audit: Run) -> None:
    done = fazhi_audit("rules", "explain", "sections/responsibility")
    assert done.returncode == 0
    for part in ("级别", "依据", "建议", "错误示例", "正确示例", "督察工作规定"):
        assert part in done.stdout


def test_list_names_every_rule(fazhi_audit: Run) -> None:
    done = fazhi_audit("rules", "list")
    assert "sections/responsibility" in done.stdout
    assert "duplicates/" in done.stdout


def test_schema_is_json_schema(fazhi_audit: Run) -> None:
    schema = json.loads(fazhi_audit("rules", "schema").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")


def test_the_house_pack_of_the_manual_works_as_it_stands(fazhi_audit: Run, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    pack = tmp_path / "jiangbei"
    pack.mkdir()
    for name, content in re.findall(r"`jiangbei/(\w+\.yaml)`.*?```yaml\n(.*?)```", page, re.DOTALL):
        (pack / name).write_text(content, encoding="utf-8")
    done = fazhi_audit("rules", "validate", "jiangbei")
    assert done.returncode == 0, done.stderr
    (tmp_path / "报告.txt").write_text(
        "江北区水利局2024年法治政府建设年度报告\n一、2024年主要举措和成效\n全年召开法治建设专题会4次，办理行政处罚案件21件，"
        "开展普法宣传18场次，审查合同52份，举办执法培训6场次，参训230人次，办结行政许可310件。\n"
        "二、存在的不足和原因\n由于人手少，执法案卷质量不高，个别案件办理周期偏长，普法形式比较单一，覆盖面有待扩大。\n",
        encoding="utf-8",
    )
    found = json.loads(fazhi_audit("check", "报告.txt", "--rules", "jiangbei", "--format", "json").stdout)
    (finding,) = [item for item in found["reports"][0]["findings"] if item["rule"] == "jiangbei/digital"]
    assert finding["values"]["missing"] == "数字法治政府建设情况"
    assert finding["title"] == "缺少数字法治政府建设情况"
