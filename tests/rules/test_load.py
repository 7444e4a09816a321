"""Packs: inheritance, overrides, rules switched off, and what identifies the version used."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.errors import RuleFileError
from rules.load import load_ruleset
from rules.model import Level, Parameters, Ruleset, SwitchedOff
from rules.pattern import Re2Pattern


class Words(Parameters):
    words: tuple[str, ...]
    pattern: Re2Pattern | None = None
    least: int = 2


RULE = """
- id: {id}
  check: words
  level: warning
  title: 标题
  basis: 审查口径(可调整):示例
  with: {{words: [甲], least: 3}}
  advice: 请改写
  examples: {{fail: 甲, pass: [丙, 丁]}}
"""


def rule(name: str, more: str = "") -> str:
    return RULE.format(id=name) + "".join(f"  {line}\n" for line in more.splitlines())


def write(root: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def load(folder: Path) -> Ruleset:
    return load_ruleset(folder, {"words": Words})


def problems(folder: Path) -> list[str]:
    with pytest.raises(RuleFileError) as raised:
        load(folder)
    return [str(problem).replace(f"{folder.parent}/", "") for problem in raised.value.problems]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(
        tmp_path,
        {
            "nation/pack.yaml": "name: nation\ntitle: 国家\n",
            "nation/a.yaml": rule("words/one", "aliases: [words/old-one]") + rule("words/two"),
            "nation/b.yaml": rule("words/three"),
            "house/pack.yaml": "name: house\ntitle: 本局\nextends: ../nation\n",
        },
    )
    return tmp_path


def test_a_pack_alone(root: Path) -> None:
    ruleset = load(root / "nation")
    assert (ruleset.pack, ruleset.title, ruleset.switched_off) == ("nation", "国家", ())
    assert [found.id for found in ruleset.rules] == ["words/one", "words/two", "words/three"]
    assert ruleset.rules[0].parameters == Words(words=("甲",), least=3)
    assert ruleset.rules[0].examples.fail == ("甲",)
    assert ruleset.rules[0].examples.passing == ("丙", "丁")
    assert ruleset.rules[0].family == "words"


def test_a_house_pack_adds_overrides_and_switches_off(root: Path) -> None:
    write(
        root,
        {
            "house/pack.yaml": (
                "name: house\ntitle: 本局\nextends: [../nation]\n"
                "override:\n"
                "- {id: words/old-one, level: error, with: {least: 9, pattern: '甲+'}, title: 改过,\n"
                "   aggregate_above: 3}\n"
                "- {id: words/three, applies: {years: {from: 2024}, levels: [county]}}\n"
                "off:\n- {id: words/two, reason: 本地不用}\n"
            ),
            "house/own/more.yml": rule("words/own"),
        },
    )
    ruleset = load(root / "house")
    assert [found.id for found in ruleset.rules] == ["words/one", "words/three", "words/own"]
    assert ruleset.switched_off == (SwitchedOff("words/two", "本地不用"),)
    first, third, _ = ruleset.rules
    assert (first.level, first.title, first.aggregate_above, first.advice) == (Level.ERROR, "改过", 3, "请改写")
    assert first.parameters == Words(words=("甲",), least=9, pattern=Re2Pattern("甲+"))
    assert (third.applies.years.first, third.applies.levels) == (2024, ("county",))
    assert load(root / "nation").rules[0].level is Level.WARNING


def test_three_layers(root: Path) -> None:
    write(
        root,
        {
            "house/pack.yaml": "name: house\ntitle: 省\nextends: ../nation\noff: [{id: words/two, reason: 省里停用}]\n",
            "town/pack.yaml": "name: town\ntitle: 镇\nextends: ../house\noverride: [{id: words/one, level: info}]\n",
        },
    )
    ruleset = load(root / "town")
    assert [found.level for found in ruleset.rules] == [Level.INFO, Level.WARNING]
    assert [off.reason for off in ruleset.switched_off] == ["省里停用"]


def test_two_parents_may_share_a_parent(root: Path) -> None:
    write(
        root,
        {
            "other/pack.yaml": "name: other\ntitle: 另一\nextends: ../nation\n",
            "both/pack.yaml": "name: both\ntitle: 合并\nextends: [../house, ../other]\n",
        },
    )
    assert len(load(root / "both").rules) == 3


def test_paths_are_shown_from_the_present_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    write(root, {"nation/b.yaml": "", "house/own.yaml": ""})
    with pytest.raises(RuleFileError) as raised:
        load_ruleset("house/../house", {"words": Words})
    assert [problem.path for problem in raised.value.problems] == ["house/own.yaml", "nation/b.yaml"]


def test_leftovers_of_editors_are_not_rules(root: Path) -> None:
    write(root, {"nation/.a.yaml.swp": "x", "nation/~$b.yaml": "x", "nation/._a.yaml": "x", "nation/.git/c.yaml": "x"})
    assert len(load(root / "nation").rules) == 3


PACK = "name: house\ntitle: 本局\nextends: ../nation\n"
BROKEN_PACKS = {
    "unknown override": (
        PACK + "override:\n- {id: words/won, level: info}\n",
        ["house/pack.yaml:5:8: 没有编号为“words/won”的规则（是不是想写 words/one？）"],
    ),
    "unknown off": (
        PACK + "off:\n- {id: words/on, reason: 不用}\n",
        ["house/pack.yaml:5:8: 没有编号为“words/on”的规则（是不是想写 words/one？）"],
    ),
    "off without reason": (
        PACK + "off:\n- id: words/one\n",
        ["house/pack.yaml:5:3: words/one：缺少“off 第 1 项.reason”（停用的理由，会写进审核工作簿）"],
    ),
    "off twice": (
        PACK + "off:\n- {id: words/one, reason: 不用}\n- {id: words/old-one, reason: 不用}\n",
        ["house/pack.yaml:6:8: 规则“words/old-one”已经停用（请删去这一项）"],
    ),
    "override of the check": (
        PACK + "override:\n- {id: words/one, check: other}\n",
        [
            "house/pack.yaml:5:19: words/one：没有“check”这一项"
            "（可用的有：id、level、levels、title、titles、basis、applies、with、advice、aggregate_above）"
        ],
    ),
    "bad parameter in an override": (
        PACK + "override:\n- {id: words/one, with: {leats: 1, least: 多}}\n",
        [
            "house/pack.yaml:5:26: words/one：没有“leats”这一项（是不是想写 least？可用的有：words、pattern、least）",
            "house/pack.yaml:5:43: words/one：“with.least”应当是整数，不能是“多”（请用半角数字）",
        ],
    ),
    "unknown parent": (
        "name: house\ntitle: 本局\nextends: fazhy\noff: [{id: words/one, reason: 不用}]\n",
        ["house/pack.yaml:3:10: 找不到规则包“fazhy”（请写规则包所在的文件夹，或内置规则包的名称：fazhi）"],
    ),
    "parent without manifest": (
        "name: house\ntitle: 本局\nextends: ../nation/sub\n",
        ["house/pack.yaml:3:10: 文件夹“../nation/sub”里没有 pack.yaml（请新建这个文件，写上 name 和 title 两行）"],
    ),
    "itself as parent": (
        "name: house\ntitle: 本局\nextends: .\n",
        ["house/pack.yaml:3:10: 规则包“.”直接或间接地继承了自己（请删去这一项 extends）"],
    ),
    "same name as parent": (
        "name: nation\ntitle: 本局\nextends: ../nation\n",
        ["house/pack.yaml:1:1: 名称“nation”与上级规则包相同（请换一个 name）"],
    ),
    "nothing in it": (
        "{}\n",
        [
            "house/pack.yaml:1:1: 缺少“name”（规则包的名称，只用文字、数字、下划线和连字符）",
            "house/pack.yaml:1:1: 缺少“title”（规则包的标题，会写进审核工作簿）",
        ],
    ),
    "a list": (
        "- name: house\n",
        ["house/pack.yaml:1:1: “文件内容”应当是几行“名称: 内容”（冒号用半角，后面空一格，各行对齐）"],
    ),
    "bad name": (
        "name: 本局 规则\ntitle: 本局\n",
        [
            "house/pack.yaml:1:7: 本局 规则：“name”的写法不对：“本局 规则”"
            "（规则包的名称，只用文字、数字、下划线和连字符）"
        ],
    ),
}


@pytest.mark.parametrize(("manifest", "expected"), BROKEN_PACKS.values(), ids=BROKEN_PACKS.keys())
def test_broken_manifest(manifest: str, expected: list[str], root: Path) -> None:
    write(root, {"nation/sub/.keep": "", "house/pack.yaml": manifest})
    assert problems(root / "house") == expected


def test_packs_that_extend_each_other(root: Path) -> None:
    write(root, {"nation/pack.yaml": "name: nation\ntitle: 国家\nextends: ../house\n"})
    assert problems(root / "house") == [
        "nation/pack.yaml:3:10: 规则包“../house”直接或间接地继承了自己（请删去这一项 extends）"
    ]


def test_the_mistakes_of_all_files_are_reported_at_once(root: Path) -> None:
    write(
        root,
        {
            "nation/a.yaml": "- id: words/one\n  level：error\n",
            "nation/b.yaml": rule("words/three").replace("warning", "wrong"),
            "house/pack.yaml": PACK + "titel: 本局\noff:\n- {id: words/one, reason: 不用}\n",
            "house/own.yaml": rule("words/three") + rule("words/own").replace("check: words", "check: word"),
        },
    )
    assert [line.split(" ")[0] for line in problems(root / "house")] == [
        "house/own.yaml:2:7:",
        "house/own.yaml:12:10:",
        "house/pack.yaml:4:1:",
        "nation/a.yaml:2:8:",
        "nation/b.yaml:4:10:",
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="找不到规则包"):
        load(tmp_path / "none")
    with pytest.raises(RuleFileError, match=r"没有 pack\.yaml"):
        load(tmp_path)


def test_the_hash_knows_contents_and_nothing_else(root: Path) -> None:
    first = load(root / "house").sha256
    assert load(root / "house").sha256 == first
    moved = root / "elsewhere"
    moved.mkdir()
    for folder in ("nation", "house"):
        (root / folder).rename(moved / folder)
    for path in moved.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(moved / "house").sha256 == first
    write(moved, {"nation/b.yaml": rule("words/three", "aggregate_above: 9")})
    assert load(moved / "house").sha256 != first
