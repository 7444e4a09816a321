"""OFD packages of the smallest structure that GB/T 33190-2016 asks for, set as real producers set them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMESPACE = "http://www.ofdspec.org/2016"
EM = 5.6
LEFT, TOP, PITCH = 28.0, 37.0, 9.9
PER_LINE, PER_PAGE = 28, 22
_NO_LINE_START = "，。、；：！？”’）》」』,.;:!?)>"


@dataclass(frozen=True)
class Glyphs:
    """Words set at one place, with the size and the step of their characters, in millimetres."""

    words: str
    x: float
    y: float
    size: float = EM


def set_pages(lines: Sequence[str]) -> list[list[Glyphs]]:
    """The lines of a report as pages of 22 lines of 28 characters; the first, where it is short, a centred title."""
    rows: list[Glyphs] = []
    for place, line in enumerate(lines):
        if place == 0 and len(line) <= PER_LINE * 2:
            rows += [
                Glyphs(part, LEFT + (PER_LINE * EM - _width(part) * 7.7) / 2, 0, 7.7) for part in _cut(line, 20, 0)
            ]
        else:
            parts = _cut(line, PER_LINE, 2)
            rows += [Glyphs(part, LEFT + (0 if number else 2 * EM), 0) for number, part in enumerate(parts)]
    pages = [rows[start : start + PER_PAGE] for start in range(0, len(rows), PER_PAGE)]
    return [
        [Glyphs(row.words, row.x, TOP + place * PITCH, row.size) for place, row in enumerate(page)] for page in pages
    ]


def _width(words: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in words)


def _cut(line: str, room: float, indent: float) -> list[str]:
    """``line`` cut where a line is full; no line begins with a closing mark or inside a number."""
    parts: list[str] = []
    begin, used = 0, indent
    for place, character in enumerate(line):
        width = _width(character)
        if used + width > room and place > begin:
            cut = place
            while cut > begin + 1 and (
                line[cut] in _NO_LINE_START or (line[cut - 1 : cut + 1].isalnum() and line[cut - 1 : cut + 1].isascii())
            ):
                cut -= 1
            parts.append(line[begin:cut])
            begin, used = cut, _width(line[cut:place])
        used += width
    return [*parts, line[begin:]]


def steps(words: str, size: float) -> str:
    """DeltaX of ``words``, with the standard's sign for repetitions."""
    widths = [size if not character.isascii() else size / 2 for character in words[:-1]]
    groups: list[tuple[float, int]] = []
    for width in widths:
        if groups and groups[-1][0] == width:
            groups[-1] = (width, groups[-1][1] + 1)
        else:
            groups.append((width, 1))
    return " ".join(f"g {count} {width:g}" if count > 1 else f"{width:g}" for width, count in groups)


def by_line(rows: Sequence[Glyphs]) -> Iterator[str]:
    """One text object for each line."""
    for row in rows:
        yield text_object(row.words, row.x, row.y, row.size)


def by_run(rows: Sequence[Glyphs]) -> Iterator[str]:
    """One text object for each run of Han characters or of others."""
    for row in rows:
        begin, x = 0, row.x
        for place in range(1, len(row.words) + 1):
            if place == len(row.words) or row.words[place].isascii() != row.words[place - 1].isascii():
                part = row.words[begin:place]
                yield text_object(part, x, row.y, row.size)
                begin, x = place, x + _width(part) * row.size


def by_character(rows: Sequence[Glyphs]) -> Iterator[str]:
    """One text object for each character, in twentieths of a millimetre with a matrix, as print drivers write."""
    for row in rows:
        x = row.x
        for character in row.words:
            step = _width(character) * row.size
            yield (
                f'<ofd:TextObject ID="9" Boundary="{x:.4f} {row.y - row.size:.4f} {step:.4f} {row.size:.4f}" '
                f'Size="{row.size * 20:.4f}" CTM="0.05 0 0 0.05 0 0" Font="8">'
                '<ofd:CGTransform GlyphCount="1" CodeCount="1" CodePosition="0"><ofd:Glyphs>7</ofd:Glyphs>'
                f'</ofd:CGTransform><ofd:TextCode X="0" Y="{row.size * 20:.4f}">{escape(character)}</ofd:TextCode>'
                "</ofd:TextObject>"
            )
            x += step


def text_object(words: str, x: float, y: float, size: float = EM) -> str:
    width = _width(words) * size
    return (
        f'<ofd:TextObject ID="7" Boundary="{x:.4f} {y - size:.4f} {width:.4f} {size * 1.2:.4f}" Font="3" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps(words, size)}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def page_xml(objects: str, template: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="{NAMESPACE}">{template}'
        f'<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="2" '
        f'Type="Body">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def package(
    pages: Sequence[str], *, more: Mapping[str, str | bytes] | None = None, document: str = "", body: str = ""
) -> bytes:
    """A package of ``pages`` (page XML), with ``more`` files; ``document`` and ``body`` are put into Document.xml and
    into the DocBody of OFD.xml."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    files: dict[str, str | bytes] = {
        "OFD.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="{NAMESPACE}" DocType="OFD" Version="1.0">'
            "<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
            f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document xmlns:ofd="{NAMESPACE}"><ofd:CommonData>'
            "<ofd:MaxUnitID>99</ofd:MaxUnitID>"
            "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            '<ofd:TemplatePage ID="50" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
            f"<ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>"
        ),
    }
    files |= {f"Doc_0/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)}
    return zipped(files | dict(more or {}))


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
