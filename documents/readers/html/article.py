"""Which of the lines of a page are the report: the smallest block that holds nearly all of the running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from documents.paragraphs import is_prose, is_signature
from documents.readers.html.lines import Block, Line, Page

_SHARE = 0.85
# A block that the makers of the site call the article may leave more to comments and notices around it.
_SHARE_OF_NAMED = 0.6
_NAMED = re.compile(
    r"trs_editor|custom_union|\bzoom(?:con)?\b|article[-_]?(?:content|body|con)\b|ucap-content|pages?[-_]content|news[-_]?content"
    r"|\bbody_?text\b|text_?content|bt[-_]content|view[-_]content|\bzwnr|zhengwen|\bj-fontcontent\b|\bxxgk_detail_content\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^(?:nav|footer|aside|menu|select|button)\b|foot(?:er)?\b|copyright|\bnav|\bmenu|side_?bar|\baside|relat(?:ed|ion)|comment"
    r"|recommend|crumb|\bshare|bdshare|\bhot\b|\brank|\blogin|search|popup|dialog|banner|friend_?link|\bpager|\bdisclaim"
    r"|\bqr_?code|ewm\b|erweima|toolbar|xgwz|xgxx|xglj|fenxiang|dayin|dibu|banquan",
    re.IGNORECASE,
)
_MOST_FURNITURE = 0.3
_IMPRINT = re.compile(
    r"ICP备|公网安备|版权所有|网站标识码|主办单位?\s?:|承办单位?\s?:|技术支持|建议使用|凡本网|转载|免责|仅供参考|不代表本|本网站"
)
_LONGEST_IMPRINT = 300
_NUMBERED = re.compile(
    r"[#*\s]*(?:[一二三四五六七八九十]{1,3}\s?[、.:]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}部分)"
)
_FEW_LINKS = 2


class Article(NamedTuple):
    """The lines ``[first, end)`` of a page with the report, and which of them belong to the site all the same;
    ``size`` are the characters of its running text, ``parts`` its numbered headings."""

    first: int
    end: int
    furniture: frozenset[int]
    size: int
    parts: int


def find_article(page: Page) -> Article | None:
    """The article of a page, ``None`` where it holds no running text."""
    running = _running(page.lines)
    weights = _without_furniture(page, running)
    total = sum(weights)
    if not total:
        return None
    before = [0, *accumulate(weights)]
    block = _smallest(page, before, total)
    first, end = _widened(page.lines, weights, block.first, block.end)
    furniture = _furniture_inside(page, running, first, end)
    parts = sum(1 for line in page.lines[first:end] if _NUMBERED.match(line.folded))
    return Article(first, end, frozenset(furniture), before[end] - before[first], parts)


def _running(lines: Sequence[Line]) -> list[int]:
    """The characters of running text of each line; none for links, imprints and headings without a number."""
    weights = [_weight(line) for line in lines]
    # A link that was never closed swallows the whole article.
    return weights if any(weights) else [len(line.words) if _is_running(line) else 0 for line in lines]


def _without_furniture(page: Page, running: Sequence[int]) -> list[int]:
    """The same, with none in blocks whose names say that they are no article, unless they hold much of it."""
    weights = list(running)
    before = [0, *accumulate(running)]
    for block in page.blocks:
        if _FURNITURE.search(block.hint) and before[block.end] - before[block.first] < _MOST_FURNITURE * before[-1]:
            weights[block.first : block.end] = [0] * (block.end - block.first)
    return weights


def _weight(line: Line) -> int:
    return len(line.words) if 2 * line.links < len(line.words) and _is_running(line) else 0


def _is_running(line: Line) -> bool:
    imprint = len(line.words) <= _LONGEST_IMPRINT and _IMPRINT.search(line.folded)
    return not imprint and is_prose(line.folded)


def _smallest(page: Page, before: Sequence[int], total: int) -> Block:
    candidates = [block for block in page.blocks if before[block.end] - before[block.first] >= _required(block, total)]
    return min(candidates, key=lambda block: block.end - block.first, default=Block(0, len(page.lines), ""))


def _required(block: Block, total: int) -> float:
    return (_SHARE_OF_NAMED if _NAMED.search(block.hint) else _SHARE) * total


def _widened(lines: Sequence[Line], weights: Sequence[int], first: int, end: int) -> tuple[int, int]:
    """The block with the running text that adjoins it, the signature, and numbered parts further away."""
    numbered = [index for index, line in enumerate(lines) if weights[index] and _NUMBERED.match(line.folded)]
    first = min([first, *numbered])
    end = max([end, *(index + 1 for index in numbered)])
    while first > 0 and weights[first - 1]:
        first -= 1
    while end < len(lines) and (weights[end] or _signs(lines[end])):
        end += 1
    return first, end


def _signs(line: Line) -> bool:
    return not line.links and is_signature(line.folded)


def _furniture_inside(page: Page, weights: Sequence[int], first: int, end: int) -> set[int]:
    """Lines inside the article that lead elsewhere: lists of links, links at its edges, and named parts of the site."""
    found: set[int] = set()
    for block in page.blocks:
        inside = first <= block.first and block.end <= end and block.end - block.first < end - first
        if inside and _FURNITURE.search(block.hint) and not any(weights[block.first : block.end]):
            found.update(range(block.first, block.end))
    running = [index for index in range(first, end) if weights[index]]
    head, tail = (running[0], running[-1]) if running else (first, end)
    run: list[int] = []
    for index in range(first, end + 1):
        if index < end and page.lines[index].is_link and not weights[index]:
            run.append(index)
            continue
        if len(run) >= _FEW_LINKS or (run and (run[0] < head or run[-1] > tail)):
            found.update(run)
        run = []
    return found
