from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.errors import Unreadable
from documents.limits import DEFAULT_LIMITS, MEGABYTE, ReadingLimits
from documents.package import Package

_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = b"PK\x03\x04"
_END = b"PK\x05\x06"


def archive(*contents: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as made:
        warnings.simplefilter("ignore")
        for name, content in contents:
            made.writestr(name, content)
    return file.getvalue()


def package(data: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> Package:
    return Package(data, limits, "Word 文档")


def read_all(data: bytes, limits: ReadingLimits) -> bytes:
    opened = package(data, limits)
    return b"".join(opened.read(entry) for entry in opened.entries)


def status(data: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> str:
    """The status of a package that cannot be opened or has a member that cannot be read."""
    with pytest.raises(Unreadable) as caught:
        read_all(data, limits)
    assert "Word 文档" in caught.value.reason
    assert caught.value.next_step.endswith("。")
    return caught.value.status


def changed(data: bytes, mark: bytes, place: int, form: str, value: int) -> bytes:
    """``data`` with the number at ``place`` behind the first ``mark`` replaced."""
    damaged = bytearray(data)
    struct.pack_into(form, damaged, data.index(mark) + place, value)
    return bytes(damaged)


def test_members_are_read_by_name_and_by_entry() -> None:
    opened = package(archive(("a.xml", b"first"), ("报告/b.xml", b"second")))
    assert opened.names == ["a.xml", "报告/b.xml"]
    assert ("a.xml" in opened, "c.xml" in opened) == (True, False)
    assert (opened.read("报告/b.xml"), opened.read(opened.entries[0])) == (b"second", b"first")


def test_a_member_that_does_not_exist_is_damage() -> None:
    with pytest.raises(Unreadable, match="corrupt"):
        package(archive(("a", b"a"))).read("b")


SOUND = archive(("a.xml", b"The same words over and over. " * 100))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"PK\x03\x04", id="only the mark"),
        pytest.param(SOUND[:-30], id="cut at the end"),
        pytest.param(SOUND[40:], id="cut at the start"),
        pytest.param(changed(SOUND, _LOCAL_HEADER, 35, "<Q", 0x1234_5678_9ABC_DEF0), id="broken data"),
        pytest.param(changed(SOUND, _DIRECTORY_ENTRY, 16, "<I", 1), id="wrong checksum"),
        pytest.param(changed(SOUND, _DIRECTORY_ENTRY, 10, "<H", 99), id="unknown method"),
        pytest.param(changed(SOUND, _DIRECTORY_ENTRY, 24, "<I", 10), id="a size too small"),
        pytest.param(changed(SOUND, _DIRECTORY_ENTRY, 42, "<I", 10**6), id="a place outside of the file"),
    ],
)
def test_damage_has_its_status(data: bytes) -> None:
    assert status(data) == "corrupt"


def test_a_password_has_its_status() -> None:
    locked = changed(SOUND, _DIRECTORY_ENTRY, 8, "<H", 1)
    assert status(changed(locked, _LOCAL_HEADER, 6, "<H", 1)) == "encrypted"


def bomb(size: int) -> bytes:
    return archive(("bomb.xml", b"\0" * size))


BOMBS: dict[str, Callable[[], bytes]] = {
    "by its ratio": lambda: bomb(40 * MEGABYTE),
    "by its size": lambda: changed(SOUND, _DIRECTORY_ENTRY, 24, "<I", 300 * MEGABYTE),
    "in many members": lambda: archive(*((f"{number}.xml", b"\0" * MEGABYTE * 8) for number in range(30))),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_before_anything_is_unpacked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = BOMBS[name]()

    def forbidden(*_: object) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", forbidden)
    with pytest.raises(Unreadable, match="over_limit"):
        package(data)


def test_members_that_share_their_bytes_are_refused() -> None:
    data = archive(*((f"{number}.xml", b"\0" * 1000) for number in range(3)))
    second = data.index(_DIRECTORY_ENTRY, data.index(_DIRECTORY_ENTRY) + 1)
    overlapping = bytearray(data)
    struct.pack_into("<I", overlapping, second + 42, 0)
    assert status(bytes(overlapping)) == "corrupt"


def test_what_is_unpacked_counts_over_all_members() -> None:
    opened = package(archive(("a", b"x" * MEGABYTE), ("b", b"y" * MEGABYTE)), ReadingLimits(unpacked_mb=3))
    opened.read("a")
    opened.read("b")
    opened.read("a")
    with pytest.raises(Unreadable, match="over_limit"):
        opened.read("b")


def test_too_many_members_are_refused_before_the_directory_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = ReadingLimits(members=5)
    assert package(archive(*((str(number), b"") for number in range(5))), limits).names == list("01234")
    data = archive(*((str(number), b"") for number in range(6)))
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", None)
    with pytest.raises(Unreadable) as caught:
        package(data, limits)
    assert caught.value.status == "over_limit"
    assert "6 个" in caught.value.reason


def test_more_members_than_the_end_of_the_file_tells_are_refused_too() -> None:
    data = archive(*((str(number), b"") for number in range(6)))
    lying = changed(data, _END, 10, "<H", 1)
    assert status(lying, ReadingLimits(members=5)) == "over_limit"


@given(st.binary(max_size=200), st.integers(0, len(SOUND) - 1), st.booleans())
def test_no_damage_gets_out(noise: bytes, place: int, inserted: bool) -> None:
    end = place if inserted else min(len(SOUND), place + len(noise))
    with contextlib.suppress(Unreadable):
        read_all(SOUND[:place] + noise + SOUND[end:], DEFAULT_LIMITS)
