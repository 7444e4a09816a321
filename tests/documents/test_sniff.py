from __future__ import annotations

import io
import zipfile

import pytest

from documents import sniff as module
from documents.errors import Unreadable
from documents.sniff import HEAD, Format, sniff, sniff_head


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REPORT = "某县2023年法治政府建设年度报告\n一、主要工作\n办理案件5件。"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (REPORT.encode(), Format.TEXT),
        (REPORT.encode("gb18030"), Format.TEXT),
        (REPORT.encode("utf-16"), Format.TEXT),
        (b"\xef\xbb\xbf" + REPORT.encode(), Format.TEXT),
        (f"# {REPORT}".encode(), Format.TEXT),
        # What begins like a picture or a program but is plain text.
        (f"BMW：{REPORT}".encode(), Format.TEXT),
        (f"MZ{REPORT}".encode("gb18030"), Format.TEXT),
        (f"PK赛：{REPORT}".encode(), Format.TEXT),
        (f"<{REPORT}>".encode(), Format.TEXT),
        (f"《{REPORT}》见 PDF-1.4".encode(), Format.TEXT),
        (f"附件：{REPORT}".encode(), Format.TEXT),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Format.PDF),
        (b"\r\n" * 100 + b"%PDF-1.4", Format.PDF),
        (b"{\\rtf1\\ansi\\ansicpg936", Format.RTF),
        (OLE + bytes(600), Format.OLE),
        (archive("[Content_Types].xml", "word/document.xml"), Format.DOCX),
        (archive("_rels/.rels", "[Content_Types].xml", "main/document.xml"), Format.DOCX),
        (archive("OFD.xml", "Doc_0/Document.xml"), Format.OFD),
        (archive("报告.txt"), Format.ZIP),
        (archive("报告/word.docx", "xl.txt"), Format.ZIP),
        (archive("word/青石县.docx", "word/白鹭县.docx"), Format.ZIP),
        ("<!DOCTYPE html>\n<html><body>报告</body></html>".encode(), Format.HTML),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', Format.HTML),
        ("<!-- 保存自 (0042)http://x/ -->\r\n<HTML>".encode(), Format.HTML),
        ("<meta charset=gb2312><title>报告</title>".encode("gb18030"), Format.HTML),
        (b"\xff\xfe" + "<html><body>报告".encode("utf-16-le"), Format.HTML),
        ("<p>某县2023年法治政府建设年度报告</p>".encode(), Format.HTML),
        (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x\r\nMIME-Version: 1.0\r\n", Format.MHTML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Format.MHTML),
    ],
)
def test_the_format_is_told_by_the_content(data: bytes, found: Format) -> None:
    assert sniff(data) is found
    if found not in {Format.DOCX, Format.OFD}:
        assert sniff_head(data[:HEAD]) is found


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", "empty", "0 字节"),
        (archive(), "empty", "没有文件"),
        (archive("xl/workbook.xml"), "unsupported", "Excel"),
        (archive("ppt/presentation.xml"), "unsupported", "演示文稿"),
        (archive("mimetype", "content.xml"), "unsupported", "OpenDocument"),
        (archive("word/document.xml")[:60], "corrupt", "不完整"),
        (b"\x89PNG\r\n\x1a\n", "unsupported", "图片"),
        (b"BM\x36\x00\x0c\x00\x00", "unsupported", "图片"),
        (b"\xff\xd8\xff\xe0", "unsupported", "图片"),
        (b"Rar!\x1a\x07", "unsupported", "压缩包"),
        (b"\x1f\x8b\x08\x00", "unsupported", "压缩包"),
        (b"MZ\x90\x00\x03", "unsupported", "程序"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
            b'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
            "unsupported",
            "Word 2003",
        ),
        (b'<?xml version="1.0"?><data/>', "unsupported", "XML"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_holds_no_report_is_named(data: bytes, status: str, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        sniff(data)
    assert caught.value.status == status
    assert words in caught.value.reason
    assert not caught.value.reason.endswith("。")
    assert caught.value.next_step.endswith("。")


@pytest.mark.parametrize("first", [bytes([code]) for code in range(0xE4, 0xEA)])
@pytest.mark.parametrize(
    "rest", [b"\xb8\x80", b"%PDF-1.4", b"<html>", b"MIME-Version: 1.0", b"{\\rtf", b"\x00PK\x03\x04"]
)
def test_what_begins_with_a_chinese_character_is_told_as_anything_else(first: bytes, rest: bytes) -> None:
    found = sniff_head(first + rest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_HAN_BEGINS", frozenset())
        assert sniff_head(first + rest) is found
