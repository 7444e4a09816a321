"""Which unit wrote a report: named in the title, the signature, the opening, or on the page around the report."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from documents.identity.level import SelfReferences
from documents.identity.names import UnitName, core, parse_name, same_unit, unit_in_title
from documents.identity.reading import Piece, Reading
from documents.lazy_pattern import lazy_pattern
from documents.report import Attribute, Certainty, Evidence, Origin, ResidueKind, UnitLevel

# A class of category letters compiles and matches far faster than one of Han ranges with single characters beside them.
_LETTER = "[^\\W\\d_]"
_LAST = "省市区县旗盟州镇乡道街处府局厅委会室关心队署办院所站馆木团司部园城师行社"
# What follows an author's name at the start of a report: what it did, what it upheld, who leads it.
_DOES = (
    "(?:坚持|坚决|坚定|深入|深化|深刻|全面|全力|全[市县区镇乡]|认真|始终|紧[紧扣密盯]|以|在|高度|高标准|严格|严守|严肃|积极|贯彻|[持继]续"
    "|扎实|牢[固牢记]|按照|切实|围绕|立足|聚焦|锚定|法治|依法|党委|党工委|工委|党组|党政|政府|不断|大力|着力|着眼|根据|对照|结合"
    "|把|将|推进|推动|统筹|主动|进一步|充分|稳步|有[序力效]|强化|突出|努力|奋力|上下|领导班子|各级|各部门|委[、和市县区政坚]|加[强快大]"
    "|学习|遵[循照]|落实|凝[心聚]|关于|对|就|20[0-9]{2}|二[〇零]|,(?:在|以|坚持|深入)|的法治)"
)
_CLAUSE_START = (
    "(?:^|(?<=[\n。,;:!?\\s”])|(?<=[领指]导下)|(?<=支持下)"
    "|(?<=[以年]来)|(?<=一年)|(?<=年度)|(?<=[0-9]年)|(?<=现[将就]))"
)
_SUBJECT = lazy_pattern(f"{_CLAUSE_START}(?P<name>{_LETTER}{{1,34}}?[{_LAST}])(?={_DOES})")
# What stands before a name that begins a clause: to look there alone is many times as fast as to try every place.
_BEFORE_CLAUSE = lazy_pattern(r"[\s。,;:!?”下来年度将就]")
_ANNOUNCED = lazy_pattern(
    f"(?:[现兹特]将|现就|将)(?P<name>{_LETTER}{{1,34}}?[{_LAST}])(?:关于|的|上年度|本年度|推进)?(?:20[0-9]{{2}}|二[〇零]|法治|依法|年度)"
)
_GENERAL_ZONE = lazy_pattern(
    "(?:关于|20[0-9]{2}年度?)*(?P<name>(?:高新区|经开区|(?:经济技术|经济|高新技术产业)?开发区|[工产]业园区?|新区|度假区|保税区)"
    "(?:管理委员会|管委会)?)(?=20|二[〇零]|关于|的?法治|的?依法)"
)
_OWN_DOCUMENT = lazy_pattern(f"《(?P<name>{_LETTER}{{2,20}}?)(?=20[0-9]{{2}}年)")
_SIGNATURE = lazy_pattern(
    "(?:^|[\n。!”)]|\\s)\\s*(?P<name>[\\w()·×]{2,40}?)\\s*(?P<date>(?:20[0-9]{2}|二[〇零])[^\n。]{2,12}[日月]?)?\\s*$"
)
_PAGE_SOURCE = lazy_pattern(
    "(?:发布机构|发文机关|发文单位|发布单位|制发机关|公开主体|信息来源|来源)\\s*[:：]\\s*(?P<name>[^\\s:：|]{3,40})"
)
_TAIL_LINES = 5
_LINES_UNDER_TITLE = 3
_LONGEST_SIGNATURE = 60
_TITLE, _SIGNED, _ANNOUNCEMENT, _OPENING, _COUNTERSIGNED, _BODY, _PAGE = range(7)
# These sign and send the report of a whole government as often as their own.
_SENDS_FOR_OTHERS = lazy_pattern("(?:司法局|法制局|法制办|办公[室厅])$")


class Candidate(NamedTuple):
    """A name that some part of the report gives as its author's; a lower ``rank`` is the better witness."""

    name: UnitName
    rank: int
    evidence: Evidence


def find_unit(
    reading: Reading, title: Piece | None, opening: Piece, references: SelfReferences
) -> tuple[Attribute[str], UnitName] | None:
    """The author's fullest name in the report's own words; a weak witness must fit the self-references."""
    candidates = [c for c in _candidates(reading, title, opening) if _fits(c, references)]
    if not candidates:
        return None
    likely = references.clear
    best = min(candidates, key=lambda c: (not _agrees(c, likely), c.rank))
    same = [c for c in candidates if same_unit(c.name.text, best.name.text)]
    chosen = same[0]
    if any(c.name.text != chosen.name.text for c in same):
        chosen = max(same, key=lambda c: (len(core(c.name.text)), len(c.name.text)))
    evidence = tuple(c.evidence for c in sorted(candidates, key=lambda c: (c is not chosen, c.rank)))
    return Attribute(chosen.name.text, _certainty(best, candidates), evidence), chosen.name


def _fits(candidate: Candidate, references: SelfReferences) -> bool:
    if candidate.rank >= _BODY:
        return candidate.name.level is references.best
    return candidate.rank != _COUNTERSIGNED or references.clear in (None, candidate.name.level)


def _agrees(candidate: Candidate, likely: UnitLevel | None) -> bool:
    return candidate.rank == _TITLE or likely is None or candidate.name.level in (None, likely)


def _certainty(best: Candidate, candidates: list[Candidate]) -> Certainty:
    if best.rank == _TITLE:
        return Certainty.CERTAIN
    if best.rank >= _COUNTERSIGNED:
        return Certainty.GUESS
    others = {c.rank for c in candidates if c.rank < _PAGE and same_unit(c.name.text, best.name.text)}
    return Certainty.CERTAIN if len(others) > 1 else Certainty.LIKELY


def _candidates(reading: Reading, title: Piece | None, opening: Piece) -> Iterator[Candidate]:
    found = False
    for candidate in _own_words(reading, title, opening):
        found = True
        yield candidate
    if not found and title and (general := _general_in_title(reading, title)):
        found = True
        yield general
    if not found:
        yield from _body_subjects(reading)
        yield from _own_documents(reading)
        yield from _page_sources(reading)


def _own_words(reading: Reading, title: Piece | None, opening: Piece) -> Iterator[Candidate]:
    if title:
        yield from _in_title(reading, title)
        yield from _under_title(reading, title)
    yield from _in_signature(reading)
    words = reading.words(opening)
    for matches, rank in ((_ANNOUNCED.finditer(words), _ANNOUNCEMENT), (_subjects(words), _OPENING)):
        for match in matches:
            yield from _candidate(reading, match, opening.start, rank, Origin.OPENING)


def _subjects(words: str) -> Iterator[re.Match[str]]:
    """The names that begin a clause and do what an author does, without overlap."""
    position = 0
    for start in chain((0,), (before.end() for before in _BEFORE_CLAUSE.finditer(words))):
        if start >= position and (match := _SUBJECT.match(words, start)):
            yield match
            position = match.end()


def _in_title(reading: Reading, title: Piece) -> Iterator[Candidate]:
    words = reading.words(title)
    flat = re.sub(r"\s", "", words)
    place = unit_in_title(flat)
    if place and (name := parse_name(flat[slice(*place)])):
        found = words.find(name.text)
        start = title.start + found
        piece = Piece(start, start + len(name.text)) if found >= 0 else title
        yield Candidate(name, _TITLE, reading.evidence(Origin.TITLE, piece, name.text))


def _general_in_title(reading: Reading, title: Piece) -> Candidate | None:
    """高新区 or 经济开发区, which name a zone to its own readers only."""
    match = _GENERAL_ZONE.match(reading.words(title))
    if match is None:
        return None
    place = Piece(title.start + match.start("name"), title.start + match.end("name"))
    name = UnitName(match["name"], UnitLevel.COUNTY, sure=False)
    return Candidate(name, _SIGNED, reading.evidence(Origin.TITLE, place, name.text))


def _under_title(reading: Reading, title: Piece) -> Iterator[Candidate]:
    """A line of its own between title and body that is a name; with a colon it would be the addressee."""
    first = bisect_left(reading.line_starts, title.end)
    for line in reading.lines[first : first + _LINES_UNDER_TITLE]:
        words = reading.words(line).strip()
        if name := parse_name(words) if not words.endswith(":") else None:
            yield Candidate(name, _SIGNED, reading.evidence(Origin.TITLE, line, name.text))


def _in_signature(reading: Reading) -> Iterator[Candidate]:
    for line in reading.lines[: -_TAIL_LINES - 1 : -1]:
        start = max(line.start, line.end - _LONGEST_SIGNATURE)
        # Neither a name nor a day ends in a full stop.
        if reading.view.text.endswith("。", start, line.end):
            continue
        if match := _SIGNATURE.search(reading.view.text[start : line.end]):
            if line.end - line.start > _LONGEST_SIGNATURE and not match["date"]:
                continue
            rank = _COUNTERSIGNED if _SENDS_FOR_OTHERS.search(match["name"]) else _SIGNED
            yield from _candidate(reading, match, start, rank, Origin.SIGNATURE)


def _candidate(reading: Reading, match: re.Match[str], offset: int, rank: int, origin: Origin) -> Iterator[Candidate]:
    name = parse_name(match["name"])
    if name:
        place = Piece(offset + match.start("name"), offset + match.end("name"))
        yield Candidate(name, rank, reading.evidence(origin, place, name.text))


def _body_subjects(reading: Reading) -> Iterator[Candidate]:
    """The names that begin clauses of the body more than once, the most frequent first."""
    matches = list(_subjects(reading.view.text))
    counts = Counter(match["name"] for match in matches)
    for written, count in counts.most_common(3):
        match = next(m for m in matches if m["name"] == written)
        if count > 1:
            yield from _candidate(reading, match, 0, _BODY, Origin.BODY)


def _own_documents(reading: Reading) -> Iterator[Candidate]:
    """The unit whose plan of the year is named in 《》: 《长武县2021年法治政府建设工作要点》."""
    for match in _OWN_DOCUMENT.finditer(reading.view.text):
        yield from _candidate(reading, match, 0, _BODY, Origin.BODY)


def _page_sources(reading: Reading) -> Iterator[Candidate]:
    for residue in reading.residue:
        if residue.kind is not ResidueKind.PAGE_INFO:
            continue
        words = reading.text[residue.span.start : residue.span.end]
        for match in _PAGE_SOURCE.finditer(words):
            if name := parse_name(match["name"]):
                start = residue.span.start + match.start("name")
                piece = Piece(*reading.view.from_text(start, residue.span.start + match.end("name")))
                yield Candidate(name, _PAGE, reading.evidence(Origin.PAGE, piece, name.text))
