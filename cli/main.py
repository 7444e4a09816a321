"""The entry point: chooses the language, runs the command, and turns every known failure into one sentence."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import NoReturn

from cli.console import complain, prepare_streams
from cli.exits import Exit
from cli.language import LanguageError, choose_language, say
from documents.errors import fault_in_words


def main() -> NoReturn:
    """Run ``fazhi-audit`` with the arguments of this process."""
    _start_quickly()
    prepare_streams()
    sys.exit(run(sys.argv[1:]))


def _start_quickly() -> None:
    # Looking for pydantic plugins opens the metadata of every package installed; none is wanted.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What is loaded stays; looking through it for garbage again and again while it grows is time lost.
    gc.set_threshold(200_000)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit status."""
    try:
        rest = choose_language(arguments)
    except LanguageError as fault:
        complain(str(fault))
        return Exit.WRONG_USE
    try:
        status = _dispatch(rest)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has gone (`| head`), which click turns into a SystemExit; nobody is left to tell.
        _drop_output()
        return Exit.READER_GONE
    except OSError as fault:
        _drop_output()
        place = f"“{fault.filename}”" if fault.filename else ""
        complain(say(f"运行环境出错：{place}{fault_in_words(fault)}。", f"Environment error: {fault}"))
        return Exit.ENVIRONMENT
    except Exception:  # noqa: BLE001 - Python's own status for a crash is 1, which here means findings
        import traceback

        complain(traceback.format_exc())
        complain(say("程序内部错误，请把以上内容发给管理员。", "Internal error: please report the lines above."))
        return Exit.CRASHED
    if status == Exit.INTERRUPTED:
        complain(say("已中断，没有写出审核结果。", "Interrupted; no result was written."))
    return status


def _drop_output() -> None:
    """Keep the interpreter from trying again, when it ends, to write what could not be written."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dispatch(arguments: list[str]) -> int:
    from typer.exceptions import TyperException

    from audit.findings_file import FindingsFileError
    from audit.inbox import InboxError
    from cli.application import build_application
    from cli.errors import UsageFault
    from cli.help import usage_error
    from flows.errors import DiskFull, OutputBusy, ServerUnavailable, SettingsError
    from history.errors import HistoryError, HistoryUseError
    from rules.errors import RuleFileError

    try:
        return int(
            build_application(next(iter(arguments), None))(arguments, prog_name="fazhi-audit", standalone_mode=False)
            or 0
        )
    except TyperException as fault:
        is_help = type(fault).__name__ == "NoArgsIsHelpError"
        complain(fault.message if is_help else usage_error(fault))
        return Exit.WRONG_USE
    except UsageFault as fault:
        complain(str(fault))
        return Exit.WRONG_USE
    except InboxError as fault:
        complain(say(str(fault), fault.english))
        return Exit.WRONG_USE
    except FindingsFileError as fault:
        complain(f"{fault}。")
        return Exit.WRONG_USE
    except (RuleFileError, SettingsError) as fault:
        complain(str(fault))
        return Exit.BROKEN_RULES
    except HistoryUseError as fault:
        complain(f"{fault}。")
        return Exit.WRONG_USE
    except (DiskFull, HistoryError, OutputBusy, ServerUnavailable) as fault:
        complain(f"{fault}。")
        return Exit.ENVIRONMENT


if __name__ == "__main__":
    main()
