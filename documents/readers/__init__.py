"""One reader for each format of file: bytes in, an :class:`~documents.extraction.Extraction` out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from documents.decode import decode
from documents.errors import Unreadable
from documents.extraction import Extraction
from documents.limits import ReadingLimits
from documents.sniff import OFFICE_LEGACY, Format, sniff, unsupported

Reader = Callable[[bytes, ReadingLimits], Extraction]

# By name, so that a folder of plain text never loads what reads the other formats.
_READERS = {
    Format.DOCX: ("documents.readers.docx", "read_docx"),
    Format.PDF: ("documents.readers.pdf", "read_pdf"),
    Format.OFD: ("documents.readers.ofd", "read_ofd"),
    Format.HTML: ("documents.readers.html", "read_html"),
    Format.MHTML: ("documents.readers.html", "read_mhtml"),
}
_SINGLE_CONVERSION_SECONDS = 60.0


def extract(
    data: bytes, limits: ReadingLimits, converted: Path | Unreadable | None = None
) -> tuple[Format, Extraction]:
    """The format of a file and what its reader delivers.

    ``converted`` is the same document as docx, where a doc, wps or rtf file was converted beforehand, or why it could
    not be; without it such a file is converted now. Raises :class:`Unreadable`.
    """
    found = sniff(data, limits)
    if found is Format.TEXT:
        return found, _read_text(data)
    if found is Format.ZIP:
        raise unsupported("压缩包里的压缩包", "请解压后重新提交其中的报告。")
    if found in OFFICE_LEGACY:
        return found, _read_legacy(data, limits, converted)
    module, name = _READERS[found]
    reader = cast(Reader, getattr(import_module(module), name))
    return found, reader(data, limits)


def _read_text(data: bytes) -> Extraction:
    decoded = decode(data)
    return Extraction(decoded.text, decoded.encoding, notes=decoded.notes, incomplete=decoded.incomplete)


def _read_legacy(data: bytes, limits: ReadingLimits, converted: Path | Unreadable | None) -> Extraction:
    from documents.readers.legacy import inspect, read_converted  # noqa: PLC0415

    inspect(data)
    with tempfile.TemporaryDirectory(prefix="fazhi-audit-") as workspace:
        outcome = converted or _converted_now(data, Path(workspace))
        if isinstance(outcome, Unreadable):
            raise outcome
        return read_converted(data, outcome.read_bytes(), limits)


def _converted_now(data: bytes, workspace: Path) -> Path | Unreadable:
    from documents.readers.legacy import convert_to_docx  # noqa: PLC0415

    original = workspace / "original"
    original.write_bytes(data)
    return convert_to_docx([original], workspace / "converted", _SINGLE_CONVERSION_SECONDS)[original]
