"""The entry point: chooses the language, runs the command, and turns every known failure into one sentence."""

from __future__ import annotations

import sys
from typing import NoReturn

from cli.console import complain, prepare_streams
from cli.exits import Exit
from cli.language import LanguageError, choose_language, say


def main() -> NoReturn:
    """Run ``fazhi-audit`` with the arguments of this process."""
    prepare_streams()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit status."""
    try:
        rest = choose_language(arguments)
    except LanguageError as fault:
        complain(str(fault))
        return Exit.WRONG_USE
    try:
        return _dispatch(rest)
    except KeyboardInterrupt:
        complain(say("已中断。", "Interrupted."))
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`); there is no one left to tell.
        sys.stderr.close()
        return Exit.CLEAN
    except OSError as fault:
        place = f"“{fault.filename}”" if fault.filename else ""
        complain(say(f"运行环境出错：{place}{fault.strerror or fault}", f"Environment error: {place}{fault}"))
        return Exit.ENVIRONMENT


def _dispatch(arguments: list[str]) -> int:
    from typer.exceptions import TyperException

    from audit.inbox import InboxError
    from cli.application import build_application
    from cli.help import usage_error
    from rules.errors import RuleFileError

    try:
        return int(build_application()(arguments, prog_name="fazhi-audit", standalone_mode=False) or 0)
    except TyperException as fault:
        is_help = type(fault).__name__ == "NoArgsIsHelpError"
        complain(fault.message if is_help else usage_error(fault))
        return Exit.WRONG_USE
    except InboxError as fault:
        complain(str(fault))
        return Exit.WRONG_USE
    except RuleFileError as fault:
        complain(str(fault))
        return Exit.BROKEN_RULES


if __name__ == "__main__":
    main()
