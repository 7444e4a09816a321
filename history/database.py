"""The connection to a history: one writer at a time, readers at any time, faults in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from documents.errors import fault_in_words
from history.errors import HistoryError, HistoryUseError
from history.location import shown
from history.schema import REVISIONS, RUNS

_SQLITE = "sqlite"
_BUSY_SECONDS: Final = 30.0
# A run of a hundred thousand reports takes minutes to record; whoever comes meanwhile waits his turn.
_ATTEMPTS: Final = 20
# Any number that other programs in the same PostgreSQL do not use for a lock of their own.
_WRITER_LOCK: Final = 0x66617A68
_WRITES: Final = "fazhi_audit_writes"
_AUTOCOMMIT: Final = "AUTOCOMMIT"
_CACHE_KIB: Final = 1 << 16
_VERSION_TABLE: Final = "alembic_version"


class Database:
    """An open history. Connections are made where they are used: none is shared with another thread or process."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine = _engine(url)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite file."""
        return self._url.get_backend_name() == _SQLITE

    def serves_readers_meanwhile(self) -> bool:
        """Whether others can read while somebody writes: PostgreSQL always, a SQLite file where it keeps a log beside
        it, which not every file system takes. Raises HistoryError."""
        if not self.is_sqlite:
            return True
        with self.read() as connection:
            return connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees the history as it is now, whatever others write meanwhile. Raises HistoryError."""
        with told(self._url), self._engine.connect() as connection:
            if not self.is_sqlite:
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The only writer's connection: all that the block does is kept, or where it fails nothing of it.

        Waits while another process writes. Raises HistoryError.
        """
        with told(self._url), self._engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITER_LOCK})
            yield connection
            connection.commit()

    def compact(self) -> None:
        """Give the space of what was removed back to the disk. Raises HistoryError."""
        engine = self._engine.execution_options(isolation_level=_AUTOCOMMIT)
        with told(self._url), engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
            if self.is_sqlite:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def migrate(self) -> None:
        """Bring the tables to the state that this program knows.

        Raises HistoryError where a newer program has changed them, or where they are another program's.
        """
        with self.read() as connection:
            if _revision(connection, self._url) == REVISIONS[-1]:
                return
        with self.write() as connection:
            if _revision(connection, self._url) != REVISIONS[-1]:
                _upgrade(connection)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


@contextmanager
def open_database(url: URL, *, must_exist: bool = False) -> Iterator[Database]:
    """The history at ``url``, made where there is none (unless ``must_exist``). Raises HistoryError."""
    if url.get_backend_name() == _SQLITE:
        _prepare_file(Path(url.database or ""), must_exist=must_exist)
    database = Database(url)
    try:
        database.migrate()
        yield database
    finally:
        database.close()


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Turn faults of the database into HistoryError, which says which history and why."""
    try:
        yield
    except SQLAlchemyError as fault:
        raise HistoryError(f"历史库“{shown(url)}”不能使用：{_in_words(fault)}") from fault


def _prepare_file(file: Path, *, must_exist: bool) -> None:
    if must_exist and not file.is_file():
        raise HistoryUseError(f"没有历史库“{file}”；先运行一次 fazhi-audit audit，或用 --out、--history 指定")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise HistoryError(f"历史库“{file}”不能使用：{fault_in_words(fault)}") from fault


def _engine(url: URL) -> Engine:
    is_sqlite = url.get_backend_name() == _SQLITE
    wait = _BUSY_SECONDS if is_sqlite else _BUSY_SECONDS * _ATTEMPTS
    try:
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": wait})
    except ModuleNotFoundError as fault:
        raise HistoryError("没有安装 PostgreSQL 的驱动程序，请安装 fazhi-audit[postgresql]") from fault
    if is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are begun by hand: the driver would begin none for reading, and none that holds the tables' changes.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    # Fingerprints come in no order: an index of them that is not in memory is read and written again for each.
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _switch_to_wal(connection)


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as fault:
        # Who cannot write need not change it, and who is not alone finds it changed by the other.
        if fault.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY):
            raise


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == _AUTOCOMMIT:
        return
    if not options.get(_WRITES):
        connection.exec_driver_sql("BEGIN")
        return
    for attempt in range(_ATTEMPTS):
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as fault:
            if not _is_busy(fault) or attempt == _ATTEMPTS - 1:
                raise
        else:
            return


def _is_busy(fault: OperationalError) -> bool:
    code = getattr(fault.orig, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY


def _revision(connection: Connection, url: URL) -> str | None:
    """The revision of the tables, ``None`` for an empty database. Raises HistoryError for one that is not known."""
    names = inspect(connection).get_table_names()
    if _VERSION_TABLE not in names:
        if RUNS.name in names:
            raise HistoryError(f"“{shown(url)}”不是本程序的历史库")
        return None
    revision = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()
    if revision is not None and revision not in REVISIONS:
        raise HistoryError(
            f"历史库“{shown(url)}”由更新版本的程序写成（库版本 {revision}，本程序为 {REVISIONS[-1]}），请升级程序"
        )
    return revision


def _upgrade(connection: Connection) -> None:
    # Only the first use of a database, and the first after a new version, need what reads migrations.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, REVISIONS[-1])


_SQLITE_FAULTS: Final = {
    sqlite3.SQLITE_BUSY: "另一个程序正在写入，等待超时",
    sqlite3.SQLITE_CANTOPEN: "文件不能打开或建立",
    sqlite3.SQLITE_CORRUPT: "文件已损坏",
    sqlite3.SQLITE_FULL: "磁盘空间不足",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_NOTADB: "不是 SQLite 数据库文件",
    sqlite3.SQLITE_PERM: "没有权限",
    sqlite3.SQLITE_READONLY: "文件不可写",
}
_POSTGRESQL_FAULTS: Final = {
    "28": "用户名或密码不对（密码可用环境变量 PGPASSWORD 给出）",
    "3D": "没有这个数据库，请先在服务器上建立",
    "42501": "没有权限",
    "53": "服务器资源不足",
    "57": "服务器正在停止或启动",
}


def _in_words(fault: SQLAlchemyError) -> str:
    cause = fault.orig if isinstance(fault, DBAPIError) else None
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE_FAULTS.get(code & 0xFF, str(cause))
    detail = cause.args[0] if cause is not None and cause.args else str(fault)
    if isinstance(detail, dict):
        state = str(detail.get("C", ""))
        return next((words for key, words in _POSTGRESQL_FAULTS.items() if state.startswith(key)), str(detail.get("M")))
    if isinstance(fault, InterfaceError):
        return "连接不上数据库服务器，或者没有这个数据库"
    return str(detail)
