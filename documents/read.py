"""A file of the inbox becomes a :class:`~documents.report.Report`, or an :class:`Unreadable` that says why not."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from documents.errors import Unreadable, fault_in_words
from documents.extraction import Extraction
from documents.folded import fold_half_width, half_width, unusual_signs, with_full_stops, with_line_feeds
from documents.headings import find_heading_marks, nest
from documents.identity import identify
from documents.limits import DEFAULT_LIMITS, MEGABYTE, ReadingLimits, refuse_over_limit, refuse_too_long
from documents.normalised import normalise_half_width
from documents.paragraphs import Line, find_paragraphs, split_lines
from documents.personal import find_personal_data, masked
from documents.readers import extract
from documents.report import Paragraph, ParagraphKind, Report, Residue, Source, Span
from documents.residue import find_residue
from documents.sentences import split_sentences
from documents.wrapped import joined

# A pipe would wait for its writer for ever; whether the path is a file is asked of what was really opened.
_OPEN_TO_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_FILE = Source(path="", sha256=hashlib.sha256(b"").hexdigest(), size=0, format="text", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Location:
    """Where the bytes of a submission are: a file, or a ``member`` of a zip file.

    ``converted`` is the same document as docx where it was converted beforehand, or why it could not be.
    """

    path: Path
    member: str | None = None
    converted: Path | Unreadable | None = None


def read_report(location: Location | Path, shown_path: str, limits: ReadingLimits = DEFAULT_LIMITS) -> Report:
    """Read a submission of any format; ``shown_path`` is how the report names it.

    Raises :class:`Unreadable` for a file that cannot be opened or read, is empty, encrypted, damaged, beyond
    ``limits`` or of a format that holds no report.
    """
    place = location if isinstance(location, Location) else Location(location)
    data = load(place, limits)
    digest = hashlib.sha256(data).hexdigest()
    try:
        found, extraction = extract(data, limits, place.converted)
        refuse_too_long(extraction.text, limits)
    except Unreadable as obstacle:
        raise Unreadable(obstacle.status, obstacle.reason, obstacle.next_step, digest, len(data)) from obstacle
    source = Source(
        path=shown_path,
        sha256=digest,
        size=len(data),
        format=found,
        encoding=extraction.encoding,
        notes=extraction.notes,
        incomplete=extraction.incomplete,
    )
    return report_from_extraction(extraction, source)


def report_from_text(text: str, source: Source = _NO_FILE) -> Report:
    """The report that ``text`` is, with its structure and its identity; a missing ``source`` stands for no file."""
    return report_from_extraction(Extraction(with_line_feeds(text)), source)


def report_from_extraction(extraction: Extraction, source: Source) -> Report:
    """The report that a reader delivered, with its structure and its identity."""
    text = with_line_feeds(extraction.text)
    unusual = unusual_signs(text)
    personal = find_personal_data(text, unusual)
    text = masked(text, personal)
    flowing = joined(text)
    narrow = with_full_stops(half_width(flowing, unusual))
    view = normalise_half_width(narrow, usual=not unusual and flowing is text)
    folded = fold_half_width(narrow, unusual)
    lines = split_lines(folded)
    residue = _all_residue(folded, lines, extraction.set_apart)
    kinds, contents = find_paragraphs(folded, lines, residue)
    marks = find_heading_marks(folded, [content.span for content in contents], extraction.outline)
    headings = nest(flowing, marks, contents[-1].span.end if contents else 0)
    whole = {mark.start for mark in marks if mark.alone and not mark.inline}
    paragraphs = tuple(
        [
            tuple.__new__(
                Paragraph, (tuple.__new__(Span, line[:2]), ParagraphKind.HEADING if line.start in whole else kind)
            )
            for line, kind in zip(lines, kinds, strict=True)
        ]
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
        pages=extraction.pages,
        personal=personal,
    )


def _all_residue(folded: str, lines: list[Line], set_apart: tuple[Residue, ...]) -> list[Residue]:
    """What the file itself sets apart, and the page furniture among the other lines."""
    if not set_apart:
        return find_residue(folded, lines)
    spans = iter([*(item.span for item in set_apart), Span(len(folded), len(folded))])
    span, others = next(spans), []
    for line in lines:
        while span.end <= line.start < len(folded):
            span = next(spans)
        if line.end <= span.start:
            others.append(line)
    return sorted([*find_residue(folded, others), *set_apart], key=lambda item: item.span)


def load(location: Location, limits: ReadingLimits) -> bytes:
    """The bytes of a submission. Raises :class:`Unreadable`: unreadable, changed, over_limit, for a member corrupt."""
    try:
        if location.member is not None:
            from documents.archive import read_member  # noqa: PLC0415 - most inboxes hold no zip file

            return read_member(location.path, location.member, limits)
        return _load_file(location.path, limits)
    except OSError as error:
        reason = f"文件无法打开（{fault_in_words(error)}）"
        raise Unreadable("unreadable", reason, "请检查文件权限，关闭占用该文件的程序后重新审核。") from error


def _load_file(path: Path, limits: ReadingLimits) -> bytes:
    descriptor = os.open(path, _OPEN_TO_READ)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise Unreadable("unreadable", "不是普通文件（如设备、管道或文件夹）", "请提交报告文件本身。")
        if before.st_size > limits.file_mb * MEGABYTE:
            told = f"{before.st_size / MEGABYTE:,.0f} MB"
            raise refuse_over_limit("文件大小", told, f"{limits.file_mb} MB", "max_file_mb")
        # One byte more than there should be tells a file that grew meanwhile.
        data = _read(descriptor, before.st_size + 1)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if (len(data), after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
        raise Unreadable("changed", "读取时文件正在被写入或修改", "请等文件保存或传送完成后重新审核。")
    return data


def _read(descriptor: int, size: int) -> bytes:
    """At most ``size`` bytes, fewer only at the end of the file."""
    data = os.read(descriptor, size)
    if len(data) == size - 1:
        # All that there should be; what follows must be the end.
        return data + os.read(descriptor, 1)
    pieces = [data]
    while data and (size := size - len(data)):
        data = os.read(descriptor, size)
        pieces.append(data)
    return b"".join(pieces)
