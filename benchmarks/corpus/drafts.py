"""One report as lines of sentences, before anything is planted in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from random import Random
from typing import Final

from benchmarks.corpus.grammar import Grammar, Slot, Topic, Voice, load_grammar
from benchmarks.corpus.units import Unit, assignment, village

_ORDINALS: Final = "一二三四五六七八九十"
# Characters aimed at on average; what a section overshoots brings the mean of the texts to about 3,800.
_MEAN: Final = 3_430
_SPREAD: Final = 0.55
_SHORTEST, _LONGEST = 900, 24_000
_COPYABLE: Final = 25
_LEVEL_LENGTH: Final = {"province": 1.9, "city": 1.6, "county": 1.4, "department": 0.95, "township": 0.9}
_BRAND_ENDS: Final = [
    "先锋",
    "议事",
    "啄木鸟",
    "红管家",
    "法治号",
    "护航",
    "同心圆",
    "合议庭",
    "老娘舅",
    "议和",
    "说法",
    "帮办",
]
_BRAND_STARTS: Final = ["", "", "法润", "惠民", "e路", "老兵", "知心", "阳光", "夜话"]
_BRAND_WORDS: Final = (
    "渌沅淇沭浔澧颍濮桓榆槐枫桐栎樟楠棠菱莲蕙苇葵稷穗岚川宁泽陵浦岭冈塘谷湾桥坝亭鹭雁鸢鹤鹿麦稻荷橘梅竹松柳"
)
_SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹"
_CALLED: Final = ("法官", "律师", "书记", "调解员", "警官", "大姐", "主任", "师傅")


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence; ``own`` says that no other report has it by right (no formula, no heading) and it is untouched."""

    text: str
    own: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph or a heading; ``part`` names the required content it belongs to (``""``: none)."""

    sentences: list[Sentence]
    part: str = ""


@dataclass(slots=True)
class Draft:
    """A report on its way to text; ``layout`` is one of :data:`benchmarks.corpus.layout.LAYOUTS`."""

    unit: Unit
    year: int
    lines: list[Line] = field(default_factory=list)

    def own(self, *parts: str) -> list[Sentence]:
        """The sentences that may be copied or spoilt, in order, of the ``parts`` named or of all."""
        return [
            sentence
            for line in self.lines
            if not parts or line.part in parts
            for sentence in line.sentences
            if sentence.own
        ]


def draft(seed: int, index: int, *, years_back: int = 0) -> Draft:
    """Report ``index`` of the corpus of ``seed``, or what its unit wrote ``years_back`` years before."""
    unit, year = assignment(seed, index)
    return _Author(Random(f"{seed}/report/{index}/{years_back}"), unit, year - years_back).write()


class _Author:
    """Writes one report."""

    def __init__(self, chance: Random, unit: Unit, year: int) -> None:
        self.chance = chance
        self.unit = unit
        self.grammar = load_grammar()
        self.year = year
        factor = _LEVEL_LENGTH[unit.level]
        drawn = chance.lognormvariate(-_SPREAD * _SPREAD / 2, _SPREAD) * _MEAN * factor
        self.length = int(min(max(drawn, _SHORTEST), _LONGEST))
        self.voice = Voice(chance, self.grammar.common, _slots(self.grammar, chance, unit, year))
        self.ordinal = 0

    def write(self) -> Draft:
        """All lines in order."""
        return Draft(self.unit, self.year, [*self._front(), *self._body(), *self._end()])

    def _front(self) -> Iterator[Line]:
        title = self.voice.say("title")
        yield Line([Sentence(title)])
        if self.chance.random() < 0.06:
            yield Line([Sentence(f"来源：{self.unit.name} 发布时间：{self._date()}")])
        if self.chance.random() < 0.2:
            yield Line([Sentence(f"{self.unit.addressee}：")])
        yield Line([Sentence(self.voice.say("intro"))], "intro")

    def _body(self) -> Iterator[Line]:
        yield from self._work()
        parts = [self._first, self._flaws] if self.chance.random() < 0.5 else [self._flaws, self._first]
        for part in (*parts, self._plan):
            yield from part()

    def _end(self) -> Iterator[Line]:
        if self.chance.random() < 0.7:
            yield Line([Sentence(self.unit.name)])
            yield Line([Sentence(self._date())])

    def _date(self) -> str:
        return f"{self.year + 1}年{self.chance.randint(1, 3)}月{self.chance.randint(1, 28)}日"

    def _heading(self, name: str, part: str) -> Line:
        self.ordinal += 1
        return Line([Sentence(f"{_ORDINALS[self.ordinal - 1]}、{self.voice.say(name)}")], f"{part}-heading")

    def _work(self) -> Iterator[Line]:
        yield self._heading("heading_main", "work")
        count = min(max(self.length // 480, 3), 9)
        topics = self.chance.sample(self.grammar.topics, count)
        formulas = self.chance.sample(range(len(self.grammar.common["formula"])), self.chance.randint(2, 5))
        homes = [self.chance.randrange(count) for _ in formulas]
        for at, topic in enumerate(topics):
            own = [formula for formula, home in zip(formulas, homes, strict=True) if home == at]
            yield from self._section(at, topic, int(self.length * 0.72 / count), own)
        self.voice.rules = self.grammar.common

    def _section(self, at: int, topic: Topic, length: int, formulas: list[int]) -> Iterator[Line]:
        self.voice.rules = topic.rules
        head = self.chance.choice(topic.heads) + self.voice.say("heading_tail")
        yield Line([Sentence(f"（{_ORDINALS[at]}）{head}")], "topic-heading")
        sentences = [Sentence(self._formula(number)) for number in formulas]
        figures = iter(self.chance.sample(topic.figures, min(len(topic.figures), 1 + (self.chance.random() < 0.5))))
        left = length
        while left > 0:
            figure = next(figures, None)
            text = self.voice.say("sentence") if figure is None else self._figure_sentence(self.voice.figure(figure))
            left -= len(text)
            sentences.append(Sentence(text, own=len(text) >= _COPYABLE))
        yield from self._paragraphs(sentences)

    def _formula(self, number: int) -> str:
        return self.voice.say("formula_head") + self.voice.fill(self.grammar.common["formula"][number])

    def _figure_sentence(self, clause: str) -> str:
        return f"{self.voice.say('opening')}，{clause}，{self.voice.say('result')}。"

    def _paragraphs(self, sentences: list[Sentence]) -> Iterator[Line]:
        """The sentences as one paragraph, as several, or counted 一是、二是、三是."""
        style = self.chance.random()
        if style < 0.45 and len(sentences) >= 3:
            leads = min(4, len(sentences) // 2, 1 + len(sentences) // 3)
            size = -(-len(sentences) // leads)
            groups = [sentences[start : start + size] for start in range(0, len(sentences), size)]
            told = [
                [Sentence(f"{_ORDINALS[at]}是{self.voice.say('ordinal_lead')}。"), *group]
                for at, group in enumerate(groups)
            ]
            yield from (
                [Line(group, "work") for group in told]
                if style < 0.15
                else [Line(list(chain.from_iterable(told)), "work")]
            )
        elif style < 0.7:
            yield Line(sentences, "work")
        else:
            middle = max(1, len(sentences) // 2)
            yield from (Line(part, "work") for part in (sentences[:middle], sentences[middle:]) if part)

    def _listed(self, name: str, length: int, part: str, most: int = 6) -> Iterator[Line]:
        """Sentences of the list ``name`` up to ``length`` characters, counted 一是、二是 or （一）（二）."""
        patterns = list(self.grammar.common[name])
        self.chance.shuffle(patterns)
        texts: list[str] = []
        while not texts or (sum(map(len, texts)) < length and len(texts) < most):
            texts.append(self.voice.fill(patterns[len(texts) % len(patterns)]))
        style = self.chance.random()
        if style < 0.5:
            yield Line(
                [Sentence(f"{_ORDINALS[at]}是{text}", own=len(text) >= _COPYABLE) for at, text in enumerate(texts)],
                part,
            )
        else:
            for text in texts:
                yield Line([Sentence(text, own=len(text) >= _COPYABLE)], part)

    def _first(self) -> Iterator[Line]:
        yield self._heading("heading_first", "first")
        yield from self._listed("first", int(self.length * 0.07), "first")

    def _flaws(self) -> Iterator[Line]:
        yield self._heading("heading_short", "flaws")
        intro = self.voice.say("flaw_intro")
        if intro:
            yield Line([Sentence(intro)], "flaws")
        yield from self._listed("flaw", int(self.length * 0.08), "flaws", 5)

    def _plan(self) -> Iterator[Line]:
        yield self._heading("heading_plan", "plan")
        yield Line([Sentence(self.voice.say("plan_lead"))], "plan")
        yield from self._listed("plan", int(self.length * 0.09), "plan", 8)


def _slots(grammar: Grammar, chance: Random, unit: Unit, year: int) -> dict[str, Slot]:
    """What stands for the places of a sentence that do not come from word lists."""

    def any_of(items: Sequence[str]) -> Callable[[], str]:
        return lambda: items[int(chance.random() * len(items))]

    def between(low: int, high: int) -> Callable[[], str]:
        return lambda: str(low + int(chance.random() * (high - low + 1)))

    def brand() -> str:
        word = (
            _BRAND_WORDS[int(chance.random() * len(_BRAND_WORDS))]
            + _BRAND_WORDS[int(chance.random() * len(_BRAND_WORDS))]
        )
        return f"{any_of(_BRAND_STARTS)()}{word}{any_of(_BRAND_ENDS)()}"

    return {
        "name": unit.name,
        "short": unit.short,
        "we": any_of(unit.we),
        "area": any_of(unit.area),
        "place": any_of(unit.places),
        "sup": unit.above,
        "leader": unit.leader,
        "year": str(year),
        "next": str(year + 1),
        "law": any_of(grammar.names("laws", year)),
        "outline": any_of(grammar.names("outlines", year)),
        "study": any_of(grammar.names("studies", year)),
        "n": between(2, 9),
        "nn": between(11, 99),
        "nnn": between(101, 999),
        "month": lambda: f"{1 + int(chance.random() * 12)}月",
        "date": lambda: f"{1 + int(chance.random() * 12)}月{1 + int(chance.random() * 28)}日",
        "village": lambda: village(chance),
        "brand": brand,
        "person": lambda: f"{any_of(_SURNAMES)()}{any_of(_CALLED)()}",
    }
