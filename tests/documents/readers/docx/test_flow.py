from __future__ import annotations

import pytest

from documents.extraction import Extraction
from tests.documents.readers.docx.writing import NAMESPACES, paragraph, read, relationship, run

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(instruction: str, result: str) -> str:
    code = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return f"{BEGIN}{code}{SEPARATE}{result}{END}" if result else f"{BEGIN}{code}{END}"


def box(content: str) -> str:
    return f"<w:txbxContent>{content}</w:txbxContent>"


def shape(content: str, fallback: str) -> str:
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:positionH><wp:posOffset>914400'
        f"</wp:posOffset></wp:positionH><a:graphic><a:graphicData><wps:wsp><wps:txbx>{box(content)}</wps:txbx></wps:wsp>"
        f"</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{box(fallback)}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def control(content: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="甲"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: tuple[str, ...]) -> str:
    return rows_of(*(row(*(cell(content) for content in contents)) for contents in rows))


def rows_of(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


LONG = "统筹推进各项工作，" * 8
CASES = {
    "runs of one word": (p(run("法治"), run("政府")), "法治政府"),
    "blanks stay": (p('<w:r><w:t xml:space="preserve">  甲 </w:t></w:r>', run("乙")), "  甲 乙"),
    "blank paragraphs go": (p(run("甲")) + p() + p(run(" ")) + p(run("乙")), "甲\n乙"),
    "tab, hyphen and symbol": (
        p(
            run("甲"),
            "<w:r><w:tab/></w:r>",
            run("2020"),
            '<w:r><w:noBreakHyphen/><w:t>2025</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
        ),
        "甲\t2020-2025√",
    ),
    "a symbol without an equal": (p('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', run("甲")), "●甲"),
    "a line break ends a line": (p(run("甲。"), "<w:r><w:br/></w:r>", run("乙。"), "<w:r><w:cr/></w:r>"), "甲。\n乙。"),
    "a page break too": (p(run("甲"), '<w:r><w:br w:type="page"/></w:r>', run("乙")), "甲\n乙"),
    "line ends of the XML are blanks": (p(run("甲\n乙")), "甲 乙"),
    "soft hyphen": (p("<w:r><w:t>甲</w:t><w:softHyphen/><w:t>乙</w:t></w:r>"), "甲乙"),
    "hyperlink": (p('<w:hyperlink r:id="rId7">', run("网站"), "</w:hyperlink>"), "网站"),
    "smart tag and custom XML": (
        p(f"<w:smartTag>{run('北京')}</w:smartTag><w:customXml>{run('市')}</w:customXml>"),
        "北京市",
    ),
    "an unknown wrapper": (p(f"<w:bdo>{run('甲')}</w:bdo><w:dir>{run('乙')}</w:dir>"), "甲乙"),
    "control around a paragraph": (control(p(run("甲"))) + p(run("乙")), "甲\n乙"),
    "control around a run": (p(run("甲"), control(run("乙")), run("丙")), "甲乙丙"),
    "control around a cell and a row": (
        rows_of(
            row(control(cell(p(run("甲")))), cell(p(run("1")))),
            control(row(cell(p(run("乙"))), cell(p(run("2"))))),
        ),
        "甲\t1\n乙\t2",
    ),
    "simple field": (p(run("共"), f'<w:fldSimple w:instr=" PAGE ">{run("3")}</w:fldSimple>', run("件")), "共3件"),
    "field": (p(run("共"), field("REF a", run("3")), run("件")), "共3件"),
    "field in the instruction of another": (
        p(
            run("甲"),
            f"{BEGIN}<w:r><w:instrText>IF </w:instrText></w:r>{field('PAGE', run('9'))}{SEPARATE}{run('乙')}{END}",
        ),
        "甲乙",
    ),
    "a circled figure": (p(field(r"EQ \o\ac(○,1)", ""), run("强化领导")), "1强化领导"),
    "a fraction": (p(run("占"), field(r"EQ \f(1,2)", "")), "占1/2"),
    "a field that never ends": (p(run("甲"), BEGIN, run("乙")) + p(run("丙")), "甲乙\n丙"),
    "ruby": (
        p(f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('yi')}</w:rt><w:rubyBase>{run('乙')}</w:rubyBase></w:ruby></w:r>"),
        "乙",
    ),
    "equation": (
        p(
            run("占比"),
            "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>",
        ),
        "占比3/4",
    ),
    "text box once": (p(run("甲"), shape(p(run("框")), p(run("框")))) + p(run("乙")), "甲\n框\n乙"),
    "text box only in the fallback": (p(shape("", p(run("框")))), "框"),
    "text box in a text box": (p(shape(p(run("外"), shape(p(run("里")), "")), "")), "外\n里"),
    "table in a text box": (p(shape(table((p(run("甲")), p(run("1")))), "")), "甲\t1"),
    "word art": (
        p('<w:r><w:pict><v:shape><v:textpath string="某县年度报告"/></v:shape></w:pict></w:r>'),
        "某县年度报告",
    ),
    "drawing text": (p("<w:r><w:drawing><a:p><a:r><a:t>图中</a:t></a:r></a:p></w:drawing></w:r>"), "图中"),
    "table": (table((p(run("事项")), p(run("件数"))), (p(run("处罚")), p(run("281")))), "事项\t件数\n处罚\t281"),
    "empty cell in the middle": (table((p(run("甲")), p(), p(run("3")))), "甲\t\t3"),
    "two paragraphs in a cell of figures": (table((p(run("行政")) + p(run("处罚")), p(run("281")))), "行政 处罚\t281"),
    "table that only lays out": (table((p(run("甲。")) + p(run("乙。")), p())), "甲。\n乙。"),
    "columns of text": (table((p(run("举措")), p(run(LONG)) + p(run(LONG)))), f"举措\n{LONG}\n{LONG}"),
    "nested table": (table((p(run("甲")) + table((p(run("1")), p(run("2")))), p(run("乙")))), "甲\n1\t2\n乙"),
    "table in a run": (p(f"<w:r>{table((p(run('甲')), p(run('1'))))}</w:r>", run("后")), "甲\t1\n后"),
    "merged cells": (
        rows_of(
            row(cell(p(run("执法")), "<w:vMerge w:val='restart'/>"), cell(p(run("处罚"))), cell(p(run("1")))),
            row(cell(p(), "<w:vMerge/>"), cell(p(run("强制"))), cell(p(run("2")))),
        ),
        "执法\t处罚\t1\n\t强制\t2",
    ),
    "inserted text": (p(run("甲"), f"<w:ins>{run('乙')}</w:ins><w:moveTo>{run('丙')}</w:moveTo>"), "甲乙丙"),
    "deleted text": (p(run("甲"), "<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>", run("丙")), "甲丙"),
    "moved away": (p(run("甲"), f"<w:moveFrom>{run('乙')}</w:moveFrom>", run("丙")), "甲丙"),
    "deleted paragraph end": (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('甲')}</w:p>" + p(run("乙")),
        "甲乙",
    ),
    "deleted row": (
        rows_of(row(cell(p(run("旧"))), properties="<w:del/>"), row(cell(p(run("新"))))),
        "新",
    ),
    "inserted row": (rows_of(f"<w:ins>{row(cell(p(run('新'))))}</w:ins>"), "新"),
    "hidden text": (p(run("甲"), run("乙", "<w:vanish/>"), run("丙", '<w:vanish w:val="0"/>')), "甲丙"),
    "text outside of a paragraph": (f"{run('甲')}{p(run('乙'))}", "甲乙"),
    "paragraph in a paragraph": (p(run("甲"), p(run("乙")), run("丙")), "甲\n乙\n丙"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_text_of_a_body(name: str) -> None:
    body, text = CASES[name]
    read_ = read(body)
    assert read_.text == text
    assert read_.incomplete is None


@pytest.mark.parametrize(
    ("body", "note"),
    [
        (p("<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>" * 3), "含未接受的修订：删除 3 处，未审核删除的文字"),
        (p(f"<w:moveFrom>{run('乙')}</w:moveFrom>"), "含未接受的修订：移走 1 处，按移动后的位置审核"),
        (p(f"<w:ins>{run('乙')}</w:ins>"), "含未接受的修订：插入 1 处，已按插入后的文字审核"),
        (p('<w:r><w:commentReference w:id="1"/></w:r>'), "含批注 1 条，未审核"),
        (p(run("乙", "<w:vanish/>")), "含隐藏文字 1 处，未审核"),
    ],
)
def test_what_is_left_out_is_told(body: str, note: str) -> None:
    assert read(p(run("正文。")) + body).notes == (note,)


@pytest.mark.parametrize(
    ("shown", "note"),
    [
        ('<w:drawing><a:blip r:embed="rId5"/></w:drawing>', "含图片 1 张，图片中的文字未审核"),
        ('<w:object><o:OLEObject r:id="rId5"/></w:object>', "含嵌入的其他文件 1 个，未审核"),
    ],
)
def test_pictures_and_files_beside_enough_text_are_told(shown: str, note: str) -> None:
    assert read(p(run(LONG * 2), f"<w:r>{shown}</w:r>")).notes == (note,)


HIDING = (
    '<w:style w:type="paragraph" w:styleId="secret"><w:name w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="child"><w:name w:val="b"/><w:basedOn w:val="secret"/></w:style>'
    '<w:style w:type="character" w:styleId="sign"><w:name w:val="c"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="plain"><w:name w:val="d"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
)


def test_styles_hide_text_too() -> None:
    body = (
        paragraph("甲", style="secret")
        + paragraph("乙", style="child")
        + p(run("丙", '<w:rStyle w:val="sign"/>'), run("丁"))
        + p('<w:pPr><w:pStyle w:val="child"/></w:pPr>', run("戊", '<w:rStyle w:val="plain"/>'))
    )
    assert read(body, {"styles": HIDING}).text == "丁\n戊"


def read_with_notes(body: str) -> Extraction:
    footnotes = (
        f'<w:footnote w:type="separator" w:id="-1">{p("<w:r><w:separator/></w:r>")}</w:footnote>'
        f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", run(" 不含调解。"))}</w:footnote>'
        f'<w:footnote w:id="3">{p(run("下同。"))}</w:footnote><w:footnote w:id="4">{p(run("无人提及。"))}</w:footnote>'
    )
    return read(body, {"footnotes": footnotes, "endnotes": f'<w:endnote w:id="1">{p(run("来源。"))}</w:endnote>'})


def test_notes_follow_the_paragraph_that_refers_to_them() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = (
        p(run("办案"), reference.format(2), run("281宗，"), reference.format(3), run("上升5%。"))
        + p(run("另见"), '<w:r><w:endnoteReference w:id="1"/></w:r>', run("。"))
        + p(run("又见"), reference.format(2), run("。"))
    )
    read_ = read_with_notes(body)
    assert read_.text.split("\n") == [
        "办案281宗，上升5%。",
        "注1：不含调解。",
        "注2：下同。",
        "另见。",
        "尾注1：来源。",
        "又见。",
    ]
    assert read_.incomplete is None


def test_notes_do_not_part_the_lines_of_a_title() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = p(run("某县"), reference) + p(run("2023年法治政府建设年度报告")) + p(run("现将情况报告如下。"))
    assert read_with_notes(body).text.split("\n")[1:] == [
        "2023年法治政府建设年度报告",
        "现将情况报告如下。",
        "注1：不含调解。",
    ]


def test_a_note_in_a_table_follows_the_table() -> None:
    cell = p(run("甲"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    assert (
        read_with_notes(table((cell, p(run("1"))), (p(run("乙")), p(run("2"))))).text == "甲\t1\n乙\t2\n注1：不含调解。"
    )


def test_headers_and_footers_are_set_apart_once() -> None:
    parts = {"header1": p(run("某局文件")), "header2": p(run("某局文件")), "footer1": p(run("- 1 -"))}
    read_ = read(p(run("正文。")), parts)
    assert read_.text == "正文。\n某局文件\n- 1 -"
    assert [read_.text[a.span.start : a.span.end] for a in read_.set_apart] == ["某局文件", "- 1 -"]


CONTENTS = p(run("目录")) + p(
    BEGIN,
    r'<w:r><w:instrText>TOC \o "1-3"</w:instrText></w:r>',
    SEPARATE,
    run("一、举措"),
    field("PAGEREF a", run("1")),
)


@pytest.mark.parametrize(
    "body",
    [
        CONTENTS + p(run("二、问题 5"), END) + p(run("一、举措")),
        CONTENTS + p(run("二、问题 5")) + p(END, run("一、举措")),
        p(run("目录"))
        + f'<w:p><w:fldSimple w:instr="TOC">{run("二、问题 5")}</w:fldSimple></w:p>'
        + p(run("一、举措")),
    ],
)
def test_a_table_of_contents_is_set_apart(body: str) -> None:
    read_ = read(body)
    own = read_.text[: read_.set_apart[0].span.start]
    assert own == "目录\n一、举措\n"
    assert read_.text.endswith("二、问题 5")
    assert read_.notes == ("含自动目录 1 处，不作为正文审核",)


def test_a_table_of_contents_in_its_control_is_set_apart() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = f"<w:sdt>{gallery}<w:sdtContent>{CONTENTS}{p(END)}</w:sdtContent></w:sdt>" + p(run("一、举措"))
    read_ = read(body)
    assert read_.text == "一、举措\n目录\n一、举措1"
    assert read_.notes == ("含自动目录 1 处，不作为正文审核",)


def test_a_table_of_contents_that_never_ends_takes_nothing_away() -> None:
    read_ = read(CONTENTS + p(run("一、举措")) + p(run("正文。")))
    assert (read_.set_apart, read_.text) == ((), "目录\n一、举措1\n一、举措\n正文。")


def test_a_diagram_is_read() -> None:
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>" for words in ("受理", "审查")
    )
    data = f"<dgm:dataModel {NAMESPACES}>{points}</dgm:dataModel>"
    body = p(run("流程如下："), '<w:r><w:drawing><dgm:relIds r:dm="rId1"/></w:drawing></w:r>')
    read_ = read(
        body,
        files={"word/diagrams/data1.xml": data.encode()},
        references=relationship(1, "diagramData", "diagrams/data1.xml"),
    )
    assert read_.text == "流程如下：\n受理\n审查"


STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{more}</w:style>'
    for style_id, name, more in (
        ("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("b", "一级", '<w:basedOn w:val="1"/>'),
        ("c", "标题 2", ""),
        ("d", "Heading3", ""),
        ("e", "x", '<w:basedOn w:val="f"/>'),
        ("f", "y", '<w:basedOn w:val="e"/>'),
    )
)


def test_heading_styles_give_the_outline() -> None:
    body = (
        paragraph("标题", style="1")
        + paragraph("继承", style="b")
        + paragraph("按名称", style="c")
        + paragraph("按名称", style="d")
        + paragraph("正文")
        + paragraph("自定", properties='<w:outlineLvl w:val="3"/>')
        + paragraph("不算", style="1", properties='<w:outlineLvl w:val="9"/>')
        + paragraph("循环", style="e")
        + paragraph("分成", style="1").replace("</w:r>", "<w:br/><w:t>两行</w:t></w:r>")
    )
    read_ = read(body, {"styles": STYLES})
    marked = {read_.text[start:].split("\n")[0]: level for start, level in read_.outline.items()}
    assert marked == {"标题": 1, "继承": 1, "按名称": 3, "自定": 4, "分成两行": 1}
    assert len(read_.outline) == 6
