"""PDF files, by PDFium.

PDFium is not thread-safe and a hostile file can abort the process: each document is read in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from documents.extraction import Extraction
from documents.limits import ReadingLimits
from documents.readers.layout import compose
from documents.readers.legible import numbered, without_blanks
from documents.readers.pdf.document import Reading, read_pages
from documents.readers.pdf.structure import Structure, inspect_structure
from documents.readers.pdf.usable import refuse_unusable, unknown_share

__all__ = ["read_pdf"]

_WHOLE = 0.99
_SOME = 0.01


def read_pdf(data: bytes, limits: ReadingLimits) -> Extraction:
    """The text of a PDF file.

    Raises :class:`Unreadable`: ``encrypted``, ``corrupt``, ``over_limit``, ``no_text`` (scans, fonts without a usable
    map to Unicode) or ``empty``.
    """
    structure = inspect_structure(data, limits)
    reading = read_pages(data, limits)
    refuse_unusable(reading.pages)
    composition = compose([page.text.layout for page in reading.pages], reading.beside)
    incomplete = "；".join([*_missing(reading, composition.text), *_doubts(structure, len(reading.pages))])
    return Extraction(
        composition.text,
        set_apart=composition.set_apart,
        pages=composition.pages,
        notes=(*reading.notes, *_remarks(reading)),
        incomplete=incomplete or None,
    )


def _missing(reading: Reading, text: str) -> Iterator[str]:
    """What of the pages is not in ``text``."""
    failed = [number for number, page in enumerate(reading.pages, 1) if page.failed]
    if failed:
        yield f"{numbered(failed)}无法打开，其中的文字未能读出"
    pictured = [number for number, page in enumerate(reading.pages, 1) if page.pictured]
    if pictured:
        yield f"{numbered(pictured)}是图片，其中的文字未能读出"
    counted = sum(page.text.characters for page in reading.pages)
    delivered = without_blanks(text)
    if delivered < _WHOLE * counted:
        yield f"文件有 {counted:,} 字，只读出 {delivered:,} 字"
    unknown = [number for number, page in enumerate(reading.pages, 1) if unknown_share(page) > _SOME]
    if unknown:
        yield f"{numbered(unknown)}部分文字的字体没有文字对应信息，读出的可能是乱码"


def _doubts(structure: Structure, pages: int) -> Iterator[str]:
    """Why there may be more in the file than was read."""
    if structure.told is not None and structure.told != pages:
        yield f"文件自称有 {structure.told} 页，只能打开 {pages} 页"
    elif structure.pages > pages and not structure.revised:
        yield f"文件含 {structure.pages} 个页面，只能打开 {pages} 页"
    if structure.faults:
        yield f"文件可能已损坏（{'，'.join(structure.faults)}），文字可能有缺失"


def _remarks(reading: Reading) -> Iterator[str]:
    hidden = sum(page.text.hidden for page in reading.pages)
    if hidden * 2 > len(reading.pages):
        yield "文字来自扫描件的识别结果，可能有识别错误，请核对原件"
