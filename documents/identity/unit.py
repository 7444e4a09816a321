"""Which unit wrote a report: named in the title, the signature, the opening, or on the page around the report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from documents.identity.names import UnitName, core, parse_name, same_unit, unit_in_title
from documents.identity.reading import Piece, Reading
from documents.report import Attribute, Certainty, Evidence, Origin, ResidueKind, UnitLevel

_HAN = "\u4e00-\u9fff"
_LAST = "省市区县旗盟州镇乡道街处府局厅委会室关心队署办院所站馆木团司部园城师"
# What follows an author's name at the start of a report: what it did, what it upheld, who leads it.
_DOES = (
    "(?:坚持|坚决|坚定|深入|深化|深刻|全面|全力|全[市县区镇乡]|认真|始终|紧[紧扣密盯]|以|在(?![一-龥]{0,3}[设立])|高度|高标准|严格|严守|积极|贯彻|持续"
    "|扎实|牢[固牢记]|按照|切实|围绕|立足|聚焦|锚定|法治|依法|党委|党工委|工委|党组|党政|政府|不断|大力|着力|着眼|根据|对照|结合|把|将|推进|推动|统筹"
    "|主动|进一步|充分|稳步|有[序力效]|强化|突出|努力|上下|领导班子|各级|各部门|认真|委[、和市县区政坚]|加[强快大]|学习|遵[循照]|奋力|落实|严肃|凝[心聚]"
    "|关于|对|就|行政|主要|(?:20[0-9]{2}|二[〇零])|[,、]?(?:在|以|坚持|深入)|的?法治)"
)
_CLAUSE_START = (
    "(?:^|(?<=[\n。,;:!?\\s”])|(?<=领导下)|(?<=指导下)|(?<=支持下)|(?<=以来)|(?<=年来)|(?<=一年)|(?<=年度)|(?<=[0-9]年)"
    "|(?<=现将)|(?<=现就)|(?<=。将))"
)
_SUBJECT = re.compile(f"{_CLAUSE_START}(?P<name>[{_HAN}()·A-Z×]{{1,34}}?[{_LAST})])(?={_DOES})")
_ANNOUNCED = re.compile(
    f"(?:[现兹特]将|现就|将)(?P<name>[{_HAN}()·A-Z×]{{1,34}}?[{_LAST})])(?:关于|的|上年度|本年度|推进)?(?:20[0-9]{{2}}|二[〇零]|法治|依法|年度)"
)
_SENTENCE_SUBJECT = re.compile(f"(?:(?<=[\n。])|^)(?P<name>[{_HAN}()·]{{1,20}}?[{_LAST}])(?={_DOES})")
_SIGNATURE = re.compile(
    f"(?:^|[\n。!”)]|\\s)\\s*(?P<name>[{_HAN}()·A-Z×]{{2,40}})\\s*(?P<date>(?:20[0-9]{{2}}|二[〇零])[^\n。]{{2,12}}[日月]?)?\\s*$"
)
_PAGE_SOURCE = re.compile(
    "(?:发布机构|发文机关|发文单位|发布单位|制发机关|公开主体|信息来源|来源)\\s*[::：]\\s*(?P<name>[^\\s:：|]{3,40})"
)
_TAIL_LINES = 5
_LONGEST_SIGNATURE = 60
_TITLE, _SIGNED, _ANNOUNCEMENT, _OPENING, _BODY, _PAGE = range(6)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that some part of the report gives as its author's; a lower ``rank`` is the better witness."""

    name: UnitName
    rank: int
    evidence: Evidence


def find_unit(
    reading: Reading, title: Piece | None, likely_level: UnitLevel | None
) -> tuple[Attribute[str], UnitName] | None:
    """The author's fullest name in the report's own words. ``likely_level`` is what the self-references speak for."""
    candidates = list(_candidates(reading, title))
    if not candidates:
        return None
    best = min(candidates, key=lambda c: (not _agrees(c, likely_level), c.rank))
    same = [c for c in candidates if same_unit(c.name.text, best.name.text) and c.rank <= _PAGE]
    fullest = max(same, key=lambda c: (len(core(c.name.text)), len(c.name.text)))
    chosen = fullest if fullest.rank < _PAGE else best
    evidence = tuple(c.evidence for c in sorted(candidates, key=lambda c: (c is not chosen, c.rank)))
    return Attribute(chosen.name.text, _certainty(best, candidates), evidence), chosen.name


def _agrees(candidate: Candidate, likely: UnitLevel | None) -> bool:
    return candidate.rank == _TITLE or likely is None or candidate.name.level in (None, likely)


def _certainty(best: Candidate, candidates: list[Candidate]) -> Certainty:
    if best.rank == _TITLE:
        return Certainty.CERTAIN
    if best.rank >= _BODY:
        return Certainty.GUESS
    others = {c.rank for c in candidates if c.rank < _PAGE and same_unit(c.name.text, best.name.text)}
    return Certainty.CERTAIN if len(others) > 1 else Certainty.LIKELY


def _candidates(reading: Reading, title: Piece | None) -> Iterator[Candidate]:
    found = False
    for candidate in _own_words(reading, title):
        found = True
        yield candidate
    if not found:
        yield from _body_subjects(reading)
        yield from _page_sources(reading)


def _own_words(reading: Reading, title: Piece | None) -> Iterator[Candidate]:
    if title:
        yield from _in_title(reading, title)
    yield from _in_signature(reading)
    opening = reading.opening(title)
    words = reading.words(opening)
    for pattern, rank in ((_ANNOUNCED, _ANNOUNCEMENT), (_SUBJECT, _OPENING)):
        for match in pattern.finditer(words):
            yield from _candidate(reading, match, opening.start, rank, Origin.OPENING)


def _in_title(reading: Reading, title: Piece) -> Iterator[Candidate]:
    words = reading.words(title)
    flat = re.sub(r"\s", "", words)
    place = unit_in_title(flat)
    if place and (name := parse_name(flat[slice(*place)])):
        yield Candidate(name, _TITLE, reading.evidence(Origin.TITLE, title, name.text))


def _in_signature(reading: Reading) -> Iterator[Candidate]:
    for line in reading.lines[: -_TAIL_LINES - 1 : -1]:
        start = max(line.start, line.end - _LONGEST_SIGNATURE)
        if match := _SIGNATURE.search(reading.view.text[start : line.end]):
            if line.end - line.start > _LONGEST_SIGNATURE and not match["date"]:
                continue
            yield from _candidate(reading, match, start, _SIGNED, Origin.SIGNATURE)


def _candidate(reading: Reading, match: re.Match[str], offset: int, rank: int, origin: Origin) -> Iterator[Candidate]:
    name = parse_name(match["name"])
    if name:
        place = Piece(offset + match.start("name"), offset + match.end("name"))
        yield Candidate(name, rank, reading.evidence(origin, place, name.text))


def _body_subjects(reading: Reading) -> Iterator[Candidate]:
    """The names that begin sentences of the body more than once, the most frequent first."""
    matches = list(_SENTENCE_SUBJECT.finditer(reading.view.text))
    counts = Counter(match["name"] for match in matches)
    for written, count in counts.most_common(3):
        match = next(m for m in matches if m["name"] == written)
        if count > 1:
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
