"""Mutations of wording and of citations: the slips that typing, copying and cutting leave."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.mutations.base import Base, Mutant, around, replaced, some
from documents.report import Span

_ENDINGS = "成效|水平|能力|保障|氛围|基础|发展|提升|提高|落实|支撑|环境|意识|作用|效果|满意度|公信力"
_DOUBLED = "进一步|工作|开展|组织|法治|建设|落实|加强|推进|完善|监督|服务"
# What people type wrongly by sound or by shape; chosen before any rule on slips was read.
_SLIPS = {
    "排查": ("排察", "排茶"),
    "隐患": ("隐犯", "引患"),
    "法制审核": ("法治审核",),
    "规范": ("规犯", "归范"),
    "纠纷": ("纠份", "究纷"),
    "调解": ("调节", "调介"),
    "权力": ("权利",),
    "培训": ("陪训", "培讯"),
    "保障": ("保章", "保彰"),
    "宣传": ("宣转", "喧传"),
    "整改": ("正改", "整该"),
    "部署": ("布署", "部暑"),
    "履行": ("覆行",),
    "制度": ("治度",),
    "健全": ("建全",),
    "法治督察": ("法治督查",),
    "薄弱": ("簿弱",),
    "创新": ("创心",),
    "提升": ("题升",),
    "复议": ("复义",),
}
_REPEALED = (
    "《中华人民共和国合同法》",
    "《中华人民共和国物权法》",
    "《中华人民共和国侵权责任法》",
    "《中华人民共和国民法通则》",
)
_NON_LAWS = ("《知识产权法》", "《中华人民共和国行政执法法》", "《依法行政法》")


def double_punctuation(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A full stop or comma stands twice, or two marks clash."""
    found = base.matches(r"[。，,](?=[\u4e00-\u9fff\n])")
    for place in some([Span(match.start(), match.end()) for match in found], chance, 3):
        mark = base.report.quote(place)
        new = chance.choice((mark * 2, "，。" if mark == "。" else mark + "、"))
        yield around(replaced(base, "double-mark", place, new, ("wording",)), 1, 1)


def unpaired_mark(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A closing bracket, quotation mark or title mark is gone."""
    for mark, families in (("”", ("wording",)), ("）", ("wording",)), ("》", ("citations", "wording"))):
        found = base.matches(rf"(?<![（(][一二三四五六七八九十]){mark}(?=[\u4e00-\u9fff，。])")
        for place in some([Span(match.start(), match.end()) for match in found], chance, 1):
            yield around(replaced(base, "unpaired-mark", place, "", families), 60, 40)


def truncated(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A sentence breaks off inside its last word."""
    found = base.matches(rf"(?:{_ENDINGS})。")
    for place in some([Span(match.end() - 2, match.end()) for match in found], chance, 2):
        yield around(replaced(base, "truncated", place, "。", ("wording",)), 30, 0)


def doubled_word(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A word stands twice in a row."""
    found = base.matches(rf"(?<=[\u4e00-\u9fff])(?:{_DOUBLED})(?=[\u4e00-\u9fff])")
    for place in some([Span(match.start(), match.end()) for match in found], chance, 3):
        word = base.report.quote(place)
        mutant = replaced(base, "doubled-word", place, word * 2, ("wording", "duplicates", "citations"))
        yield around(mutant, 1, 1)


def slip(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A word is typed wrongly, by sound or by shape."""
    places = [Span(match.start(), match.end()) for word in _SLIPS for match in base.matches(word)]
    for place in some(places, chance, 8):
        word = base.report.quote(place)
        new = chance.choice(_SLIPS[word])
        yield around(replaced(base, "slip", place, new, ("wording", "citations")), 2, 2)


def misnamed_law(base: Base, chance: random.Random) -> Iterator[Mutant]:
    """A law that no longer exists or never did, or a name with a word lost."""
    titles = base.matches(r"《(?:中华人民共和国)?[^《》\n]{1,19}[^《》\n办]法》|《(?:信访工作|优化营商环境)条例》")
    for place in some([Span(match.start(), match.end()) for match in titles], chance, 2):
        yield replaced(base, "law-unknown", place, chance.choice(_NON_LAWS), ("citations",))
        if base.year >= 2021:
            yield replaced(base, "law-repealed", place, chance.choice(_REPEALED), ("citations",))
    for old, new in (
        ("重大行政决策程序暂行条例", "重大行政决策程序条例"),
        ("履行推进法治建设第一责任人职责规定", "履行法治建设第一责任人职责规定"),
        ("与责任落实督察工作规定", "与责任落实督查工作规定"),
        ("中华人民共和国行政复议法", "中华人民共和国行政复义法"),
        ("中华人民共和国突发事件应对法", "中华人民共和国突发事件应急法"),
    ):
        for match in base.matches(re.escape(f"{old}》"))[:1]:
            place = Span(match.start(), match.end() - 1)
            yield around(replaced(base, "law-near-miss", place, new, ("citations", "wording")), 20, 2)
