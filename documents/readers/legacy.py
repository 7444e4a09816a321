"""doc, wps and rtf: looked into here, converted to docx by LibreOffice in batches, and read as docx."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from documents.decode import plausibility
from documents.errors import Unreadable, fault_in_words
from documents.extraction import Extraction
from documents.limits import ReadingLimits
from documents.package import Package
from documents.readers.defused import defused
from documents.readers.libreoffice import Converter, Ending, find_libreoffice
from documents.readers.ole import inspect_ole
from documents.readers.rtf import inspect_rtf

BATCH = 200
"""The most files at one start: LibreOffice silently stops reading its command line after 248."""

_RTF = b"{\\rtf"
_HEAD = 64
_MOST_ENDS = 1_000
_HAN = re.compile("[\u3400-\u9fff]+")
_WORDS_IN_XML = re.compile(rb"<w:(?:t|delText)(?:\s[^>]*)?>([^<]*)</w:(?:t|delText)>")
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_COVERED = 0.99
# Below this the text is what a converter makes of bytes that are none; see documents.decode.plausibility.
_GIBBERISH = 0.05
_NOTE = "由 LibreOffice 转换读取"
_SAVE_AS_WORD = "请用 Word 或 WPS 打开，另存为 docx 后重新提交。"
_NOT_INSTALLED = (
    "unsupported",
    "未安装 LibreOffice，无法读取 doc、wps、rtf 文件",
    "请安装 LibreOffice 后重新审核，或用 Word、WPS 打开后另存为 docx 再提交。",
)
_REFUSED = ("corrupt", "文件内容不完整或已损坏，LibreOffice 无法打开", _SAVE_AS_WORD)
_CRASHED = ("crashed", "转换为 docx 时 LibreOffice 异常退出", _SAVE_AS_WORD)
_NOT_TEXT = ("corrupt", "文件转换后不是可以识别的文字，可能已损坏", _SAVE_AS_WORD)
_BLANKED = "文件中有一段被清零，可能已损坏，请核对原文件"
_CUT_OFF = "RTF 文档末尾不完整，文件可能被截断，其余内容照常审核"
_UNSOUND = "文件内部结构有损坏，无法核对文字是否完整，已按读出的内容审核"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file states of itself before it is converted: its words, and in Chinese what is wrong with them."""

    text: str
    flaw: str | None = None


def inspect(data: bytes) -> Stated:
    """Look into a doc, wps or rtf file without converting it.

    Raises :class:`Unreadable` for what no conversion can read: ``encrypted``, ``unsupported``, ``corrupt``.
    """
    if _is_rtf(data):
        rich = inspect_rtf(data)
        blanked = _BLANKED if "\0" in rich.text else None
        return Stated(rich.text, _CUT_OFF if rich.cut_off else blanked)
    document = inspect_ole(data)
    return Stated(document.text, None if document.sound else _UNSOUND)


def convert_to_docx(files: Sequence[Path], workspace: Path, seconds: float) -> dict[Path, Path | Unreadable]:
    """The docx made of each file, in ``workspace``, or why there is none; ``seconds`` is the limit for one document.

    A file at which LibreOffice hangs or dies is tried once more by itself, so that only the culprit is named.
    """
    program = find_libreoffice()
    if program is None:
        return {file: Unreadable(*_NOT_INSTALLED) for file in files}
    return _Batches(Converter(program, workspace), workspace.resolve() / "in", seconds).convert(files)


class _Batches:
    """The files of one call under neutral names, so that none of theirs reaches a command line."""

    def __init__(self, converter: Converter, folder: Path, seconds: float) -> None:
        self._converter = converter
        self._folder = folder
        self._seconds = seconds
        self._outcomes: dict[Path, Path | Unreadable] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def convert(self, files: Sequence[Path]) -> dict[Path, Path | Unreadable]:
        pending = [pair for number, file in enumerate(files, 1) for pair in self._taken_in(number, file)]
        while pending:
            batch, pending = pending[:BATCH], pending[BATCH:]
            pending = self._converted(batch) + pending
        return {file: self._outcomes[file] for file in files}

    def _taken_in(self, number: int, file: Path) -> list[tuple[Path, Path]]:
        try:
            data = file.read_bytes()
            rtf = _is_rtf(data)
            copy = self._folder / f"{number:06}.{'rtf' if rtf else 'doc'}"
            copy.write_bytes(defused(data, rtf=rtf) + _missing_ends(data))
        except OSError as fault:
            reason = f"文件无法打开（{fault_in_words(fault)}）"
            self._outcomes[file] = Unreadable("unreadable", reason, "请检查文件权限后重新审核。")
            return []
        return [(file, copy)]

    def _converted(self, batch: Sequence[tuple[Path, Path]]) -> list[tuple[Path, Path]]:
        """Convert one batch; what of it is still to be tried."""
        ending = self._converter.run([copy for _, copy in batch], self._seconds)
        done = [index for index, pair in enumerate(batch) if self._take(*pair)]
        # The files are taken in order: LibreOffice came as far as its last output, and to the end if it ended well.
        reached = len(batch) if ending is Ending.WELL else done[-1] + 1 if done else 0
        for file, _ in batch[:reached]:
            self._outcomes.setdefault(file, Unreadable(*_REFUSED))
        rest = batch[reached:]
        if len(batch) == 1:
            self._outcomes.update((file, self._failed(ending)) for file, _ in rest)
            return []
        if rest:
            self._converted(rest[:1])
        return list(rest[1:])

    def _take(self, file: Path, copy: Path) -> bool:
        output = self._converter.output(copy)
        if not output.is_file():
            return False
        self._outcomes[file] = output
        return True

    def _failed(self, ending: Ending) -> Unreadable:
        if ending is Ending.TIMED_OUT:
            step = f"请检查文件是否异常庞大，可放宽时限后重新审核；或{_SAVE_AS_WORD}"
            return Unreadable("timed_out", f"转换为 docx 超过 {self._seconds:g} 秒，已中止", step)
        return Unreadable(*_CRASHED)


def read_converted(original: bytes, converted: bytes, limits: ReadingLimits) -> Extraction:
    """The text of a docx that was made of ``original``, held against the words that the original states.

    Raises :class:`Unreadable` as the docx reader does, and ``corrupt`` where the result is no text.
    """
    from documents.readers.docx import read_docx  # noqa: PLC0415

    stated = inspect(original)
    try:
        extraction = read_docx(converted, limits)
    except Unreadable as obstacle:
        raise (Unreadable(*_REFUSED) if obstacle.status == "empty" and _han(stated.text) else obstacle) from obstacle
    if extraction.text and plausibility(extraction.text) < _GIBBERISH:
        raise Unreadable(*_NOT_TEXT)
    incomplete = extraction.incomplete or stated.flaw or _lost(stated, converted, limits)
    return replace(extraction, notes=(*extraction.notes, _NOTE), incomplete=incomplete)


def _lost(stated: Stated, converted: bytes, limits: ReadingLimits) -> str | None:
    """What the conversion lost: the docx reader answers for the way from docx to text, deleted revisions included."""
    held = _han(stated.text)
    kept = _han(_words_of(converted, limits))
    if kept >= _COVERED * held:
        return None
    return f"文件载有约 {held:,} 个汉字，转换后只有 {kept:,} 个，有内容没有读出"


def _words_of(converted: bytes, limits: ReadingLimits) -> str:
    package = Package(converted, limits, "Word 文档")
    parts = (package.read(name) for name in _PARTS if name in package)
    return b"".join(words for part in parts for words in _WORDS_IN_XML.findall(part)).decode("utf-8", "replace")


def _han(text: str) -> int:
    return sum(len(run) for run in _HAN.findall(text))


def _missing_ends(data: bytes) -> bytes:
    """The ends of the groups that a truncated RTF file leaves open: LibreOffice reads none of it without them."""
    if not _is_rtf(data):
        return b""
    unclosed = data.count(b"{") - data.count(b"\\{") - data.count(b"}") + data.count(b"\\}")
    # The line end comes after a backslash that was cut off from its word.
    return b"\n" + b"}" * min(unclosed, _MOST_ENDS) if unclosed > 0 else b""


def _is_rtf(data: bytes) -> bool:
    return data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_RTF)
