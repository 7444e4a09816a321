from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from checks.context import Context
from checks.engine import judge
from checks.kinds import KINDS, parameter_models
from documents.errors import Unreadable
from documents.extraction import Extraction
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from documents.read import read_report
from documents.readers.pdf import read_pdf
from rules.facts import Facts
from rules.load import load_ruleset
from rules.model import Ruleset
from tests.documents.readers.official_paper import HEAD, SOFFICE, convert, official_paper, paragraphs_of
from tests.documents.readers.pdf_files import PICTURE, WHOLE_PAGE_PICTURE, pages, pdf_of, stream, words
from tests.places import ROOT, SEEDS

REPORTS = [*SEEDS, *sorted((ROOT / "tests" / "reports").glob("*.txt"))]
FLUSH = "@无缩进"
TABLE = """<table:table>
<table:table-column table:number-columns-repeated="3"/>
{rows}</table:table>"""
LINES = ["某市2023年法治政府建设年度报告", "2023年，某市扎实推进法治政府建设。", "一、主要工作", "办理案件5件。"]
ENGLISH = b"The annual report on building a law-based government, part %d."


def table(cells: list[list[str]]) -> str:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in cells
    )
    return TABLE.format(rows=rows)


CELLS = [["序号", "项目", "数量"], ["1", "行政处罚案件的办理数量", "52件"], ["2", "行政检查", "130次"]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """PDF files of LibreOffice: every sample report as official paper, some without indents, and a table."""
    if SOFFICE is None:
        pytest.skip("没有安装 LibreOffice（soffice），不能生成 PDF 文件")
    sources = {path.stem: official_paper(paragraphs_of(path)) for path in REPORTS}
    for path in REPORTS[1:3]:
        sources[path.stem + FLUSH] = official_paper(paragraphs_of(path), indent="0pt", align="start")
    sources["表格"] = official_paper(LINES, inside=table(CELLS))
    return convert(sources, tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The same report behind a password to open it, and behind one to change it."""
    if SOFFICE is None:
        pytest.skip("没有安装 LibreOffice（soffice），不能生成 PDF 文件")
    password = '{"%s":{"type":"string","value":"123456"},"%s":{"type":"boolean","value":"true"}}'
    kinds = {
        "open": password % ("DocumentOpenPassword", "EncryptFile"),
        "change": password % ("PermissionPassword", "RestrictPermissions"),
    }
    folder = tmp_path_factory.mktemp("locked")
    return {
        kind: convert({"报告": official_paper(LINES)}, folder / kind, f"pdf:writer_pdf_Export:{options}")["报告"]
        for kind, options in kinds.items()
    }


@pytest.fixture(scope="session")
def ruleset() -> Ruleset:
    return load_ruleset("fazhi", parameter_models(), {name: kind.cases for name, kind in KINDS.items()})


def read(data: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> Extraction:
    return read_pdf(data, limits)


def body_of(extraction: Extraction) -> str:
    end = extraction.set_apart[0].span.start if extraction.set_apart else len(extraction.text)
    return extraction.text[:end].rstrip("\n")


def without_blanks(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_paragraphs_come_back(path: Path, made: Mapping[str, bytes]) -> None:
    extraction = read(made[path.stem])
    assert [without_blanks(line) for line in body_of(extraction).split("\n")] == [
        without_blanks(line) for line in paragraphs_of(path)
    ]
    assert extraction.incomplete is None
    assert extraction.notes == ()


@pytest.mark.parametrize("path", REPORTS[1:3], ids=lambda path: path.stem)
def test_paragraphs_without_indent_come_back(path: Path, made: Mapping[str, bytes]) -> None:
    found = body_of(read(made[path.stem + FLUSH])).split("\n")
    wanted = paragraphs_of(path)
    assert sum(line in found for line in wanted) >= 0.85 * len(wanted)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_findings_are_those_of_the_text(
    path: Path, made: Mapping[str, bytes], ruleset: Ruleset, tmp_path: Path
) -> None:
    copy = tmp_path / "报告.pdf"
    copy.write_bytes(made[path.stem])

    def findings(file: Path) -> list[tuple[str, str, str]]:
        report = read_report(file, "报告")
        found = judge(Context(report, Facts()), ruleset).findings
        return [(one.rule, without_blanks(one.quote), report.section_label(one.start)) for one in found]

    assert findings(copy) == findings(path)


def test_heads_and_page_numbers_are_set_apart_and_pages_kept(made: Mapping[str, bytes]) -> None:
    extraction = read(made[SEEDS[1].stem])
    apart = [extraction.text[item.span.start : item.span.end] for item in extraction.set_apart]
    count = len(extraction.pages)
    assert count > 3
    assert apart == [words for page in range(1, count + 1) for words in (HEAD, f"— {page} —")]
    assert extraction.pages[0] == 0
    assert list(extraction.pages) == sorted(extraction.pages)


def test_blanks_stand_only_where_they_are_written(made: Mapping[str, bytes]) -> None:
    text = body_of(read(made["qingshi_health_bureau_2023"]))
    assert not re.search(r"[一-鿿] \d|\d [一-鿿]", text)


def test_a_table_is_a_line_for_each_row(made: Mapping[str, bytes]) -> None:
    assert body_of(read(made["表格"])).split("\n")[len(LINES) :] == ["  ".join(row) for row in CELLS]


def test_a_password_to_open_refuses(locked: Mapping[str, bytes]) -> None:
    with pytest.raises(Unreadable) as caught:
        read(locked["open"])
    assert caught.value.status == "encrypted"


def test_a_password_to_change_does_not_matter(locked: Mapping[str, bytes]) -> None:
    extraction = read(locked["change"])
    assert body_of(extraction).split("\n") == LINES
    assert extraction.incomplete is None


def test_too_many_pages_are_refused(made: Mapping[str, bytes]) -> None:
    with pytest.raises(Unreadable) as caught:
        read(made[SEEDS[1].stem], ReadingLimits(pages=2))
    assert (caught.value.status, "max_pages" in caught.value.next_step) == ("over_limit", True)


@pytest.mark.parametrize(
    ("rotation", "matrix", "step"),
    [(0, "1 0 0 1", (0, -20)), (90, "0 1 -1 0", (20, 0)), (180, "-1 0 0 -1", (0, 20)), (270, "0 -1 1 0", (-20, 0))],
)
def test_a_turned_page_is_read_upright(rotation: int, matrix: str, step: tuple[int, int]) -> None:
    content = b"".join(
        words(ENGLISH % number, 300 + step[0] * number, 400 + step[1] * number, matrix) for number in range(4)
    )
    text = read(pages([content], page=b"/Rotate %d" % rotation)).text
    assert text.replace("\n", "") == "".join((ENGLISH % number).decode() for number in range(4))


def refusal(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value


def test_scans_have_no_text() -> None:
    fault = refusal(pages([WHOLE_PAGE_PICTURE] * 3, more=[PICTURE]))
    assert (fault.status, "文字版" in fault.next_step) == ("no_text", True)


def test_scans_with_page_numbers_have_no_text() -> None:
    contents = [WHOLE_PAGE_PICTURE + words(b"%d" % number, 300, 30) for number in range(1, 4)]
    assert refusal(pages(contents, more=[PICTURE])).status == "no_text"


def test_letters_drawn_as_paths_are_no_text() -> None:
    assert refusal(pages([b"10 10 m 20 20 l 30 10 l f\n" * 300])).status == "no_text"


def test_blank_pages_are_empty() -> None:
    assert refusal(pages([b"", b""])).status == "empty"


def test_accented_letters_instead_of_han_are_no_text() -> None:
    assert refusal(pages([words(bytes(range(0xC0, 0xF0)) * 3)])).status == "no_text"


def meaning(characters: str) -> bytes:
    """A file that says of the bytes 1, 2, ... that they are ``characters``, and draws each of them."""
    pairs = b"".join(b"<%02X> <%04X>\n" % pair for pair in enumerate(map(ord, characters), 1))
    drawn = "".join(f"{number:02X}" for number in range(1, len(characters) + 1)).encode()
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
            stream(b"BT /F1 6 Tf 10 700 Td <%s> Tj ET" % drawn),
            stream(
                b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n%d beginbfchar\n%sendbfchar endcmap"
                % (len(characters), pairs)
            ),
        ]
    )


_HAN = "坚持以人民为中心深入推进依法行政加快建设法治政府全面落实各项任务不断提升治理能力和水平"


def test_radicals_are_the_characters_they_look_like() -> None:
    assert read_pdf(meaning("⼈⺠政府⻓期⽴足"), DEFAULT_LIMITS).text.strip() == "人民政府长期立足"


def test_a_wrong_map_among_right_ones_is_no_text() -> None:
    assert refusal(meaning(_HAN + "ßàáþ\x80\x7f")).status == "no_text"


def test_a_page_with_few_wrong_characters_is_named() -> None:
    shown = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 200))
    told = read_pdf(meaning(shown + "ßþæ"), DEFAULT_LIMITS).incomplete
    assert told is not None
    assert "第 1 页部分文字" in told


@pytest.mark.parametrize("foreign", ["", "é", "×÷", "āáǎà", "ü", "°±·", "\uf0b7", "☑"])
def test_what_stands_in_reports_is_no_wrong_map(foreign: str) -> None:
    assert read_pdf(meaning(_HAN + foreign), DEFAULT_LIMITS).incomplete is None


def test_a_scanned_page_among_others_is_named() -> None:
    contents = [words(ENGLISH % 1), WHOLE_PAGE_PICTURE, words(ENGLISH % 3)]
    extraction = read(pages(contents, more=[PICTURE]))
    assert extraction.incomplete == "第 2 页是图片，其中的文字未能读出"
    assert "part 3" in extraction.text


def test_the_text_behind_a_scan_is_read_and_noted() -> None:
    content = WHOLE_PAGE_PICTURE + words(ENGLISH % 1).replace(b"BT", b"BT 3 Tr")
    extraction = read(pages([content], more=[PICTURE]))
    assert extraction.text == (ENGLISH % 1).decode()
    assert "识别" in extraction.notes[0]
    assert extraction.incomplete is None


def test_comments_fields_and_attachments_are_noted() -> None:
    comment = b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Please check.)>>"
    filled = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Filled in)/Rect[0 0 99 9]>>"
    attached = b"<</Names[(a.txt) 7 0 R]>>"
    file = b"<</Type/Filespec/F(a.txt)/EF<</F 8 0 R>>>>"
    data = pages(
        [words(ENGLISH % 1)],
        page=b"/Annots[4 0 R 5 0 R]",
        more=[comment, filled, attached, file, stream(b"attached", b"/Type/EmbeddedFile")],
        catalogue=b"/Names<</EmbeddedFiles 6 0 R>>",
    )
    extraction = read(data)
    assert extraction.notes == (
        "含批注 1 处，其文字附在文末，不作正文审核",
        "含已填写的表单域 1 处，其文字附在文末，不作正文审核",
        "含附件 1 个，未读取",
    )
    assert body_of(extraction) == (ENGLISH % 1).decode()
    assert {extraction.text[item.span.start : item.span.end] for item in extraction.set_apart} == {
        "Please check.",
        "Filled in",
    }


def test_a_watermark_across_the_page_is_set_apart() -> None:
    content = words(ENGLISH % 1) + words(b"DRAFT", 200, 300, "0.7071 0.7071 -0.7071 0.7071")
    extraction = read(pages([content]))
    assert body_of(extraction) == (ENGLISH % 1).decode()
    assert extraction.text.endswith("\nDRAFT")


def test_a_page_that_cannot_be_opened_is_named() -> None:
    sound = pages([words(ENGLISH % 1), words(ENGLISH % 2)])
    damaged = sound.replace(b"/Type/Page/", b"/Type/Pagx/", 1)
    extraction = read(damaged)
    assert extraction.incomplete is not None


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", b"%PDF-1.4\n%%EOF", b"x" * 2000], ids=["nothing", "head", "end", "junk"]
)
def test_what_is_no_document_is_corrupt(data: bytes) -> None:
    assert refusal(data).status == "corrupt"


def test_a_loop_in_the_page_tree_is_corrupt() -> None:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]
    assert refusal(pdf_of(objects)).status == "corrupt"


@pytest.mark.parametrize("blanks", [30 * 1024 * 1024, 210 * 1024 * 1024], ids=["ratio", "size"])
def test_a_content_that_blows_up_is_over_the_limit(blanks: int) -> None:
    assert refusal(pages([b" " * blanks])).status == "over_limit"


def test_a_bomb_packed_twice_is_over_the_limit() -> None:
    twice = zlib.compress(zlib.compress(b" " * (60 * 1024 * 1024)))
    content = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n%s\nendstream" % (len(twice), twice)
    sound = pages([words(ENGLISH % 1)], more=[content])
    assert refusal(sound).status == "over_limit"
