"""A web page saved as one file (mht, mhtml): the page that its parts belong to."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from documents.errors import Unreadable
from documents.extraction import Extraction
from documents.limits import ReadingLimits, refuse_over_limit
from documents.readers.html.page import read_html

_DAMAGED = Unreadable(
    "corrupt",
    "文件像是网页归档（mht），但其中没有网页，内容不完整或已损坏",
    "请用浏览器打开原网页，复制正文存为 Word 文档（*.docx）后提交。",
)
_CUT_OFF = "网页归档末尾不完整，文件可能被截断，其余内容照常审核"
_BOUNDARY = b"boundary="
_MOST_BOUNDARIES = 20


def read_mhtml(data: bytes, limits: ReadingLimits) -> Extraction:
    """The report of a web page saved with its pictures in one file: the first of its pages that holds one.

    Raises :class:`Unreadable` as :func:`read_html` does.
    """
    nested = data.count(_BOUNDARY)
    if nested > _MOST_BOUNDARIES:
        raise refuse_over_limit("网页归档的分段", f"{nested:,} 处", f"{_MOST_BOUNDARIES} 处", "max_members")
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=email.policy.compat32)
    obstacle = _DAMAGED
    for part in _pages(message):
        try:
            extraction = read_html(_content(part), limits, part.get_content_charset() or "")
        except Unreadable as fault:
            obstacle = fault
            continue
        cut_off = _CUT_OFF if _is_cut_off(message, data) else None
        return replace(extraction, incomplete=extraction.incomplete or cut_off)
    raise obstacle


def _pages(message: Message) -> Iterator[Message]:
    parts = (part for part in message.walk() if not part.is_multipart())
    return (part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml"))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_cut_off(message: Message, data: bytes) -> bool:
    boundary = message.get_boundary()
    return boundary is not None and f"--{boundary}--".encode("utf-8", "replace") not in data
