"""Files made to cost more than they hold: each is read in a time that grows with its size, or refused."""

from __future__ import annotations

import pytest

from documents.errors import Unreadable
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from documents.readers.docx import read_docx
from tests.documents.readers.docx.writing import members, packed, paragraph, read, relationship, run

MANY = 5_000
BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


LISTED = paragraph("项", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')


def defined(level: str) -> str:
    abstract = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    return f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def test_a_number_cannot_be_made_longer_than_a_line() -> None:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="{"%1、" * 100_000}"/></w:lvl>'
    assert len(read(LISTED * MANY, {"numbering": defined(level)}).text) < MANY * 300


def test_fields_in_fields_without_number() -> None:
    body = f"<w:p>{BEGIN * MANY}{run('甲') * MANY}{END * MANY}{run('乙')}</w:p>"
    assert read(body).text == "乙"


def test_an_instruction_in_many_pieces() -> None:
    pieces = "<w:r><w:instrText>EQ (((((((((( </w:instrText></w:r>" * MANY
    assert read(f"<w:p>{BEGIN}{pieces}{END}{run('乙')}</w:p>").text == "乙"


def test_tables_in_tables() -> None:
    body = paragraph("最里面的字。")
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert read(body).text == "最里面的字。"


def test_one_header_referred_to_over_and_over() -> None:
    links = "".join(relationship(number, "header", "header1.xml") for number in range(1, MANY))
    extraction = read(paragraph("正文。"), {"header1": paragraph("页眉" * 100)}, references=links)
    assert len(extraction.set_apart) == 1


def test_one_embedded_file_referred_to_over_and_over() -> None:
    body = paragraph("正文。") + '<w:altChunk r:id="rId1"/>' * 100
    files = {"word/a.txt": "嵌入的文字。".encode() * 100_000}
    data = packed(members(body, files=files, references=relationship(1, "aFChunk", "a.txt")))
    with pytest.raises(Unreadable, match="over_limit"):
        read_docx(data, ReadingLimits(unpacked_mb=20))


def test_a_text_longer_than_the_limit() -> None:
    data = packed(members(paragraph("法治政府建设。" * 1_000) * 300))
    with pytest.raises(Unreadable, match="over_limit"):
        read_docx(data, DEFAULT_LIMITS)


def test_a_list_that_starts_beyond_all_numbers() -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="{}"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    )
    for start in ("9" * 5_000, "999999999", "-5", "x", ""):
        assert read(LISTED, {"numbering": defined(level.format(start))}).text.endswith("、项")


@pytest.mark.parametrize("reference", ["../../etc/hostname", "/etc/hostname", "..\\..\\x", "%2e%2e/x", "NULL", ""])
def test_names_that_lead_elsewhere_find_nothing(reference: str) -> None:
    extraction = read(
        paragraph("正文。") + '<w:altChunk r:id="rId1"/>', references=relationship(1, "aFChunk", reference)
    )
    assert extraction.text == "正文。"
    assert extraction.incomplete is not None
