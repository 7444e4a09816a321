"""Help and usage errors in the language of the process, with columns that count Chinese characters as two."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from typing import Any

import typer
from pydantic import ValidationError
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from cli.columns import pad, width, wrap
from cli.language import say

_MOST_COLUMNS = 100
_NAME_COLUMNS = 32
_NO_COMMAND = re.compile(r"No such command '(?P<name>.*?)'\.?(?: Did you mean '(?P<near>.*?)'\?)?")
_TOO_MANY = re.compile(r"Got unexpected extra argument.* \((?P<extra>.*)\)")
_BAD_VALUES = {
    "int_parsing": "应当是整数",
    "float_parsing": "应当是数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
}


class LocalCommand(TyperCommand):
    """A command whose help is written in the language of the process."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, description, arguments and options."""
        formatter.write("\n".join(_command_help(self, ctx)) + "\n")


class LocalGroup(TyperGroup):
    """A group of commands whose help is written in the language of the process."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, description, options and the commands of the group."""
        commands = [(name, (self.commands[name].help or "").partition("\n")[0]) for name in self.list_commands(ctx)]
        lines = [*_command_help(self, ctx), *_table(say("命令", "Commands"), commands)]
        formatter.write("\n".join(lines) + "\n")


def command_group(name: str, text: str) -> typer.Typer:
    """A group of commands, which shows its help where no command is named."""
    return typer.Typer(name=name, cls=LocalGroup, help=text, no_args_is_help=True, rich_markup_mode=None)


def usage_error(fault: TyperException) -> str:
    """What is wrong with the command line, in one or two lines."""
    return f"{say('用法有误：', 'Wrong use: ')}{_complaint(fault)}{_help_hint(fault)}"


def _complaint(fault: TyperException) -> str:
    parameter = getattr(fault, "param", None)
    name = parameter.get_error_hint().strip("'") if parameter is not None else ""
    match type(fault).__name__:
        case "NoSuchOption":
            option = getattr(fault, "option_name", "")
            near = "、".join(getattr(fault, "possibilities", None) or ())
            hint = say(f"（是不是 {near}？）", f" (did you mean {near}?)") if near else ""
            return say(f"没有选项 {option}{hint}", f"no such option {option}{hint}")
        case "MissingParameter":
            return say(f"缺少 {name}", f"missing {name}")
        case "BadParameter":
            return _bad_value(fault, name, parameter.metavar or "" if parameter is not None else "")
        case "BadOptionUsage" if "requires" in fault.message:
            option = getattr(fault, "option_name", "")
            return say(f"选项 {option} 后面要有一个值", f"option {option} needs a value")
        case "BadOptionUsage":
            option = getattr(fault, "option_name", "")
            return say(f"选项 {option} 后面不能有值", f"option {option} takes no value")
        case _:
            return _wrong_words(fault.message)


def _bad_value(fault: TyperException, name: str, metavar: str) -> str:
    cause = fault.__cause__
    error: Any = cause.errors()[0] if isinstance(cause, ValidationError) else {"type": "", "input": ""}
    given = error["input"]
    if "|" in metavar:
        choices = metavar.split("|")
        return say(
            f"{name} 不能是“{given}”，可用的有：{'、'.join(choices)}",
            f"{name} cannot be {given!r}; use one of {', '.join(choices)}",
        )
    if error["type"] in _BAD_VALUES:
        wanted = _BAD_VALUES[error["type"]].format_map(error.get("ctx", {}))
        return say(f"{name} {wanted}，不能是“{given}”", f"invalid value {given!r} for {name}: {fault.message}")
    return say(f"{name} 的值不对：{fault.message}", f"invalid value for {name}: {fault.message}")


def _wrong_words(message: str) -> str:
    if found := _NO_COMMAND.fullmatch(message):
        name, near = found["name"], found["near"]
        hint = say(f"（是不是 {near}？）", f" (did you mean {near}?)") if near else ""
        return say(f"没有命令 {name}{hint}", f"no such command {name}{hint}")
    if found := _TOO_MANY.fullmatch(message):
        return say(f"多出了 {found['extra']}", f"unexpected {found['extra']}")
    return message


def _help_hint(fault: TyperException) -> str:
    context = getattr(fault, "ctx", None)
    if context is None:
        return ""
    command = context.command_path
    return say(f"\n查看说明：{command} --help", f"\nTry: {command} --help")


def _command_help(command: Any, ctx: Any) -> Iterator[str]:
    parameters = [parameter for parameter in command.get_params(ctx) if not getattr(parameter, "hidden", False)]
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
    pieces = [ctx.command_path, *(argument.metavar for argument in arguments)]
    pieces.append(say("[选项]", "[OPTIONS]"))
    if isinstance(command, TyperGroup):
        pieces.append(say("命令 …", "COMMAND ..."))
    yield f"{say('用法：', 'Usage: ')}{' '.join(pieces)}"
    yield ""
    yield from wrap(command.help or "", _limit())
    yield from _table(say("参数", "Arguments"), [(item.metavar, item.help or "") for item in arguments])
    yield from _table(say("选项", "Options"), [(_option_names(item), _option_help(item)) for item in options])


def _option_names(option: Any) -> str:
    names = ", ".join([*option.opts, *option.secondary_opts])
    return names if option.is_flag else f"{names} {option.metavar}"


def _option_help(option: Any) -> str:
    if "--help" in option.opts:
        return say("显示本说明", "Show this help")
    default = option.default
    shown = default is not None and not option.is_flag and not callable(default)
    return f"{option.help or ''}{say(f'（默认 {default}）', f' (default {default})') if shown else ''}"


def _table(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    rows = list(rows)
    if not rows:
        return
    yield ""
    yield f"{title}{say('：', ':')}"
    indent = min(_NAME_COLUMNS, max(width(name) for name, _ in rows)) + 4
    for name, text in rows:
        first, *others = [*wrap(text, _limit() - indent)] or [""]
        if width(name) > _NAME_COLUMNS:
            yield f"  {name}"
            yield " " * indent + first
        else:
            yield pad(f"  {name}", indent) + first
        yield from (" " * indent + line for line in others)


def _limit() -> int:
    return min(shutil.get_terminal_size().columns, _MOST_COLUMNS)
