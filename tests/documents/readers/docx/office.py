"""Documents that LibreOffice writes: flat OpenDocument text in, docx out, all of them in one call."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

SOFFICE = shutil.which("soffice")
_LABELS = {1: re.compile("([一二三四五六七八九十]+)、"), 2: re.compile("[（(]([一二三四五六七八九十]+)[）)]")}
_HAN = "一二三四五六七八九十"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    )
)
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">"""
_STYLES = """<office:styles>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:default-outline-level="1"/>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"
 style:default-outline-level="2"/>
<text:outline-style style:name="Outline">
<text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
<text:outline-level-style text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="{open}"
 style:num-suffix="{close}"/>
</text:outline-style></office:styles>"""
FEATURES = f"""{_HEAD}{_STYLES.format(open="（", close="）")}
<office:automatic-styles>
<style:style style:name="hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:page-layout style:name="page"/></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">
<style:header><text:p>某县司法局文件</text:p></style:header>
<style:footer><text:p>— <text:page-number>1</text:page-number> —</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>
<text:tracked-changes><text:changed-region text:id="gone"><text:deletion><office:change-info>
<dc:creator>甲</dc:creator><dc:date>2024-01-01T00:00:00</dc:date></office:change-info><text:p>原稿的说法</text:p>
</text:deletion></text:changed-region></text:tracked-changes>
<text:p>某县司法局2023年法治政府建设年度报告</text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1">主要举措和成效</text:h>
<text:h text:style-name="Heading_20_2" text:outline-level="2">强化组织领导</text:h>
<text:p>全年召开会议3次<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>不含专题会议。</text:p></text:note-body></text:note>，办理案件281宗<office:annotation>
<dc:creator>乙</dc:creator><text:p>请核实</text:p></office:annotation>。</text:p>
<text:p>落实<text:change text:change-id="gone"/>责任<text:span
 text:style-name="hidden">不对外的话</text:span>到人。</text:p>
<text:p>见<text:ruby><text:ruby-base>附表</text:ruby-base><text:ruby-text>fubiao</text:ruby-text></text:ruby>所列。</text:p>
<table:table><table:table-column table:number-columns-repeated="3"/>
<table:table-row><table:table-cell><text:p>事项</text:p></table:table-cell>
<table:table-cell table:number-columns-spanned="2"><text:p>件数</text:p></table:table-cell>
<table:covered-table-cell/></table:table-row>
<table:table-row><table:table-cell><text:p>行政处罚</text:p></table:table-cell>
<table:table-cell><text:p>281</text:p></table:table-cell><table:table-cell><text:p>宗</text:p></table:table-cell>
</table:table-row></table:table>
<text:p>示意如下：<draw:frame svg:width="5cm" svg:height="2cm" text:anchor-type="as-char"><draw:text-box>
<text:p>框中的说明文字。</text:p></draw:text-box></draw:frame></text:p>
<text:h text:style-name="Heading_20_2" text:outline-level="2">规范执法</text:h>
<text:p>规范文明执法，<text:line-break/>群众满意。</text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1">存在的问题</text:h>
<text:p>力量不足。</text:p>
</office:text></office:body></office:document>"""


def plain(text: str) -> str:
    """A document with one paragraph for each line of ``text``."""
    paragraphs = (f"<text:p>{_words(line)}</text:p>" for line in text.split("\n") if line.strip())
    return _document("".join(paragraphs), "（", "）")


def numbered(text: str) -> str:
    """The same with automatic numbers on heading styles, wherever they come to what is written in ``text``."""
    brackets = re.search("([（(])一([）)])", text)
    opening, closing = brackets.groups() if brackets else ("（", "）")
    counts = {1: 0, 2: 0}
    paragraphs = []
    for line in filter(str.strip, text.split("\n")):
        level = _level(line.strip(), counts, opening)
        if level:
            title = _LABELS[level].sub("", line.strip(), count=1)
            paragraphs.append(
                f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{_words(title)}</text:h>'
            )
        else:
            paragraphs.append(f"<text:p>{_words(line)}</text:p>")
    return _document("".join(paragraphs), opening, closing)


def _level(line: str, counts: dict[int, int], opening: str) -> int:
    for level, pattern in _LABELS.items():
        match = pattern.match(line)
        if match is None or (level == 2 and line[0] != opening):
            continue
        if match[1] == _HAN[counts[level] : counts[level] + 1] and line[match.end() :].strip():
            counts[level] += 1
            if level == 1:
                counts[2] = 0
            return level
    return 0


def _words(line: str) -> str:
    words = line.strip()
    blanks = line[: len(line.rstrip()) - len(words)].replace(" ", "<text:s/>")
    return blanks + escape(words).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")


def _document(body: str, opening: str, closing: str) -> str:
    styles = _STYLES.format(open=opening, close=closing)
    return f"{_HEAD}{styles}<office:body><office:text>{body}</office:text></office:body></office:document>"


def convert(documents: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    """``documents`` (flat OpenDocument by name) as the bytes of docx files by the same names."""
    for name, content in documents.items():
        (folder / f"{name}.fodt").write_text(content, encoding="utf-8")
    _run("docx:Office Open XML Text", folder, [folder / f"{name}.fodt" for name in documents])
    return {name: (folder / f"{name}.docx").read_bytes() for name in documents}


def shown(documents: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """The lines that LibreOffice shows of docx files, numbers and all, without blanks, by the name of the file."""
    for name, content in documents.items():
        (folder / f"{name}.docx").write_bytes(content)
    _run("txt:Text (encoded):UTF8", folder, [folder / f"{name}.docx" for name in documents])
    texts = {name: (folder / f"{name}.txt").read_text(encoding="utf-8-sig") for name in documents}
    return {name: ["".join(line.split()) for line in text.strip().split("\n")] for name, text in texts.items()}


def _run(form: str, folder: Path, files: list[Path]) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", form, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
