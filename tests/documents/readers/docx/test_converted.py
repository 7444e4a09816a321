"""Documents that LibreOffice made: the same report as text and as docx is judged alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from checks.context import Context
from checks.engine import judge
from checks.kinds import parameter_models
from documents.extraction import Extraction
from documents.limits import DEFAULT_LIMITS
from documents.read import report_from_extraction, report_from_text
from documents.readers.docx import read_docx
from documents.report import Report, Source
from rules.facts import Facts
from rules.load import load_ruleset
from rules.model import Ruleset
from tests.documents.readers.docx.mutations import KINDS, outcomes
from tests.documents.readers.docx.office import FEATURES, SOFFICE, convert, numbered, plain, shown
from tests.documents.readers.docx.test_numbering import HAN, REPORT, abstract, level, listed, num, start_at
from tests.documents.readers.docx.writing import members, packed
from tests.places import SEEDS

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
TEXTS = [path.read_text(encoding="utf-8-sig") for path in SEEDS]
SOURCE = Source(path="", sha256="", size=0, format="docx", encoding="")
WAYS = {"plain": plain, "numbered": numbered}


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    documents = {f"{way}-{number}": make(text) for way, make in WAYS.items() for number, text in enumerate(TEXTS)}
    return convert({**documents, "features": FEATURES}, tmp_path_factory.mktemp("office"))


@cache
def ruleset() -> Ruleset:
    return load_ruleset("fazhi", parameter_models())


def findings(report: Report) -> Counter[tuple[str, str, str]]:
    """Rule, quote and section of each finding."""
    found = judge(Context(report, Facts()), ruleset()).findings
    return Counter((item.rule, item.quote, item.section) for item in found)


def extracted(converted: Mapping[str, bytes], name: str) -> Extraction:
    return read_docx(converted[name], DEFAULT_LIMITS)


@pytest.mark.parametrize("number", range(len(SEEDS)))
@pytest.mark.parametrize("way", WAYS)
def test_a_report_has_the_same_lines_as_text_and_as_docx(converted: Mapping[str, bytes], way: str, number: int) -> None:
    extraction = extracted(converted, f"{way}-{number}")
    lines = [line.strip() for line in TEXTS[number].split("\n") if line.strip()]
    assert [line.strip() for line in extraction.text.split("\n")] == lines
    assert (extraction.notes, extraction.incomplete) == ((), None)


@pytest.mark.parametrize("number", range(len(SEEDS)))
@pytest.mark.parametrize("way", WAYS)
def test_a_report_is_judged_alike_as_text_and_as_docx(converted: Mapping[str, bytes], way: str, number: int) -> None:
    as_docx = report_from_extraction(extracted(converted, f"{way}-{number}"), SOURCE)
    as_text = report_from_text(TEXTS[number])
    assert [(item.level, item.number, item.title) for item in as_docx.headings] == [
        (item.level, item.number, item.title) for item in as_text.headings
    ]
    assert findings(as_docx) == findings(as_text)


def test_automatic_numbers_are_used_at_all(converted: Mapping[str, bytes]) -> None:
    marked = [len(extracted(converted, f"numbered-{number}").outline) for number in range(len(SEEDS))]
    assert sum(marked) == 60


def test_what_an_office_document_can_hold(converted: Mapping[str, bytes]) -> None:
    extraction = extracted(converted, "features")
    assert extraction.text.split("\n") == [
        "某县司法局2023年法治政府建设年度报告",
        "一、主要举措和成效",
        "（一）强化组织领导",
        "全年召开会议3次，办理案件281宗。",
        "注1：不含专题会议。",
        "落实责任到人。",
        "见附表所列。",
        "事项\t件数",
        "行政处罚\t281\t宗",
        "示意如下：",
        "框中的说明文字。",
        "（二）规范执法",
        "规范文明执法，",
        "群众满意。",
        "二、存在的问题",
        "力量不足。",
        "某县司法局文件",
        "— 1 —",
    ]
    assert [extraction.text[item.span.start : item.span.end] for item in extraction.set_apart] == [
        "某县司法局文件",
        "— 1 —",
    ]
    assert extraction.notes == (
        "含未接受的修订：删除 1 处，未审核删除的文字",
        "含批注 1 条，未审核",
        "含隐藏文字 1 处，未审核",
    )
    assert sorted(extraction.outline.values()) == [1, 1, 2, 2]


ORDERS = {
    "a report": (REPORT, [(1, index) for index in (0, 1, 1, 2, 2, 1, 2, 0, 1, 2)]),
    "a list begun anew": (
        abstract(0, HAN) + num(1, 0) + num(2, 0, start_at(0, 1)),
        [(1, 0), (1, 0), (2, 0), (2, 0), (1, 0)],
    ),
    "a level passed over": (
        abstract(0, level(0, "%1、"), level(1, "%1.%2、"), level(2, "%1.%2.%3、")) + num(1, 0),
        [(1, index) for index in (1, 0, 2, 1, 0, 1)],
    ),
    "two lists of one definition": (abstract(0, HAN) + num(1, 0) + num(2, 0), [(1, 0), (2, 0), (1, 0)]),
}
FORMS = (
    "chineseCountingThousand chineseLegalSimplified ideographLegalTraditional decimalFullWidth"
    " decimalZero lowerLetter upperRoman lowerRoman"
)
STARTS = (1, 9, 10, 11, 19, 20, 21, 99, 100, 101, 110, 111)
for form in FORMS.split():
    lists = "".join(abstract(at, level(0, "%1、", form, start=start)) for at, start in enumerate(STARTS))
    numbers = "".join(num(at + 1, at) for at in range(len(STARTS)))
    ORDERS[form] = (lists + numbers, [(at + 1, 0) for at in range(len(STARTS))])


def test_automatic_numbers_are_those_that_libreoffice_shows(tmp_path: Path) -> None:
    files = {
        name: packed(members("".join(listed("项", *place) for place in order), {"numbering": numbering}))
        for name, (numbering, order) in ORDERS.items()
    }
    numbered_by_office = shown(files, tmp_path)
    for name, data in files.items():
        assert read_docx(data, DEFAULT_LIMITS).text.replace(" ", "").split("\n") == numbered_by_office[name], name


def test_damaged_files_are_refused_or_said_to_be_incomplete(converted: Mapping[str, bytes]) -> None:
    files = [converted[name] for name in ("features", "plain-1", "numbered-2")]
    found = list(outcomes(files, 300, seed=20240305))
    assert {item.kind for item in found} == {kind.__name__ for kind in KINDS}
    assert {item.status for item in found} <= {
        "read",
        "partly_read",
        "corrupt",
        "encrypted",
        "over_limit",
        "empty",
        "no_text",
    }
    assert [item for item in found if item.silent] == []
    assert {"read", "partly_read", "corrupt"} <= {item.status for item in found}
