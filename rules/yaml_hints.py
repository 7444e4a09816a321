"""What a YAML syntax error means to somebody who does not know YAML."""

from __future__ import annotations

import re
from typing import Any

import yaml

from documents.lazy_pattern import lazy_pattern
from rules.errors import Problem

_QUOTE = "文字里有特殊符号时，请用单引号把整段文字括起来"
_INDENT = "请检查这一行前面的空格，同一层的各行要对齐"
_TAB = "请把制表符（Tab）换成空格"
_HINTS = {
    "found character that cannot start any token": ("文字不能以这个符号开头", _QUOTE),
    "found a tab character that violates indentation": ("缩进用了制表符", _TAB),
    "found a tab character where an indentation space is expected": ("缩进用了制表符", _TAB),
    "found unknown escape character": ("双引号里不能写这样的反斜杠", "正则表达式请用单引号括起来，如 '\\d+件'"),
    "did not find expected hexdecimal number": (
        "双引号里不能写这样的反斜杠",
        "正则表达式请用单引号括起来，如 '\\d+件'",
    ),
    "mapping values are not allowed in this context": ("这里不能出现冒号", f"{_INDENT}；{_QUOTE}"),
    "could not find expected ':'": (
        "这一行缺少半角冒号",
        "写法是“名称: 内容”，冒号用半角，后面空一格；| 下面的正文要多缩进两格",
    ),
    "did not find expected key": ("缩进没有对齐，或引号、方括号后面多了文字", f"{_INDENT}；{_QUOTE}"),
    "did not find expected '-' indicator": ("缩进没有对齐，这里应当是以 - 开头的一项", _INDENT),
    "block sequence entries are not allowed in this context": ("- 开头的一项要另起一行", _QUOTE),
    "did not find expected node content": ("这里应当有内容", _QUOTE),
    "did not find expected ',' or ']'": ("方括号没有配对", f"请补上 ]；{_QUOTE}"),
    "did not find expected ',' or '}'": ("花括号没有配对", f"请补上 }}；{_QUOTE}"),
    "found unexpected end of stream": ("引号没有配对", "请在文字末尾补上同样的引号"),
    "found unexpected document indicator": ("引号没有配对", "请在文字末尾补上同样的引号"),
    "did not find expected alphabetic or numeric character": ("不支持锚点和引用（& 和 *）", _QUOTE),
    "did not find expected comment or line break": ("| 或 > 后面不能有文字", "多行文字从下一行写起，并多缩进两格"),
    "did not find expected <document start>": ("前面的内容已经结束，这里多出了文字", _INDENT),
}
_COLON_CAUSES = ("could not find expected ':'", "mapping values are not allowed in this context")
_TAG_ERRORS = lazy_pattern("tag|directive")
_WIDE_COLON = lazy_pattern(r"^\s*(?:- +)?[\w-]+(：)", re.MULTILINE)
_TIGHT_COLON = lazy_pattern(r"^\s*(?:- +)?[a-z_]+(:)(?=[^\s/])", re.MULTILINE)


def explain_syntax_error(error: yaml.YAMLError, path: str, text: str) -> Problem:
    """``error``, raised while parsing ``text``, in Chinese and with what to do about it."""
    mark: Any = getattr(error, "problem_mark", None)
    cause = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    if mark is None:
        return Problem(path, None, None, f"不是有效的 YAML：{cause}")
    context: Any = getattr(error, "context_mark", None) or mark
    lines = text.splitlines(keepends=True)
    return (
        (_colon_problem(path, lines, mark) if cause in _COLON_CAUSES else None)
        or _tab_problem(path, lines, mark.line)
        or _known_problem(path, error, cause, mark, context)
    )


def _known_problem(path: str, error: Any, cause: str, mark: Any, context: Any) -> Problem:
    message, hint = _HINTS.get(cause, ("", ""))
    if not message and _TAG_ERRORS.search(f"{cause} {error.context}"):
        message, hint = "不支持标签和指令（! 和 %）", _QUOTE
    if message.endswith(("没有配对", "缺少半角冒号")):
        mark = context
    return Problem(path, mark.line + 1, mark.column + 1, message or f"不是有效的 YAML：{cause}", hint or _QUOTE)


def _tab_problem(path: str, lines: list[str], line: int) -> Problem | None:
    content = lines[line] if line < len(lines) else ""
    indent = content[: len(content) - len(content.lstrip())]
    if "\t" not in indent:
        return None
    return Problem(path, line + 1, indent.index("\t") + 1, "缩进用了制表符", _TAB)


def _colon_problem(path: str, lines: list[str], mark: Any) -> Problem | None:
    """A colon that is full-width, or has no blank after it, in the line of the error or in that before it."""
    if mark.line < len(lines) and ": " in lines[mark.line][: mark.column]:
        return None
    for number in (mark.line - 1, mark.line):
        for pattern, message in ((_WIDE_COLON, "冒号是全角的“：”"), (_TIGHT_COLON, "冒号后面没有空格")):
            if 0 <= number < len(lines) and (found := pattern.match(lines[number])):
                return Problem(path, number + 1, found.start(1) + 1, message, "请写半角冒号，后面空一格")
    return None
