"""Word segmentation: all of a report, or only the few places where word boundaries decide, as this program does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

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
    recorder = _Recorder(segmentation.words_of)
    segmentation.words_of = recorder.words_of
    auditor = Auditor(*load_pack())
    for text in texts:
        auditor.assess_report(report_from_text(text))
    seconds = best(lambda: [list(recorder.original(run)) for run in recorder.asked])
    return _result(seconds, len(texts), sum(map(len, recorder.asked)))


class _Recorder:
    """Passes on what is to be segmented and remembers it."""

    def __init__(self, original: Callable[[str], Iterator[str]]) -> None:
        self.original = original
        self.asked: list[str] = []

    def words_of(self, text: str) -> Iterator[str]:
        self.asked.append(text)
        return self.original(text)


def whole(folder: Path) -> Result:
    """jieba over the whole of each report, as the usual programs do."""
    import jieba

    texts = _texts(folder)
    library = jieba.Tokenizer()
    library.initialize()
    seconds = best(lambda: [list(library.cut(text)) for text in texts])
    return _result(seconds, len(texts), sum(map(len, texts)))


AREA: Final = Area(prepare, {"fazhi-audit": Contestant(ours), "jieba（全文）": Contestant(whole, "jieba")})
