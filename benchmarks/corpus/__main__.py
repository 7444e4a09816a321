"""``python -m benchmarks.corpus DIR --reports N --seed S [--processes P] [--plain]``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.corpus.writing import Corpus, write_corpus


def main() -> None:
    """Write the corpus and say how long it took."""
    arguments = _arguments()
    begin = time.perf_counter()
    corpus = Corpus(arguments.reports, arguments.seed, not arguments.plain)
    try:
        write_corpus(arguments.folder, corpus, arguments.processes)
    except FileExistsError:
        sys.exit(f"文件夹 {arguments.folder} 不是空的，请换一个新文件夹。")
    print(f"已写出{arguments.reports}份报告到 {arguments.folder}，用时{time.perf_counter() - begin:.1f}秒。")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.corpus", description="Writes a corpus of invented reports."
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="an empty or new folder")
    parser.add_argument("--reports", type=_count, required=True, metavar="N", help="how many reports")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the same seed writes the same bytes (default 1)"
    )
    parser.add_argument("--processes", type=_count, default=1, metavar="P", help="processes (default 1)")
    parser.add_argument("--plain", action="store_true", help="one paragraph a line, full-width marks, in every report")
    return parser.parse_args()


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    main()
