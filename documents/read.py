"""A file of the inbox becomes a :class:`~documents.report.Report`, or an :class:`Unreadable` that says why not."""

from __future__ import annotations

import hashlib
from pathlib import Path

from documents.decode import decode
from documents.errors import Unreadable, fault_in_words
from documents.folded import fold, with_line_feeds
from documents.headings import find_heading_marks, nest
from documents.identity import identify
from documents.normalised import normalise
from documents.paragraphs import find_paragraphs, split_lines
from documents.report import Paragraph, ParagraphKind, Report, Source, Span
from documents.residue import find_residue
from documents.sentences import split_sentences
from documents.sniff import refuse_other_formats
from documents.wrapped import joined

_NO_FILE = Source(path="", sha256=hashlib.sha256(b"").hexdigest(), size=0, format="text", encoding="utf-8")


def read_report(path: Path, shown_path: str) -> Report:
    """Read the plain-text file at ``path``; ``shown_path`` is how the report names it.

    Raises :class:`Unreadable` for a file that cannot be opened, is empty, is no text or is of another format.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"文件无法打开（{fault_in_words(error)}）"
        raise Unreadable("unreadable", reason, "请检查文件权限，关闭占用该文件的程序后重新审核。") from error
    digest = hashlib.sha256(data).hexdigest()
    try:
        refuse_other_formats(data)
        decoded = decode(data)
    except Unreadable as obstacle:
        raise Unreadable(obstacle.status, obstacle.reason, obstacle.next_step, digest, len(data)) from obstacle
    source = Source(
        path=shown_path,
        sha256=digest,
        size=len(data),
        format="text",
        encoding=decoded.encoding,
        notes=decoded.notes,
        incomplete=decoded.incomplete,
    )
    return report_from_text(decoded.text, source)


def report_from_text(text: str, source: Source = _NO_FILE) -> Report:
    """The report that ``text`` is, with its structure and its identity; a missing ``source`` stands for no file."""
    text = with_line_feeds(text)
    flowing = joined(text)
    view = normalise(flowing)
    folded = fold(flowing)
    lines = split_lines(folded)
    residue = find_residue(folded, lines)
    kinds, contents = find_paragraphs(folded, lines, residue)
    marks = find_heading_marks(folded, [content.span for content in contents])
    headings = nest(flowing, marks, contents[-1].span.end if contents else 0)
    whole = {mark.start for mark in marks if mark.alone and not mark.inline}
    paragraphs = tuple(
        Paragraph(Span(line.start, line.end), ParagraphKind.HEADING if line.start in whole else kind)
        for line, kind in zip(lines, kinds, strict=True)
    )
    identity = identify(text, view, paragraphs, headings, residue)
    return Report(
        text=text,
        view=view,
        paragraphs=paragraphs,
        sentences=split_sentences(folded, contents, marks),
        headings=headings,
        residue=tuple(residue),
        title=identity.title,
        unit=identity.unit,
        level=identity.level,
        year=identity.year,
        published=identity.published,
        source=source,
    )
