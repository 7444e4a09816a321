"""Files that no reader should meet, each with what has to become of it: the manifest of the hostile tests."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

import msoffcrypto
from msoffcrypto.format.ooxml import OOXMLFile

from tests.office import zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Bad:
    """A file by name and content, and the statuses that are right for it."""

    name: str
    data: bytes
    statuses: frozenset[str]


def docx(document: str, **others: str) -> bytes:
    """A docx file whose main part is ``document``."""
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document, **others}
    return zipped({name: part.encode() for name, part in parts.items()})


def body(words: str, declaration: str = "") -> str:
    """A main part with one paragraph."""
    paragraph = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    return f'<?xml version="1.0"?>{declaration}<w:document {_W}><w:body>{paragraph}</w:body></w:document>'


def bad_files(samples: Mapping[str, bytes], random: Random) -> Iterator[Bad]:
    """One bad file of every kind. ``samples`` are good files by format: text, docx, doc, rtf, pdf, ofd, html, zip."""
    makers = (_empty, _foreign, _cut, _encrypted, _bombs, _attacks, _nested, _pdfs)
    for maker in makers:
        for name, data, statuses in maker(samples, random):
            yield Bad(name, data, frozenset(statuses.split()))


Made = Iterator[tuple[str, bytes, str]]


def _empty(samples: Mapping[str, bytes], random: Random) -> Made:
    for name in ("空.txt", "空.docx", "空.pdf"):
        yield name, b"", "empty"
    yield "空白.txt", b" \r\n\t\xe3\x80\x80\n", "empty"
    yield "零.doc", bytes(1024), "corrupt"
    yield "空文档.docx", docx(body("")), "empty"
    yield "空压缩包.zip", zipped({}), "empty"


def _foreign(samples: Mapping[str, bytes], random: Random) -> Made:
    yield "乱码.doc", OLE + random.randbytes(5000), "corrupt"
    yield "乱码.wps", random.randbytes(5000), "corrupt"
    yield "图片.docx", b"\x89PNG\r\n\x1a\n" + random.randbytes(900), "unsupported"
    yield "表格.xlsx", zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}), "unsupported"
    yield "压缩.rar", b"Rar!\x1a\x07\x01\x00" + random.randbytes(900), "unsupported"
    yield "程序.txt", b"MZ\x90\x00\x03\x00\x00\x00" + random.randbytes(900), "unsupported"


def _cut(samples: Mapping[str, bytes], random: Random) -> Made:
    for kind in ("docx", "ofd", "zip"):
        for share in (10, 50, 90, 99):
            data = samples[kind]
            yield f"截断{share}.{kind}", data[: len(data) * share // 100], "corrupt"
    for share in (10, 50, 90):
        data = samples["pdf"]
        yield f"截断{share}.pdf", data[: len(data) * share // 100], "corrupt partly_read no_text"
    for share in (10, 50):
        data = samples["doc"]
        yield f"截断{share}.doc", data[: len(data) * share // 100], "corrupt partly_read"


def _encrypted(samples: Mapping[str, bytes], random: Random) -> Made:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(samples["docx"])).encrypt("密码123", locked)
    assert msoffcrypto.OfficeFile(io.BytesIO(locked.getvalue())).is_encrypted()
    yield "加密.docx", locked.getvalue(), "encrypted"
    members = bytearray(zipped({"报告.txt": samples["text"]}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = members.find(mark)
        members[at + flags] |= 1
    yield "加密.zip", bytes(members), "ignored encrypted"


def _bombs(samples: Mapping[str, bytes], random: Random) -> Made:
    yield "膨胀.docx", docx(body("法" * 10 + " " * 30_000_000)), "over_limit"
    yield "二百兆.docx", docx("<!-- " + "x" * 210_000_000 + " -->" + body("报告")), "over_limit"
    yield "海量.zip", _many_members(20_000), "over_limit"
    yield "谎报.docx", _lying(samples["docx"]), "corrupt over_limit"


def _many_members(count: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", b"")
    return buffer.getvalue()


def _lying(data: bytes) -> bytes:
    """The directory tells a size of ten bytes for every member."""
    lied = bytearray(data)
    at = lied.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", lied, at + 24, 10)
        at = lied.find(b"PK\x01\x02", at + 4)
    return bytes(lied)


def _attacks(samples: Mapping[str, bytes], random: Random) -> Made:
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    entities = {
        "外部实体": '<!DOCTYPE d [<!ENTITY e0 SYSTEM "file:///etc/passwd">]>',
        "网络实体": '<!DOCTYPE d [<!ENTITY e0 SYSTEM "http://127.0.0.1:9/x">]>',
        "参数实体": '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p; <!ENTITY e0 "x">]>',
        "十亿大笑": f'<!DOCTYPE d [<!ENTITY e0 "哈">{laughs}]>',
        "内部实体": '<!DOCTYPE d [<!ENTITY e0 "藏起来的文字">]>',
    }
    for name, declaration in entities.items():
        yield f"{name}.docx", docx(body("&e0;", declaration)), "corrupt"
    for depth in (300, 10_000):
        deep = "<w:sdt><w:sdtContent>" * depth + "<w:p/>" + "</w:sdtContent></w:sdt>" * depth
        yield f"嵌套{depth}.docx", docx(f"<w:document {_W}><w:body>{deep}</w:body></w:document>"), "over_limit"
    yield "长节点.docx", docx(body("法" * 4_000_000)), "over_limit"


def _nested(samples: Mapping[str, bytes], random: Random) -> Made:
    inner = zipped({"报告.txt": samples["text"]})
    yield "套娃.zip", zipped({"里面.zip": inner}), "ignored"
    yield (
        "越界.zip",
        zipped({"../../../越界.txt": samples["text"], "/tmp/绝对.txt": b"x", "C:\\盘符.txt": b""}),
        "ignored",
    )


def _pdfs(samples: Mapping[str, bytes], random: Random) -> Made:
    yield "空壳.pdf", b"%PDF-1.7\n%%EOF\n", "corrupt"
    yield "炸弹.pdf", pdf_bomb(400_000_000), "over_limit crashed"
    yield "循环.pdf", pdf_loop(), "corrupt no_text partly_read"


def pdf_bomb(size: int) -> bytes:
    """A page whose content unpacks to ``size`` blanks."""
    packer = zlib.compressobj(9)
    stream = packer.compress(b"BT ET " * (size // 6)) + packer.flush()
    return pdf(
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream),
    )


def pdf_loop() -> bytes:
    """A tree of pages that leads back to itself."""
    return pdf(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 9>>")


def pdf(*objects: bytes) -> bytes:
    """A PDF file of these objects (from number 2 on) below a catalogue."""
    parts, places = [b"%PDF-1.7\n"], []
    for number, content in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", *objects), start=1):
        places.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = sum(map(len, parts))
    count = len(places) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\n" % (count, table, count))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
    return b"".join(parts)
