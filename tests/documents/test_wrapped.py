from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.normalised import normalise
from documents.read import report_from_text
from documents.report import NumberStyle, Report
from documents.wrapped import JOIN, joined
from tests.documents.texts import LAYOUTS, TEXTS, wrapped
from tests.places import SEEDS, seed


def outline(report: Report) -> list[str]:
    """The headings; an item (二是) may lose its number to a line end."""
    return [heading.title for heading in report.headings if heading.style is not NumberStyle.ITEM]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("path", [path for path in SEEDS if "古美路" not in path.stem], ids=lambda path: path.stem)
def test_a_wrapped_report_is_read_like_the_original(path: Path, layout: str) -> None:
    text = path.read_text(encoding="utf-8")
    whole, lines = report_from_text(text), report_from_text(LAYOUTS[layout](text))
    assert outline(lines) == outline(whole)
    identity = [known and known.value for known in (lines.title, lines.unit, lines.year, lines.published)]
    assert identity == [known and known.value for known in (whole.title, whole.unit, whole.year, whole.published)]


@given(TEXTS)
def test_joining_keeps_every_place(text: str) -> None:
    flowing = joined(text)
    assert len(flowing) == len(text)
    changed = [old for old, new in zip(text, flowing, strict=True) if old != new]
    assert JOIN in text or all(new == JOIN for old, new in zip(text, flowing, strict=True) if old != new)
    assert not any(sign.isalpha() for sign in changed)


@given(st.integers(24, 44))
def test_any_width_gives_the_same_words(width: int) -> None:
    path = seed("从化")
    text = "\n".join(line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
    flowing = normalise(joined(wrapped(text, width))).text
    assert flowing.replace("\n", "") == normalise(text).text.replace("\n", "")
    assert flowing.count("\n") < 1.5 * text.count("\n") + 3


LISTS = {
    "short items": "\n".join(
        f"{number}.开展第{number}场普法宣传活动，发放资料{number}00份；" for number in range(1, 15)
    ),
    "finished lines": "\n".join(["街道司法所全年开展普法宣传活动，受到辖区群众的广泛好评。"] * 14),
    "one long paragraph": "一、主要工作\n" + "街道扎实推进法治政府建设，" * 40 + "成效明显。\n二、存在的问题\n" * 6,
    "few lines": "2023年，我局坚持以习近平法治思想为指导，\n扎实推进依法行政工作，取得明显的成效。",
}


def test_a_line_that_begins_with_the_end_of_a_word_goes_on() -> None:
    text = "\n".join(["镇司法所扎实推进普法工作，目前存在的主要问题是宣传形式单", "一，对外出务工人员覆盖不够。"] * 8)
    assert joined(text).count("\n") == 7


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert joined(text) == text
