"""A saved web page: bytes in, the report and the page around it out. Nothing outside the file is ever opened."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.decode import Decoded
from documents.errors import Unreadable
from documents.extraction import Extraction
from documents.limits import ReadingLimits, refuse_over_limit, refuse_too_long
from documents.readers.html.arrange import arranged, as_written
from documents.readers.html.article import Article, find_article
from documents.readers.html.encoding import decode_page
from documents.readers.html.facts import page_facts
from documents.readers.html.lines import Page, read_lines
from documents.readers.html.markup import han_characters, is_cut_off, parse_page, read_source

_SAVE_AS_WORD = "请用浏览器打开该网页，复制正文存为 Word 文档（*.docx）后提交。"
_SAVE_INNER = "请在浏览器中打开正文所在的页面，单独保存该页面，或复制正文存为 Word 文档（*.docx）后提交。"
_SEND_ATTACHMENT = "请打开原网页，下载其中的附件，直接提交附件。"
_CUT_OFF = "网页末尾不完整，文件可能没有下载完或被截断，其余内容照常审核"
_TOO_DEEP = "网页的标签嵌套层数过多，无法区分正文与网站的其他文字，已按全部文字审核"
_NEXT_PAGE = "正文在网站上分页显示，文件中可能只有其中一页，其他页没有审核"
_LOST = "网页的标签有残缺，或有文字放在不显示的位置，有部分文字没有读出，其余内容照常审核"
_PAGED = re.compile(r"createPageHTML\(\s*(?:[2-9]|\d{2,})\s*,")
_LITTLE = 200
_A_FEW_WORDS = 50
_LEAST_PARTS = 2
_NEAR = 12
_COVERED = 0.99
_SOURCE_PER_CHARACTER = 50
_LEAST_NOTED = 30
_MOST_FALLBACK = 100


def read_html(data: bytes, limits: ReadingLimits, declared: str = "") -> Extraction:
    """The report of a saved web page; ``declared`` is an encoding that was stated outside it.

    Raises :class:`Unreadable`: ``no_text`` for a page without the text of a report, ``over_limit``, ``empty``,
    ``corrupt``.
    """
    return read_page(decode_page(data, declared), limits)


def read_page(decoded: Decoded, limits: ReadingLimits) -> Extraction:
    """The report of a page that was decoded."""
    source = decoded.text
    _refuse_too_large(source, limits)
    root = parse_page(source, limits)
    if root is None:
        return _finished(_flat(source), decoded, limits)
    page = read_lines(root)
    article = find_article(page)
    notes: tuple[str, ...] = ()
    if page.hidden > _LITTLE and _size(article) < _LITTLE:
        page, article, notes = _unhidden(page, article, read_lines(root, with_hidden=True))
    _refuse_without_report(page, article, source)
    extraction = as_written(page) if article is None else arranged(page, article, page_facts(root))
    return _finished(
        replace(extraction, notes=(*notes, *_notes(page)), incomplete=_incomplete(page, article, extraction, source)),
        decoded,
        limits,
    )


def _unhidden(page: Page, article: Article | None, whole: Page) -> tuple[Page, Article | None, tuple[str, ...]]:
    """The page with what it hides, where that is the report: pages of tabs show it only on a click."""
    found = find_article(whole)
    if _size(found) < _LITTLE:
        return page, article, ()
    return whole, found, ("报告正文在网页中设为隐藏，已照常读取",)


def _size(article: Article | None) -> int:
    return article.size if article else 0


def _flat(source: str) -> Extraction:
    lines = read_source(source).lines
    if not lines:
        raise _no_text("网页中没有文字", _SAVE_AS_WORD)
    return Extraction("\n".join(lines), incomplete=_TOO_DEEP)


def _refuse_too_large(source: str, limits: ReadingLimits) -> None:
    most = limits.characters * _SOURCE_PER_CHARACTER
    if len(source) > most:
        raise refuse_over_limit("网页源码", f"{len(source):,} 字", f"{most:,} 字", "max_characters")


def _refuse_without_report(page: Page, article: Article | None, source: str) -> None:
    size = _size(article)
    attached = page.attachments or page.embedded
    if attached and size < _LITTLE and (article is None or article.parts < _LEAST_PARTS):
        names = "、".join(f"“{name[:40]}”" for name in page.attachments[:3] if name)
        raise _no_text(f"网页中没有报告正文，正文在网页的附件里{names and f'（{names}）'}", _SEND_ATTACHMENT)
    if size >= _A_FEW_WORDS or _has_words(page, source):
        return
    if page.frames:
        raise _no_text("网页是框架页，正文在它引用的另一个页面里，没有随文件保存", _SAVE_INNER)
    if page.images:
        raise _no_text("网页中只有图片，没有文字", "请提供文字版报告，图片和扫描件无法审核。")
    raise _no_text("网页中没有报告正文，正文可能要在浏览器中打开时才加载", _SAVE_AS_WORD)


def _has_words(page: Page, source: str) -> bool:
    """Whether a page without running text is one of words all the same, and no shell that a script or a frame fills."""
    characters = sum(len(line.words) for line in page.lines)
    links = sum(line.links for line in page.lines)
    if not characters or page.frames or 2 * links > characters:
        return False
    return characters >= _A_FEW_WORDS or "<script" not in source.lower()


def _no_text(reason: str, next_step: str) -> Unreadable:
    return Unreadable("no_text", reason, next_step)


def _notes(page: Page) -> tuple[str, ...]:
    found = []
    if page.hidden >= _LEAST_NOTED:
        found.append(f"网页中有隐藏的文字（{page.hidden} 字），没有审核")
    if page.deleted:
        found.append(f"网页中有标为删除的文字（{page.deleted} 字），没有审核")
    return tuple(found)


def _incomplete(page: Page, article: Article | None, extraction: Extraction, source: str) -> str | None:
    if is_cut_off(source):
        return _CUT_OFF
    if article and any(article.first <= line <= article.end + _NEAR for line in page.next_pages):
        return _NEXT_PAGE
    if _PAGED.search(source):
        return _NEXT_PAGE
    held = read_source(source)
    characters = han_characters("".join(held.lines))
    delivered = han_characters(extraction.text)
    lost = max(0, characters - delivered - page.left_out) + held.swallowed
    whole = lost <= max(_LEAST_NOTED, (1 - _COVERED) * characters) and page.fallback <= max(
        _MOST_FALLBACK, delivered // 50
    )
    return None if whole else _LOST


def _finished(extraction: Extraction, decoded: Decoded, limits: ReadingLimits) -> Extraction:
    refuse_too_long(extraction.text, limits)
    damaged = decoded.incomplete if "\ufffd" in extraction.text else None
    return replace(
        extraction,
        encoding=decoded.encoding,
        notes=(*decoded.notes, *extraction.notes),
        incomplete=extraction.incomplete or damaged,
    )
