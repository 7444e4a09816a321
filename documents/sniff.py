"""Telling a file's format from its content, never from its name."""

from __future__ import annotations

import re
from enum import StrEnum

from documents.errors import Unreadable
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from documents.package import Package


class Format(StrEnum):
    """A format that is read. ``OLE`` are doc and wps files; ``ZIP`` is an archive of submissions."""

    TEXT = "text"
    DOCX = "docx"
    OLE = "doc"
    RTF = "rtf"
    PDF = "pdf"
    OFD = "ofd"
    HTML = "html"
    MHTML = "mhtml"
    ZIP = "zip"


OFFICE_LEGACY = frozenset({Format.OLE, Format.RTF})
"""The formats that are converted before they are read."""

HEAD = 4096
"""How many bytes from the beginning of a file tell a format that needs no look inside."""

_SAVE_AS_WORD = "请用 Word 或 WPS 打开，另存为 docx 后重新提交。"
_COPY_TEXT = "请提交 Word、WPS、PDF 或 OFD 格式的报告正文。"
_SEND_AGAIN = "请核对原文件能否正常打开，并请报送单位重新提供。"
_AS_WORDS = "请提供文字版报告（Word、WPS、PDF、OFD 均可），图片和扫描件无法审核。"
_UNPACK = "请先解压，或改用 zip 压缩后重新提交。"

_MAGIC = (
    (b"\x89PNG", "图片（PNG）", _AS_WORDS),
    (b"\xff\xd8\xff", "图片（JPEG）", _AS_WORDS),
    (b"GIF8", "图片（GIF）", _AS_WORDS),
    (b"BM", "图片（BMP）", _AS_WORDS),
    (b"II*\x00", "图片（TIFF）", _AS_WORDS),
    (b"MM\x00*", "图片（TIFF）", _AS_WORDS),
    (b"RIFF", "图片或音视频", _AS_WORDS),
    (b"Rar!", "压缩包（RAR）", _UNPACK),
    (b"7z\xbc\xaf", "压缩包（7z）", _UNPACK),
    (b"\x1f\x8b", "压缩包（gzip）", _UNPACK),
    (b"BZh", "压缩包（bzip2）", _UNPACK),
    (b"\xfd7zXZ", "压缩包（xz）", _UNPACK),
    (b"MZ", "可执行程序", _COPY_TEXT),
    (b"\x7fELF", "可执行程序", _COPY_TEXT),
    (b"AT&TFORM", "DjVu 扫描文件", _AS_WORDS),
    (b"%!PS", "PostScript 文件", _COPY_TEXT),
    (b"SQLite format 3\x00", "数据库文件", _COPY_TEXT),
)
# So short a beginning is that of a text just as well; what it belongs to is no text, and so holds a NUL.
_SHORT_MAGIC = 2
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# The first byte of most Chinese characters in UTF-8; no file of any other format begins so.
_HAN_BEGINS = frozenset(bytes([code]) for code in range(0xE4, 0xEA))
_PDF = b"%PDF-"
_PDF_WITHIN = 1024
_WORD_MAIN_PART = "word/document.xml"
_OTHER_PACKAGES = (
    ("xl/", "Excel 工作簿（xlsx）", "年度报告应为文字报告，请提交 Word、WPS、PDF 或 OFD 格式的报告正文。"),
    ("ppt/", "演示文稿（pptx）", "年度报告应为文字报告，请提交 Word、WPS、PDF 或 OFD 格式的报告正文。"),
    ("META-INF/container.xml", "电子书（epub）", _COPY_TEXT),
    ("content.xml", "OpenDocument 文档", _SAVE_AS_WORD),
    ("Index/Document.iwa", "Pages 文稿", _SAVE_AS_WORD),
)
_CONTENT_TYPES = "[Content_Types].xml"
_OFD = "ofd.xml"
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,3000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|span|p|h[1-6]|article|section|style|script|link)\b",
    re.IGNORECASE | re.DOTALL,
)
_WEB_ARCHIVE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:[\w-]+:[^\r\n]{0,500}\r?\n(?:[ \t][^\r\n]{0,500}\r?\n)*){0,12}?"
    rb"(?:MIME-Version:|Content-Type:\s*multipart/)",
    re.IGNORECASE,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b", re.IGNORECASE)
_WORD_XML = (b"schemas.microsoft.com/office/word/2003/wordml", b"schemas.microsoft.com/office/2006/xmlPackage")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def sniff(data: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> Format:
    """The format of a whole file.

    Raises :class:`Unreadable` for an empty file (``empty``), for one of a format that holds no report
    (``unsupported``), and for a zip that does not hold together (``corrupt``).
    """
    if not data:
        raise Unreadable("empty", "文件为空（0 字节）", _SEND_AGAIN)
    found = sniff_head(data[:HEAD])
    return _inside(data, limits) if found is Format.ZIP else found


def sniff_head(head: bytes) -> Format:
    """What the first :data:`HEAD` bytes of a file tell; of every zip only that it is one.

    Raises :class:`Unreadable` (``unsupported``) for a format that holds no report.
    """
    if head[:1] in _HAN_BEGINS:
        return Format.PDF if _PDF in head[:_PDF_WITHIN] else Format.TEXT
    if head.startswith(_OLE):
        return Format.OLE
    if head.startswith(_ZIP):
        return Format.ZIP
    if _PDF in head[:_PDF_WITHIN]:
        return Format.PDF
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_RTF):
        return Format.RTF
    for magic, name, next_step in _MAGIC:
        if head.startswith(magic) and (len(magic) > _SHORT_MAGIC or b"\x00" in head):
            raise unsupported(name, next_step)
    return _markup(head)


def may_be_office_legacy(head: bytes) -> bool:
    """Whether :func:`sniff_head` may find one of :data:`OFFICE_LEGACY`, at a glance."""
    return head.startswith(_OLE) or _RTF in head


def _markup(head: bytes) -> Format:
    # Markup in UTF-16 is the same with every other byte left out.
    words = head.replace(b"\x00", b"")[2:] if head.startswith(_UTF16_MARKS) else head
    if _WEB_PAGE.match(words):
        return Format.HTML
    if _WEB_ARCHIVE.match(words):
        return Format.MHTML
    if _XML.match(words):
        name = "Word 2003 的 XML 文档" if any(space in words for space in _WORD_XML) else "XML 数据"
        raise unsupported(name, _SAVE_AS_WORD)
    return Format.TEXT


def _inside(data: bytes, limits: ReadingLimits) -> Format:
    names = Package(data, limits, "Word 文档或压缩包").names
    return inside(names)


def inside(names: list[str]) -> Format:
    """What a zip with the members ``names`` is. Raises :class:`Unreadable` (``unsupported``, ``empty``)."""
    if not names:
        raise Unreadable("empty", "压缩包里没有文件", _SEND_AGAIN)
    if any(name.lstrip("/").lower() == _OFD for name in names):
        return Format.OFD
    if any(name.lower() == _WORD_MAIN_PART for name in names):
        return Format.DOCX
    for member, name, next_step in _OTHER_PACKAGES:
        if any(entry.startswith(member) for entry in names):
            raise unsupported(name, next_step)
    return Format.DOCX if _CONTENT_TYPES in names else Format.ZIP


def unsupported(name: str, next_step: str) -> Unreadable:
    """The refusal of a file that is no report; ``name`` says in Chinese what it is."""
    return Unreadable("unsupported", f"文件内容是{name}，不是可以审核的报告格式", next_step)
