"""Reports laid out as official paper (A4, type size 三号, a running head, page numbers), as sources for real tools."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

SOFFICE = shutil.which("soffice")
HEAD = "某市司法局文稿"
_LONGEST_TITLE = 60
_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
_STYLES = """
<office:styles>
<style:default-style style:family="paragraph">
 <style:paragraph-properties style:punctuation-wrap="simple" style:line-break="strict"
  style:text-autospace="ideograph-alpha"/>
</style:default-style>
<style:style style:name="B" style:family="paragraph">
 <style:paragraph-properties fo:line-height="28pt" fo:text-indent="{indent}" fo:text-align="{align}"/>
 <style:text-properties style:font-name-asian="仿宋" style:font-name="Times New Roman"
  style:font-size-asian="16pt" fo:font-size="16pt"/>
</style:style>
<style:style style:name="T" style:family="paragraph">
 <style:paragraph-properties fo:line-height="33pt" fo:text-align="center"/>
 <style:text-properties style:font-size-asian="22pt" fo:font-size="22pt"/>
</style:style>
<style:style style:name="H" style:family="paragraph">
 <style:paragraph-properties fo:text-align="end"/>
 <style:text-properties style:font-size-asian="10.5pt" fo:font-size="10.5pt"/>
</style:style>
<style:style style:name="F" style:family="paragraph">
 <style:paragraph-properties fo:text-align="center"/>
 <style:text-properties style:font-size-asian="14pt" fo:font-size="14pt"/>
</style:style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="paper">
 <style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="20mm"
  fo:margin-bottom="20mm" fo:margin-left="28mm" fo:margin-right="26mm">{columns}</style:page-layout-properties>
 <style:header-style><style:header-footer-properties fo:min-height="12mm" fo:margin-bottom="5mm"/></style:header-style>
 <style:footer-style><style:header-footer-properties fo:min-height="12mm" fo:margin-top="5mm"/></style:footer-style>
</style:page-layout>
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="paper">
 <style:header><text:p text:style-name="H">{head}</text:p></style:header>
 <style:footer>
  <text:p text:style-name="F">— <text:page-number text:select-page="current">1</text:page-number> —</text:p>
 </style:footer>
</style:master-page>
</office:master-styles>
"""


def official_paper(
    lines: Sequence[str], *, indent: str = "32pt", align: str = "justify", columns: int = 1, inside: str = ""
) -> str:
    """A flat OpenDocument text: the first line, where it is short, as a centred title, the others as paragraphs;
    ``inside`` is raw body content put at the end."""
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
    many = f'<style:columns fo:column-count="{columns}" fo:column-gap="10mm"/>' if columns > 1 else ""
    titled = len(lines[0]) <= _LONGEST_TITLE
    styles = ["T" if titled and place == 0 else "B" for place in range(len(lines))]
    body = "".join(
        f'<text:p text:style-name="{style}">{_text(line)}</text:p>' for style, line in zip(styles, lines, strict=True)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"{_STYLES.format(indent=indent, align=align, columns=many, head=HEAD)}"
        f"<office:body><office:text>{body}{inside}</office:text></office:body></office:document>"
    )


def _text(line: str) -> str:
    return re.sub(r" {2,}", lambda blanks: f'<text:s text:c="{len(blanks[0])}"/>', escape(line))


def paragraphs_of(path: Path) -> list[str]:
    """The lines of a written report that are not blank, without their indent."""
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def convert(sources: Mapping[str, str], folder: Path, filters: str = "pdf") -> dict[str, bytes]:
    """LibreOffice's PDF of each flat OpenDocument source, by name: one call, with a profile of its own."""
    assert SOFFICE is not None
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in sources.items():
        (folder / f"{name}.fodt").write_text(source, encoding="utf-8")
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            filters,
            "--outdir",
            str(folder / "pdf"),
            *(str(folder / f"{name}.fodt") for name in sources),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {name: (folder / "pdf" / f"{name}.pdf").read_bytes() for name in sources}
