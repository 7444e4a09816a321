"""Telling a text that can be judged from scans and from fonts that do not say what their characters mean."""

from __future__ import annotations

from collections.abc import Sequence

from documents.errors import Unreadable
from documents.readers.legible import SEND_TEXT, foreign_share, is_mojibake, meaningless_share
from documents.readers.pdf.document import PdfPage

_FEW = 20
_MOST = 0.8
_UNKNOWN = 0.3
# What a wrong map makes of Han characters is as a rule plain letters and digits.
_PLAIN_FOR_EACH_FOREIGN = 3


def refuse_unusable(pages: Sequence[PdfPage]) -> None:
    """Raise :class:`Unreadable` (``no_text``, ``empty``) where the pages hold no text that can be judged."""
    if all(page.failed for page in pages):
        raise Unreadable(
            "corrupt", "PDF 文件的各页均无法打开，文件可能已损坏", "请核对原文件能否正常打开，并请报送单位重新提供。"
        )
    if not any(page.text.characters or page.objects for page in pages):
        raise Unreadable("empty", "PDF 文件各页均为空白", "请核对原文件，并请报送单位重新提供。")
    sparse = sum(page.text.characters < _FEW for page in pages)
    drawn = any(page.pictured for page in pages) or not any(page.text.characters for page in pages)
    if sparse > _MOST * len(pages) and drawn:
        raise Unreadable("no_text", "PDF 文件没有可读取的文字，应为扫描件、图片或文字已转为图形", SEND_TEXT)
    characters = sum(page.text.characters for page in pages)
    unknown = sum(unknown_share(page) * page.text.characters for page in pages)
    if is_mojibake("".join(_words(page) for page in pages)) or unknown > _UNKNOWN * characters:
        raise Unreadable("no_text", "PDF 文件所用的字体没有文字对应信息，读出的是乱码", SEND_TEXT)


def _words(page: PdfPage) -> str:
    return "".join(run.words for run in page.text.layout.runs).replace(" ", "")


def unknown_share(page: PdfPage) -> float:
    """The share of characters that mean nothing: replaced, private, or without a map from their font."""
    words = _words(page)
    return max(page.text.unmapped, meaningless_share(words), _PLAIN_FOR_EACH_FOREIGN * foreign_share(words))
