"""A docx file as text: the body in its order, then what the pages repeat."""

from __future__ import annotations

from collections.abc import Sequence

from documents.errors import Unreadable
from documents.extraction import Extraction
from documents.limits import ReadingLimits, refuse_over_limit, refuse_too_long
from documents.package import damaged
from documents.readers.docx.flow import Definitions
from documents.readers.docx.ledger import Ledger, Met, Missing
from documents.readers.docx.links import Links
from documents.readers.docx.numbering import Numbering
from documents.readers.docx.outside import ChunkReader, References
from documents.readers.docx.parts import WHAT, Parts
from documents.readers.docx.story import Block
from documents.readers.docx.styles import Styles
from documents.readers.docx.vocabulary import w
from documents.report import Residue, ResidueKind, Span

_MARGINS = ("header", "footer")
# With pictures beside it, less than this is a title or a caption, and the report is in the pictures.
_FEWEST_CHARACTERS = 100


def read_docx(data: bytes, limits: ReadingLimits) -> Extraction:
    """The text of a docx, docm or dotx file with its automatic numbers; footnotes follow what refers to them.

    Headers, footers and an automatic table of contents are set apart behind the text. Raises :class:`Unreadable`:
    ``corrupt``, ``encrypted``, ``over_limit``, ``empty``, or ``no_text`` for a document of pictures.
    """
    return _read(data, limits, _read_embedded)


def _read_embedded(data: bytes, limits: ReadingLimits) -> Extraction:
    return _read(data, limits, None)


def _read(data: bytes, limits: ReadingLimits, read_chunk: ChunkReader | None) -> Extraction:
    parts = Parts(data, limits)
    try:
        body, margins, ledger = _blocks(parts, read_chunk)
    except RecursionError as fault:
        raise refuse_over_limit(f"{WHAT}的嵌套层数", "异常数量", f"{limits.xml_depth} 层", "max_xml_depth") from fault
    text = [block for block in body if not block.apart]
    _refuse_without_text(text, ledger)
    return _extraction(text, [*(block for block in body if block.apart), *margins], ledger, limits)


def _blocks(parts: Parts, read_chunk: ChunkReader | None) -> tuple[list[Block], list[Block], Ledger]:
    """The paragraphs of the body and those of headers and footers."""
    name = parts.main()
    root = parts.parse(name)
    if root.tag != w("document"):
        raise damaged(WHAT)
    ledger = Ledger()
    ledger.missing[Missing.REPEATED] += len(parts.repeated)
    links = Links(parts, name, ledger)
    links.count_external()
    styles = Styles(links.optional("styles", Missing.STYLES))
    numbering = Numbering(lambda: links.optional("numbering", Missing.NUMBERING), styles)
    definitions = Definitions(styles, numbering, ledger)
    references = References(links, definitions, read_chunk)
    body = references.read(root)
    references.close()
    return body, _margins(links, definitions), ledger


def _margins(links: Links, definitions: Definitions) -> list[Block]:
    """The paragraphs of headers and footers, each text once."""
    found: dict[str, Block] = {}
    for name in dict.fromkeys(name for kind in _MARGINS for name in links.of_kind(kind)):
        root = links.parsed(name, Missing.MARGINS)
        if root is not None:
            own = Links(links.parts, name, definitions.ledger)
            for block in References(own, definitions, None).read(root):
                found.setdefault(block.text.strip(), block)
    return list(found.values())


def _refuse_without_text(body: Sequence[Block], ledger: Ledger) -> None:
    characters = sum(len(block.text.replace(" ", "").strip()) for block in body)
    pictures = ledger.met[Met.PICTURE] + ledger.met[Met.OBJECT]
    if pictures and characters < _FEWEST_CHARACTERS:
        raise Unreadable(
            "no_text",
            f"文档正文是图片或嵌入对象（{pictures} 个），可读的文字只有 {characters} 字",
            "请提供文字版报告；扫描件请先识别成文字、核对无误后重新报送。",
        )
    if characters:
        return
    if ledger.incomplete():
        raise damaged(WHAT)
    if ledger.met[Met.HIDDEN] or ledger.met[Met.DELETED]:
        raise Unreadable(
            "no_text", "文档中的文字全部设为隐藏或已标记删除", "请取消隐藏、接受或拒绝全部修订后重新报送。"
        )
    raise Unreadable("empty", "文档中没有文字", "请核对原文件内容，并请报送单位重新提供。")


def _extraction(body: Sequence[Block], apart: Sequence[Block], ledger: Ledger, limits: ReadingLimits) -> Extraction:
    lines: list[str] = []
    outline: dict[int, int] = {}
    set_apart: list[Residue] = []
    start = 0
    for block in filter(_has_words, body):
        lines.append(block.text)
        if block.outline is not None:
            outline[start] = block.outline
        start += len(block.text) + 1
    for block in filter(_has_words, apart):
        words = block.text.strip()
        lines.append(words)
        set_apart.append(Residue(Span(start, start + len(words)), ResidueKind.NAVIGATION))
        start += len(words) + 1
    text = "\n".join(lines)
    refuse_too_long(text, limits)
    return Extraction(
        text=text,
        set_apart=tuple(set_apart),
        outline=outline,
        notes=ledger.notes(),
        incomplete=ledger.incomplete(),
    )


def _has_words(block: Block) -> bool:
    return bool(block.text.strip())
