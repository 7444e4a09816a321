"""YAML as rule files use it: every scalar is a string, and every mistake is named by file, line and column.

Only the plain part of YAML is read: mappings, lists and text. Anchors, aliases, merge keys and tags are refused, so a
file of rules can neither run code nor grow beyond what is written in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter

from documents.errors import fault_in_words
from documents.lazy_pattern import lazy_pattern
from rules.errors import Location, Place, Problem, RuleFileError
from rules.validation import validate
from rules.yaml_hints import explain_syntax_error

M = TypeVar("M", bound=BaseModel)
Tree = str | list["Tree"] | dict[str, "Tree"]

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

_UNPRINTABLE = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LOST_ESCAPE = lazy_pattern("[\x00-\x08\x0b-\x1f\x7f-\xa0\u2028\u2029]")
_EMPTY_HINT = "不需要就删去这一行；文字以 # & * ! 开头时请用单引号括起来"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file read: its tree of dict, list and str, and the line and column of every key and value in it."""

    path: Path
    tree: Tree
    keys: dict[Location, tuple[int, int]]
    values: dict[Location, tuple[int, int]]

    def place(self, location: Location, *, at_key: bool = False) -> Place:
        """Where ``location`` (or the nearest part of it that exists) stands in the file."""
        known = self.known(location)
        line, column = (self.keys.get(known) if at_key else None) or self.values[known]
        return Place(str(self.path), line, column)

    def known(self, location: Location) -> Location:
        """``location`` without the parts that are not in the file, such as the names of a model's alternatives."""
        known: Location = ()
        for part in location:
            if (*known, part) in self.values:
                known = (*known, part)
        return known

    def at(self, location: Location) -> Tree:
        """The part of the tree at ``location``, which must exist."""
        tree: Any = self.tree
        for part in location:
            tree = tree[part]
        found: Tree = tree
        return found


def load_list(path: Path, model: type[M]) -> tuple[M, ...]:
    """Read a YAML list of ``model`` from ``path``; every mistake in it is in the :class:`RuleFileError` raised."""
    items: TypeAdapter[tuple[M, ...]] = TypeAdapter(tuple[model, ...])  # type: ignore[valid-type]
    file = read_yaml(path)
    problems: list[Problem] = []
    value = validate(items, file.tree, file.place, problems)
    if value is None:
        raise RuleFileError(problems)
    return value


def read_yaml(path: Path) -> YamlFile:
    """Read ``path`` as a tree of dict, list and str. Raises :class:`RuleFileError`."""
    return _Reader(path, read_text(path)).read()


def read_text(path: Path) -> str:
    """The text of a rule file, which must be UTF-8 and of moderate size. Raises :class:`RuleFileError`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RuleFileError([Problem(str(path), None, None, "文件无法读取", fault_in_words(error))]) from error
    if len(content) > MAX_BYTES:
        message = f"文件有 {len(content):,} 字节，超过上限 {MAX_BYTES:,} 字节"
        raise RuleFileError([Problem(str(path), None, None, message, "请拆成几个规则文件")])
    return _decoded(path, content.removeprefix(_BYTE_ORDER_MARK))


def _decoded(path: Path, content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise RuleFileError([_encoding_problem(path, content, error.start)]) from error
    if found := _UNPRINTABLE.search(text):
        line, column = _line_and_column(text, found.start())
        message = f"有不可见的控制字符（U+{ord(found.group()):04X}）"
        raise RuleFileError(
            [Problem(str(path), line, column, message, "请删去；从网页或 PDF 粘贴的文字常带有这种字符")]
        )
    return text


def _encoding_problem(path: Path, content: bytes, offset: int) -> Problem:
    line, column = _line_and_column(content[:offset].decode(), offset)
    return Problem(str(path), line, column, f"文件不是 UTF-8 编码{_likely_encoding(content)}", "请另存为 UTF-8 编码")


def _likely_encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "，是 UTF-16"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，像是 GBK/GB18030"


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


class _UnusableError(Exception):
    """The rest of the file cannot be read."""


@dataclass(slots=True)
class _Reader:
    path: Path
    text: str
    keys: dict[Location, tuple[int, int]] = field(default_factory=dict)
    values: dict[Location, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> YamlFile:
        tree: Tree = ""
        try:
            tree = self._document(iter(yaml.CSafeLoader(self.text).get_event, None))
        except _UnusableError:
            pass
        except yaml.YAMLError as error:
            self.problems.append(explain_syntax_error(error, str(self.path), self.text))
        if self.problems:
            raise RuleFileError(self.problems)
        return YamlFile(self.path, tree, self.keys, self.values)

    def _document(self, events: Iterator[Any]) -> Tree:
        next(events)
        if not isinstance(first := next(events), yaml.DocumentStartEvent):
            raise self._unusable(first, "文件是空的", "规则文件至少要有一条规则；不用的文件请删去")
        tree = self._node(next(events), events, ())
        next(events)
        if isinstance(second := next(events), yaml.DocumentStartEvent):
            raise self._unusable(second, "一个文件里有几份 YAML 文档", "请删去单独成行的 ---，或拆成几个文件")
        return tree

    def _node(self, event: Any, events: Iterator[Any], location: Location) -> Tree:
        self.values[location] = _start(event)
        self._refuse_references(event)
        if len(location) > MAX_DEPTH:
            raise self._unusable(event, f"嵌套超过 {MAX_DEPTH} 层", "请检查缩进和方括号、花括号")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, location)
        return self._sequence(events, location) if isinstance(event, yaml.SequenceStartEvent) else ""

    def _mapping(self, events: Iterator[Any], location: Location) -> Tree:
        mapping: dict[str, Tree] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, mapping, location)
            value = self._node(next(events), events, (*location, key))
            mapping.setdefault(key, value)
        return mapping

    def _key(self, event: Any, mapping: dict[str, Tree], location: Location) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._unusable(event, "冒号左边的名称必须是文字", "以 [ { * & ! 开头的文字请用单引号括起来")
        key = str(event.value)
        self._refuse_references(event)
        if key == "<<":
            self._problem(event, "不支持合并键 <<", "请把要用的内容直接写出来")
        elif key in mapping:
            earlier = self.keys[*location, key][0]
            self._problem(event, f"“{key}”写了两次，第 {earlier} 行已经有了", "请删去其中一处")
        self.keys.setdefault((*location, key), _start(event))
        return key

    def _sequence(self, events: Iterator[Any], location: Location) -> Tree:
        items: list[Tree] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, (*location, len(items))))
        return items

    def _scalar(self, event: Any) -> str:
        value = str(event.value)
        if event.style in {None, ""} and value in {"", "~", "null"}:
            self._problem(event, "没有写内容" if not value else f"{value} 表示空值", _EMPTY_HINT)
        elif event.style == '"' and (found := _LOST_ESCAPE.search(value)):
            message = f"双引号里的反斜杠转义成了看不见的字符（U+{ord(found.group()):04X}）"
            self._problem(event, message, "正则表达式请用单引号括起来，如 '\\d+件'")
        return value

    def _refuse_references(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._problem(event, f"不支持引用 *{event.anchor}", "以 * 开头的文字请用单引号括起来")
        elif event.anchor is not None:
            self._problem(event, f"不支持锚点 &{event.anchor}", "以 & 开头的文字请用单引号括起来")
        elif event.tag is not None:
            self._problem(event, f"不支持标签 {event.tag}", "以 ! 开头的文字请用单引号括起来")

    def _problem(self, event: Any, message: str, hint: str) -> None:
        self.problems.append(Problem(str(self.path), *_start(event), message, hint))

    def _unusable(self, event: Any, message: str, hint: str) -> _UnusableError:
        self._problem(event, message, hint)
        return _UnusableError()


def _start(event: Any) -> tuple[int, int]:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
