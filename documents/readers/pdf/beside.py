"""What a PDF file holds beside its pages: comments, filled-in fields, attached files."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_PER_PAGE = 1000
_LONGEST = 2000


@dataclass(slots=True)
class Beside:
    """Gathers, over all pages, the ``passages`` written beside the text, and counts of what is not read."""

    passages: list[str] = field(default_factory=list)
    comments: int = 0
    fields: int = 0
    attachments: int = 0

    def notes(self) -> tuple[str, ...]:
        """What was found, in Chinese."""
        told = (
            (self.comments, f"含批注 {self.comments} 处，其文字附在文末，不作正文审核"),
            (self.fields, f"含已填写的表单域 {self.fields} 处，其文字附在文末，不作正文审核"),
            (self.attachments, f"含附件 {self.attachments} 个，未读取"),
        )
        return tuple(note for count, note in told if count)


def beside_the_page(page: Any, beside: Beside) -> None:
    """Add the comments and the filled-in fields of ``page`` (as PDFium opened it)."""
    from pypdfium2 import raw  # noqa: PLC0415

    for place in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_PER_PAGE)):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind == raw.FPDF_ANNOT_WIDGET:
            beside.fields += _keep(annotation, b"V", beside)
        elif kind not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP):
            beside.comments += _keep(annotation, b"Contents", beside)
        raw.FPDFPage_CloseAnnot(annotation)


def _keep(annotation: Any, key: bytes, beside: Beside) -> bool:
    from pypdfium2 import raw  # noqa: PLC0415

    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return False
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    words = " ".join(buffer.raw[: size - 2].decode("utf-16-le", "replace").split())[:_LONGEST]
    if words:
        beside.passages.append(words)
    return bool(words)


def note_attachments(document: PdfDocument, beside: Beside) -> None:
    """Count the files that are attached to ``document``."""
    from pypdfium2 import raw  # noqa: PLC0415

    beside.attachments = max(0, raw.FPDFDoc_GetAttachmentCount(document.raw))
