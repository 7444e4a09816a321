"""The formats of ``check``, and where each of them goes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from audit.record import RunRecord
from cli.console import complain, out, paint
from cli.errors import UsageFault
from cli.exits import Exit
from cli.options import Gate
from cli.text_report import TextReport, unpainted
from rules.model import Ruleset

_STDOUT = "-"
_COLUMNS, _FEWEST_COLUMNS = 100, 60


class Format(StrEnum):
    """How the verdict is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"


FORMATS = "|".join(Format)


@dataclass(frozen=True, slots=True)
class Output:
    """One format and the file it goes to, ``None`` for standard output."""

    format: Format
    file: Path | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is written: the run, the rules that judged it, the gate, and the exit status that follows from them."""

    run: RunRecord
    ruleset: Ruleset
    gate: Gate
    status: Exit


def plan_outputs(formats: Sequence[Format], files: Sequence[str], reports: Iterable[str]) -> list[Output]:
    """The first file belongs to the first format and so on; formats without a file go to standard output.

    Raises UsageFault where two would be mixed up, or where a report would be overwritten.
    """
    formats = formats or [Format.TEXT]
    if len(files) > len(formats):
        raise UsageFault(
            f"--output-file 给了 {len(files)} 个，--format 只有 {len(formats)} 个；第几个文件就存第几个格式。",
            f"{len(files)} --output-file for {len(formats)} --format: the first file is for the first format.",
        )
    names = [*files, *[_STDOUT] * (len(formats) - len(files))]
    for name in names:
        if names.count(name) > 1:
            raise _same_place(name)
    protected = {Path(report).resolve() for report in reports}
    for name in names:
        if name != _STDOUT and (not name.strip() or Path(name).is_dir() or Path(name).resolve() in protected):
            raise UsageFault(
                f"--output-file 不能是“{name}”：那是文件夹，或者是要检查的报告。",
                f"--output-file cannot be {name!r}: it is a folder or one of the reports.",
            )
    pairs = zip(formats, names, strict=True)
    return [Output(chosen, None if name == _STDOUT else Path(name)) for chosen, name in pairs]


def write_outputs(outputs: Iterable[Output], verdict: Verdict) -> None:
    """Write each format to its place; a file is written whole or not at all. Raises OSError."""
    for output in outputs:
        if output.file is not None:
            _save(output.file, rendered(output.format, verdict))
        elif output.format is Format.TEXT:
            for line in TextReport(_screen_columns(), paint).lines(verdict.run):
                out(line)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(rendered(output.format, verdict))


def _same_place(name: str) -> UsageFault:
    if name == _STDOUT:
        return UsageFault(
            "标准输出只能写一种格式，请用 --output-file 给其余的格式各指定一个文件。",
            "Only one format can go to standard output: give the others an --output-file each.",
        )
    return UsageFault(
        f"--output-file“{name}”给了两次，一个文件只能存一种格式。", f"--output-file {name} is given twice."
    )


def rendered(chosen: Format, verdict: Verdict) -> bytes:
    """The verdict in a format, as it goes into a file."""
    # Each format is loaded only where it is asked for.
    match chosen:
        case Format.JSON:
            from outputs.json_file import to_json

            return to_json(verdict.run)
        case Format.SARIF:
            from outputs.sarif import to_sarif

            return to_sarif(verdict.run, verdict.ruleset, verdict.status)
        case Format.JUNIT:
            from outputs.junit import to_junit

            return to_junit(verdict.run, verdict.ruleset, verdict.gate.fails)
        case Format.GITHUB:
            from outputs.github import to_github

            return to_github(verdict.run)
        case Format.GITLAB:
            from outputs.gitlab import to_gitlab

            return to_gitlab(verdict.run)
        case Format.TEXT:
            lines = TextReport(_COLUMNS, unpainted).lines(verdict.run)
            return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _save(file: Path, content: bytes) -> None:
    from audit.atomic import save_atomically

    saved = save_atomically(file, lambda stream: stream.write(content))
    if saved.note:
        complain(f"{saved.note}。")


def _screen_columns() -> int:
    """As wide as the terminal, within what can be read well; without a terminal the usual width."""
    if not sys.stdout.isatty():
        return _COLUMNS
    return max(_FEWEST_COLUMNS, min(_COLUMNS, shutil.get_terminal_size().columns))
