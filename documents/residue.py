"""Page furniture: what a web page or an office system left around a report.

A pattern is either plain anywhere (a line of buttons, a page number) or believed only at the head and the tail of the
page, before the first and after the last running text. A sentence that merely contains 来源 or 打印 is never residue.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from documents.lazy_pattern import lazy_pattern
from documents.paragraphs import Line, has_blank, is_document_title, is_prose, is_unit
from documents.report import Residue, ResidueKind, Span

_PLAIN_LABEL = (
    "(?:信息|文章|稿件|新闻)?来源|(?:信息)?发布(?:时间|日期|机构|单位|人)|发文(?:时间|日期|机[关构]|单位|字号)|[制印]发(?:机[关构]|单位)|(?:成文|公文生成|生成|更新|印发|公开|废止|录入)(?:时间|日期)"
    "|公开(?:方式|范围|形式|类型|属性|时限|责任部门|目录)|(?:责任|网站)编辑|责编|(?:浏览|点击|阅读|访问|查看)(?:次数|数|量|率)|(?:浏览|阅读)?字号|字体(?:大小)?|视力保护色"
    "|(?:信息)?索引号?|(?:主题|组配|信息|体裁|服务对象)分类|信息类别|主题词|关键[词字]|(?:信息)?有效性|失效时间|效力状态|内容概述|所属(?:主题|机构|栏目)"
    "|制作(?:单位|日期)|保存期限|信息名称|(?:备注/)?文\\s?号|访问统计"
)
_COLON_LABEL = (
    "时\\s?间|日\\s?期|作\\s?者|编\\s?辑|审\\s?核|审核人|校\\s?对|撰\\s?稿|录\\s?入|供\\s?稿|摄\\s?影|"
    "名\\s?称|标\\s?题|分\\s?类|语\\s?种|栏\\s?目|点击|浏览|阅读|初审|复审|终审|人气"
)
_LABELLED = lazy_pattern(
    rf"[【\[(]?\s?(?:(?:{_PLAIN_LABEL}|{_COLON_LABEL})\s?[】\])]?\s?[:】\]\t]|(?:{_PLAIN_LABEL})(?:\s|$))"
)
_PLAIN = lazy_pattern(rf"(?:{_PLAIN_LABEL})(?:[\s|:】\]]|$)")
# 「[ 有效性 ] 有效」, whatever the label is, before the report begins.
_BRACKETED = lazy_pattern(r"\[\s?[^\W\d_]{2,6}\s?\](?!\S*(?:报告|情况))")
_BULLET = lazy_pattern(r"[-•·●▪◆]\s+")
_BARE_LABEL = lazy_pattern(rf"[【\[]?\s?(?:{_PLAIN_LABEL}|{_COLON_LABEL})\s?[】\]]?\s?:?|\[\s?[^\W\d_]{{2,6}}\s?\]")
_OF_AN_ORGAN = lazy_pattern("机[构关]|单位|来\\s?源|作\\s?者")
_BARE_DAY = lazy_pattern(r"\(?\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\)?")

_SPACED = lazy_pattern(r"(?<=[^\W\d_a-zA-Z]) +(?=[^\W\d_a-zA-Z])")  # 索 引 号
_VALUE = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?|[^\s,。;:]{0,30})"
_LABELS_INSIDE = lazy_pattern(rf"(?<!\S)(?:(?:{_PLAIN_LABEL}|{_COLON_LABEL})\s?:\s?{_VALUE}\s+)+(?=\S)")

_CLOCK = lazy_pattern(
    r"(?:今天是|现在是|现在时间|当前时间|北京时间)\s?:?.{0,40}"
    r"|[^,。;]{0,30}\d{4}年\d{1,2}月\d{1,2}日\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*星期[一二三四五六日天][^,。;]{0,20}"
)
_CLOCK_INSIDE = lazy_pattern(r"今天是\s?:?\s?\d{4}年\d{1,2}月\d{1,2}日\s*(?:星期[一二三四五六日天])?")

_BUTTON = (
    "打印(?:本页|此页|本文|页面)?|关闭(?:窗口|本页|页面|此页)?|分享(?:到|至|本文)?|转发(?:到)?|收藏(?:本页)?|返回(?:顶部|首页|列表|上一页|目录|上级)?"
    "|回到顶部|TOP|Top|保存(?:本页)?|下载(?:文本|打印版|全文)?|复制链接|微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|QQ|朋友圈|人人网|豆瓣网?|点赞|评论"
    '|(?:我要)?纠错|(?:语音)?播报|语音朗读|听全文|扫一扫[^,。;\\s]{0,25}|扫码[^,。;\\s]{0,25}|扫描二维码[^,。;\\s]{0,25}|用?微信[“”"]?扫[^,。;\\s]{0,25}'
    "|手机(?:版|端|浏览|扫码|查看)[^,。;\\s]{0,20}|二维码|打开微信.{0,40}|繁體|繁体|简体(?:中文)?|无障碍(?:阅读|浏览)?|长者(?:模式|专区|版)|关怀版|附件下载"
    "|语音合成中.{0,15}|(?:进入|退出)(?:播报|阅读|无障碍|长者|关怀)模式"
)
_SIZE = "字号|字体|默认|大|中|小|超大|特大|A[+-]?|T[+-]?|\\+|-"
_JOINT = r"[\s|,:、【】\[\]()/>·。]*"
_BUTTONS = lazy_pattern(rf"(?:{_JOINT}(?:{_BUTTON}|{_SIZE}))+{_JOINT}")
_LAST_BUTTONS = lazy_pattern(rf"(?:[\s|]+(?:{_BUTTON})[\s|:]*)+$")
# What one of these begins with: a joint, or the first character of a button or a size.
_BUTTONS_BEGIN = frozenset(
    " \t|,:、【】[]()/>·。+-打关分转收返回TtA保下复微新腾Q朋人豆点评我纠语播听扫用手二繁简无长附进退字默大中小超特"
)
_LONGEST_BUTTONS = 120

_FILE = lazy_pattern(
    r".{0,120}\.(?:docx?|pdf|xlsx?|wps|zip|rar|ofd|et|jpe?g|png)(?:\s?\(.{0,30}\))?(?:\s*下载)?", re.IGNORECASE
)
_ATTACHMENT = lazy_pattern(
    r"(?:相关)?附件\s?(?:下载|列表)?\s?[:】]?|【附件】.{0,80}|(?:相关)?附件\s?\d{0,2}\s?[:.、].{0,60}"
)

_PLACE = lazy_pattern(
    r"(?:您|你)?(?:现在|当前|目前|所在)?的?(?:所在)?的?位置(?:是)?\s?[:>].*|[^。]{0,40}首\s?页\s?(?:>|»|›|/|→|-+>?|—+)\s?\S[^。]*"
)
_NEIGHBOUR = lazy_pattern(
    r"【?(?:上|下)一?(?:篇|条|页)】?(?:\s?:.*|\s|$).*|相关(?:链接|阅读|文章|新闻|信息|推荐|文档|稿件|专题)\s?:?.{0,60}|友情链接.*|(?:主办|承办|版权)单位.*"
)
# To ask first for a character that begins one is five times as fast as trying each everywhere.
_IMPRINT = lazy_pattern(
    "(?=[I公版Cc©网政技主承建备设加])(?:ICP备|ICP证|公网安备|公网安网|版权所有|[Cc]opyright|©|网站标识码|政府网站标识|技术支持|主办(?:单位)?:|承办(?:单位)?:|建议使用.{0,30}浏览|备案号|网站地图|设为首页|加入收藏)"
)
_MENU_WORD = (
    "(?:网站)?首页|政务公开|(?:政府)?信息公开|政府信息公开(?:指南|制度|目录|年报)?|法定主动公开内容|依申请公开|政务服务|办事服务|互动交流|政民互动|公众参与|新闻中心|要闻动态|走进[^\\s|]{1,6}"
    "|魅力[^\\s|]{1,6}|专题专栏|专题|数据开放|数据发布|政务新媒体|登录|注册|个人中心|English|搜索|智能问答|网站地图|联系我们|关于我们|网站声明|隐私(?:声明|保护)|机构(?:职能|概况)|政策(?:文件|解读)"
    "|无障碍(?:浏览)?|长者(?:模式|专区)|法治政府建设年度报告|移动端|繁體|简体"
)
_MENU = lazy_pattern(
    rf"(?:{_MENU_WORD})(?:[\s|·>/]+(?:{_MENU_WORD}))+|(?:网站)?首\s?页|\S{{2,30}}(?:门户网站|政府网站?)"
)

_STRAY = lazy_pattern(
    r"[|_\-=~*#\s·.…>—–<]+|[-—–]\s?\d{1,3}\s?[-—–]|第\s?\d{1,3}\s?页(?:\s?[,/]?\s?共\s?\d{1,3}\s?页)?|\d{1,3}\s?/\s?\d{1,3}"
)
_LAST_BAR = lazy_pattern(r"(?<=[。!?;:”)\s])\s*\|[\s|]*$")

_CONTENTS = lazy_pattern(r"[【\[]?目\s*(?:录|次)[】\]]?")
_LEADER = lazy_pattern(r"\s*(?:\.{3,}|…+|·{3,}|_{3,}|-{3,}|\s{2,})[\s.…·_-]*[(\-]?\d{1,3}[)\-]?$")

_AT_THE_EDGE = (
    (_PLACE, ResidueKind.NAVIGATION),
    (_NEIGHBOUR, ResidueKind.NAVIGATION),
    (_MENU, ResidueKind.NAVIGATION),
    (_FILE, ResidueKind.ATTACHMENT),
    (_ATTACHMENT, ResidueKind.ATTACHMENT),
)
# Each of them holds one of these; most titles and signatures do not.
_SIGN_OF_EDGE = lazy_pattern(r"[首位上下相友主承版附网\s|·>/.]")
_LONGEST_FURNITURE = 200


def find_residue(folded: str, lines: Sequence[Line]) -> list[Residue]:
    """The page furniture among ``lines`` of the folded text, in order and without overlap."""
    running = (index for index, line in enumerate(lines) if _is_running_text(line.words))
    head = next(running, len(lines))
    backwards = (index for index in range(len(lines) - 1, head, -1) if _is_running_text(lines[index].words))
    tail = next(backwards, head if head < len(lines) else -1)
    listed = dict.fromkeys(_list_of_attachments(lines), ResidueKind.ATTACHMENT)
    listed |= dict.fromkeys(_table_of_contents(lines), ResidueKind.NAVIGATION)
    columns = _columns(lines[:head])
    residue: list[Residue] = []
    label = ""
    for index in _suspects(folded, lines, head, tail, listed):
        start, end, words = lines[index]
        kind = listed.get(index)
        if kind is None and len(words) <= _LONGEST_FURNITURE:
            kind = _kind(words, at_edge=index < head or index > tail)
        if kind is None and index < head:
            kind = ResidueKind.NAVIGATION if index in columns else _head_kind(words, label)
        bare = kind is ResidueKind.PAGE_INFO and _BARE_LABEL.fullmatch(_unlisted(words))
        label = words if bare else ""
        if kind is not None:
            residue.append(Residue(Span(start, end), kind))
        elif (index >= tail or index <= head or len(words) > _LONGEST_FURNITURE) and _may_hold_furniture(words):
            residue.extend(_inside(folded, lines[index]))
    return residue


def _suspects(folded: str, lines: Sequence[Line], head: int, tail: int, listed: Container[int]) -> list[int]:
    """The indexes of the lines that may be or hold furniture: few of those between ``head`` and ``tail`` begin so."""
    dated = "星期" in folded
    return [
        index
        for index, (_, _, words) in enumerate(lines)
        if (
            not head < index < tail
            or index in listed
            or (
                _may_hold_furniture(words)
                if len(words) > _LONGEST_FURNITURE
                else dated or words[0] in _FURNITURE_BEGINS or words[0].isdecimal()
            )
        )
    ]


def _may_hold_furniture(words: str) -> bool:
    """A line with something of the page inside holds a clock, or a blank or bar that sets the rest apart."""
    return has_blank(words) or "|" in words or "今天是" in words


def _is_running_text(words: str) -> bool:
    return is_prose(words) and not (_is_entry(words) or _is_buttons(words) or _is_table_row(words))


def _is_table_row(words: str) -> bool:
    return "。" not in words and len(words) <= _LONGEST_FURNITURE and _is_labelled(_unlisted(words))


def _is_buttons(words: str) -> bool:
    return len(words) <= _LONGEST_BUTTONS and _BUTTONS.fullmatch(words) is not None


def _is_labelled(words: str) -> bool:
    # Each label ends in one of these, or in the end of the line, which only one can.
    ends = has_blank(words) or any(sign in words for sign in "|:】]")
    return ends and len(_PLAIN.findall(words)) > 1


def _unlisted(words: str) -> str:
    bullet = _BULLET.match(words)
    return words[bullet.end() :] if bullet else words


def _columns(head: Sequence[Line]) -> set[int]:
    """The short lines and menus before the path of the page, which name the columns of the site."""
    path = next((index for index in range(len(head) - 1, -1, -1) if _PLACE.fullmatch(head[index].words)), 0)
    return {index for index in range(path) if _is_column(head[index].words)}


def _is_column(words: str) -> bool:
    short = len(words) <= _LONGEST_COLUMN or "|" in words
    return short and not is_unit(words) and not is_document_title(words)


_LONGEST_COLUMN = 12


def _kind(words: str, *, at_edge: bool) -> ResidueKind | None:
    first = words[:1]
    if (first in _CLOCK_BEGINS or "星期" in words) and _CLOCK.fullmatch(words):
        return ResidueKind.PAGE_CLOCK
    if (first in _STRAY_BEGINS or first.isdecimal()) and _STRAY.fullmatch(words):
        return ResidueKind.STRAY
    if first in _BUTTONS_BEGIN and _is_buttons(words):
        return ResidueKind.ATTACHMENT if words.startswith("附件") else ResidueKind.TOOLS
    return _edge_kind(words) if at_edge else None


_CLOCK_BEGINS = frozenset("今现当北")
_STRAY_BEGINS = frozenset("|_-=~*#·.…>—–<第")
# Besides figures.
_FURNITURE_BEGINS = _CLOCK_BEGINS | _STRAY_BEGINS | _BUTTONS_BEGIN


def _edge_kind(written: str) -> ResidueKind | None:
    words = _unlisted(_SPACED.sub("", written))
    if "。" in words:
        return ResidueKind.NAVIGATION if _IMPRINT.search(words) else None
    if _LABELLED.match(words) or _is_labelled(words):
        return ResidueKind.PAGE_INFO
    if _IMPRINT.search(words):
        return ResidueKind.NAVIGATION
    if not _SIGN_OF_EDGE.search(words):
        return None
    return next((kind for pattern, kind in _AT_THE_EDGE if pattern.fullmatch(words)), None)


def _head_kind(words: str, label: str) -> ResidueKind | None:
    """``label`` is the line before, where it is a label without its value."""
    bare = _unlisted(words)
    value = label and len(words) <= 40 and "报告" not in words and "情况" not in words
    # Below an empty label such as [ 有效性 ] the title may begin, with the name of the unit.
    stated = (value and (_OF_AN_ORGAN.search(label) or not is_unit(bare))) or (
        _BARE_DAY.fullmatch(bare) or _BRACKETED.match(bare)
    )
    return ResidueKind.PAGE_INFO if stated else None


def _list_of_attachments(lines: Sequence[Line]) -> range:
    """The lines 附件:1.… 2.… that stand before or after the signature."""
    for first in range(max(0, len(lines) - _LAST_LINES), len(lines)):
        if "附件" in lines[first].words and _ATTACHMENT.fullmatch(lines[first].words):
            end = first + 1
            while end < len(lines) and _ATTACHED.fullmatch(lines[end].words):
                end += 1
            return range(first, end)
    return range(0)


_ATTACHED = lazy_pattern(r"\d{1,2}\s?[.、][^。;,]{2,60}")
_LAST_LINES = 12


def _table_of_contents(lines: Sequence[Line]) -> set[int]:
    """Indexes of the lines of a table of contents: 目录, its entries, and lines with a leader and a page number."""
    ends = [words[-1:] for _, _, words in lines]
    found = {i for i, end in enumerate(ends) if (end in _ENTRY_ENDS or end.isdecimal()) and _is_entry(lines[i].words)}
    found = found if len(found) > 1 else set()
    short = [index for index, (_, _, words) in enumerate(lines) if len(words) <= _LONGEST_CONTENTS]
    heading = next((index for index in short if _CONTENTS.fullmatch(lines[index].words)), None)
    if heading is not None:
        found.add(heading)
        found.update(_entries(lines, heading + 1))
    return found


def _entries(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The lines after 目录 that come again later, as the real headings do."""
    titles = [_bare_entry(line.words[:_LONGEST_ENTRY]) for line in lines]
    later: dict[str, int] = {}
    for index in range(len(titles) - 1, first - 1, -1):
        later.setdefault(titles[index][:_ENTRY_LENGTH], index)
    for index in range(first, len(lines)):
        if later[titles[index][:_ENTRY_LENGTH]] == index and not _is_entry(lines[index].words):
            return
        yield index


_ENTRY_LENGTH = 12
_LONGEST_ENTRY = 100


def _is_entry(words: str) -> bool:
    """Whether a line ends in a leader and a page number."""
    last = words[-1:]
    return (last in _ENTRY_ENDS or last.isdecimal()) and len(words) <= _LONGEST_ENTRY and bool(_LEADER.search(words))


_ENTRY_ENDS = frozenset(")-")
_LONGEST_CONTENTS = 10


def _bare_entry(words: str) -> str:
    return re.sub(r"\s|\d{1,3}$", "", _LEADER.sub("", words))


def _inside(folded: str, line: Line) -> Iterator[Residue]:
    """Furniture that shares its line with the report, as in texts whose line ends were lost."""
    start, head = line.start, min(line.end, line.start + 2 * _EDGE)
    for pattern, kind in ((_CLOCK_INSIDE, ResidueKind.PAGE_CLOCK), (_LABELS_INSIDE, ResidueKind.PAGE_INFO)):
        match = pattern.search(folded, start, head)
        if match:
            yield Residue(Span(match.start(), match.start() + len(match[0].rstrip())), kind)
            start = match.end()
    start = max(start, line.end - _EDGE)
    bar = _LAST_BAR.search(folded, start, line.end)
    buttons = _LAST_BUTTONS.search(folded, start, line.end)
    for match, kind in ((buttons, ResidueKind.TOOLS), (bar, ResidueKind.STRAY)):
        if match:
            blank = len(match[0]) - len(match[0].lstrip())
            yield Residue(Span(match.start() + blank, line.end), kind)
            return


_EDGE = 200
