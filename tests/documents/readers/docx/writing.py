"""Word files as Word itself lays them out: parts, relationships and content types, from the XML of the parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from documents.extraction import Extraction
from documents.limits import DEFAULT_LIMITS
from documents.readers.docx import read_docx

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", _OFFICE),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("dgm", "http://schemas.openxmlformats.org/drawingml/2006/diagram"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("o", "urn:schemas-microsoft-com:office:office"),
    )
)
_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
_ROOTS |= {"header1": "hdr", "header2": "hdr", "footer1": "ftr"}
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def element(name: str, content: str) -> str:
    """A root element of WordprocessingML with every namespace declared."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {NAMESPACES}>{content}</w:{name}>'


def paragraph(text: str, *, style: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{named}{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def run(text: str, properties: str = "") -> str:
    """A run of one text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def relationship(number: int, kind: str, target: str, mode: str = "") -> str:
    """One reference; ``mode`` is ``"External"`` for one that leads out of the file."""
    leads = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"{leads}/>'


def relationships(entries: str) -> str:
    """A part with references."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{entries}</Relationships>'


def members(
    body: str,
    parts: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
    references: str = "",
) -> dict[str, bytes]:
    """The members of a file with this body.

    ``parts`` gives the content of ``styles``, ``numbering``, ``header1`` and so on; ``files`` further members by name;
    ``references`` further relationships of the main part.
    """
    parts = parts or {}
    links = "".join(
        relationship(number, name.rstrip("12"), f"{name}.xml") for number, name in enumerate(parts, start=100)
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    types = (
        f'<Types xmlns="{space}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN_TYPE}"/></Types>'
    )
    made = {
        "[Content_Types].xml": types,
        "_rels/.rels": relationships(relationship(1, "officeDocument", "word/document.xml")),
        "word/document.xml": element("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relationships(links + references),
    } | {f"word/{name}.xml": element(_ROOTS[name], content) for name, content in parts.items()}
    return {name: content.encode() for name, content in made.items()} | dict(files or {})


def packed(contents: Mapping[str, bytes]) -> bytes:
    """The members as one zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file.getvalue()


def read(
    body: str,
    parts: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
    references: str = "",
) -> Extraction:
    """What the reader delivers of a file with this body, see :func:`members`."""
    return read_docx(packed(members(body, parts, files, references)), DEFAULT_LIMITS)
