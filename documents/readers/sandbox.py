"""How LibreOffice is started: without network, without the rest of the disk, with limits, and never left behind.

All of it is made of the usual commands of Linux, as far as the system lets them; what protects everywhere is the
profile and that the copies handed over hold no links (see :mod:`documents.readers.defused`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_MOST_MEMORY = 4 << 30
_LARGEST_OUTPUT = 1 << 30
_CHECK_SECONDS = 10.0
_NOWHERE = "http://127.0.0.1:9"
_PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL")
_NAMESPACES = ("--net", "--pid", "--mount", "--fork", "--kill-child")
# A root of its own that holds the system's programs and the workspace, but none of the users' files.
_JAIL = """
set -e
root="$1/root" work="$1"; shift
mkdir -p "$root"; mount -t tmpfs none "$root"
for name in bin sbin lib lib32 lib64 usr etc opt var/cache/fontconfig; do
  if [ -L "/$name" ]; then cp -P "/$name" "$root/"
  elif [ -d "/$name" ]; then mkdir -p "$root/$name"; mount --rbind "/$name" "$root/$name"
  fi
done
mkdir -p "$root/proc" "$root/dev" "$root/tmp" "$root$work"
mount -t proc proc "$root/proc"; mount --rbind /dev "$root/dev"; mount --bind "$work" "$root$work"
exec chroot "$root" "$@"
"""


def guards(workspace: Path, program: str) -> tuple[str, ...]:
    """The commands to put before ``program``, which may write into ``workspace`` only; none on Windows and macOS."""
    chosen = _limits()
    for namespaces in _namespaces():
        jail = (*chosen, *namespaces, "sh", "-c", _JAIL, "jail", str(workspace.resolve()))
        if _works((*jail, "test", "-x", program)):
            return jail
        if _works((*chosen, *namespaces, "true")):
            return (*chosen, *namespaces)
    return chosen


def environment(workspace: Path) -> Mapping[str, str]:
    """The environment of the program: nothing of the user's, temporary files in ``workspace``, proxies to nowhere."""
    return {
        **{name: value for name, value in os.environ.items() if name.upper() in _KEPT},
        **dict.fromkeys(_PROXIES, _NOWHERE),
        **dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP"), str(workspace.resolve())),
        "SAL_USE_VCLPLUGIN": "svp",
    }


@cache
def _limits() -> tuple[str, ...]:
    """Dying with the process that started it, and limits of memory and size, as far as the system has them."""
    if sys.platform != "linux":
        return ()
    chosen: tuple[str, ...] = ()
    for command in (
        ("setpriv", "--pdeathsig", "KILL"),
        ("prlimit", f"--as={_MOST_MEMORY}", f"--fsize={_LARGEST_OUTPUT}", "--core=0"),
    ):
        if _works((*chosen, *command, "true")):
            chosen += command
    return chosen


def _namespaces() -> tuple[tuple[str, ...], ...]:
    """Ways to leave the network and the disk behind, for those who may do so and for everybody else."""
    if sys.platform != "linux":
        return ()
    return ("unshare", *_NAMESPACES), ("unshare", "--map-root-user", *_NAMESPACES)


def _works(command: Sequence[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    try:
        done = subprocess.run(command, capture_output=True, timeout=_CHECK_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
