from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from checks.context import Context
from checks.engine import judge
from checks.kinds import KINDS, parameter_models
from documents.errors import Unreadable
from documents.extraction import Extraction
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from documents.read import read_report
from documents.readers.ofd import read_ofd
from rules.facts import Facts
from rules.load import load_ruleset
from tests.documents.readers.ofd_files import (
    NAMESPACE,
    Glyphs,
    by_character,
    by_line,
    by_run,
    package,
    page_xml,
    set_pages,
    text_object,
    zipped,
)
from tests.documents.readers.official_paper import paragraphs_of
from tests.places import ROOT, SEEDS

REPORTS = [*SEEDS, *sorted((ROOT / "tests" / "reports").glob("*.txt"))]
WAYS = [by_line, by_run, by_character]
Way = Callable[[Sequence[Glyphs]], Iterator[str]]
LINES = [
    "某市2023年法治政府建设年度报告",
    "2023年，某市扎实推进法治政府建设。",
    "一、主要工作",
    "办理案件5件，调解12345件。",
]
PICTURE = '<ofd:ImageObject ID="9" Boundary="0 0 210 297" ResourceID="4"/>'


def report(lines: Sequence[str], way: Way = by_line) -> bytes:
    pages = [
        page_xml("".join(way([*rows, Glyphs(f"— {number} —", 95, 280, 4.9)])))
        for number, rows in enumerate(set_pages(lines), 1)
    ]
    return package(pages)


def read(data: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> Extraction:
    return read_ofd(data, limits)


def refusal(data: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(data, limits)
    return caught.value


def body_of(extraction: Extraction) -> str:
    end = extraction.set_apart[0].span.start if extraction.set_apart else len(extraction.text)
    return extraction.text[:end].rstrip("\n")


def element(name: str, content: str) -> str:
    return f'<ofd:{name} xmlns:ofd="{NAMESPACE}">{content}</ofd:{name}>'


def page(*lines: str) -> str:
    return page_xml("".join(text_object(words, 28, 40 + 10 * row) for row, words in enumerate(lines)))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_paragraphs_come_back(path: Path, way: Way) -> None:
    extraction = read(report(paragraphs_of(path), way))
    found = ["".join(line.split()) for line in body_of(extraction).split("\n")]
    assert found == ["".join(line.split()) for line in paragraphs_of(path)]
    assert len(extraction.set_apart) == len(extraction.pages)
    assert (extraction.incomplete, extraction.notes) == (None, ())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_findings_are_those_of_the_text(path: Path, tmp_path: Path) -> None:
    ruleset = load_ruleset("fazhi", parameter_models(), {name: kind.cases for name, kind in KINDS.items()})
    copy = tmp_path / "报告.ofd"
    copy.write_bytes(report(paragraphs_of(path)))

    def findings(file: Path) -> list[tuple[str, str, str]]:
        found = read_report(file, "报告")
        judged = judge(Context(found, Facts()), ruleset).findings
        return [(one.rule, "".join(one.quote.split()), found.section_label(one.start)) for one in judged]

    assert findings(copy) == findings(path)


def test_pages_begin_where_their_text_begins() -> None:
    extraction = read(report(["一、工作", *["法治政府建设扎实推进。" * 9] * 12]))
    first, second, *_ = extraction.pages
    assert first == 0
    assert extraction.text[second:].startswith(
        set_pages(["一、工作", *["法治政府建设扎实推进。" * 9] * 12])[1][0].words
    )


def test_a_template_is_set_apart_once() -> None:
    used = '<ofd:Template TemplateID="50"/>'
    pages = [page_xml(text_object(f"第{number}部分的工作情况。", 28, 50), used) for number in "一二三"]
    template = page_xml(text_object("某市司法局", 150, 10, 4))
    extraction = read(package(pages, more={"Doc_0/Tpls/Tpl_0/Content.xml": template}))
    assert [extraction.text[one.span.start : one.span.end] for one in extraction.set_apart] == ["某市司法局"]


def test_a_text_in_several_blocks_and_layers_is_read() -> None:
    content = (
        f'<ofd:Page xmlns:ofd="{NAMESPACE}"><ofd:Content><ofd:Layer ID="1" Type="Foreground">'
        f"{text_object('二、存在的不足', 28, 60)}</ofd:Layer><ofd:Layer ID="
        f'"2"><ofd:PageBlock ID="3"><ofd:PageBlock ID="4">{text_object("一、主要工作", 28, 40)}</ofd:PageBlock>'
        "</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"
    )
    assert read(package([content])).text == "一、主要工作\n二、存在的不足"


def test_several_text_codes_and_a_step_down_are_lines_of_their_own() -> None:
    item = (
        '<ofd:TextObject Boundary="28 40 100 60" Size="5">'
        '<ofd:TextCode X="0" Y="5" DeltaX="g 5 5">一、主要工作</ofd:TextCode>'
        '<ofd:TextCode Y="25" DeltaX="5 5 5 5 -20 5 5" DeltaY="0 0 0 0 20">二、不足三、安排</ofd:TextCode>'
        "</ofd:TextObject>"
    )
    lines = read(package([page_xml(item)])).text.split("\n")
    assert lines[0] == "一、主要工作"
    assert "".join(lines[1:]) == "二、不足三、安排"


def test_cells_far_apart_in_one_text_code_are_cells() -> None:
    code = '<ofd:TextCode X="0" Y="5" DeltaX="5 40 5">项目数量</ofd:TextCode>'
    item = f'<ofd:TextObject Boundary="28 40 99 9" Size="5">{code}</ofd:TextObject>'
    assert read(package([page_xml(item)])).text == "项目  数量"


def test_a_second_namespace_and_other_spellings_of_names_are_understood() -> None:
    files = {
        "ofd.xml": "<OFD><DocBody><DocRoot>\\Doc_0\\document.xml</DocRoot></DocBody></OFD>",
        "Doc_0/Document.xml": '<Document><Pages><Page ID="1" BaseLoc="/doc_0/Pages/P.xml"/></Pages></Document>',
        "Doc_0\\pages\\p.xml": page("一、主要工作").replace(NAMESPACE, "http://www.ofdspec.org"),
    }
    assert read(zipped(files)).text == "一、主要工作"


def test_several_documents_are_read_in_order_and_noted() -> None:
    more = {
        "Doc_1/Document.xml": element("Document", '<ofd:Pages><ofd:Page BaseLoc="P.xml"/></ofd:Pages>'),
        "Doc_1/P.xml": page("二、存在的不足"),
    }
    body = "</ofd:DocBody><ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot>"
    extraction = read(package([page("一、主要工作")], more=more, body=body))
    assert extraction.text == "一、主要工作\n二、存在的不足"
    assert extraction.notes == ("文件含 2 份文档，已依次读出",)


def test_seals_comments_and_attachments_are_noted() -> None:
    drawn = f"<ofd:Appearance>{text_object('内部资料', 50, 50)}</ofd:Appearance>"
    listed = '<ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annot.xml</ofd:FileLoc></ofd:Page>'
    more = {
        "Doc_0/Signs/Signatures.xml": element("Signatures", '<ofd:Signature ID="1"/>'),
        "Doc_0/Annots/Annotations.xml": element("Annotations", listed),
        "Doc_0/Annots/Page_0/Annot.xml": element("PageAnnot", f'<ofd:Annot Type="Watermark">{drawn}</ofd:Annot>'),
        "Doc_0/Attachs/Attachments.xml": element("Attachments", '<ofd:Attachment ID="1"/>'),
    }
    document = (
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
        "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
    )
    data = package(
        [page("一、主要工作")],
        more=more,
        document=document,
        body="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>",
    )
    extraction = read(data)
    assert extraction.notes == (
        "含电子签章 1 处，未验证",
        "含注释 1 处，其文字附在文末，不作正文审核",
        "含附件 1 个，未读取",
    )
    assert extraction.text == "一、主要工作\n内部资料"
    assert extraction.incomplete is None


def test_pictures_only_are_no_text() -> None:
    fault = refusal(package([page_xml(PICTURE)] * 3))
    assert (fault.status, "文字版" in fault.next_step) == ("no_text", True)


def test_glyphs_without_characters_are_no_text() -> None:
    glyphs = "".join(
        '<ofd:TextObject Boundary="28 40 99 9" Size="5"><ofd:CGTransform CodePosition="0" GlyphCount="30">'
        f"<ofd:Glyphs>{' '.join(map(str, range(30)))}</ofd:Glyphs></ofd:CGTransform>"
        "<ofd:TextCode></ofd:TextCode></ofd:TextObject>"
        for _ in range(5)
    )
    assert refusal(package([page_xml(glyphs)])).status == "no_text"


def test_private_characters_are_no_text() -> None:
    assert refusal(package([page("\ue001\ue002\ue003\ue004" * 8)])).status == "no_text"


def test_blank_pages_are_empty() -> None:
    assert refusal(package([page_xml("")])).status == "empty"


def test_a_scanned_page_among_others_is_named() -> None:
    sound = page("办理行政处罚案件五十二件，均依法办结。", "二、存在的不足和原因分析情况")
    extraction = read(package([sound, page_xml(PICTURE), sound]))
    assert extraction.incomplete == "第 2 页是图片，其中的文字未能读出"


@pytest.mark.parametrize(
    "content", [None, b"", b"<ofd:Page", b"<!DOCTYPE a><a/>"], ids=["absent", "empty", "cut", "doctype"]
)
def test_a_missing_or_damaged_page_is_named(content: bytes | None) -> None:
    data = package([page("一、主要工作"), page("二、不足"), page("三、安排")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    del files["Doc_0/Pages/Page_1/Content.xml"]
    if content is not None:
        files["Doc_0/Pages/Page_1/Content.xml"] = content
    extraction = read(zipped(files))
    assert extraction.incomplete == "第 2 页缺失或已损坏，其中的文字未能读出"
    assert "三、安排" in extraction.text


def test_a_page_that_no_list_names_is_told() -> None:
    data = package([page("一、主要工作")], more={"Doc_0/Pages/Page_9/Content.xml": page("二、不足")})
    assert read(data).incomplete == "文件含 1 个未列入目录的页面，未读取"


def test_an_unused_template_is_no_damage() -> None:
    data = package([page("一、主要工作")], more={"Doc_0/Tpls/Tpl_0/Content.xml": page("某市司法局")})
    assert read(data).incomplete is None


def test_text_where_the_standard_has_none_is_told() -> None:
    content = page("一、主要工作", "二、存在的不足").replace("TextCode", "TextCodd", 2)
    assert "有 5 字不在应在的位置" in (read(package([content])).incomplete or "")


def test_an_encrypted_package_is_named() -> None:
    assert refusal(package([page("一、主要工作")], more={"Encryptions.xml": "<a/>"})).status == "encrypted"


def test_an_encrypted_member_is_named() -> None:
    data = bytearray(package([page("一、主要工作")]))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 4)
    assert refusal(bytes(data)).status == "encrypted"


@pytest.mark.parametrize("location", ["../../../etc/passwd", "/etc/passwd", "C:\\boot.ini", "file:///etc/passwd", ""])
def test_nothing_outside_the_package_is_opened(location: str) -> None:
    files = {
        "OFD.xml": element("OFD", "<ofd:DocBody><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:DocBody>"),
        "D.xml": element("Document", f'<ofd:Pages><ofd:Page BaseLoc="{location}"/></ofd:Pages>'),
    }
    assert refusal(zipped(files)).status == "corrupt"


@pytest.mark.parametrize(
    "files",
    [
        {"a.txt": "x"},
        {"OFD.xml": ""},
        {"OFD.xml": "<a/>"},
        {"OFD.xml": "<OFD><DocBody/></OFD>"},
        {"OFD.xml": "<OFD><DocBody><DocRoot>no.xml</DocRoot></DocBody></OFD>"},
        {"OFD.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><OFD>&b;</OFD>"},
    ],
    ids=["no root", "empty", "other", "no document", "missing document", "doctype"],
)
def test_what_is_no_document_is_corrupt(files: dict[str, str]) -> None:
    assert refusal(zipped(files)).status == "corrupt"


def test_too_many_pages_are_refused() -> None:
    fault = refusal(package([page("一、主要工作")] * 3), ReadingLimits(pages=2))
    assert (fault.status, "max_pages" in fault.next_step) == ("over_limit", True)


def test_absurd_numbers_do_no_harm() -> None:
    item = (
        '<ofd:TextObject Boundary="nan 1e999 x" CTM="1 2" Size="-1"><ofd:TextCode X="inf" DeltaX="g 999999999 1 g g x">'
        "一、主要工作</ofd:TextCode></ofd:TextObject>"
    )
    extraction = read(package([page_xml(item)]))
    assert extraction.text.replace("\n", "").replace(" ", "") == "一、主要工作"


def mutated(data: bytes, seed: int) -> bytes:
    """``data`` cut, or with bytes or blocks changed; every other time inside the unpacked XML."""
    draw = random.Random(seed)
    if seed % 2:
        return changed(data, draw)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice(sorted(files))
    files[name] = changed(bytes(files[name]), draw)  # type: ignore[arg-type]
    return zipped(files)


def changed(data: bytes, draw: random.Random) -> bytes:
    damaged = bytearray(data)
    place = draw.randrange(len(damaged))
    match draw.randrange(4):
        case 0:
            del damaged[place:]
        case 1:
            del damaged[place : place + draw.randrange(1, 50)]
        case 2:
            damaged[place] = draw.randrange(256)
        case _:
            for _ in range(draw.randrange(2, 20)):
                damaged[draw.randrange(len(damaged))] = draw.randrange(256)
    return bytes(damaged)


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_damage_is_refused_or_told(start: int) -> None:
    sound = report(paragraphs_of(SEEDS[1]))
    whole = len(read(sound).text)
    for seed in range(start, start + 50):
        try:
            extraction = read(mutated(sound, seed))
        except Unreadable:
            continue
        assert extraction.incomplete or len(extraction.text) >= 0.99 * whole, seed
