"""Files of every format, made by the programs that offices use: LibreOffice, and zip as it packs folders."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

SOFFICE = shutil.which("soffice")
NO_SOFFICE = "没有安装 LibreOffice（soffice），不能生成这些格式的文件"


def web_page(text: str) -> bytes:
    """The report as a page of a plain site: one ``<p>`` for each line."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{lines}</body></html>'.encode()


def converted(pages: Mapping[str, bytes], formats: Iterable[str], folder: Path) -> dict[tuple[str, str], bytes]:
    """Each web page (by name) in each format (``docx``, ``doc``, ``rtf``, ``pdf``), written by LibreOffice."""
    sources = folder / "pages"
    sources.mkdir(parents=True)
    for name, page in pages.items():
        (sources / f"{name}.html").write_bytes(page)
    _convert(sorted(sources.iterdir()), "docx:MS Word 2007 XML", folder)
    documents = [folder / f"{name}.docx" for name in pages]
    filters = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "pdf": "pdf:writer_pdf_Export"}
    for kind in formats:
        if kind != "docx":
            _convert(documents, filters[kind], folder)
    return {(name, kind): (folder / f"{name}.{kind}").read_bytes() for name in pages for kind in formats}


def _convert(files: list[Path], to: str, folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", to, "--outdir", str(folder), *map(str, files)]
    if to.startswith("docx"):
        command.insert(2, "--infilter=HTML (StarWriter)")
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def ofd(pages: Iterable[Iterable[str]]) -> bytes:
    """A minimal OFD file (GB/T 33190): for each page its lines, one TextObject a line, positions in millimetres."""
    parts = {
        "OFD.xml": (
            '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0" DocType="OFD"><ofd:DocBody>'
            "<ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
            "</ofd:DocBody></ofd:OFD>"
        )
    }
    listed = ""
    for number, lines in enumerate(pages):
        listed += f'<ofd:Page ID="{number + 10}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _ofd_page(lines)
    parts["Doc_0/Document.xml"] = (
        '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>'
        "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    return zipped({name: f'<?xml version="1.0" encoding="UTF-8"?>{xml}'.encode() for name, xml in parts.items()})


def _ofd_page(lines: Iterable[str]) -> str:
    objects = "".join(
        f'<ofd:TextObject ID="{1000 + number}" Boundary="{28 + 5.64 * (len(line) - len(line.lstrip("　")))} '
        f'{30 + 10 * number} 160 6" Font="1" Size="5.64"><ofd:TextCode X="0" Y="5" DeltaX="g {len(line)} 5.64">'
        f"{escape(line.strip('　'))}</ofd:TextCode></ofd:TextObject>"
        for number, line in enumerate(lines)
    )
    return (
        '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="1">'
        f"{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    )
