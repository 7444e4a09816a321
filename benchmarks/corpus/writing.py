"""The corpus in its files: reports, the earlier reports that some copy, and the truth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.corpus.defects import plant_defects
from benchmarks.corpus.drafts import Draft, draft
from benchmarks.corpus.layout import Page, chosen_layout, render
from benchmarks.corpus.plants import Role, cast, plant

TRUTH: Final = "truth.jsonl"
REPORTS: Final = "reports"
EARLIER: Final = "earlier"
_CHUNK: Final = 500

Truth = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is written: how many reports, from which seed, in mixed layouts or all plain."""

    reports: int
    seed: int = 1
    mixed: bool = True


@dataclass(frozen=True, slots=True)
class Composed:
    """A finished report: its path below the corpus folder, its text, the truth about it, and an earlier report."""

    path: str
    text: str
    truth: list[Truth]
    earlier: tuple[str, str] | None = None


def write_corpus(folder: Path, corpus: Corpus, processes: int = 1) -> None:
    """Write ``corpus`` to ``folder``, which is made where it does not exist.

    Raises :class:`FileExistsError` where it holds anything: files of another corpus would be taken for this one's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    starts = range(0, corpus.reports, _CHUNK)
    with (folder / f"{TRUTH}.part").open("w", encoding="utf-8", newline="\n") as truth:
        for lines in _written(folder, corpus, starts, processes):
            truth.write(lines)
    (folder / f"{TRUTH}.part").replace(folder / TRUTH)


def _written(folder: Path, corpus: Corpus, starts: range, processes: int) -> Iterator[str]:
    if processes == 1:
        yield from (write_chunk(folder, corpus, start) for start in starts)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(write_chunk, [folder] * len(starts), [corpus] * len(starts), starts)


def write_chunk(folder: Path, corpus: Corpus, start: int) -> str:
    """Write the reports from number ``start`` on; their truth, one JSON object a line."""
    lines: list[str] = []
    made: set[Path] = set()
    for index in range(start, min(start + _CHUNK, corpus.reports)):
        composed = compose(corpus, index)
        _write(folder / composed.path, composed.text, made)
        if composed.earlier is not None:
            _write(folder / composed.earlier[0], composed.earlier[1], made)
        lines += [json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n" for item in composed.truth]
    return "".join(lines)


def _write(path: Path, text: str, made: set[Path]) -> None:
    if path.parent not in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        made.add(path.parent)
    path.write_bytes(text.encode())


def compose(corpus: Corpus, index: int) -> Composed:
    """Report ``index`` of ``corpus`` with its plants."""
    seed, role = corpus.seed, cast(corpus.seed, corpus.reports).get(index)
    copy = draft(seed, index)
    defects = plant_defects(copy, Random(f"{seed}/defects/{index}"))
    path = _path(REPORTS, copy)
    if role is None:
        page = _page(corpus, index, copy)
        return Composed(path, page.text, _defects(path, page, defects))
    source = _source(seed, role)
    pairs = plant(role, source, copy, seed, index)
    page, source_page = _page(corpus, index, copy), _page(corpus, role.source, source)
    own_year = role.kind == "own-year"
    source_path = _path(EARLIER if own_year else REPORTS, source)
    spans = [(source_page.span(original), page.span(home)) for original, home in pairs]
    truth = [_copy(role, source_path, path, spans, len(page.text)), *_defects(path, page, defects)]
    return Composed(path, page.text, truth, (source_path, source_page.text) if own_year else None)


def _source(seed: int, role: Role) -> Draft:
    """The report copied from, as its own file has it."""
    if role.kind == "own-year":
        return draft(seed, role.source, years_back=1)
    source = draft(seed, role.source)
    plant_defects(source, Random(f"{seed}/defects/{role.source}"))
    return source


def _page(corpus: Corpus, index: int, made: Draft) -> Page:
    return render(made, chosen_layout(corpus.seed, index) if corpus.mixed else "plain")


def _path(folder: str, made: Draft) -> str:
    return f"{folder}/{made.unit.region}/{made.unit.name}_{made.year}年法治政府建设年度报告.txt"


def _copy(
    role: Role, source: str, path: str, spans: list[tuple[tuple[int, int], tuple[int, int]]], length: int
) -> Truth:
    copied = sum(end - start for _, (start, end) in spans)
    return {
        "kind": role.label,
        "source": source,
        "path": path,
        "renamed": role.renamed,
        "edits": role.edits,
        "group": role.group,
        "share": round(copied / length, 4),
        "passages": [{"source": original, "copy": home} for original, home in spans],
    }


def _defects(path: str, page: Page, defects: list[tuple[str, Any]]) -> list[Truth]:
    return [
        {"kind": "defect", "defect": kind, "path": path, "span": None if sentence is None else page.span(sentence)}
        for kind, sentence in defects
    ]
