"""What a page states of its article outside the visible text: title, day of publication and source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.folded import fold
from documents.paragraphs import is_document_title

if TYPE_CHECKING:
    from lxml import etree

_TITLES = ("articletitle", "title", "dc.title", "og:title")
_DAYS = ("pubdate", "publishdate", "publishtime", "firstpublishedtime", "dc.date", "article:published_time")
_SOURCES = ("contentsource", "source", "publisher")
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[T\s]\d{1,2}:\d{2}(?::\d{2})?)?")
_SOURCE = re.compile(r"[^\s,，。；;：:<>|]{2,40}")
_PARTS = re.compile(r"[_|<>]|\s[-—–]+\s?|-{1,2}(?=\D{2,20}$)|—+")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The article's title, day of publication and source as the page's head has them, ``""`` where it does not."""

    title: str
    published: str
    source: str


def page_facts(root: etree._Element) -> PageFacts:
    """Read the ``meta`` and ``title`` elements of a page."""
    stated: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        stated.setdefault(name, " ".join((element.get("content") or "")[:_LONGEST].split()))
    titles = [stated.get(name, "") for name in _TITLES]
    titles += [" ".join("".join(map(str, title.itertext()))[: 2 * _LONGEST].split()) for title in root.iter("title")][
        :1
    ]
    day = next((found[0] for name in _DAYS if (found := _DAY.match(stated.get(name, "")))), "")
    source = next((stated[name] for name in _SOURCES if _SOURCE.fullmatch(stated.get(name, ""))), "")
    return PageFacts(_title(titles), day.replace("T", " "), source)


def _title(stated: list[str]) -> str:
    """The first title that names a report, without the names of the column and the site behind it."""
    parts = (part.strip() for title in stated for part in (title, *_PARTS.split(title)))
    whole = (part for part in parts if not _PARTS.search(part))
    return next((part for part in whole if is_document_title(fold(part))), "")
