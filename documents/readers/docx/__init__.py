"""Word documents: docx, docm and dotx, as Word, WPS and LibreOffice write them."""

from documents.readers.docx.reader import read_docx

__all__ = ["read_docx"]
