"""Texts that several tests of the reader share: the real samples, and whatever their parts can make."""

from __future__ import annotations

from hypothesis import strategies as st

_NUMBERS = ["一、", "二、", "（一）", "(二)", "1.", "2．", "（1）", "①", "第一部分", "一是", "二是", "首先，", "#"]
_MARKS = [
    "，",
    "。",
    "！",
    "“",
    "”",
    "《",
    "》",
    "(",
    ")",
    "：",
    "；",
    ".",
    "…",
    "|",
    "\n",
    " ",
    "　",
    "\t",
    "\u200b",
    "\r\n",
]
_WORDS = [
    "加强组织领导",
    "我局办理行政处罚案件281宗",
    "存在的问题",
    "来源：",
    "2023年",
    "附件下载",
    "目录",
    "某县人民政府",
    "2024年1月5日",
]
_WORDS += ["某县2023年法治政府建设年度报告", "打印", "执法力量不足，巡查频次低" * 8]

TEXTS = st.lists(st.sampled_from(_NUMBERS + _MARKS + _WORDS), max_size=60).map("".join) | st.text(max_size=200)

_STAYS = "，。；：、）》”,;:)"


def wrapped(text: str, width: int, *, indent: str = "", between: str = "\n", page: int | None = None) -> str:
    """``text`` as a PDF reader gives it: lines of ``width`` characters, a page number after every ``page`` lines."""
    lines: list[str] = []
    for paragraph in filter(None, (line.strip() for line in text.split("\n"))):
        line = indent
        for character in paragraph:
            if len(line) >= width and character not in _STAYS:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    if page:
        lines = [
            part
            for number, line in enumerate(lines, 1)
            for part in ([line, f"— {number // page} —"] if number % page == 0 else [line])
        ]
    return between.join(lines)


LAYOUTS = {
    "28 characters": lambda text: wrapped(text, 28, indent="　　"),
    "35 characters, no indent": lambda text: wrapped(text, 35),
    "every second line blank": lambda text: wrapped(text, 30, between="\n\n"),
    "pages": lambda text: wrapped(text, 28, indent="　　", page=22),
}
