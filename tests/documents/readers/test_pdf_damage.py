"""Damaged PDF files: refused, or read whole, or said to be incomplete. Each is read in a process that may die."""

from __future__ import annotations

import multiprocessing
import random
import re
import zlib
from collections.abc import Iterable
from multiprocessing.connection import Connection

import pytest

from documents.errors import Unreadable
from documents.limits import DEFAULT_LIMITS
from documents.readers.pdf import read_pdf
from documents.readers.pdf.structure import inspect_structure
from tests.documents.readers.official_paper import SOFFICE, convert, official_paper, paragraphs_of
from tests.documents.readers.pdf_files import PICTURE, pages, pdf_of, stream, words
from tests.places import SEEDS

_STRUCTURE = re.compile(rb"<<[^\x80-\xff]{5,}?>>|xref[\s\d nf]+trailer")
_SECONDS = 60
_BATCH = 25
_ENGLISH = b"The annual report on building a law-based government, part %d."


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    if SOFFICE is None:
        pytest.skip("没有安装 LibreOffice（soffice），不能生成 PDF 文件")
    source = official_paper(paragraphs_of(SEEDS[1]))
    return convert({"报告": source}, tmp_path_factory.mktemp("sound"))["报告"]


def damaged(data: bytes, seed: int) -> bytes:
    """``data`` with bytes changed, zeroed, deleted or doubled, cut, or with one sign of its structure replaced."""
    draw = random.Random(seed)
    result = bytearray(data)
    place = draw.randrange(len(result))
    length = draw.randrange(1, 200)
    match draw.randrange(7):
        case 0:
            result[place] = draw.randrange(256)
        case 1:
            for _ in range(draw.randrange(2, 30)):
                result[draw.randrange(len(result))] = draw.randrange(256)
        case 2:
            result[place : place + length] = bytes(len(result[place : place + length]))
        case 3:
            del result[place:]
        case 4:
            del result[place : place + length]
        case 5:
            result[place:place] = result[place : place + length]
        case _:
            start, end = draw.choice([match.span() for match in _STRUCTURE.finditer(data)])
            result[draw.randrange(start, end)] = draw.choice(b"0123456789/ RABCxyz<>[]()")
    return bytes(result)


def _read_all(files: Iterable[bytes], results: Connection) -> None:
    for data in files:
        try:
            extraction = read_pdf(data, DEFAULT_LIMITS)
        except Unreadable as fault:
            results.send((fault.status, 0))
        else:
            results.send(("incomplete" if extraction.incomplete else "read", len("".join(extraction.text.split()))))


def outcomes(files: list[bytes]) -> list[tuple[str, int]]:
    """Status and number of characters of each file."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_read_all, args=(files, sender))
    process.start()
    sender.close()
    found: list[tuple[str, int]] = []
    for _ in files:
        assert receiver.poll(_SECONDS), f"file {len(found)} hangs"
        found.append(receiver.recv())
    process.join(_SECONDS)
    assert process.exitcode == 0
    return found


@pytest.mark.parametrize("start", range(0, 200, _BATCH))
def test_no_damage_loses_text_in_silence(start: int, sound: bytes) -> None:
    seeds = range(start, start + _BATCH)
    ((status, whole),) = outcomes([sound])
    assert status == "read"
    found = outcomes([damaged(sound, seed) for seed in seeds])
    silent = [
        seed for seed, (status, kept) in zip(seeds, found, strict=True) if status == "read" and kept < 0.99 * whole
    ]
    assert not silent


def incomplete(data: bytes) -> str | None:
    return read_pdf(data, DEFAULT_LIMITS).incomplete


SOUND = pages([words(_ENGLISH % 1), words(_ENGLISH % 2)])


def test_a_sound_file_is_complete() -> None:
    assert incomplete(SOUND) is None


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ((b"/Count 2", b"/Count 1"), "只能打开 1 页"),
        ((b"/Count 2", b"/Count 7"), "无法打开"),
        ((b"/Kids[4 0 R 6 0 R]", b"/Kids[4 0 R 6 0 X]"), "损坏"),
        ((b"/Kids[4 0 R 6 0 R]", b"/Kids[4 0 R      ]"), "页"),
        ((b"/Contents 7 0 R", b"/Cantents 7 0 R"), "不属于任何一页"),
        ((b"/Contents 7 0 R", b"/Contents 9 0 R"), "找不到"),
        ((b"/Filter/FlateDecode/L", b"/Filtex/FlateDecode/L"), "损坏"),
        ((b"%%EOF", b"     "), "末尾不完整"),
    ],
    ids=lambda value: value[1].decode() if isinstance(value, tuple) else "",
)
def test_a_damaged_structure_is_told(damage: tuple[bytes, bytes], told: str) -> None:
    data = SOUND.replace(*damage, 1)
    assert data != SOUND
    assert told in (incomplete(data) or "")


def test_a_length_that_cuts_the_content_short_is_told() -> None:
    data = re.sub(rb"/Length \d+>>", b"/Length 9>>", SOUND, count=1)
    assert "长度有误" in (incomplete(data) or "")


# A font with its descriptor inside it, as a print driver writes it; the descriptor of a font that is not embedded.
_FONT_WITH_ALL_INSIDE = (
    b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/F/FontFile2 6 0 R>>>>]>>"
)
_MAP = b"/CIDInit /ProcSet findresource begin /CMapName /F def 1 beginbfchar <01> <0041> endbfchar endcmap"


@pytest.mark.parametrize(
    "more",
    [
        [PICTURE, _FONT_WITH_ALL_INSIDE, stream(b"font program", b"/Length1 12")],
        [PICTURE, b"<</Type/FontDescriptor/FontName/Courier>>"],
        [PICTURE, b"<</Type/Font/Subtype/Type1/BaseFont/F/ToUnicode 6 0 R>>", stream(_MAP, b"/Length1 97")],
        [PICTURE, b"<</Title(What the content stream holds)/Parent 2 0 R/C[1 0 0]>>"],
        [PICTURE, stream(b"BT (part) Tj ET", b"/Subtype/Form/Resources<</XObject<<" + b"/Im1 4 0 R " * 300 + b">>>>")],
        [PICTURE, b"<</Type/Pages/Kids[6 0 R]/Count 6>>"],
    ],
    ids=["descriptor inside", "standard font", "map with Length1", "stream in words", "long head", "old page tree"],
)
def test_what_producers_write_is_no_damage(more: list[bytes]) -> None:
    assert incomplete(pages([words(_ENGLISH % 1)], more=more)) is None


def test_a_left_out_object_in_the_table_is_no_damage() -> None:
    data = SOUND.replace(b"0000000000 65535 f ", b"0000000000 00000 n ")
    assert data != SOUND
    assert incomplete(data) is None


def test_compressed_data_that_end_without_their_close_are_whole() -> None:
    """Some producers end a stream where their compressor ends a part."""
    compressor = zlib.compressobj()
    content = words(_ENGLISH % 1)
    packed = compressor.compress(content) + compressor.flush(zlib.Z_SYNC_FLUSH)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    assert incomplete(pdf_of(objects)) is None


def test_an_unused_font_map_of_tex_is_no_damage() -> None:
    unused = stream(b"/CIDInit /ProcSet findresource begin begincmap endcmap")
    assert incomplete(pages([words(_ENGLISH % 1)], more=[PICTURE, unused])) is None


def test_an_earlier_version_inside_the_file_is_no_damage() -> None:
    """A page that a later version of the file left out remains in the file."""
    later = b"2 0 obj\n<</Type/Pages/Kids[4 0 R]/Count 1>>\nendobj\n"
    place = len(SOUND)
    table = place + len(later)
    before = SOUND.rindex(b"xref\n0")
    data = (
        SOUND
        + later
        + b"xref\n2 1\n%010d 00000 n \ntrailer\n<</Size 8/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            place,
            before,
            table,
        )
    )
    extraction = read_pdf(data, DEFAULT_LIMITS)
    assert (len(extraction.pages), extraction.incomplete) == (1, None)


def test_objects_packed_in_a_stream_are_found() -> None:
    packed = [
        (1, b"<</Type/Catalog/Pages 2 0 R>>"),
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 2>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R>>"),
    ]
    places, content = [], b""
    for number, words_of_it in packed:
        places.append(b"%d %d" % (number, len(content)))
        content += words_of_it + b" "
    head = b" ".join(places) + b" "
    objects = stream(head + content, b"/Type/ObjStm/N 3/First %d" % len(head))
    file = pdf_of([b"<</Type/Catalog/Pages 9 0 R>>", objects])
    structure = inspect_structure(file, DEFAULT_LIMITS)
    assert (structure.pages, structure.told) == (1, 2)
