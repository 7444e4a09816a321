"""The pages of a PDF document as PDFium opens them: their characters, and what lies beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.errors import Unreadable
from documents.limits import ReadingLimits, refuse_over_limit
from documents.package import damaged
from documents.readers.layout import Page
from documents.readers.pdf.beside import Beside, beside_the_page, note_attachments
from documents.readers.pdf.characters import PageText, read_characters

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_WHAT = "PDF 文件"
_PICTURE_SHARE = 0.5
_FEW_CHARACTERS = 20
_MANY_PATHS = 200


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page: its ``text``; ``objects`` it draws; ``pictured`` where little but a picture or drawn letters is on it.

    A page that cannot be opened has ``failed``.
    """

    text: PageText
    objects: int = 0
    pictured: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All pages of a document, and what lies beside them: passages, and notes for people."""

    pages: tuple[PdfPage, ...]
    beside: tuple[str, ...]
    notes: tuple[str, ...]


_FAILED = PdfPage(PageText(Page(0, ()), 0), failed=True)


def read_pages(data: bytes, limits: ReadingLimits) -> Reading:
    """Open the document and read every page of it. Raises :class:`Unreadable`: encrypted, corrupt or over_limit."""
    with _opened(data) as document:
        count = len(document)
        if count > limits.pages:
            raise refuse_over_limit(f"{_WHAT}的页数", f"{count:,} 页", f"{limits.pages:,} 页", "max_pages")
        if not count:
            raise damaged(_WHAT)
        beside = Beside()
        pages = tuple(_read_within(document, count, beside, limits))
        note_attachments(document, beside)
    return Reading(pages, tuple(beside.passages), beside.notes())


@contextmanager
def _opened(data: bytes) -> Iterator[PdfDocument]:
    from pypdfium2 import PdfDocument, PdfiumError, raw  # noqa: PLC0415 - only PDF files need it

    try:
        document = PdfDocument(data)
    except PdfiumError as fault:
        if fault.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Unreadable("encrypted", f"{_WHAT}设有打开密码", "请报送单位去除密码后重新提供。") from fault
        raise damaged(_WHAT) from fault
    try:
        yield document
    finally:
        document.close()


def _read_within(document: PdfDocument, count: int, beside: Beside, limits: ReadingLimits) -> Iterator[PdfPage]:
    characters = 0
    for number in range(count):
        page = _read_page(document, number, beside)
        characters += page.text.characters
        if characters > limits.characters:
            most = f"{limits.characters:,} 字"
            raise refuse_over_limit("文字", f"{characters:,} 字以上", most, "max_characters")
        yield page


def _read_page(document: PdfDocument, number: int, beside: Beside) -> PdfPage:
    from pypdfium2 import raw  # noqa: PLC0415

    page = raw.FPDF_LoadPage(document.raw, number)
    if not page:
        return _FAILED
    try:
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            return _FAILED
        try:
            text = read_characters(page, text_page)
        finally:
            raw.FPDFText_ClosePage(text_page)
        beside_the_page(page, beside)
        objects = raw.FPDFPage_CountObjects(page)
        pictured = text.characters < _FEW_CHARACTERS and _is_pictured(page, objects)
    finally:
        raw.FPDF_ClosePage(page)
    return PdfPage(text, objects, pictured)


def _is_pictured(page: object, objects: int) -> bool:
    """Whether a picture covers the page, or so many paths that they are most likely drawn letters."""
    import ctypes  # noqa: PLC0415

    from pypdfium2 import raw  # noqa: PLC0415

    whole = raw.FPDF_GetPageWidthF(page) * raw.FPDF_GetPageHeightF(page)
    paths = 0
    covered = 0.0
    edges = [ctypes.c_float() for _ in range(4)]
    for place in range(objects):
        item = raw.FPDFPage_GetObject(page, place)
        kind = raw.FPDFPageObj_GetType(item)
        paths += kind == raw.FPDF_PAGEOBJ_PATH
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM) and raw.FPDFPageObj_GetBounds(item, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        if paths > _MANY_PATHS:
            return True
    return bool(covered > _PICTURE_SHARE * whole)
