"""What the walk does with each element: the name of its method, ``None`` for what holds no text.

An element that is not named here is walked through, so that text in an unknown wrapper is never lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from documents.readers.docx.vocabulary import CHART, COMPATIBILITY, DIAGRAM, DRAWING, MATH, OFFICE, VML, WORD

_WORD: Final[Mapping[str, str]] = {
    "_nested_paragraph": "p",
    "_run": "r",
    "_text": "t",
    "_table": "tbl",
    "_control": "sdt",
    "_break": "br cr",
    "_tab": "tab ptab",
    "_hyphen": "noBreakHyphen",
    "_symbol": "sym",
    "_ruby": "ruby",
    "_deleted": "del",
    "_moved_away": "moveFrom",
    "_inserted": "ins",
    "_comment": "commentReference",
    "_note": "footnoteReference endnoteReference",
    "_simple_field": "fldSimple",
    "_field_mark": "fldChar",
    "_instruction": "instrText",
    "_text_box": "txbxContent",
    "_chunk": "altChunk",
    "_subdocument": "subDoc",
}
_WITHOUT_TEXT: Final = (
    "pPr rPr tblPr tblGrid tblPrEx trPr tcPr sectPr sdtPr sdtEndPr smartTagPr customXmlPr rubyPr background"
    " footnoteRef endnoteRef annotationRef lastRenderedPageBreak softHyphen delText delInstrText ffData"
)
_OTHERS: Final = (
    (MATH, "t", "_text"),
    (MATH, "den", "_denominator"),
    (COMPATIBILITY, "AlternateContent", "_alternate"),
    (DRAWING, "t", "_text"),
    (DRAWING, "p", "_text_box"),
    (DRAWING, "blip", "_picture"),
    (VML, "imagedata", "_picture"),
    (VML, "textpath", "_word_art"),
    (OFFICE, "OLEObject", "_object"),
    (CHART, "chart", "_chart"),
    (DIAGRAM, "relIds", "_diagram"),
)


def _methods() -> Iterator[tuple[str, str | None]]:
    for method, names in _WORD.items():
        for name in names.split():
            yield f"{{{WORD}}}{name}", method
    for name in _WITHOUT_TEXT.split():
        yield f"{{{WORD}}}{name}", None
    for namespace, name, method in _OTHERS:
        yield f"{{{namespace}}}{name}", method


METHODS: Final[Mapping[str, str | None]] = dict(_methods())
