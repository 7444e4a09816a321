"""The cleaner of cell strings."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.workbook.cleaner import (
    MAX_LINE_FEEDS,
    MAX_UNITS,
    TRUNCATED,
    around_hit,
    clean,
    shorten,
    utf16_units,
)

ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("行政处罚281宗", "行政处罚281宗"),
        ("=SUM(A1:A9)", "=SUM(A1:A9)"),
        ("#N/A", "#N/A"),
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
        ("制表\t符", "制表\t符"),
        ("控制\x00字\x0b符\x1f", "控制«U+0000»字«U+000B»符«U+001F»"),
        ("半个字\ud800", "半个字«U+D800»"),
        ("\ufffe\uffff", "«U+FFFE»«U+FFFF»"),
        ("\ufeff标题", "«U+FEFF»标题"),
        ("零宽\u200b空格\u00ad", "零宽«U+200B»空格«U+00AD»"),
        ("反\u202e向", "反«U+202E»向"),
        ("\U0001fffe", "«U+1FFFE»"),
        ("_x000D_", "_x005F_x000D_"),
        ("生僻字𠮷与表情😀、〇、①、　", "生僻字𠮷与表情😀、〇、①、　"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_too_long_a_text_is_cut_with_a_mark_in_utf16_units() -> None:
    for text in ("报" * 40_000, "😀" * 20_000, "a" + "😀" * 20_000):
        cut = clean(text)
        assert MAX_UNITS - 1 <= utf16_units(cut) <= MAX_UNITS
        assert cut.endswith(TRUNCATED)
        assert text.startswith(cut.removesuffix(TRUNCATED))


def test_the_longest_text_that_fits_stays_whole() -> None:
    text = "报" * MAX_UNITS
    assert clean(text) == text


def test_line_feeds_beyond_the_limit_become_blanks() -> None:
    cleaned = clean("行\n" * 400)
    assert cleaned.count("\n") == MAX_LINE_FEEDS
    assert cleaned.count("行") == 400


@given(st.text(st.characters(codec=None), max_size=200))
def test_whatever_goes_in_a_cell_can_hold_what_comes_out(text: str) -> None:
    cleaned = clean(text)
    assert not ILLEGAL.search(cleaned)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert utf16_units(cleaned) <= MAX_UNITS


@pytest.mark.parametrize(
    ("excerpt", "quote", "shown"),
    [
        ("今年【若干】场次。", "若干", "今年【若干】场次。"),
        ("【打印】【若干】场次。", "若干", "【打印】【若干】场次。"),
        ("", "若干", "【若干】"),
        ("", "", ""),
        ("跨\n【行】\n的", "行", "跨 【行】 的"),
    ],
)
def test_around_hit(excerpt: str, quote: str, shown: str) -> None:
    assert around_hit(excerpt, quote) == shown


def test_around_hit_keeps_the_hit_and_cuts_both_sides() -> None:
    shown = around_hit("前" * 500 + "【命中】" + "后" * 500, "命中")
    assert "前【命中】后" in shown
    assert shown.startswith("…前")
    assert shown.endswith("后…")
    assert len(shown) <= 302


def test_around_hit_gives_the_room_of_a_short_side_to_the_other() -> None:
    shown = around_hit("【命中】" + "后" * 500, "命中")
    assert shown == "【命中】" + "后" * 296 + "…"


def test_around_hit_cuts_the_middle_of_a_long_quote() -> None:
    quote = "甲" * 400 + "乙" * 400
    shown = around_hit(f"前文【{quote}】后文", quote)
    assert shown.startswith("…【甲")
    assert "…乙" in shown
    assert shown.endswith("乙】…")
    assert len(shown) <= 304


def test_shorten_leaves_out_the_middle() -> None:
    assert shorten("一二三四五六七八九十", 7) == "一二三四…九十"
    assert shorten("一二三", 3) == "一二三"
