"""A saved page: the report comes out whole and in one piece, what the site put around it is set apart and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.errors import Unreadable
from documents.extraction import Extraction
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from documents.read import report_from_extraction
from documents.readers.html import read_html, read_mhtml
from documents.report import ResidueKind, Source
from tests.documents.readers.saved_pages import PAGES, TITLE, paragraphs, trs, word
from tests.places import SEEDS, seed

SOURCE = Source(path="a.html", sha256="", size=0, format="html", encoding="utf-8")
REPORT = [
    "2024年，某区扎实推进法治政府建设，现将有关情况报告如下。",
    "一、主要举措和成效",
    "（一）依法履行政府职能。全年办理行政处罚案件281宗，没有一宗被复议机关撤销或者被法院判决败诉。",
    "二、存在的问题",
    "行政执法人员的法律素养有待提高，基层法治力量比较薄弱，法治宣传的形式还不够丰富。",
    "三、下一步工作安排",
    "继续加强行政执法人员培训，充实基层法治力量，创新法治宣传形式，不断提高依法行政水平。",
]
BODY = "".join(f"<p>{line}</p>" for line in REPORT)


def read(page: str, encoding: str = "utf-8", limits: ReadingLimits = DEFAULT_LIMITS) -> Extraction:
    return read_html(page.encode(encoding), limits)


def own(extraction: Extraction) -> list[str]:
    """The lines that are not set apart."""
    apart = {residue.span.start for residue in extraction.set_apart}
    lines, position = [], 0
    for line in extraction.text.split("\n"):
        if position not in apart:
            lines.append(line)
        position += len(line) + 1
    return lines


def apart(extraction: Extraction) -> dict[str, ResidueKind]:
    return {extraction.text[slice(*residue.span)]: residue.kind for residue in extraction.set_apart}


def refused(page: str | bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_html(page if isinstance(page, bytes) else page.encode(), DEFAULT_LIMITS)
    assert caught.value.next_step.endswith("。")
    assert not caught.value.reason.endswith("。")
    (caught.value.reason + caught.value.next_step).encode("gbk")
    return caught.value


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:8])
def test_the_report_on_a_page_is_read_whole_and_alone(path: Path, name: str) -> None:
    make, encoding = PAGES[name]
    body = paragraphs(path)
    extraction = read(make(body), encoding)
    # The samples are web pages themselves: their own last buttons may be known for what they are.
    lines = [line for line in own(extraction) if line not in (TITLE, "来源:某区司法局 发布时间:2025-01-22")]
    kept = [line for line in body if line not in apart(extraction)]
    assert lines == kept
    assert set(body) - set(kept) <= {body[-1], "返回顶部"}
    assert (extraction.incomplete, extraction.encoding) == (None, encoding)


@pytest.mark.parametrize("name", ["TRS", "jpage", "unclosed"])
def test_title_and_day_on_the_page_are_evidence(name: str) -> None:
    make, encoding = PAGES[name]
    report = report_from_extraction(read(make(REPORT), encoding), SOURCE)
    assert report.title is not None
    assert report.title.value == TITLE
    assert report.published is not None
    assert report.published.value.year == 2025
    assert [heading.title for heading in report.headings if heading.level == 1] == [
        "主要举措和成效",
        "存在的问题",
        "下一步工作安排",
    ]


def test_what_is_set_apart_is_named_and_nothing_is_lost() -> None:
    extraction = read(trs(REPORT), "gb18030")
    kinds = apart(extraction)
    assert kinds["发布时间：2025-01-20 09:30 来源：某区司法局 浏览次数：字号：大 中 小"] is ResidueKind.PAGE_INFO
    assert kinds["当前位置：首页 > 政务公开 > 法治政府"] is ResidueKind.NAVIGATION
    assert kinds[f"附件：{TITLE}.pdf"] is ResidueKind.ATTACHMENT
    assert kinds["上一篇：某镇2023年法治政府建设年度报告"] is ResidueKind.NAVIGATION
    assert "粤ICP备05000001号 网站标识码4401000001" in kinds
    assert extraction.text.index(REPORT[-1]) < extraction.text.index("分享到")
    assert any("隐藏" in note for note in extraction.notes)
    assert "离开本网站" not in extraction.text


def test_what_only_the_head_of_a_page_states_is_added() -> None:
    page = f"""<html><head><title>{TITLE} - 某区人民政府</title><meta name="PubDate" content="2025-02-01">
    <meta name="ContentSource" content="某区司法局"></head><body><div>{BODY}</div></body></html>"""
    assert own(read(page))[0] == TITLE
    assert apart(read(page))["发布时间：2025-02-01 来源：某区司法局"] is ResidueKind.PAGE_INFO
    stated = page.replace("<div>", f"<h2>{TITLE}</h2><p>发布时间：2025-02-03 来源：区司法局</p><div>")
    assert read(stated).text.count(TITLE) == 1
    assert "2025-02-01" not in read(stated).text


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>行政<b>处罚</b><span>案件</span>5&nbsp;件。</p>", ["行政处罚案件5 件。"]),
        ("<div>甲单位<div>乙单位</div>丙单位</div>", ["甲单位", "乙单位", "丙单位"]),
        ("一行<br/>二行<BR>三行", ["一行", "二行", "三行"]),
        ("<p>加强\n      领导，落实 责任</p>", ["加强领导，落实 责任"]),
        ("<p>the\nlaw 第\n5\n条</p>", ["the law 第 5 条"]),
        (
            "<table><tr><th>项目</th><th>数量</th></tr><tr><td><p>处罚</p></td><td><p>5</p><p>件</p></td></tr></table>",
            ["项目\t数量", "处罚\t5 件"],
        ),
        (
            "<table><tr><td>一格<table><tr><td>内甲</td><td>内乙</td></tr></table></td></tr></table>",
            ["一格", "内甲\t内乙"],
        ),
        ("<pre>第一行\n  第二行</pre>", ["第一行", "第二行"]),
        (f"<p>{'前' * 60}<script>document.write('假')</script><!-- 注 -->后</p>", ["前" * 60 + "后"]),
        ("<p>前<style>p{}</style><noscript>请启用</noscript><template>模板</template>后</p>", ["前后"]),
        ("<p>显<span style='DISPLAY : none'>隐</span><i hidden>藏</i>示</p>", ["显示"]),
        ("<p>保留<del>删去</del><ins>加入</ins></p>", ["保留加入"]),
        ("<ol><li>加强学习<li>加强培训</ol>", ["1. 加强学习", "2. 加强培训"]),
        ("<ol><li>一、加强学习</ol><ul><li>无号</ul>", ["一、加强学习", "无号"]),
        ("<ol style='list-style-type:cjk-ideographic' start=3><li>甲<li>乙</ol>", ["三、甲", "四、乙"]),
        (
            "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>一、"
            "<span>&nbsp;&nbsp; </span></span><![endif]><span>主要工作<o:p></o:p></span></p>",
            ["一、主要工作"],
        ),
        ("<p>&#20013;&#x56FD;&lt;法&gt;&amp;</p>", ["中国<法>&"]),
        ("<p>甲</p><embed src=a.swf><p>乙</p>", ["甲", "乙"]),
        ("<p>&nbsp;</p><p>\u200b</p><p>　</p><p>有字</p>", ["有字"]),
    ],
)
def test_lines_are_those_that_a_browser_shows(markup: str, lines: list[str]) -> None:
    assert read(f"<html><body>{markup}</body></html>").text.split("\n") == lines


def test_headings_of_the_page_are_its_outline() -> None:
    page = (
        f"<html><body><div><h2>一、工作</h2><p>{REPORT[2]}</p><h3>（一）学习</h3><p>{REPORT[4]}</p></div></body></html>"
    )
    extraction = read(page)
    assert {extraction.text[place:].split("\n")[0]: level for place, level in extraction.outline.items()} == {
        "一、工作": 2,
        "（一）学习": 3,
    }


def test_a_report_that_the_page_hides_behind_a_tab_is_read() -> None:
    page = f"<html><body><p>点击查看</p><div style='display:none'>{BODY * 2}</div></body></html>"
    assert REPORT[2] in read(page).text
    assert any("隐藏" in note for note in read(page).notes)


def test_a_part_of_the_article_in_another_block_stays_with_it() -> None:
    main = "".join(f"<p>{line * 6}</p>" for line in REPORT[:5])
    share, rest = "<div class=share><a href=x>分享</a></div>", f"<p>{REPORT[5]}</p><p>{REPORT[6]}</p>"
    page = f"<html><body><div class=a>{main}</div>{share}<div class=b>{rest}</div></body></html>"
    assert own(read(page))[-2:] == REPORT[5:]


def test_links_inside_the_text_stay_and_lists_of_links_are_moved_behind() -> None:
    law = "<a href='/law'>《中华人民共和国行政处罚法》</a>"
    links = "<ul><li><a href=1>相关阅读一二三</a></li><li><a href=2>相关阅读四五六</a></li></ul>"
    last = "<p>特此报告，请予审议。以上情况均已核实无误。</p>"
    page = f"<html><body><div>{BODY}<p>严格执行{law}的规定，规范行政处罚程序。</p>{links}{last}</div></body></html>"
    extraction = read(page)
    assert "严格执行《中华人民共和国行政处罚法》的规定，规范行政处罚程序。" in own(extraction)
    assert extraction.text.split("\n")[-2:] == ["相关阅读一二三", "相关阅读四五六"]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><frameset cols='1,2'><frame src='a.htm'><noframes>请升级</noframes></frameset></html>", "框架页"),
        ("<html><body><div><iframe src='http://127.0.0.1:1/a.html'></iframe></div></body></html>", "框架页"),
        ("<html><body><div id=app></div><script src=app.js></script></body></html>", "加载"),
        (
            "<html><body><ul><li><a href=1>政务公开</a><li><a href=2>互动</a></ul><div id=main></div></body></html>",
            "加载",
        ),
        ("<html><body><img src=a.jpg><img src=b.jpg></body></html>", "图片"),
        (f"<html><body><h1>{TITLE}</h1><p>附件：<a href='a/1.PDF'>{TITLE}.pdf</a></p></body></html>", "附件"),
        ("<html><body><p>报告全文如下。</p><embed src='/web/viewer.html?file=a.pdf'></body></html>", "附件"),
    ],
)
def test_a_page_without_the_text_of_a_report_says_so(page: str, words: str) -> None:
    obstacle = refused(page)
    assert obstacle.status == "no_text"
    assert words in obstacle.reason


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body>{BODY}<script>{BODY}</body></html>",
        f"<html><body>{BODY}<script>{BODY}</script></body></html>",
        f"<html><body>{BODY}<noscript>{BODY * 2}</noscript></body></html>",
        f'<html><body>{BODY}<p title="{BODY}"></p></body></html>',
        "<html><body><p>正文正文。</p>",
        "<html><body><p>正文正文。</p></bo",
        "<div><p>正文正文。</p><p>又",
        "<html><body><p>正文</p><!-- 没有结束",
        f"<html><body>{BODY}<p><a href=2.html>下一页</a></p></body></html>",
        f"<html><body>{BODY}<script>createPageHTML(3, 0, 'a', 'html');</script></body></html>",
    ],
)
def test_what_is_missing_of_a_page_makes_it_incomplete(page: str) -> None:
    assert read(page).incomplete


def test_the_neighbouring_article_is_no_further_page() -> None:
    assert read(f"<html><body>{BODY}<p><a href=2.html>下一篇：通知</a></p></body></html>").incomplete is None


@pytest.mark.parametrize("depth", [255, 256, 2_000, 3_000, 50_000])
@pytest.mark.parametrize("tag", ["div", "font"])
def test_deep_nesting_loses_no_text(depth: int, tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * depth}{BODY}</body></html>"
    extraction = read(page)
    assert all(line in extraction.text.split("\n") for line in REPORT)
    assert bool(extraction.incomplete) is (tag == "div" and depth > 2_000)


@pytest.mark.parametrize(
    ("declared", "encoding", "right"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("utf-8", "gb18030", "gb18030"),
        ("gbk", "utf-8", "utf-8"),
        ("", "gb18030", "gb18030"),
        ("iso-8859-1", "gb18030", "gb18030"),
        ("big5", "big5hkscs", "big5hkscs"),
        ("utf-16", "utf-16", "utf-16-le"),
    ],
)
def test_the_encoding_is_that_of_the_bytes(declared: str, encoding: str, right: str) -> None:
    words = "朱镕基㐂" if "big5" not in encoding else "政府依法行政"
    page = (
        f"<html><head><meta charset='{declared}'></head><body>{'<p>ascii</p>' * 3000}{BODY}<p>{words}</p></body></html>"
    )
    if "big5" in encoding:
        page = page.replace(BODY, "<p>依法行政，執行政府決定，監督責任落實，學習宣傳法治。</p>")
    extraction = read(page, encoding)
    assert extraction.text.endswith(words)
    assert (extraction.encoding, extraction.incomplete) == (right, None)


def test_damaged_bytes_count_only_where_there_is_text() -> None:
    page = f"<html><head><script>var a='%';</script></head><body>{BODY}</body></html>".encode()
    assert read_html(page.replace(b"%", b"\xe5\x8a"), DEFAULT_LIMITS).incomplete is None
    assert read_html(page.replace("宗".encode(), b"\xe5\xae", 1), DEFAULT_LIMITS).incomplete


def test_limits_are_kept() -> None:
    assert refused(b"\x00\xff\x81\x12" * 500).status == "corrupt"
    with pytest.raises(Unreadable) as caught:
        read("<html><body>" + "<b>" * 5_000, limits=ReadingLimits(characters=4_000))
    assert caught.value.status == "over_limit"
    with pytest.raises(Unreadable) as caught:
        read(f"<html><body>{BODY * 50}</body></html>", limits=ReadingLimits(characters=1_000))
    assert caught.value.status == "over_limit"


def mhtml(page: str, encoding: str = "utf-8", *, end: str = "--x--") -> bytes:
    import base64  # noqa: PLC0415

    content = base64.encodebytes(page.encode(encoding)).decode()
    return (
        "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?a?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\n'
        f'Content-Type: text/html; charset="{encoding}"\r\nContent-Transfer-Encoding: base64\r\n\r\n{content}\r\n--x\n'
        f"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n{end}\r\n"
    ).encode()


def test_a_page_saved_as_one_file_is_read_like_the_page() -> None:
    page = word(paragraphs(seed("从化区")))
    assert read_mhtml(mhtml(page, "gb18030"), DEFAULT_LIMITS).text == read(page, "gb18030").text
    assert read_mhtml(mhtml(page), DEFAULT_LIMITS).incomplete is None
    assert read_mhtml(mhtml(page, end=""), DEFAULT_LIMITS).incomplete


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "corrupt"),
        (b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", "corrupt"),
        (b"MIME-Version: 1.0\r\n" + b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" * 500, "over_limit"),
        (mhtml("<html><frameset><frame src=a></frameset></html>"), "no_text"),
    ],
)
def test_an_archive_without_a_report_says_so(data: bytes, status: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_mhtml(data, DEFAULT_LIMITS)
    assert caught.value.status == status


def test_a_long_title_of_the_window_is_no_lost_text() -> None:
    """A page whose first paragraph became its title, as converters make it."""
    written = "".join(f"<p>{line}</p>" for line in paragraphs(SEEDS[0]))
    page = f"<html><head><title>{'坚持依法行政，建设法治政府。' * 15}</title></head><body>{written}</body></html>"
    assert read_html(page.encode(), DEFAULT_LIMITS).incomplete is None
