"""Zip files of submissions: every file in them found under the name its sender gave it, nothing written, no bomb."""

from __future__ import annotations

import io
import random
import shutil
import stat
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest

from documents.archive import is_container, list_members, read_member
from documents.errors import Unreadable
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from documents.package import members_told

TEXT = "2024年，某区扎实推进法治政府建设。".encode()


def packed(folder: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return path


def named(folder: Path, raw: bytes, *, flags: int = 0, extra: bytes = b"") -> Path:
    """A zip with one file whose name is stored as the bytes ``raw``, as packers of other systems do."""
    size, crc = len(TEXT), zlib.crc32(TEXT)
    common = struct.pack("<HHHHHLLLHH", 20, flags, 0, 0, 0, crc, size, size, len(raw), len(extra))
    local = b"PK\x03\x04" + common + raw + extra + TEXT
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + raw + extra
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(entry), len(local), 0)
    path = folder / "named.zip"
    path.write_bytes(local + entry + end)
    return path


def shown(path: Path, limits: ReadingLimits = DEFAULT_LIMITS) -> list[str]:
    return [member.shown for member in list_members(path, limits)]


def _read(path: Path, limits: ReadingLimits, member: int | None) -> None:
    members = list_members(path, limits)
    if member is not None:
        read_member(path, members[member].key, limits)


def refused(path: Path, limits: ReadingLimits = DEFAULT_LIMITS, *, member: int | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        _read(path, limits, member)
    obstacle = caught.value
    assert obstacle.next_step.endswith("。")
    (obstacle.reason + obstacle.next_step).encode("gbk")
    return obstacle


def test_files_are_listed_in_order_and_read_and_folders_are_not_files(tmp_path: Path) -> None:
    path = packed(tmp_path, ("街道/", b""), ("街道/乙.txt", b"b"), ("甲.txt", TEXT), ("__MACOSX/._甲.txt", b"x"))
    members = list_members(path, DEFAULT_LIMITS)
    assert [(member.shown, member.size) for member in members] == [
        ("街道/乙.txt", 1),
        ("甲.txt", len(TEXT)),
        ("__MACOSX/._甲.txt", 1),
    ]
    assert [read_member(path, member.key, DEFAULT_LIMITS) for member in members] == [b"b", TEXT, b"x"]


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("法治报告.docx".encode("gbk"), 0, "法治报告.docx"),
        ("朱镕镇法治报告.docx".encode("gb18030"), 0, "朱镕镇法治报告.docx"),
        ("法治報告.docx".encode("big5"), 0, "法治報告.docx"),
        ("法治报告.docx".encode(), 0, "法治报告.docx"),
        ("法治报告.docx".encode(), 0x800, "法治报告.docx"),
        ("某区\\报告.docx".encode("gbk"), 0, "某区/报告.docx"),
        ("Übersicht.txt".encode("cp437"), 0, "Übersicht.txt"),
        (b"report.txt", 0, "report.txt"),
    ],
)
def test_names_are_those_that_the_sender_saw(tmp_path: Path, raw: bytes, flags: int, name: str) -> None:
    path = named(tmp_path, raw, flags=flags)
    assert shown(path) == [name]
    assert read_member(path, list_members(path, DEFAULT_LIMITS)[0].key, DEFAULT_LIMITS) == TEXT


@pytest.mark.parametrize(("of", "name"), [(b"a.txt", "法治报告.txt"), (b"other", "a.txt")])
def test_a_name_stated_in_unicode_counts_where_it_belongs_to_the_name(tmp_path: Path, of: bytes, name: str) -> None:
    field = b"\x01" + struct.pack("<I", zlib.crc32(of)) + "法治报告.txt".encode()
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    assert shown(named(tmp_path, b"a.txt", extra=extra)) == [name]


@pytest.mark.skipif(shutil.which("zip") is None, reason="没有安装 zip 命令")
def test_what_the_zip_command_packs_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "某区"
    folder.mkdir()
    (folder / "报告 1.txt").write_bytes(TEXT)
    (folder / "link.txt").symlink_to("/etc/hostname")
    subprocess.run(["zip", "-qry", "a.zip", "某区"], cwd=tmp_path, check=True)
    path = tmp_path / "a.zip"
    members = {member.shown: member.key for member in list_members(path, DEFAULT_LIMITS)}
    assert set(members) == {"某区/报告 1.txt", "某区/link.txt"}
    assert read_member(path, members["某区/报告 1.txt"], DEFAULT_LIMITS) == TEXT
    with pytest.raises(Unreadable, match="unsupported"):
        read_member(path, members["某区/link.txt"], DEFAULT_LIMITS)


@pytest.mark.skipif(shutil.which("zip") is None, reason="没有安装 zip 命令")
def test_a_file_with_a_password_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "密.txt").write_bytes(TEXT)
    (tmp_path / "开.txt").write_bytes(TEXT)
    subprocess.run(["zip", "-q", "-P", "1", "a.zip", "密.txt"], cwd=tmp_path, check=True)
    subprocess.run(["zip", "-q", "a.zip", "开.txt"], cwd=tmp_path, check=True)
    path = tmp_path / "a.zip"
    assert refused(path, member=0).status == "encrypted"
    assert read_member(path, list_members(path, DEFAULT_LIMITS)[1].key, DEFAULT_LIMITS) == TEXT


def test_names_that_lead_elsewhere_are_only_names(tmp_path: Path) -> None:
    names = ["../../up.txt", "/abs.txt", "C:\\x.txt", "a/../../b.txt", "换\n行.txt", "长" * 80 + ".txt", "CON"]
    path = packed(tmp_path, *((name, TEXT) for name in names))
    assert shown(path) == [name.replace("\\", "/") for name in names]
    assert all(read_member(path, member.key, DEFAULT_LIMITS) == TEXT for member in list_members(path, DEFAULT_LIMITS))
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.zip"]


def test_equal_names_stay_apart(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        path = packed(tmp_path, ("a/报告.txt", b"1"), ("a/报告.txt", b"2"), ("a/报告(2).txt", b"3"))
    members = list_members(path, DEFAULT_LIMITS)
    assert len({member.shown for member in members}) == 3
    assert [read_member(path, member.key, DEFAULT_LIMITS) for member in members] == [b"1", b"2", b"3"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    obstacle = refused(packed(tmp_path, (link, b"/etc/passwd")), member=0)
    assert obstacle.status == "unsupported"
    assert "链接" in obstacle.reason


def test_a_zip_in_a_zip_is_not_unpacked(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("报告.txt", TEXT)
    path = packed(tmp_path, ("内.zip", inner.getvalue()), ("报告.txt", TEXT))
    assert refused(path, member=0).status == "over_limit"
    assert read_member(path, list_members(path, DEFAULT_LIMITS)[1].key, DEFAULT_LIMITS) == TEXT


def test_a_document_in_a_zip_is_a_file_and_not_a_zip(tmp_path: Path) -> None:
    document = packed(tmp_path, ("[Content_Types].xml", b"x"), ("word/document.xml", b"x")).read_bytes()
    outer = tmp_path / "outer"
    outer.mkdir()
    path = packed(outer, ("报告.docx", document))
    assert read_member(path, list_members(path, DEFAULT_LIMITS)[0].key, DEFAULT_LIMITS) == document


@pytest.mark.parametrize(
    ("names", "container"),
    [
        (["报告.txt"], True),
        (["报告.docx", "目录/报告.pdf"], True),
        (["[Content_Types].xml", "word/document.xml"], False),
        (["[Content_Types].xml", "xl/workbook.xml"], False),
        (["[Content_Types].xml", "ppt/presentation.xml"], False),
        (["OFD.xml", "Doc_0/Document.xml"], False),
        (["mimetype", "content.xml"], False),
        ([], False),
    ],
)
def test_a_document_stored_as_a_zip_is_no_container(tmp_path: Path, names: list[str], container: bool) -> None:
    path = packed(tmp_path, *((name, b"x") for name in names))
    assert is_container(path, DEFAULT_LIMITS) is container


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + bytes(100), b"PK\x05\x06", TEXT])
def test_what_is_no_zip_is_no_container(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert not is_container(path, DEFAULT_LIMITS)
    assert refused(path).status == "corrupt"


def test_too_many_files_are_refused_by_what_the_end_tells(tmp_path: Path) -> None:
    path = packed(tmp_path, *((f"{number}.txt", b"") for number in range(30)))
    obstacle = refused(path, ReadingLimits(members=20))
    assert (obstacle.status, "30" in obstacle.reason) == ("over_limit", True)
    lying = path.read_bytes()
    end = lying.rindex(b"PK\x05\x06")
    path.write_bytes(lying[: end + 8] + struct.pack("<HH", 1, 1) + lying[end + 12 :])
    assert refused(path, ReadingLimits(members=20)).status == "over_limit"


def test_a_directory_longer_than_its_files_need_is_counted_by_its_length() -> None:
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, 46_000_000, 0, 0)
    assert members_told(end) == 1_000_000
    assert members_told(b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 3, 3, 300, 0, 0)) == 3
    zip64 = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 100_000, 100_000, 5_000_000, 0)
    assert members_told(zip64 + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 0, 0, 0)) == 100_000


def test_bombs_are_refused(tmp_path: Path) -> None:
    zeros = bytes(30 << 20)
    assert refused(packed(tmp_path, ("a.txt", zeros))).status == "over_limit"
    # Beside enough that cannot be compressed only the one file is too much.
    noise = random.Random(1).randbytes(400_000)
    path = packed(tmp_path, ("a.txt", zeros), ("b.bin", noise))
    assert refused(path, member=0).status == "over_limit"
    assert read_member(path, list_members(path, DEFAULT_LIMITS)[1].key, DEFAULT_LIMITS) == noise
    small = ReadingLimits(unpacked_mb=1)
    assert refused(packed(tmp_path, ("a.bin", noise * 3)), small).status == "over_limit"
    assert refused(packed(tmp_path, ("a.bin", noise * 3)), ReadingLimits(file_mb=1), member=0).status == "over_limit"


def test_sizes_that_lie_are_found_out(tmp_path: Path) -> None:
    path = packed(tmp_path, ("a.txt", bytes(3 << 20)))
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 3 << 20), struct.pack("<L", 100)))
    assert refused(path, member=0).status == "corrupt"


def test_a_zip_that_changed_since_it_was_listed_says_so(tmp_path: Path) -> None:
    key = list_members(packed(tmp_path, ("a.txt", TEXT)), DEFAULT_LIMITS)[0].key
    with pytest.raises(Unreadable, match="changed"):
        read_member(packed(tmp_path, ("a.txt", b"other")), key, DEFAULT_LIMITS)


def test_damage_never_goes_unnoticed(tmp_path: Path) -> None:
    path = packed(tmp_path, *((f"{name}.txt", TEXT * 20) for name in "甲乙丙"))
    original = path.read_bytes()
    chance = random.Random(7)
    for _ in range(200):
        data = bytearray(original)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice((len(data), len(data), chance.randrange(len(data))))])
        try:
            members = list_members(path, DEFAULT_LIMITS)
        except Unreadable:
            continue
        for member in members:
            try:
                assert read_member(path, member.key, DEFAULT_LIMITS) == TEXT * 20
            except Unreadable:
                continue
