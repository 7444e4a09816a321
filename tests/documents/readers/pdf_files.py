"""Small PDF files written object by object, for what no office program writes on request."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

A4 = b"[0 0 595 842]"


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """A file of ``objects``, numbered from 1 on; the first is the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def stream(content: bytes, more: bytes = b"", *, packed: bool = True) -> bytes:
    """A stream object of ``content``."""
    data = zlib.compress(content) if packed else content
    flate = b"/Filter/FlateDecode" if packed else b""
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (more, flate, len(data), data)


def pages(contents: Sequence[bytes], *, page: bytes = b"", more: Sequence[bytes] = (), catalogue: bytes = b"") -> bytes:
    """A file with one page for each content stream, font ``/F1`` Helvetica, ``page`` put into each page; objects of
    ``more`` have the numbers 4, 5, ..."""
    first = 4 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * place) for place in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *more,
    ]
    for place, content in enumerate(contents):
        resources = b"/Resources<</Font<</F1 3 0 R>>%s>>" % (b"/XObject<</Im1 4 0 R>>" if more else b"")
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox%s%s%s/Contents %d 0 R>>" % (A4, resources, page, first + 2 * place + 1)
        )
        objects.append(stream(content))
    return pdf_of(objects)


def words(text: bytes, x: float = 72, y: float = 700, matrix: str = "1 0 0 1") -> bytes:
    """The operators that draw ``text`` at a place."""
    return b"BT /F1 16 Tf %s %g %g Tm (%s) Tj ET\n" % (matrix.encode(), x, y, text)


PICTURE = stream(
    b"\xff" * 100, b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8"
)
WHOLE_PAGE_PICTURE = b"q 595 0 0 842 0 0 cm /Im1 Do Q\n"
