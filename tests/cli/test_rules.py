import json

from tests.cli.conftest import Run


def test_the_built_in_pack_keeps_what_its_examples_promise(fazhi_audit: Run) -> None:
    done = fazhi_audit("rules", "validate")
    assert done.returncode == 0, done.stderr
    assert "全部相符" in done.stdout


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
