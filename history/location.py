"""Where a history is: what the setting ``history`` says, as the address of a database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from history.errors import HistoryUseError

OFF: Final = "off"
"""The setting that keeps no history."""

FILE_NAME: Final = "history.sqlite"
_POSTGRESQL: Final = "postgresql+pg8000"
_PASSWORD: Final = "PGPASSWORD"


def history_url(setting: str, state: Path) -> URL | None:
    """The database that ``setting`` names: a URL or a file, empty for the file in the folder ``state``.

    ``None`` where no history is kept. A PostgreSQL URL without a password takes that of the environment (PGPASSWORD).
    Raises HistoryUseError for any other kind of database.
    """
    if setting == OFF:
        return None
    if "://" not in setting:
        return sqlite_url(Path(setting) if setting else state / FILE_NAME)
    try:
        url = make_url(setting)
    except ArgumentError as fault:
        raise HistoryUseError("历史库地址写法不对，写法如 postgresql://用户@主机/库名") from fault
    match url.drivername:
        case "sqlite" if url.database:
            return sqlite_url(Path(url.database))
        case "postgresql" | "postgresql+pg8000":
            return url.set(drivername=_POSTGRESQL, password=url.password or os.environ.get(_PASSWORD))
    raise HistoryUseError(f"历史库只能是 SQLite 文件或 PostgreSQL，不能是“{url.drivername}”")


def settled(setting: str) -> str:
    """The setting as other processes may be given it: a file by its absolute path, a URL without its password.

    The password goes to the environment of this process and of those it starts. Raises HistoryUseError.
    """
    url = history_url(setting, Path())
    if url is None or not setting:
        return setting
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    if url.password:
        os.environ[_PASSWORD] = str(url.password)
    # Setting the password to nothing would leave it as it is.
    parts = (url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return URL.create(*parts).render_as_string()


def sqlite_url(file: Path) -> URL:
    """The address of a SQLite file."""
    return URL.create("sqlite", database=str(file.absolute()))


def shown(url: URL) -> str:
    """How messages name a history: a file by its path, a server without the password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.set(drivername="postgresql").render_as_string(hide_password=True)
