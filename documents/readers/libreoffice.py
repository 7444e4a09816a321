"""LibreOffice as a converter in batches: no network, no macros, no links, and no process that outlives its time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from documents.readers.sandbox import environment, guards

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)
_OPTIONS = ("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
_FILTER = "docx:MS Word 2007 XML"
_START_SECONDS = 20.0
_LONGEST_STALL = 30.0
_POLL_SECONDS = 0.05

# Path in LibreOffice's registry, property and value: see its configuration schemas (officecfg).
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "CheckDocumentEvents", "false"),
    ("Office.Common/Security/Scripting", "HyperlinksWithCtrlClick", "true"),
    ("Office.Common/Misc", "UseOpenCL", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/History", "PickListSize", "0"),
    ("Office.Common/Save/Document", "AutoSave", "false"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def find_libreoffice() -> str | None:
    """The program, ``None`` where it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def write_profile(folder: Path) -> None:
    """A user profile of LibreOffice with everything off that could run, fetch, or leave traces."""
    items = "\n".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}\n</oor:items>\n",
        encoding="utf-8",
    )


class Ending(StrEnum):
    """How a run of LibreOffice ended: by itself, with an error, or killed for taking too long."""

    WELL = "well"
    DIED = "died"
    TIMED_OUT = "timed-out"


class Converter:
    """Converts office files to docx, many at one start of LibreOffice; its profile and outputs are in ``workspace``."""

    def __init__(self, program: str, workspace: Path) -> None:
        workspace = workspace.resolve()
        self._workspace = workspace
        self.outputs = workspace / "out"
        self.outputs.mkdir(parents=True, exist_ok=True)
        write_profile(workspace / "profile")
        self._command = [
            *guards(workspace, program),
            program,
            f"-env:UserInstallation={(workspace / 'profile').as_uri()}",
            *_OPTIONS,
            "--convert-to",
            _FILTER,
            "--outdir",
            str(self.outputs),
        ]

    def output(self, file: Path) -> Path:
        """Where the docx made of ``file`` is put."""
        return self.outputs / f"{file.stem}.docx"

    def run(self, files: Sequence[Path], seconds: float) -> Ending:
        """Convert ``files`` in their order.

        LibreOffice is killed, with all that it has started, when no output appears for ``seconds`` beyond its start.
        """
        process = subprocess.Popen(
            [*self._command, *map(str, files)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(self._workspace),
            cwd=self._workspace,
            start_new_session=True,
        )
        try:
            return self._watch(process, seconds if len(files) == 1 else min(seconds, _LONGEST_STALL))
        finally:
            _kill_group(process)

    def _watch(self, process: subprocess.Popen[bytes], seconds: float) -> Ending:
        done = 0
        deadline = time.monotonic() + _START_SECONDS + seconds
        while True:
            try:
                return Ending.WELL if process.wait(_POLL_SECONDS) == 0 else Ending.DIED
            except subprocess.TimeoutExpired:
                outputs = sum(1 for _ in self.outputs.iterdir())
                now = time.monotonic()
                if outputs != done:
                    done, deadline = outputs, now + seconds
                elif now > deadline:
                    return Ending.TIMED_OUT


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
