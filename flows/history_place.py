"""Opens the history that the settings and the command line name, for commands that only ask or add decisions."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from flows.output_folder import STATE_NAME
from flows.settings import load_settings
from history.errors import HistoryUseError
from history.location import history_url
from history.store import History, open_history


def opened_history(out: Path | None, setting: str | None) -> AbstractContextManager[History]:
    """The history of the output folder ``out``, or the one that ``setting`` names; it has to be there.

    Raises HistoryError, and flows.errors.SettingsError.
    """
    settings = load_settings(out=out, history=setting)
    url = history_url(settings.history, settings.out / STATE_NAME)
    if url is None:
        raise HistoryUseError("设置为不保存历史（history=off），没有可用的历史库；请用 --history 指定")
    return open_history(url, must_exist=True)
