"""The forms of a number that was never filled in: XX件, ____万元, ○○卷, ?名, 行政许可 件, 议题N个, 通告xx号.

All patterns read the normalised view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checks.metrics.lexicon import any_of
from documents.lazy_pattern import lazy_pattern

# 7×24小时, 1+X, A*B and MAX are no blanks.
FREE = r"(?<![0-9A-Za-z+×*/=_.-])"
SHORT_BLANK = r"(?:[Xx]{1,2}|×{1,2}|\*{1,2}|_+)"
LONG_BLANK = r"(?:[Xx]{2,4}|×{2,4}|\*{2,4}|_{2,})"
# The view has one sign for ○ and for the zero of 二〇二〇年.
_CIRCLES = "(?<![一二两三四五六七八九十百千万〇])〇{1,5}(?![一二三四五六七八九十〇])"
_SIGNS = rf"(?:[Xx]{{1,5}}|×{{1,5}}|\*{{1,5}}|_+|[□■]{{1,4}}|{_CIRCLES}"
_BLANK = rf"{FREE}{_SIGNS}|\?{{2,5}}|\( {{0,6}}\)|【 {{0,6}}】|\[ {{0,6}}\])"
_UNITS = any_of(
    "人次 场次 件次 家次 户次 处次 批次 万元 亿元 个百分点 宗 篇 册 卷 艘 辆 % 件(?![号套]) 元(?![旦素宵])"
    " 万(?=[人件份名册场次]) 起(?![诉草来源]) 份(?!额) 次(?![序要]) 期(?![间待]) 场(?![景所地合馆面])"
    " 名(?![单称额下字]) 项(?!目) 条(?![例款]) 人(?![民员大社才事力口士行工身文家情均]) 个(?![体人案性])"
    " 张(?![某三贴家]) 处(?![理罚置长分室于在级]) 轮(?![胎换训流岗]) 亩 平方米"
    " 家(?![园庭长属居]) 户(?![籍主口外]) 批(?![准复示]) 部(?![门分队长委]) 例(?![如会])"
)
_HAN = "[\u4e00-\u9fff]"
_STOP = "(?=[,;。、)])"
_COUNTED = "(?:人次|[场件家户批]次|万元|[人件场户批家名份起宗卷条次个项])"
# 现有公职律师?名, unlike a question: 谁来管?人人参与.
_QUESTION_MARK = rf"(?<={_HAN})(?<![吗呢么谁何哪否法样])\?{_COUNTED}{_STOP}"
# 主持研究法治议题N个, unlike N个一, 1+N个 and 1个中心、N个站点.
_LETTER_N = rf"(?<={_HAN})N{_COUNTED}{_STOP}"
# A house number, or that of a case told as an example (罚决〔2023〕××号), may be hidden on purpose.
_NUMBER_OF_DOCUMENT = (
    r"(?:通告|公告|令|[^\W罚决案初终执审]{1,3}[〔(\[]20\d\d[〕)\]])[ 第]{0,2}"
    r"(?:[Xx]{2,4}|×{1,4}|\*{1,4}|_{2,}|〇{1,4})号(?![楼院房线店码室单牌])"
)
_RULED = rf"(?<={_HAN})_{{2,}}(?={_HAN}|[,;。])|(?<={_HAN}[数率额量]:)_{{2,}}|(?<={_HAN}[数率额量])_{{2,}}"
# What every blank in place of a number, a date or a name holds where there is a sign of one (see ``Sign.BLANK``).
BLANK_SIGN = lazy_pattern(
    rf"[Xx×*_□■〇?N(【\[](?:(?<=[Xx×*_□■〇])|(?<=\?)[?\u4e00-\u9fff]|(?<={_HAN}N){_COUNTED}[,;。、)]"
    r"|(?<=\() {0,6}\)|(?<=【) {0,6}】|(?<=\[) {0,6}\])"
)
# "* 件" at the head of a line is a list in Markdown.
BLANK_NUMBER = lazy_pattern(
    rf"(?!\* ){_BLANK} ?[余多]?[万亿]?(?:{_UNITS})|{_RULED}|{_QUESTION_MARK}|{_LETTER_N}|{_NUMBER_OF_DOCUMENT}"
)
# The longest blank, with the words that tell what it stands for, is shorter.
_REACH = 60
GAP_SIGN = lazy_pattern(r"[ \t\u3000](?:人次|[场件家户批]次|万元|[件宗卷])[,，;；。]")
# 全年办理行政许可 件: read in the text as written, for the view has no blanks there. A blank inside a word (案 件) was
# put there by the reader or the typesetter.
GAP = lazy_pattern(
    r"[ \t\u3000]{1,8}"
    r"(?:人次|[场件家户批]次|万元|(?<![案文事条要信证稿部软邮附][ \t\u3000])件|(?<![大卷正][ \t\u3000])宗"
    r"|(?<![案试画][ \t\u3000])卷)(?=[,，;；。])"
)
BEFORE_GAP = lazy_pattern(
    r"[^\W\d_\x00-\u04ff]{3}[^\W\d_\x00-\u04ff单位第等每某各几一二两三四五六七八九十百千万亿余多数]$"
)
TYPESET_BLANK = lazy_pattern(r"[^\W\d_\x00-\u04ff][ \t\u3000]+(?=[^\W\d_\x00-\u04ff])")


def places_of_blanks(text: str, signs: Iterable[int]) -> list[int]:
    """Those of the places ``signs`` (see ``Sign.BLANK``) where a blank may stand: not at every N, ? or bracket."""
    return [place for place in signs if BLANK_SIGN.match(text, place)]


def around(signs: Iterable[int], text: str) -> Iterator[tuple[int, int]]:
    """The stretches of the lines of ``text`` around the places ``signs``, wide enough for every blank.

    They are in order and apart, as the places are in order.
    """
    begin = end = -1
    for place in signs:
        low = max(place - _REACH, 0)
        low = max(text.rfind("\n", low, place) + 1, low)
        high = text.find("\n", place, place + _REACH)
        if low > end:
            if end >= 0:
                yield begin, end
            begin = low
        end = min(place + _REACH, len(text)) if high < 0 else high
    if end >= 0:
        yield begin, end
