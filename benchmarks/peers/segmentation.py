"""Word segmentation: all of a report, or only the few places where word boundaries decide, as this program does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import msgspec

from benchmarks.corpus.writing import Corpus, compose
from benchmarks.peers.contest import Area, Contestant, Result, Sizes, best

_SEED: Final = 9
_TEXTS: Final = 60
_INPUT: Final = "segmentation.msgpack"


def prepare(folder: Path, sizes: Sizes) -> Result:
    """Write the texts of some reports."""
    corpus = Corpus(max(_TEXTS, sizes.reports), _SEED, mixed=False)
    texts = [compose(corpus, number).text for number in range(_TEXTS)]
    (folder / _INPUT).write_bytes(msgspec.msgpack.encode(texts))
    return {"texts": _TEXTS, "characters": sum(map(len, texts))}


def _texts(folder: Path) -> list[str]:
    return msgspec.msgpack.decode((folder / _INPUT).read_bytes(), type=list[str])


def _result(seconds: float, reports: int, segmented: int) -> Result:
    return {
        "cpu_s": round(seconds, 3),
        "ms_per_report": round(1000 * seconds / reports, 3),
        "characters_segmented": round(segmented / reports),
    }


def ours(folder: Path) -> Result:
    """What the checks hand to the segmenter while they judge these reports, segmented once more."""
    from audit.assess import Auditor
    from audit.packs import load_pack
    from checks import segmentation
    from documents.read import report_from_text

    texts = _texts(folder)
    library = segmentation.tokenizer()
    recorder = _Recorder(library.cut)
    library.cut = recorder.cut
    auditor = Auditor(*load_pack())
    for text in texts:
        auditor.assess_report(report_from_text(text))
    asked = [(run, options) for run, options in recorder.asked]
    seconds = best(lambda: [list(recorder.original(run, **options)) for run, options in asked])
    return _result(seconds, len(texts), sum(len(run) for run, _ in asked))


class _Recorder:
    """Passes on what is to be segmented and remembers it."""

    def __init__(self, original: Any) -> None:
        self.original = original
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def cut(self, text: str, **options: Any) -> Iterable[str]:
        self.asked.append((text, options))
        return list(self.original(text, **options))


def whole(folder: Path) -> Result:
    """jieba over the whole of each report, as the usual programs do."""
    from checks import segmentation

    texts = _texts(folder)
    library = segmentation.tokenizer()
    seconds = best(lambda: [list(library.cut(text)) for text in texts])
    return _result(seconds, len(texts), sum(map(len, texts)))


AREA: Final = Area(prepare, {"fazhi-audit": Contestant(ours), "jieba（全文）": Contestant(whole, "jieba")})
