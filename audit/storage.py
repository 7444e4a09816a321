"""Where results are kept: a folder, or whatever fsspec reaches by an address such as ``s3://bucket/folder``."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from audit.atomic import save_atomically

_FILE_SCHEME = "file://"
# Read ahead in a remote file: about what a hundred records take.
_BLOCK_BYTES = 1 << 20


class StorageError(Exception):
    """An address that names no storage this program can use; the argument says why, in Chinese."""


class Storage(Protocol):
    """Files by name. A name has at most one folder, ``folder/file``. Everything may raise OSError."""

    def save(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file, which nobody reads as whole before it is: it appears whole, or its reader knows its end."""

    def open(self, name: str) -> BinaryIO:
        """The file, to be read from any position."""

    def local(self, name: str) -> Path:
        """The file as one of this machine, fetched where it is elsewhere."""

    def names(self, folder: str = "") -> list[str]:
        """The names in a folder, without it, sorted; none where there is no such folder."""

    def remove(self, name: str) -> None:
        """Remove a file or folder, if it is there."""


def storage_at(address: str, scratch: Path | None = None) -> Storage:
    """The storage at a path or URL; ``scratch`` is a folder for what has to be fetched. Raises StorageError."""
    if "://" not in address:
        return LocalStorage(Path(address))
    if address.startswith(_FILE_SCHEME):
        return LocalStorage(Path(address.removeprefix(_FILE_SCHEME)))
    return RemoteStorage(address, scratch)


class LocalStorage:
    """A folder of this machine, or one that the operating system has mounted."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def save(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file, which appears whole or not at all."""
        save_atomically(self._root / name, lambda stream: stream.writelines(pieces))

    def open(self, name: str) -> BinaryIO:
        """The file, to be read from any position."""
        return (self._root / name).open("rb")

    def local(self, name: str) -> Path:
        """The file itself."""
        return self._root / name

    def names(self, folder: str = "") -> list[str]:
        """The names in a folder, without it, sorted; none where there is no such folder."""
        with suppress(FileNotFoundError):
            return sorted(path.name for path in (self._root / folder).iterdir())
        return []

    def remove(self, name: str) -> None:
        """Remove a file or folder, if it is there."""
        path = self._root / name
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


class RemoteStorage:
    """Files that fsspec reaches. Object stores show whole files only; elsewhere half a file is known by its end."""

    def __init__(self, address: str, scratch: Path | None) -> None:
        self._address = address.rstrip("/")
        self._scratch = scratch
        self._root, self._system = _connected(self._address)

    def save(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file in one go."""
        with self._faults_named():
            path = f"{self._root}/{name}"
            if not self._is_object_store:
                self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._system.pipe_file(path, b"".join(pieces))

    def open(self, name: str) -> BinaryIO:
        """The file, to be read from any position."""
        with self._faults_named():
            stream: BinaryIO = self._system.open(f"{self._root}/{name}", "rb", block_size=_BLOCK_BYTES)
            return stream

    def local(self, name: str) -> Path:
        """A copy in the scratch folder. Raises ValueError where there is none."""
        if self._scratch is None:
            raise ValueError("no folder to fetch into")
        target = self._scratch / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with self._faults_named():
                self._system.get_file(f"{self._root}/{name}", str(target))
        return target

    def names(self, folder: str = "") -> list[str]:
        """The names in a folder, without it, sorted; none where there is no such folder."""
        path = f"{self._root}/{folder}".rstrip("/")
        with self._faults_named(), suppress(FileNotFoundError):
            # What other machines have written since must be seen.
            self._system.invalidate_cache()
            return sorted(found.rstrip("/").rpartition("/")[2] for found in self._system.ls(path, detail=False))
        return []

    def remove(self, name: str) -> None:
        """Remove a file or folder, if it is there."""
        with self._faults_named(), suppress(FileNotFoundError):
            self._system.rm(f"{self._root}/{name}", recursive=True)

    @cached_property
    def _is_object_store(self) -> bool:
        """Whether folders are only parts of names, so that making one would mean making a bucket."""
        from fsspec.asyn import AsyncFileSystem  # noqa: PLC0415 - as below

        return isinstance(self._system, AsyncFileSystem)

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        """Whatever the client library of a backend raises is a fault of the environment, which another try may mend."""
        try:
            yield
        except OSError:
            raise
        except Exception as fault:
            raise OSError(f"结果存储“{self._address}”出错（{type(fault).__name__}：{fault}）") from fault


def _connected(address: str) -> tuple[str, Any]:
    """The path within the file system, and the file system."""
    # Only whoever keeps results elsewhere needs it.
    from fsspec.core import url_to_fs  # noqa: PLC0415

    connect: Callable[..., Any] = url_to_fs
    scheme, _, place = address.partition("://")
    if not scheme or not place:
        raise StorageError(f"结果存储“{address}”写法不对（缺少协议名或位置）")
    try:
        system, root = connect(address)
    except ImportError as fault:
        raise StorageError(f"结果存储“{address}”不能使用：没有安装 {scheme} 所需的程序库（{fault}）") from fault
    except ValueError as fault:
        known = "可用本机或共享文件夹的路径，或者 file://、s3:// 等 fsspec 支持的地址"
        raise StorageError(f"结果存储“{address}”写法不对（{fault}）；{known}") from fault
    return root.rstrip("/"), system
