"""One good report in every format that is read."""

from __future__ import annotations

from pathlib import Path

from tests.office import converted, ofd, web_page, zipped
from tests.places import seed

FORMATS = ("text", "docx", "doc", "rtf", "pdf", "ofd", "html", "zip")
_LINES_A_PAGE = 22
_CHARACTERS_A_LINE = 28


def make_samples(folder: Path) -> dict[str, bytes]:
    """A sample report as a file of each of :data:`FORMATS`; ``folder`` holds what LibreOffice needs."""
    report = seed("中山门").read_bytes()
    text = report.decode()
    page = web_page(text)
    office = converted({"报告": page}, ("docx", "doc", "rtf", "pdf"), folder)
    return {
        "text": report,
        **{kind: data for (_, kind), data in office.items()},
        "ofd": ofd(_pages(text)),
        "html": page,
        "zip": zipped({"报告.txt": report}),
    }


def _pages(text: str) -> list[list[str]]:
    lines: list[str] = []
    for paragraph in filter(None, map(str.strip, text.splitlines())):
        indented = f"　　{paragraph}"
        lines += [indented[at : at + _CHARACTERS_A_LINE] for at in range(0, len(indented), _CHARACTERS_A_LINE)]
    return [lines[at : at + _LINES_A_PAGE] for at in range(0, len(lines), _LINES_A_PAGE)]
