"""How the parts of a file are found, what is missing or damaged, and what each kind of unreadable file is called."""

from __future__ import annotations

import socket
import warnings
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from documents.errors import Unreadable
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from documents.readers.docx import read_docx
from tests.documents.readers.docx.writing import (
    element,
    members,
    packed,
    paragraph,
    read,
    relationship,
    relationships,
    run,
)

BODY = paragraph("推进法治政府建设。")


def outcome(contents: Mapping[str, bytes] | bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> str:
    data = contents if isinstance(contents, bytes) else packed(contents)
    with pytest.raises(Unreadable) as caught:
        read_docx(data, limits)
    assert caught.value.reason
    assert not caught.value.reason.endswith("。")
    assert caught.value.next_step.endswith("。")
    return caught.value.status


def renamed(change: Callable[[str], str]) -> dict[str, bytes]:
    return {change(name): content for name, content in members(BODY).items()}


def elsewhere() -> dict[str, bytes]:
    contents = members(BODY)
    contents["doc/main.xml"] = contents.pop("word/document.xml")
    contents["_rels/.rels"] = relationships(relationship(1, "officeDocument", "/doc/main.xml")).encode()
    return contents


def by_type() -> dict[str, bytes]:
    contents = members(BODY)
    contents["doc/main.xml"] = contents.pop("word/document.xml")
    contents["[Content_Types].xml"] = contents["[Content_Types].xml"].replace(b"/word/document.xml", b"/doc/main.xml")
    del contents["_rels/.rels"]
    return contents


def macros() -> dict[str, bytes]:
    contents = members(BODY)
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert kind in contents["[Content_Types].xml"]
    contents["[Content_Types].xml"] = contents["[Content_Types].xml"].replace(
        kind, b"application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    return contents | {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}


def strict() -> dict[str, bytes]:
    moved = (
        (
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
    )
    contents = members(BODY)
    for old, new in moved:
        contents = {name: content.replace(old, new) for name, content in contents.items()}
    return contents


def without(*names: str) -> dict[str, bytes]:
    return {name: content for name, content in members(BODY).items() if name not in names}


READ = {
    "main part by its reference": elsewhere(),
    "main part by its content type": by_type(),
    "main part by its usual name": without("_rels/.rels", "[Content_Types].xml"),
    "no references of the main part": without("word/_rels/document.xml.rels"),
    "with macros": macros(),
    "strict": strict(),
    "other case": renamed(lambda name: name.replace("document", "Document")),
    "backslashes": renamed(lambda name: name.replace("/", "\\")),
    "UTF-16": members(BODY)
    | {
        "word/document.xml": members(BODY)["word/document.xml"]
        .decode()
        .replace('encoding="UTF-8"', 'encoding="UTF-16"')
        .encode("utf-16")
    },
}


@pytest.mark.parametrize("name", READ)
def test_the_main_part_is_found(name: str) -> None:
    extraction = read_docx(packed(READ[name]), DEFAULT_LIMITS)
    assert (extraction.text, extraction.incomplete) == ("推进法治政府建设。", None)


def test_strict_styles_and_references_are_understood() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    contents = members(paragraph("举措", style="1"), {"styles": styles})
    for old, new in (
        (
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
    ):
        contents = {name: content.replace(old, new) for name, content in contents.items()}
    assert read_docx(packed(contents), DEFAULT_LIMITS).outline == {0: 1}


PICTURE = '<w:p><w:r><w:drawing><a:blip r:embed="rId5"/></w:drawing></w:r></w:p>'
UNREADABLE: dict[str, tuple[Mapping[str, bytes] | bytes, str]] = {
    "no main part": (without("word/document.xml"), "corrupt"),
    "another root": (members(BODY) | {"word/document.xml": element("styles", "").encode()}, "corrupt"),
    "cut XML": (members(BODY) | {"word/document.xml": members(BODY)["word/document.xml"][:-30]}, "corrupt"),
    "document type": (
        members(BODY)
        | {"word/document.xml": b'<!DOCTYPE w [<!ENTITY e "x">]>' + element("document", "&e;").encode()[55:]},
        "corrupt",
    ),
    "no zip file": (b"PK\x03\x04 broken", "corrupt"),
    "blank": (members("<w:p/>"), "empty"),
    "only a picture": (members(PICTURE), "no_text"),
    "a title and pictures": (members(paragraph("某县2023年法治政府建设年度报告") + PICTURE * 6), "no_text"),
    "all hidden": (members(f"<w:p>{run('甲', '<w:vanish/>')}</w:p>"), "no_text"),
    "text astray": (members("<w:p><w:r><w:x>推进法治政府建设</w:x></w:r></w:p>"), "corrupt"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_has_its_status(name: str) -> None:
    contents, status = UNREADABLE[name]
    assert outcome(contents) == status


def test_limits_are_kept() -> None:
    long = members(paragraph("法治" * 600))
    assert outcome(long, ReadingLimits(characters=1_000)) == "over_limit"
    assert outcome(long, ReadingLimits(characters=20)) == "over_limit"
    assert outcome(members(BODY), ReadingLimits(members=3)) == "over_limit"
    deep = "<w:sdt><w:sdtContent>" * 150 + BODY + "</w:sdtContent></w:sdt>" * 150
    assert outcome(members(deep)) == "over_limit"
    assert outcome(members(deep), ReadingLimits(xml_depth=100)) == "over_limit"
    deeper = "<w:sdt><w:sdtContent>" * 3_000 + BODY + "</w:sdtContent></w:sdt>" * 3_000
    assert outcome(members(deeper), ReadingLimits(xml_depth=100_000)) == "over_limit"


def test_members_of_one_name_are_told() -> None:
    file = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in members(paragraph("给 Word 看的。")).items():
            archive.writestr(name, content)
        archive.writestr("word/document.xml", members(BODY)["word/document.xml"])
    extraction = read_docx(file.getvalue(), DEFAULT_LIMITS)
    assert extraction.text == "推进法治政府建设。"
    assert extraction.incomplete is not None
    assert "同名的部件 1 个" in extraction.incomplete


@pytest.mark.parametrize(
    ("parts", "name", "told"),
    [
        ({"styles": ""}, "word/styles.xml", "样式的定义无法读取"),
        ({"header1": ""}, "word/header1.xml", "页眉或页脚无法读取"),
        ({"footnotes": ""}, "word/footnotes.xml", "脚注或尾注无法读取"),
    ],
)
def test_damaged_side_parts_leave_the_body_readable(parts: dict[str, str], name: str, told: str) -> None:
    body = BODY + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    for files in ({name: b"<w:broken"}, {name: b""}):
        extraction = read(body, parts, files)
        assert extraction.text == "推进法治政府建设。"
        assert extraction.incomplete is not None
        assert extraction.incomplete.startswith(told)


def test_text_in_unknown_elements_is_missed() -> None:
    extraction = read(paragraph("推进法治政府建设。" * 9) + "<w:p><w:r><w:x>被改名的元素</w:x></w:r></w:p>")
    assert extraction.incomplete == "文件中约 6 字未能读出（共 87 字），文件结构可能已损坏"


CHUNK = '<w:altChunk r:id="rId1"/>'


def read_chunk(content: bytes, name: str = "afchunk.dat") -> tuple[str, str | None]:
    link = relationship(1, "aFChunk", name)
    extraction = read(BODY + CHUNK + paragraph("结尾。"), files={f"word/{name}": content}, references=link)
    return extraction.text, extraction.incomplete


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        pytest.param("第一段。\r\n第二段。".encode("gb18030"), ["第一段。", "第二段。"], id="text"),
        pytest.param(packed(members(paragraph("嵌入的文档。"))), ["嵌入的文档。"], id="docx"),
    ],
)
def test_embedded_files_are_read(content: bytes, lines: list[str]) -> None:
    assert read_chunk(content) == ("\n".join(["推进法治政府建设。", *lines, "结尾。"]), None)


def test_an_embedded_web_page_is_read() -> None:
    text, incomplete = read_chunk("<html><body><p>网页里的第一段文字。</p><p>第二段文字。</p></body></html>".encode())
    assert "网页里的第一段文字。\n第二段文字。" in text
    assert incomplete is None


@pytest.mark.parametrize("content", [b"{\\rtf1 x}", b"", packed({"a": b"b"})], ids=["rtf", "nothing", "zip"])
def test_what_of_embedded_files_cannot_be_read_is_told(content: bytes) -> None:
    text, incomplete = read_chunk(content)
    assert text == "推进法治政府建设。\n结尾。"
    assert incomplete == "嵌入的外部格式内容（altChunk）有 1 处无法读取"


def test_embedded_documents_do_not_nest_for_ever() -> None:
    inner = packed(members(BODY + CHUNK, files={"word/x.docx": b"?"}, references=relationship(1, "aFChunk", "x.docx")))
    text, incomplete = read_chunk(
        packed(members(BODY + CHUNK, files={"word/x.docx": inner}, references=relationship(1, "aFChunk", "x.docx")))
    )
    assert text.count("推进") == 2
    assert incomplete is not None


def test_nothing_outside_the_file_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr("builtins.open", forbidden)
    links = "".join(
        relationship(number, kind, target, "External")
        for number, (kind, target) in enumerate(
            [
                ("aFChunk", "file:///etc/hostname"),
                ("subDocument", "http://127.0.0.1:9/sub.docx"),
                ("image", "http://127.0.0.1:9/a.png"),
                ("hyperlink", "http://127.0.0.1:9/"),
                ("header", "file:///etc/hostname"),
                ("footnotes", "file:///etc/hostname"),
            ],
            start=1,
        )
    )
    note = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    extraction = read(BODY + CHUNK + '<w:subDoc r:id="rId2"/>' + note, references=links)
    assert extraction.text == "推进法治政府建设。"
    assert extraction.notes == ("引用了文件以外的内容 4 处（链接、模板等），均未打开",)
    assert extraction.incomplete is not None
    assert "子文档有 1 处" in extraction.incomplete


def test_the_main_part_is_not_taken_from_outside() -> None:
    contents = members(BODY)
    contents["_rels/.rels"] = relationships(relationship(1, "officeDocument", "http://x/", "External")).encode()
    assert read_docx(packed(contents), DEFAULT_LIMITS).text == "推进法治政府建设。"


def test_a_header_without_its_part_is_told() -> None:
    extraction = read(BODY, references=relationship(1, "header", "header9.xml"))
    assert extraction.incomplete == "页眉或页脚无法读取"
