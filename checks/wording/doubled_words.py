"""Words and characters written twice: 的的, 进一步进一步, 积极配合配合, 共受理纠纷共1120宗.

People do double words on purpose (人人, 研究研究, 规范规范性文件): what is always right is a parameter, and a word that
belongs to a longer one is left alone. Cases: ``character``, ``long`` (three characters and more), ``total`` (共…共).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.segmentation import is_word
from checks.wording.echoes import Echoes
from checks.wording.lexicon import neighbours
from checks.wording.passages import matches_at
from documents.lazy_pattern import lazy_pattern
from documents.report import Span
from rules.facts.register import Register
from rules.model import Parameters

_HAN = lazy_pattern(r"[\u4e00-\u9fff]+")
_CHARACTER = lazy_pattern(
    r"(?<![目标有])的的(?![确士])|了了(?![解结事却断如然])|(?<![存所现实潜内外])在在(?![建场编职校岗押逃])|(?<![温缓饱祥调总共平随])和和(?![气美顺睦谐平])"
    r"|(?<![参给赠])与与(?!会)|(?<![大干良])将将|被被|(?<![于就还])是是(?!非)|进进(?!出)"
)
_CHARACTERS = frozenset("的了在和与将被是进")
_TOTAL = lazy_pattern(
    r"(?:(?<![公中国社总亲])共计?(?:受理|办理|调解|化解|开展|举办|组织|召开|排查|查处|立案|发放|收到|审查|完成|处理|接待|培训|出动|检查"
    r"|处罚|作出|制定|印发|审核|有|收集|走访)[\u4e00-\u9fff]{0,12}(?:共计?|总计|合计)\d+|(?:将近|接近)近\d+|高?达到了?达\d*|高达达\d*)"
)
_NUMERALS = frozenset("一二三四五六七八九十百千万亿零两几")
_START_OF_A_TOTAL = lazy_pattern("[共将接高达](?:[计受办调化开举组召排查立发收审完处接培出检作制印有走]|近|到|达)")
# 须上会讨论。讨论。 and 做到立法公开,立法公开。; longer sentences written twice are the duplicates family's.
_SHORT_CLAUSE = lazy_pattern("(?P<mark>[。;,])(?P<words>[\u4e00-\u9fff]{2,8})(?=[。;])")
_LENGTHS = {"。": range(2, 7), ";": range(2, 7), ",": range(4, 9)}
# The lengths that these two patterns look for.
_SHORT = range(2, 9)
_DOUBLING = lazy_pattern(r"([\u4e00-\u9fff]{2,8}?)\1")
# After the second copy nothing can follow that makes another word of it: 法定程序程序, 防线线.
_CLAUSE_ENDS = frozenset(",。;!?、:")
_USUAL = 3
# 法院院内, 重点点位, 目的的: an ending and the beginning of the next word.
_OFTEN_MEET = frozenset("的了和在与是为对及将有大中上下人院校区镇乡村县市局所站队组会部厅处科室委点线面型类级化性率")
_MAY_FOLLOW = frozenset("到不和的了为在与及是也并把对等")
# 对对口单位, 与与会代表, 为为民服务, 新新区: a word of one character before a word that begins with it.
_STANDS_ALONE = frozenset(
    "对为与被把向使让给及同从以是要会能可全各每小新老中内外前后不无未已再更最很就都也还按经据由于自到至并或且而其该本"
    "市省县开做办有看讲学问查用进出来去过好多少高低大真正一二三四五六七八九十"
)
_MEASURES = frozenset("个件名项次场人份宗起家户条批期处所万亿元")


class DoubledWordsParameters(Parameters):
    """``ignore`` are words that may be doubled; ``units`` are kinds of organs: 幸福社区社区民警."""

    ignore: tuple[str, ...] = Field(default=(), description="可以重叠使用的词，如“研究”（研究研究）")
    units: tuple[str, ...] = Field(
        default=(), description="单位名称的末尾，后面可以再接同一个词，如“社区”（幸福社区社区民警）"
    )


def run(context: Context, parameters: DoubledWordsParameters) -> Iterator[Match]:
    """One match for each doubled word, character or adverb."""
    echoes = Echoes(context.report.view.text)
    doubled = list(_doubled(echoes))
    yield from _words_twice(context, doubled, frozenset((*parameters.ignore, *parameters.units)))
    twice = _twice(echoes)
    yield from _characters_twice(context, twice, doubled)
    yield from _clauses_twice(context, echoes)
    yield from _stutters(context, twice)
    yield from _totals(context)


def _words_twice(context: Context, doubled: list[tuple[int, int]], allowed: frozenset[str]) -> Iterator[Match]:
    report = context.report
    for start, middle in doubled:
        words = report.view.text[start : 2 * middle - start]
        word = report.view.text[start:middle]
        span = Span(*report.view.to_text(start, 2 * middle - start))
        apart = any(character.isspace() for character in report.quote(span))
        if word not in allowed and not apart and not report.in_residue(span) and not _is_meant(context, start, middle):
            case = "long" if len(word) > 2 else None
            yield Match(span, f"“{words}”：“{word}”重复", values={"word": word}, case=case)


def _characters_twice(context: Context, twice: list[int], doubled: list[tuple[int, int]]) -> Iterator[Match]:
    """The particles and adverbs that are hardly ever right twice."""
    report = context.report
    text = report.view.text
    places = [place for place in twice if text[place] in _CHARACTERS]
    if not places:
        return
    inside = {place for start, middle in doubled for place in range(start, 2 * middle - start)}
    for match in matches_at(_CHARACTER, text, places):
        span = Span(*report.view.to_text(*match.span()))
        if match.start() not in inside and not report.in_residue(span):
            yield Match(span, f"“{match.group()}”：“{match.group()[0]}”字重复", case="character")


def _clauses_twice(context: Context, echoes: Echoes) -> Iterator[Match]:
    """Short clauses that repeat the words right before them."""
    report = context.report
    text = report.view.text
    marks = {place + length for length in _SHORT for place in echoes.places(length + 1, length)}
    for match in matches_at(_SHORT_CLAUSE, text, sorted(marks)):
        words = match["words"]
        if len(words) not in _LENGTHS[match["mark"]] or not text.endswith(words, 0, match.start()):
            continue
        span = Span(*report.view.to_text(*match.span()))
        if not report.in_residue(span):
            yield Match(span, f"“{words}”连写两遍，请删去一个", values={"word": words}, case="long")


def _stutters(context: Context, twice: list[int]) -> Iterator[Match]:
    """Words and counts whose last character stands twice, where it begins no other word: 要求求, 74个个."""
    report = context.report
    text = report.view.text
    behind = 0
    for place in twice:
        if place < behind:
            continue
        behind = place + 2
        if not _is_stutter(context.facts.register, text, place):
            continue
        start, end = place - 1, place + 2
        span = Span(*report.view.to_text(start, end))
        if not report.in_residue(span):
            yield Match(span, f"“{text[start:end]}”：“{text[end - 1]}”字重复", case="character")


def _totals(context: Context) -> Iterator[Match]:
    report = context.report
    starts = (match.start() for match in _START_OF_A_TOTAL.finditer(report.view.text))
    for match in matches_at(_TOTAL, report.view.text, starts):
        span = Span(*report.view.to_text(*match.span()))
        if not report.in_residue(span):
            yield Match(span, f"“{match.group()}”：表示总数或程度的词重复，请删去一个", case="total")


def _doubled(echoes: Echoes) -> Iterator[tuple[int, int]]:
    """Where a word of two characters or more begins that is written twice, and where it begins again."""
    starts = {place for length in _SHORT for place in echoes.places(length, length)}
    doublings = (match.span(1) for start in sorted(starts) if (match := _DOUBLING.match(echoes.text, start)))
    end = 0
    for start, middle in sorted(doublings, key=lambda halves: halves[1]):
        if start >= end:
            yield start, middle
            end = 2 * middle - start


def _twice(echoes: Echoes) -> list[int]:
    """Where a Han character stands that is written twice."""
    text = echoes.text
    return [
        place for place in echoes.places(1, 1) if text[place] == text[place + 1] and "\u4e00" <= text[place] <= "\u9fff"
    ]


def _is_stutter(register: Register, text: str, place: int) -> bool:
    after = neighbours(register)
    character, before, follower = text[place], text[max(0, place - 1) : place], text[place + 2 : place + 3]
    goes_on = bool(follower) and follower in after.get(character, "")
    if before.isdigit() and character in _MEASURES:
        return character in "万亿" or not goes_on
    if follower in _CLAUSE_ENDS and len(word := before + character) > 1 and register.words.get(word, 0) >= _USUAL:
        return is_word(text, place - 1, place + 1) and is_word(text, place + 1, place + 2)
    if character in after.get(character, "") or character in _OFTEN_MEET or follower == character:
        return False
    if goes_on and follower not in _MAY_FOLLOW:
        return _begins_twice(register, text, place)
    if before == "不" and not _HAN.match(follower):
        return True
    return bool(register.words.get(before + character)) and is_word(text, place + 1, place + 2)


def _begins_twice(register: Register, text: str, place: int) -> bool:
    """Whether the first of the two stands alone before a usual word that begins with it: 衔接机机制."""
    character, word = text[place], text[place + 1 : place + 3]
    if character in _STANDS_ALONE or character in _OFTEN_MEET or register.words.get(word, 0) < _USUAL:
        return False
    return is_word(text, place, place + 1) and is_word(text, place + 1, place + 3)


def _is_meant(context: Context, start: int, middle: int) -> bool:
    """Whether the doubling is a figure of speech, a number, no word, or two words that meet: 规范规范性文件."""
    text = context.report.view.text
    word, end = text[start:middle], 2 * middle - start
    if len(set(word)) == 1 or set(word) <= _NUMERALS or word[0] == "一":
        return True
    if text[end : end + 1] in _CLAUSE_ENDS and is_word(text, middle, end):
        return False
    longer = _words_of_three(context.facts.register)
    if len(word) == 2 and (text[middle : end + 1] in longer or text[max(0, start - 1) : middle] in longer):
        return True
    return not (is_word(text, start, end) and is_word(text, start, middle))


@lru_cache(maxsize=2)
def _words_of_three(register: Register) -> frozenset[str]:
    return frozenset(word for word in register.words if len(word) == 3)


KIND = Kind(
    name="doubled-words",
    summary="词语或单字重复",
    parameters=DoubledWordsParameters,
    run=run,
    cases=("character", "long", "total"),
)
