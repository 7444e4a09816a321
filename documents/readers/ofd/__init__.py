"""OFD files: zip packages of XML, by the standard GB/T 33190-2016."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from documents.errors import Unreadable
from documents.extraction import Extraction
from documents.limits import ReadingLimits, refuse_over_limit
from documents.package import damaged
from documents.readers.layout import compose
from documents.readers.legible import SEND_TEXT, is_mojibake, meaningless_share, numbered, without_blanks
from documents.readers.ofd.container import WHAT, Container, children, descendants, text_of
from documents.readers.ofd.text import PageText, numbers, plain_words, read_text

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_ofd"]

_ROOT = "OFD.xml"
_ENCRYPTIONS = "encryptions.xml"
_A4_WIDTH = 210.0
_WHOLE = 0.99
_UNKNOWN, _SOME_UNKNOWN = 0.3, 0.01
_FEW = 20
_MOST = 0.8
_PICTURES = ("ImageObject", "CompositeObject")


@dataclass(slots=True)
class _Reading:
    """What was found, over all documents of the file; pages are numbered from 1 on."""

    pages: list[PageText] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    pictured: list[int] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    documents: int = 0
    comments: int = 0
    seals: int = 0
    attachments: int = 0
    drawn: bool = False
    unlisted: int = 0

    def notes(self) -> tuple[str, ...]:
        told = (
            (self.documents > 1, f"文件含 {self.documents} 份文档，已依次读出"),
            (self.seals, f"含电子签章 {self.seals} 处，未验证"),
            (self.comments, f"含注释 {self.comments} 处，其文字附在文末，不作正文审核"),
            (self.attachments, f"含附件 {self.attachments} 个，未读取"),
        )
        return tuple(note for count, note in told if count)


def read_ofd(data: bytes, limits: ReadingLimits) -> Extraction:
    """The text of an OFD file.

    Raises :class:`Unreadable`: ``encrypted``, ``corrupt``, ``over_limit``, ``no_text`` (scans, glyphs without
    characters) or ``empty``.
    """
    container = Container(data, limits)
    if container.has(_ENCRYPTIONS):
        raise Unreadable("encrypted", f"{WHAT}已加密", "请报送单位去除密码后重新提供。")
    reading = _Reading()
    root = container.find(_ROOT)
    if root is None:
        raise damaged(WHAT)
    for body in descendants(container.parse(root), "DocBody"):
        reading.documents += 1
        reading.seals += _count(container, text_of(body, "Signatures"), root, "Signature")
        _read_document(container, text_of(body, "DocRoot"), root, limits, reading)
    reading.unlisted = container.unread_pages()
    _refuse_unusable(reading)
    composition = compose([page.layout for page in reading.pages], reading.beside)
    return Extraction(
        composition.text,
        set_apart=composition.set_apart,
        pages=composition.pages,
        notes=reading.notes(),
        incomplete="；".join(_incomplete(reading, composition.text)) or None,
    )


def _count(container: Container, location: str, beside: str, name: str) -> int:
    """How many elements called ``name`` the file at ``location`` lists."""
    listed = container.parse_some(location, beside) if location else None
    return 0 if listed is None else sum(1 for _ in descendants(listed, name))


def _read_document(container: Container, location: str, beside: str, limits: ReadingLimits, reading: _Reading) -> None:
    name = container.find(location, beside) if location else None
    if name is None:
        raise damaged(WHAT)
    document = container.parse(name)
    listed = [page for pages in children(document, "Pages") for page in children(pages, "Page")]
    total = len(reading.pages) + len(listed)
    if total > limits.pages:
        raise refuse_over_limit(f"{WHAT}的页数", f"{total:,} 页", f"{limits.pages:,} 页", "max_pages")
    templates = {item.get("ID"): item.get("BaseLoc", "") for item in descendants(document, "TemplatePage")}
    usual_width = _width(document, _A4_WIDTH)
    seen: set[str | None] = set()
    for page in listed:
        content = container.parse_some(page.get("BaseLoc", "") or text_of(page, "BaseLoc"), name)
        if content is None:
            reading.pages.append(read_text(page, usual_width, ()))
            reading.missing.append(len(reading.pages))
            continue
        used = [item.get("TemplateID") for item in descendants(content, "Template")]
        drawn = [container.parse_some(templates[key], name) for key in used if key in templates and key not in seen]
        seen.update(used)
        _add_page(content, usual_width, [template for template in drawn if template is not None], reading)
    reading.attachments += _count(container, text_of(document, "Attachments"), name, "Attachment")
    _read_annotations(container, text_of(document, "Annotations"), name, reading)


def _add_page(content: _Element, usual_width: float, templates: Sequence[_Element], reading: _Reading) -> None:
    text = read_text(content, _width(content, usual_width), templates)
    reading.pages.append(text)
    pictures = any(next(descendants(content, kind), None) is not None for kind in _PICTURES)
    reading.drawn |= pictures or next(descendants(content, "PathObject"), None) is not None
    if text.characters < _FEW and (pictures or text.glyphs >= _FEW):
        reading.pictured.append(len(reading.pages))


def _width(element: _Element, usual: float) -> float:
    box = next(descendants(element, "PhysicalBox"), None)
    sides = numbers(box.text) if box is not None else []
    return sides[2] if len(sides) == 4 and sides[2] > 0 else usual


def _read_annotations(container: Container, location: str, beside: str, reading: _Reading) -> None:
    listed = container.parse_some(location, beside) if location else None
    if listed is None:
        return
    index = container.find(location, beside) or beside
    for place in descendants(listed, "FileLoc"):
        page = container.parse_some(place.text or "", index)
        for item in descendants(page, "Annot") if page is not None else ():
            words = " ".join((plain_words(item) or text_of(item, "Remark")).split())
            if words:
                reading.comments += 1
                reading.beside.append(words)


def _refuse_unusable(reading: _Reading) -> None:
    if not reading.pages or len(reading.missing) == len(reading.pages):
        raise damaged(WHAT)
    characters = sum(page.characters for page in reading.pages)
    glyphs = sum(page.glyphs for page in reading.pages)
    if not characters and not glyphs and not reading.drawn:
        raise Unreadable("empty", f"{WHAT}各页均为空白", "请核对原文件，并请报送单位重新提供。")
    if not (characters or glyphs) or len(reading.pictured) > _MOST * len(reading.pages):
        raise Unreadable("no_text", f"{WHAT}没有可读取的文字，应为扫描件或图片", SEND_TEXT)
    words = "".join(_words(page) for page in reading.pages)
    if is_mojibake(words) or meaningless_share(words) > _UNKNOWN or glyphs > characters:
        raise Unreadable("no_text", f"{WHAT}只有字形，没有对应的文字，无法读取", SEND_TEXT)


def _words(page: PageText) -> str:
    return "".join(run.words for run in page.layout.runs).replace(" ", "")


def _incomplete(reading: _Reading, text: str) -> Iterator[str]:
    if reading.missing:
        yield f"{numbered(reading.missing)}缺失或已损坏，其中的文字未能读出"
    if reading.unlisted:
        yield f"文件含 {reading.unlisted} 个未列入目录的页面，未读取"
    if reading.pictured:
        yield f"{numbered(reading.pictured)}是图片，其中的文字未能读出"
    unknown = [
        number
        for number, page in enumerate(reading.pages, 1)
        if meaningless_share(_words(page)) > _SOME_UNKNOWN or page.glyphs > _SOME_UNKNOWN * page.characters > 0
    ]
    if unknown:
        yield f"{numbered(unknown)}部分文字只有字形，没有对应的文字"
    counted, delivered = sum(page.characters for page in reading.pages), without_blanks(text)
    elsewhere = sum(page.elsewhere for page in reading.pages)
    if elsewhere > _SOME_UNKNOWN * counted:
        yield f"文件可能已损坏，有 {elsewhere:,} 字不在应在的位置，未能读出"
    if delivered < _WHOLE * counted:
        yield f"文件有 {counted:,} 字，只读出 {delivered:,} 字"
