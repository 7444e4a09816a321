"""Damage done to Word files at random: bytes of the file, bytes of its XML, and elements of its XML."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from documents.errors import Unreadable
from documents.limits import DEFAULT_LIMITS
from documents.readers.docx import read_docx
from tests.documents.readers.docx.writing import packed

_MAIN = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RENAMED = ("p", "r", "t", "x", "tbl", "tr", "tc", "del", "ins", "sdt", "pPr", "rPr", "hyperlink", "sectPr", "body")
_TOLD = ("删除", "移走", "隐藏")
_TOLERATED = 0.01


def bytes_of_file(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut out, doubled or cut off at the end."""
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        place = chance.randrange(len(damaged))
        length = chance.choice((1, 1, 4, 64))
        kind = chance.randrange(4)
        if kind == 0:
            damaged[place] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del damaged[place : place + length]
        elif kind == 2:
            damaged[place:place] = damaged[place : place + length]
        else:
            damaged[place : place + length] = chance.randbytes(length)
        if len(damaged) < 8:
            break
    return bytes(damaged[: chance.choice((None, None, len(damaged) * 9 // 10))])


def bytes_of_xml(data: bytes, chance: random.Random) -> bytes:
    """The same done inside a part, whose zip member stays sound."""
    contents = _members(data)
    name = chance.choice([name for name in contents if name.endswith((".xml", ".rels"))] + [_MAIN] * 4)
    return packed({**contents, name: bytes_of_file(contents[name], chance)})


def elements(data: bytes, chance: random.Random) -> bytes:
    """Elements of the body renamed, moved, doubled, taken out or stripped of their attributes; the XML stays sound."""
    contents = _members(data)
    root = etree.fromstring(contents[_MAIN])
    for _ in range(chance.choice((1, 2, 5, 20))):
        inner = list(root.iter())[1:]
        if not inner:
            break
        _CHANGES[chance.randrange(len(_CHANGES))](chance.choice(inner), chance)
    return packed({**contents, _MAIN: etree.tostring(root, encoding="UTF-8", xml_declaration=True)})


def _rename(element: etree._Element, chance: random.Random) -> None:
    element.tag = _WORD + chance.choice(_RENAMED)


def _remove(element: etree._Element, chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _double(element: etree._Element, chance: random.Random) -> None:
    element.addnext(deepcopy(element))


def _move(element: etree._Element, chance: random.Random) -> None:
    targets = [target for target in element.getroottree().iter() if element not in target.iterancestors()]
    target = chance.choice(targets)
    if target is not element:
        target.append(element)


def _strip(element: etree._Element, chance: random.Random) -> None:
    element.attrib.clear()


_CHANGES: tuple[Callable[[etree._Element, random.Random], None], ...] = (
    _rename,
    _rename,
    _remove,
    _double,
    _move,
    _strip,
)
KINDS = (bytes_of_file, bytes_of_xml, elements)


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Outcome(NamedTuple):
    """``status`` is ``"read"``, ``"partly_read"`` or that of an unreadable file; ``silent`` counts lost characters
    that nothing was said about, by what the file itself still holds."""

    kind: str
    status: str
    silent: bool


def outcomes(files: list[bytes], count: int, seed: int) -> Iterator[Outcome]:
    """What becomes of ``count`` damaged files."""
    chance = random.Random(seed)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        data = kind(chance.choice(files), chance)
        try:
            extraction = read_docx(data, DEFAULT_LIMITS)
        except Unreadable as obstacle:
            yield Outcome(kind.__name__, obstacle.status, silent=False)
            continue
        told = extraction.incomplete or any(word in note for note in extraction.notes for word in _TOLD)
        lost = 1 - len(_bare(extraction.text)) / max(1, _held(data))
        status = "partly_read" if extraction.incomplete else "read"
        yield Outcome(kind.__name__, status, silent=lost > _TOLERATED and not told)


def _held(data: bytes) -> int:
    """The characters between the tags of the main part, whatever the tags are."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read(_MAIN) if _MAIN in archive.namelist() else b"<nothing/>"
    return len(_bare("".join(map(str, etree.fromstring(main).itertext()))))


def _bare(text: str) -> str:
    return "".join(text.split())
