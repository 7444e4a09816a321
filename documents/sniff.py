"""Telling a file's format from its first bytes, never from its name."""

from __future__ import annotations

import io
import re
import zipfile

from documents.errors import Unreadable

_SAVE_AS_TEXT = "请用 Word 或 WPS 打开，另存为“纯文本（*.txt）”后重新提交。"
_COPY_TEXT = "请打开后全选、复制正文，存为文本文件（*.txt）后重新提交。"
_SEND_AGAIN = "请核对原文件能否正常打开，并请报送单位重新提供。"

_MAGIC = (
    (b"%PDF-", "PDF 文件", _COPY_TEXT),
    (b"{\\rtf", "RTF 文档", _SAVE_AS_TEXT),
    (b"\x89PNG", "图片（PNG）", "请提供文字版报告，图片和扫描件无法审核。"),
    (b"\xff\xd8\xff", "图片（JPEG）", "请提供文字版报告，图片和扫描件无法审核。"),
    (b"GIF8", "图片（GIF）", "请提供文字版报告，图片和扫描件无法审核。"),
    (b"II*\x00", "图片（TIFF）", "请提供文字版报告，图片和扫描件无法审核。"),
    (b"Rar!", "压缩包（RAR）", "请先解压，再提交其中的报告。"),
    (b"7z\xbc\xaf", "压缩包（7z）", "请先解压，再提交其中的报告。"),
    (b"\x1f\x8b", "压缩包（gzip）", "请先解压，再提交其中的报告。"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ZIP_MEMBERS = (
    ("word/", "Word 文档（docx）", _SAVE_AS_TEXT),
    ("xl/", "Excel 工作簿（xlsx）", _COPY_TEXT),
    ("ppt/", "演示文稿（pptx）", _COPY_TEXT),
    ("OFD.xml", "OFD 版式文件", _COPY_TEXT),
    ("content.xml", "OpenDocument 文档", _SAVE_AS_TEXT),
)
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_WEB_ARCHIVE = re.compile(rb"\s*(?:MIME-Version:|From:.*\r?\nMIME-Version:|Content-Type: multipart/)", re.IGNORECASE)
_HEAD = 2048


def refuse_other_formats(data: bytes) -> None:
    """Raise :class:`Unreadable` where ``data`` is empty or begins like a format that is not plain text."""
    if not data:
        raise Unreadable("empty", "文件为空（0 字节）", _SEND_AGAIN)
    head = data[:_HEAD]
    if head.startswith(_OLE):
        _refuse_compound_file(data)
    if head.startswith(b"PK\x03\x04"):
        _refuse_zip(data)
    for magic, name, next_step in _MAGIC:
        if head.startswith(magic) or (magic == b"%PDF-" and magic in head[:1024]):
            raise _unsupported(name, next_step)
    if _WEB_PAGE.match(head) or _WEB_ARCHIVE.match(head):
        raise _unsupported("网页", _COPY_TEXT)


def _refuse_compound_file(data: bytes) -> None:
    if _ENCRYPTED_STREAM in data:
        raise Unreadable("encrypted", "文件设有打开密码", "请报送单位去除密码后重新提供。")
    raise _unsupported("Word 97-2003 或 WPS 文档（doc、wps）", _SAVE_AS_TEXT)


def _refuse_zip(data: bytes) -> None:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable("corrupt", "文件像是 Word 文档或压缩包，但内容不完整，无法打开", _SEND_AGAIN) from error
    for member, name, next_step in _ZIP_MEMBERS:
        if any(entry.startswith(member) for entry in names):
            raise _unsupported(name, next_step)
    raise _unsupported("压缩包（zip）", "请先解压，再提交其中的报告。")


def _unsupported(name: str, next_step: str) -> Unreadable:
    return Unreadable("unsupported", f"文件内容是{name}，目前只能审核纯文本文件", next_step)
