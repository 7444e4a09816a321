"""A file of the inbox becomes a :class:`~documents.report.Report`, or an :class:`Unreadable` that says why not."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from documents.errors import Unreadable, fault_in_words
from documents.extraction import Extraction
from documents.folded import fold_half_width, half_width, unusual_signs, with_full_stops, with_line_feeds
from documents.headings import find_heading_marks, nest
from documents.identity import Identity, identify
from documents.identity.reading import make_reading
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
    (found,) = read_reports([(place, shown_path)], limits)
    if isinstance(found, Unreadable):
        raise found
    return found


def read_reports(
    submissions: Sequence[tuple[Location, str]], limits: ReadingLimits = DEFAULT_LIMITS
) -> list[Report | Unreadable]:
    """As :func:`read_report` for each of several, in order: the report, or why it cannot be read."""
    opened = [_open(location, shown_path, limits) for location, shown_path in submissions]
    reports = iter(_finished([item for item in opened if isinstance(item, _Draft)]))
    return [next(reports) if isinstance(item, _Draft) else item for item in opened]


def _open(location: Location, shown_path: str, limits: ReadingLimits) -> _Draft | Unreadable:
    digest, size = None, 0
    try:
        data = load(location, limits)
        digest, size = hashlib.sha256(data).hexdigest(), len(data)
        found, extraction = extract(data, limits, location.converted)
        refuse_too_long(extraction.text, limits)
    except Unreadable as obstacle:
        return Unreadable(obstacle.status, obstacle.reason, obstacle.next_step, digest, size)
    source = Source(
        path=shown_path,
        sha256=digest,
        size=size,
        format=found,
        encoding=extraction.encoding,
        notes=extraction.notes,
        incomplete=extraction.incomplete,
    )
    return _Draft(extraction, source)


def report_from_text(text: str, source: Source = _NO_FILE) -> Report:
    """The report that ``text`` is, with its structure and its identity; a missing ``source`` stands for no file."""
    return report_from_extraction(Extraction(with_line_feeds(text)), source)


def report_from_extraction(extraction: Extraction, source: Source) -> Report:
    """The report that a reader delivered, with its structure and its identity."""
    return _finished([_Draft(extraction, source)])[0]


def _finished(drafts: Sequence[_Draft]) -> list[Report]:
    """The reports that ``drafts`` become.

    Each step is taken for all of them before the next one is: with its code and its patterns still in the processor's
    cache it takes a sixth less time.
    """
    for step in _Draft.STEPS:
        for draft in drafts:
            step(draft)
    identities = identify([draft.reading for draft in drafts])
    return [draft.report(identity) for draft, identity in zip(drafts, identities, strict=True)]


class _Draft:
    """A report in the making: what each step finds, the next ones need."""

    def __init__(self, extraction: Extraction, source: Source) -> None:
        """Take the text, without personal data."""
        self.extraction = extraction
        self.source = source
        text = with_line_feeds(extraction.text)
        self.unusual = unusual_signs(text)
        self.personal = find_personal_data(text, self.unusual)
        self.text = masked(text, self.personal)

    def normalise(self) -> None:
        """Take the forms of the text in which it is read."""
        self.flowing = joined(self.text)
        narrow = with_full_stops(half_width(self.flowing, self.unusual))
        self.view = normalise_half_width(narrow, usual=not self.unusual and self.flowing is self.text)
        self.folded = fold_half_width(narrow, self.unusual)

    def find_residue(self) -> None:
        """Find the lines, and what of them is no part of the report."""
        self.lines = split_lines(self.folded)
        self.residue = _all_residue(self.folded, self.lines, self.extraction.set_apart)

    def find_contents(self) -> None:
        """Find title and signature, and the report's own text between them."""
        self.kinds, self.contents = find_paragraphs(self.folded, self.lines, self.residue)

    def find_headings(self) -> None:
        """Find where headings and items stand."""
        ranges = [content.span for content in self.contents]
        self.marks = find_heading_marks(self.folded, ranges, self.extraction.outline)

    def nest_headings(self) -> None:
        """Find which heading stands under which."""
        self.headings = nest(self.flowing, self.marks, self.contents[-1].span.end if self.contents else 0)

    def split_sentences(self) -> None:
        """Find the sentences."""
        self.sentences = split_sentences(self.folded, self.contents, self.marks)

    def name_paragraphs(self) -> None:
        """Tell what each paragraph is, and gather what tells whose report it is, and of which year."""
        heading = ParagraphKind.HEADING
        whole = {mark.start for mark in self.marks if mark.alone and not mark.inline}
        # By position: by name it takes three times as long.
        self.paragraphs = tuple(
            [
                _new(Paragraph, (_new(Span, line[:2]), heading if line[0] in whole else kind))
                for line, kind in zip(self.lines, self.kinds, strict=True)
            ]
        )
        self.reading = make_reading(self.text, self.view, self.paragraphs, self.headings, self.residue)

    STEPS = (
        normalise,
        find_residue,
        find_contents,
        find_headings,
        nest_headings,
        split_sentences,
        name_paragraphs,
    )

    def report(self, identity: Identity) -> Report:
        """The finished report."""
        return Report(
            text=self.text,
            view=self.view,
            paragraphs=self.paragraphs,
            sentences=self.sentences,
            headings=self.headings,
            residue=tuple(self.residue),
            title=identity.title,
            unit=identity.unit,
            level=identity.level,
            year=identity.year,
            published=identity.published,
            source=self.source,
            pages=self.extraction.pages,
            personal=self.personal,
        )


_new = tuple.__new__


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
        # All that there should be. That nothing follows is told by the size after it.
        return data
    pieces = [data]
    while data and (size := size - len(data)):
        data = os.read(descriptor, size)
        pieces.append(data)
    return b"".join(pieces)
