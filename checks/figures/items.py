"""The items of a list of parts, and the readings that its commas and semicolons allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from checks.figures.reading import Figure, Passage
from documents.lazy_pattern import lazy_pattern


class Item:
    """One part: its number, the words since the part before, the mark that sets it off, and its name.

    The name is taken from the words when it is asked for: most lists add up, and then nobody does.
    """

    __slots__ = ("_between", "_label", "figure", "separator")

    def __init__(self, figure: Figure, between: str, separator: str, label: str | None = None) -> None:
        self.figure = figure
        self.separator = separator
        self._between = between
        self._label = label

    @property
    def label(self) -> str:
        """The words that name the part: what follows the last mark that sets it off."""
        if self._label is None:
            self._label = _label(self._between)
        return self._label


_ACTS = (
    "开展|组织|举办|召开|发放|查处|检查|审查|审核|出具|化解|调解|调处|排查|受理|办理|办结|审结|结案|立案|新增|完成|处理|处置|接待|收到|参与|参加|"
    "提供|走访|巡查|清理|整改|培训|发布|公开|答复|制定|出台|印发|修订|废止|收缴|罚款|没收|实现|挽回|追回|移送|建成|建立|设立|"
    "配备|聘请|覆盖|惠及|推送|张贴|悬挂|拍摄|成功|达成|履行|回复|采纳|纠正|督促|下达|责令|约谈|通报|曝光|取得|获评|荣获"
)
ACT = lazy_pattern(f"(?:依法|已经?|并|先后|现场|全部|累计|共|集中|主动|及时|现|均)*(?:{_ACTS})")
_FRESH_START = lazy_pattern(
    "(?:此外|另外|同时|全年|全县|全市|全区|全镇|全省|年内|累计|共(?!同|享|有产)|总计|合计|截至|目前|通过|为|使|并|有效|平均)"
)
_RESIDUAL = lazy_pattern(
    "其他|其它|其余|剩余|另外?有?|各(?:个)?(?:村|居|社区|单位|部门|乡镇|镇|街道|科室|股室|站所|地|区|县|调委|调解)"
)
_BREAKS = lazy_pattern("[、,;\n]|(?<=[\u4e00-\u9fff])(?:以及|和|及|与)")
_MOST_ITEMS = 40
_ORDER_MARK = lazy_pattern(r"^(?:\s*(?:[一二三四五六七八九十]+[是、]|[(（]?\d{1,2}[)）.、]|[①-⑳]))+")


def items_between(passage: Passage, region: tuple[int, int], family: str, depth: int) -> tuple[Item, ...]:
    """Each number of the family at this depth of brackets inside the region, with its name; last year's left out."""
    items: list[Item] = []
    text, edge = passage.text, region[0]
    for figure in passage.within(*region):
        if figure.family != family or figure.depth != depth or figure.change or figure.earlier:
            continue
        if len(items) == _MOST_ITEMS:
            break
        between = text[edge : figure.start]
        items.append(Item(figure, between, _separator(between)))
        edge = figure.end
    return tuple(items)


def _label(between: str) -> str:
    words = between
    for match in _BREAKS.finditer(between):
        if match.group() not in ("和", "及", "与", "以及") or match.start() == 0:
            words = between[match.end() :]
    return _ORDER_MARK.sub("", words).strip(" :、,;和及与")


def _separator(between: str) -> str:
    """The strongest mark between two parts: semicolon before comma before 、."""
    if ";" in between or "\n" in between:
        return ";"
    if "," in between:
        return ","
    return "、" if "、" in between or between[:1] in "和及与以" else ""


def main_list(items: tuple[Item, ...], nested: int | None) -> tuple[Item, ...]:
    """The items that surely belong to the list: as the mark between the first two sets them off."""
    if len(items) < 2:
        return items
    if items[1].separator == ";" or _with_semicolons(items):
        return _firsts(items, ";")
    mark = items[1].separator
    return tuple(_taken(items, mark, nested))


def _with_semicolons(items: tuple[Item, ...]) -> bool:
    """Whether semicolons set the parts off, each with numbers of its own: 其中:A 80件,简易50件;B 30件,简易10件."""
    marks = [item.separator for item in items[1:]]
    return marks.count(";") > 1 and marks.count(";") * 2 >= len(marks)


def _taken(items: tuple[Item, ...], mark: str, nested: int | None) -> Iterator[Item]:
    yield items[0]
    allowed = mark == "," and ACT.match(items[0].label) is not None
    for item in items[1:]:
        if nested is not None and item.figure.start > nested > items[0].figure.start:
            return
        if item.separator == ";" or not item.separator:
            return
        if item.separator == "," and (_FRESH_START.match(item.label) or (ACT.match(item.label) and not allowed)):
            return
        yield item


def _firsts(items: tuple[Item, ...], mark: str) -> tuple[Item, ...]:
    """The first item of each piece between marks of this strength."""
    return items[:1] + tuple([item for item in items[1:] if item.separator == mark])


def readings(text: str, items: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    """Every list that the marks allow: all numbers, the first of each piece between marks, those that are not parts of
    a part. One that would be the first few numbers is left out."""
    yield items
    marks = {item.separator for item in items[1:]}
    if ";" in marks:
        yield _firsts(items, ";")
    if "、" in marks:
        yield items[:1] + tuple([item for item in items[1:] if item.separator != "、"])
    if text.find("其中", items[0].figure.end, items[-1].figure.start) >= 0:
        yield _without_inner(text, items)


def _without_inner(text: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items without those that 其中 makes parts of another part, up to the next semicolon."""
    kept: list[Item] = list(items[:1])
    inside = False
    for before, item in pairwise(items):
        between = text[before.figure.end : item.figure.start]
        inside = (inside and ";" not in between) or "其中" in between
        if not inside:
            kept.append(item)
    return tuple(kept)


def residual(item: Item) -> bool:
    """Whether the part is what remains after the others: 其他12件."""
    match: re.Match[str] | None = _RESIDUAL.match(item.label)
    return match is not None
