"""Splitting a run too large for one workbook: by province, city and county, each part as coarse as its size allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from audit.reconcile import summarise
from audit.record import ReportRecord, RunRecord
from audit.summary import ReportSummary, summary_of
from documents.identity.names import unit_in_title
from documents.identity.regions import region_of
from outputs.workbook.figures import file_name

UNKNOWN_REGION: Final = "未识别地区"
_WHOLE: Final = "全部"
_OWN: Final = "本级"
# A region below this share of the limit gets no workbook of its own.
_SMALL: Final = 5
_LONGEST_NAME: Final = 40
_REMEMBERED: Final = 1 << 14
_BETWEEN_WORDS = re.compile(r"[\s_.—-]+")
_SEPARATORS = re.compile(r"[\\/]")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\s]+')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartLimit:
    """The most that one workbook shall hold. A single report may exceed it; it is never cut in two."""

    findings: int = 50_000
    reports: int = 10_000

    def holds(self, findings: int, reports: int) -> bool:
        """Whether so much fits into one workbook."""
        return self.filled(findings, reports) <= 1

    def filled(self, findings: int, reports: int) -> float:
        """The share of a workbook that so much takes, 1 for a full one."""
        return max(findings / self.findings, reports / self.reports)


@dataclass(frozen=True, slots=True)
class RegionPart:
    """The reports of one workbook, by their index in the run. ``name`` is unique and can be part of a file name."""

    name: str
    indices: tuple[int, ...]


@dataclass(slots=True)
class _Region:
    """A node of the tree of regions: the reports of the region itself, and the regions in it by name."""

    path: tuple[str, ...]
    own: list[int] = field(default_factory=list)
    children: dict[str, _Region] = field(default_factory=dict)
    findings: int = 0
    reports: int = 0

    def add(self, path: tuple[str, ...], index: int, findings: int) -> None:
        self.findings += findings
        self.reports += 1
        if len(path) == len(self.path):
            self.own.append(index)
            return
        below = path[: len(self.path) + 1]
        self.children.setdefault(below[-1], _Region(below)).add(path, index, findings)

    def indices(self) -> Iterator[int]:
        yield from self.own
        for child in self.children.values():
            yield from child.indices()

    @property
    def label(self) -> str:
        if not self.path:
            return _WHOLE
        name = self.path[-1]
        above = self.path[-2] if len(self.path) > 1 and name.endswith(("区", "县", "旗", _OWN)) else ""
        return above + name


def plan_parts(summaries: Sequence[ReportSummary], limit: PartLimit | None = None) -> tuple[RegionPart, ...]:
    """The workbooks of a run: one where ``limit`` holds everything, else one for each region that it holds.

    A region that is too large is split into the regions in it, in the end into numbered parts of whole reports; small
    neighbours in the order of the run share a workbook. Every report is in exactly one part.
    """
    limit = limit or PartLimit()
    root = _tree(summaries)
    parts: list[RegionPart] = []
    taken: set[str] = set()
    for label, indices in _split(root, limit, summaries):
        name = _unique(_file_safe(label), taken)
        parts.append(RegionPart(name, tuple(sorted(indices))))
    return tuple(parts)


def part_run(frame: RunRecord, reports: Iterable[ReportRecord]) -> RunRecord:
    """The record of a part: its reports with their counts, and the copies that concern one of them."""
    own = tuple(reports)
    paths = {report.path for report in own}
    return replace(
        frame,
        reports=own,
        summary=summarise(map(summary_of, own)),
        copies=tuple(pair for pair in frame.copies if pair.path in paths or pair.other_path in paths),
        families=tuple(family for family in frame.families if not paths.isdisjoint(family.paths)),
    )


def _tree(summaries: Sequence[ReportSummary]) -> _Region:
    root = _Region(())
    above = _common_folder(summaries)
    for index, summary in enumerate(summaries):
        region = _region(summary, _first_folder(summary.path, above))
        root.add(region, index, summary.findings)
    return root


def _region(summary: ReportSummary, folder: str) -> tuple[str, ...]:
    """The region that the unit's name tells, else title and file name, else the folder of the inbox that it lies in."""
    named = _named(summary.unit or "")
    if _is_whole(named):
        return named
    for words in (summary.title or "", file_name(summary.path)):
        written = _named(_unit_in(words))
        if written and (not named or named[-1] in written):
            named = written
            break
    around = _named(folder)
    if not named:
        return around or (folder or UNKNOWN_REGION,)
    # 白云区 alone: its city may be what the folder is named by.
    return named if _is_whole(named) or named[0] in around else (*around, *named)


_named = lru_cache(_REMEMBERED)(region_of)


def _is_whole(region: tuple[str, ...]) -> bool:
    """Whether a region is more than the name of a county, which several cities may have."""
    return bool(region) and not (len(region) == 1 and region[0].endswith(("区", "县", "旗")))


def _unit_in(words: str) -> str:
    """The unit's name in a title or in the name of a file (``012_滨海市司法局_2023年……``)."""
    title = _BETWEEN_WORDS.sub("", words).lstrip("0123456789")
    place = unit_in_title(title)
    return title[slice(*place)] if place else ""


def _common_folder(summaries: Sequence[ReportSummary]) -> int:
    """The number of folders that all paths have in common."""
    common: list[str] | None = None
    for summary in summaries:
        folders = _SEPARATORS.split(summary.path)[:-1]
        if common is None:
            common = folders
        while common != folders[: len(common)]:
            common.pop()
    return len(common or ())


def _first_folder(path: str, above: int) -> str:
    folders = _SEPARATORS.split(path)[above:-1]
    return folders[0] if folders else ""


def _split(region: _Region, limit: PartLimit, summaries: Sequence[ReportSummary]) -> Iterator[tuple[str, list[int]]]:
    if limit.holds(region.findings, region.reports):
        yield region.label, list(region.indices())
    elif region.children:
        yield from _split_children(region, limit, summaries)
    else:
        yield from _numbered(region, limit, summaries)


def _split_children(
    region: _Region, limit: PartLimit, summaries: Sequence[ReportSummary]
) -> Iterator[tuple[str, list[int]]]:
    small: list[_Region] = []
    for child in _below(region, summaries):
        if _SMALL * limit.filled(child.findings, child.reports) <= 1:
            small.append(child)
        else:
            yield from _split(child, limit, summaries)
    for regions in _packed(small, limit):
        first, last = regions[0], region.path[-1] if region.path else ""
        label = first.label if len(regions) == 1 else f"{last}{first.path[-1]}等{len(regions)}个地区"
        yield label, [index for one in regions for index in one.indices()]


def _packed(regions: Sequence[_Region], limit: PartLimit) -> Iterator[list[_Region]]:
    """Neighbours put together in as few parts as the limit allows, all about equally full."""
    sizes = [limit.filled(region.findings, region.reports) for region in regions]
    share = sum(sizes) / max(1, len(_starts(sizes, 1)))
    starts = [*_starts(sizes, share), len(sizes)]
    return (list(regions[start:stop]) for start, stop in pairwise(starts))


def _starts(sizes: Sequence[float], share: float) -> list[int]:
    """Where a new part begins: when the one before has its ``share`` of a workbook, or would not hold the next."""
    starts: list[int] = []
    filled = 0.0
    for index, size in enumerate(sizes):
        if not starts or filled >= share or filled + size > 1:
            starts.append(index)
            filled = 0.0
        filled += size
    return starts


def _below(region: _Region, summaries: Sequence[ReportSummary]) -> Iterator[_Region]:
    """The regions in a region, its own reports (省本级) first."""
    if region.own:
        findings = sum(summaries[index].findings for index in region.own)
        yield _Region((*region.path, _OWN), region.own, {}, findings, len(region.own))
    yield from region.children.values()


def _numbered(region: _Region, limit: PartLimit, summaries: Sequence[ReportSummary]) -> Iterator[tuple[str, list[int]]]:
    number, findings, indices = 1, 0, list[int]()
    for index in region.own:
        more = summaries[index].findings
        if indices and not limit.holds(findings + more, len(indices) + 1):
            yield f"{region.label}({number})", indices
            number, findings, indices = number + 1, 0, []
        findings += more
        indices.append(index)
    yield f"{region.label}({number})", indices


def _file_safe(label: str) -> str:
    """``label`` as every system allows it in the name of a file."""
    visible = "".join(character if character.isprintable() else "_" for character in label)
    name = _NOT_IN_NAMES.sub("_", visible)[:_LONGEST_NAME].strip("._ ")
    return f"_{name}" if not name or _DEVICES.match(name) else name


def _unique(name: str, taken: set[str]) -> str:
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name}({number})"
    taken.add(candidate.casefold())
    return candidate
