from __future__ import annotations

import hashlib
import io
import pickle
import zipfile
from pathlib import Path

import pytest
from hypothesis import given

from documents.errors import Unreadable
from documents.read import Location, read_report, read_reports, report_from_text
from documents.report import ParagraphKind
from tests.documents.texts import TEXTS
from tests.places import SEEDS

TEXT = (
    "某县2023年法治政府建设年度报告\n2023年，某县扎实推进法治政府建设，现将情况报告如下：\n一、主要工作\n办理案件5件。"
)


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


def unreadable(tmp_path: Path, data: bytes) -> Unreadable:
    path = tmp_path / "报告.txt"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read_report(path, "报告.txt")
    return caught.value


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_sample_is_read_whole(path: Path) -> None:
    report = read_report(path, "seeds/x.txt")
    assert report.text == path.read_text(encoding="utf-8")
    assert report.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (report.source.path, report.source.size) == ("seeds/x.txt", path.stat().st_size)
    assert (report.source.encoding, report.source.format, report.source.incomplete) == ("utf-8", "text", None)


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(TEXT.encode("gb18030"))
    report = read_report(path, "报告.docx")
    assert report.text == TEXT
    assert "GB18030" in report.source.notes[0]


def test_damage_makes_the_source_incomplete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode() + b"\xe5\x8a")
    assert read_report(path, "a.txt").source.incomplete


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", "empty", "0 字节"),
        (b" \r\n\t", "empty", "没有文字"),
        (bytes(2000), "corrupt", "不是可以识别的文字"),
        (archive("xl/workbook.xml"), "unsupported", "Excel"),
        (archive("报告.txt"), "unsupported", "压缩包里的压缩包"),
        (archive("word/document.xml")[:60], "corrupt", "不完整"),
        (b"\x89PNG\r\n\x1a\n", "unsupported", "图片"),
        (b"Rar!\x1a\x07", "unsupported", "压缩包"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_text_says_what_it_is(tmp_path: Path, data: bytes, status: str, words: str) -> None:
    obstacle = unreadable(tmp_path, data)
    assert obstacle.status == status
    assert words in obstacle.reason
    assert not obstacle.reason.endswith("。")
    assert obstacle.next_step.endswith("。")
    assert (obstacle.sha256, obstacle.size) == (hashlib.sha256(data).hexdigest(), len(data))
    obstacle.reason.encode("gbk")
    obstacle.next_step.encode("gbk")


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read_report(tmp_path / "没有.txt", "没有.txt")
    assert caught.value.status == "unreadable"


def test_an_obstacle_survives_the_way_between_processes() -> None:
    obstacle = pickle.loads(pickle.dumps(Unreadable("empty", "空。", "重报。", "ab", 3)))
    assert (obstacle.status, obstacle.reason, obstacle.next_step, obstacle.sha256, obstacle.size) == (
        ("empty", "空。", "重报。", "ab", 3)
    )


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    report = report_from_text(
        "　　某县2023年法治政府建设年度报告\r\n\r\n  一、主要工作  \n（一）学习。开会。\n某县人民政府\n2024年1月5日\n"
    )
    assert [(report.quote(paragraph.span), paragraph.kind) for paragraph in report.paragraphs] == [
        ("某县2023年法治政府建设年度报告", ParagraphKind.TITLE),
        ("一、主要工作", ParagraphKind.HEADING),
        ("（一）学习。开会。", ParagraphKind.BODY),
        ("某县人民政府", ParagraphKind.SIGNATURE),
        ("2024年1月5日", ParagraphKind.SIGNATURE),
    ]


def test_a_title_and_a_signature_on_the_only_line_are_no_sentences() -> None:
    body = "2023年，街道认真落实各项任务，现将情况报告如下： 一、主要工作 办理案件17宗，化解矛盾纠纷133件，培训12期。"
    report = report_from_text(f"某街道办事处 2023年法治政府建设工作报告 {body} 某街道办事处 2024年1月18日")
    sentences = [report.quote(sentence.span) for sentence in report.sentences]
    assert sentences[0].startswith("2023年，街道")
    assert sentences[-1] == "办理案件17宗，化解矛盾纠纷133件，培训12期。"


@given(TEXTS)
def test_any_text_makes_a_report(text: str) -> None:
    report = report_from_text(text)
    assert "\r" not in report.text
    for paragraph in report.paragraphs:
        words = report.quote(paragraph.span)
        assert words
        assert "\n" not in words


def test_reports_read_together_are_as_each_read_alone(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "短.txt").write_bytes(TEXT.encode("gb18030"))
    paths = [*SEEDS[:2], tmp_path / "空.txt", tmp_path / "没有.txt", *SEEDS[2:], tmp_path / "短.txt"]
    together = read_reports([(Location(path), path.name) for path in paths])
    assert [item.status for item in together if isinstance(item, Unreadable)] == ["empty", "unreadable"]
    for path, found in zip(paths, together, strict=True):
        if isinstance(found, Unreadable):
            with pytest.raises(Unreadable) as caught:
                read_report(path, path.name)
            assert (caught.value.args, caught.value.sha256) == (found.args, found.sha256)
        else:
            assert found == read_report(path, path.name)


def test_nothing_read_together_is_nothing() -> None:
    assert read_reports([]) == []
