"""doc, wps and rtf: the same text as the original, only the culprit of a batch is lost, nothing outside is opened."""

from __future__ import annotations

import ctypes
import http.server
import os
import random
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audit.assess import Auditor
from audit.packs import load_pack
from audit.record import ReportRecord
from documents.archive import list_members, read_member
from documents.errors import Unreadable
from documents.extraction import Extraction
from documents.limits import DEFAULT_LIMITS
from documents.read import report_from_extraction, report_from_text
from documents.readers import legacy, libreoffice
from documents.readers.defused import defused
from documents.readers.html import read_html
from documents.report import Source
from tests.documents.readers.saved_pages import word
from tests.places import SEEDS

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice）")
LISTS = (
    "<html><body><h1>二〇二四年法治政府建设年度报告</h1><table border=1><tr><td>项目</td><td>处罚案件</td></tr>"
    "<tr><td>数量</td><td>281宗</td></tr></table><p>正文提到<a href='http://127.0.0.1:9/'>一个链接</a>。</p></body></html>"
)


def made(folder: Path, kind: str, sources: list[Path]) -> None:
    """Files of ``kind`` made of texts and pages by LibreOffice."""
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    texts = [str(path) for path in sources if path.suffix == ".txt"]
    pages = [str(path) for path in sources if path.suffix == ".html"]
    for files, loader in ((texts, "Text (encoded):UTF8,LF,,,"), (pages, "HTML (StarWriter)")):
        command = [str(SOFFICE), profile, "--headless", f"--infilter={loader}", "--convert-to", kind]
        if files:
            command += ["--outdir", str(folder), *files]
            subprocess.run(command, check=True, capture_output=True, timeout=180)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with doc and rtf files of the sample reports, by their stems, and one of a page with a table."""
    folder = tmp_path_factory.mktemp("office")
    sources = folder / "sources"
    sources.mkdir()
    for path in SEEDS:
        (sources / path.name).write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (sources / "table.html").write_text(LISTS, encoding="utf-8")
    inputs = sorted(sources.iterdir())
    made(folder / "doc", "doc:MS Word 97", inputs)
    made(folder / "rtf", "rtf:Rich Text Format", inputs)
    return folder


@pytest.fixture(scope="session")
def converted(office: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Extraction]:
    """What is read of each file of the folder, converted in one batch; the wps files are renamed doc files."""
    (office / "wps").mkdir()
    for path in (office / "doc").iterdir():
        shutil.copyfile(path, office / "wps" / path.with_suffix(".wps").name)
    files = sorted(path for kind in ("doc", "rtf", "wps") for path in (office / kind).iterdir())
    outcomes = legacy.convert_to_docx(files, tmp_path_factory.mktemp("work"), 120)
    read = {}
    for file, outcome in outcomes.items():
        assert isinstance(outcome, Path), outcome
        read[file] = legacy.read_converted(file.read_bytes(), outcome.read_bytes(), DEFAULT_LIMITS)
    return read


@needs_libreoffice
@pytest.mark.parametrize("kind", ["doc", "rtf", "wps"])
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:8])
def test_a_report_is_read_as_it_was_written(
    path: Path, kind: str, office: Path, converted: dict[Path, Extraction]
) -> None:
    extraction = converted[office / kind / path.with_suffix(f".{kind}").name]
    written = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    assert [line.strip() for line in extraction.text.split("\n") if line.strip()] == written
    assert extraction.incomplete is None
    assert "由 LibreOffice 转换读取" in extraction.notes


@needs_libreoffice
def test_tables_and_links_are_read(office: Path, converted: dict[Path, Extraction]) -> None:
    for kind in ("doc", "rtf"):
        extraction = converted[office / kind / f"table.{kind}"]
        assert "处罚案件" in extraction.text
        assert "正文提到一个链接。" in extraction.text
        assert extraction.incomplete is None


@pytest.fixture(scope="session")
def auditor() -> Auditor:
    """Judges by the rules that come with the program."""
    ruleset, facts = load_pack()
    return Auditor(ruleset, facts)


def _findings(record: ReportRecord) -> list[tuple[str, str, str | None]]:
    return sorted((finding.rule, finding.quote.strip(), finding.section) for finding in record.findings)


@needs_libreoffice
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:8])
def test_the_findings_are_those_of_the_text(
    path: Path, office: Path, converted: dict[Path, Extraction], auditor: Auditor, tmp_path: Path
) -> None:
    text = path.read_text(encoding="utf-8")
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("报告.txt", text)
    (member,) = list_members(archive, DEFAULT_LIMITS)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    extractions = {
        "zip": Extraction(read_member(archive, member.key, DEFAULT_LIMITS).decode()),
        "html": read_html(word(lines).encode("gb18030"), DEFAULT_LIMITS),
        **{kind: converted[office / kind / path.with_suffix(f".{kind}").name] for kind in ("doc", "rtf", "wps")},
    }
    expected = _findings(auditor.assess_report(report_from_text(text)))
    assert expected
    for kind, extraction in extractions.items():
        source = Source(path="x", sha256="", size=0, format=kind, encoding="")
        assert _findings(auditor.assess_report(report_from_extraction(extraction, source))) == expected, kind


@needs_libreoffice
def test_only_the_broken_file_of_a_batch_is_lost(office: Path, tmp_path: Path) -> None:
    good = sorted((office / "doc").iterdir())[:2]
    rtf = next(iter(sorted((office / "rtf").glob("*新市*"))))
    half, odd = tmp_path / "半.doc", tmp_path / "换\n行 '$(x)' #%.rtf"
    half.write_bytes(good[0].read_bytes()[:3_000])
    odd.write_bytes(rtf.read_bytes()[:20_000])
    missing = tmp_path / "没有.doc"
    outcomes = legacy.convert_to_docx([good[0], half, missing, odd, good[1]], tmp_path / "work", 120)
    refusals = {path: outcome.status for path, outcome in outcomes.items() if isinstance(outcome, Unreadable)}
    assert refusals == {half: "corrupt", missing: "unreadable"}
    assert list(outcomes) == [good[0], half, missing, odd, good[1]]
    cut_off = outcomes[odd]
    assert isinstance(cut_off, Path)
    extraction = legacy.read_converted(odd.read_bytes(), cut_off.read_bytes(), DEFAULT_LIMITS)
    assert len(extraction.text) > 1_000
    assert "截断" in (extraction.incomplete or "")


@needs_libreoffice
def test_text_that_the_conversion_lost_makes_the_report_incomplete(office: Path, tmp_path: Path) -> None:
    whole, other = (next(iter((office / "doc").glob(f"*{name}*"))) for name in ("古美", "新市"))
    outcome = legacy.convert_to_docx([other], tmp_path, 120)[other]
    assert isinstance(outcome, Path)
    extraction = legacy.read_converted(whole.read_bytes(), outcome.read_bytes(), DEFAULT_LIMITS)
    assert "有内容没有读出" in (extraction.incomplete or "")


FAKE = """#!/bin/sh
# Stands in for LibreOffice: copies each file to its place, hangs or dies where the file says so.
while [ "$1" != "--outdir" ]; do shift; done
out="$2"; shift 2
for file in "$@"; do
  if grep -q HANG "$file"; then sleep 600 & sleep 600; fi
  if grep -q DIE "$file"; then exit 77; fi
  if grep -q REFUSE "$file"; then continue; fi
  name=$(basename "$file"); cp "$file" "$out/${name%.*}.docx"
done
"""


@pytest.fixture
def convert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Converts files of these contents with the stand-in; statuses, ``"ok"`` for a file that was converted."""
    program = tmp_path / "soffice"
    program.write_text(FAKE)
    program.chmod(0o755)
    monkeypatch.setattr(legacy, "find_libreoffice", lambda: str(program))
    monkeypatch.setattr(libreoffice, "_START_SECONDS", 2.0)

    def run(*contents: str, seconds: float = 1.0) -> list[str]:
        files = []
        for number, content in enumerate(contents):
            files.append(tmp_path / f"{number}.doc")
            files[-1].write_text(content)
        outcomes = legacy.convert_to_docx(files, tmp_path / "work", seconds)
        return [outcome.status if isinstance(outcome, Unreadable) else "ok" for outcome in outcomes.values()]

    return run


posix = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for LibreOffice")


@posix
@pytest.mark.parametrize(
    ("contents", "statuses"),
    [
        (["a", "b", "c"], ["ok", "ok", "ok"]),
        (["a", "REFUSE", "c", "REFUSE"], ["ok", "corrupt", "ok", "corrupt"]),
        (["a", "DIE", "c"], ["ok", "crashed", "ok"]),
        (["DIE", "DIE", "c", "REFUSE"], ["crashed", "crashed", "ok", "corrupt"]),
        (["a", "REFUSE", "HANG", "d"], ["ok", "corrupt", "timed_out", "ok"]),
        (["HANG"], ["timed_out"]),
        (["x"] * 203, ["ok"] * 203),
    ],
    ids=lambda value: "-".join(value)[:30],
)
def test_a_file_that_hangs_or_kills_is_the_only_one_lost(
    convert: Callable[..., list[str]], contents: list[str], statuses: list[str]
) -> None:
    assert convert(*contents) == statuses


@posix
def test_nothing_that_was_started_outlives_its_time(convert: Callable[..., list[str]], tmp_path: Path) -> None:
    convert("HANG")
    left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(tmp_path) not in left


def test_without_libreoffice_each_file_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(legacy, "find_libreoffice", lambda: None)
    outcome = legacy.convert_to_docx([tmp_path / "a.doc"], tmp_path, 60)[tmp_path / "a.doc"]
    assert isinstance(outcome, Unreadable)
    assert outcome.status == "unsupported"
    assert "未安装 LibreOffice" in outcome.reason
    assert "docx" in outcome.next_step


class _Server(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 - one list for all requests

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names that the library calls

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """A local server that should never be asked."""
    _Server.asked.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Watch:
    """Tells whether anybody opened a file of a folder (inotify)."""

    def __init__(self, folder: Path) -> None:
        library = ctypes.CDLL(None, use_errno=True)
        self._events = library.inotify_init1(os.O_NONBLOCK)
        for path in (folder, *folder.iterdir()):
            assert library.inotify_add_watch(self._events, os.fsencode(path), 0x21) >= 0

    def touched(self) -> bool:
        try:
            return bool(os.read(self._events, 4096))
        except BlockingIOError:
            return False


def _rtf(address: str, folder: str) -> str:
    def shown(instruction: str) -> str:
        return "{\\field{\\*\\fldinst {" + instruction + "}}{\\fldrslt shown}}\n"

    fields = [
        f'INCLUDEPICTURE "{address}/a.png" \\\\d',
        f'INCLUDEPICTURE "{folder}/a.png" \\\\d',
        f'{{\\rtlch\\fcs1 \\af0 includepicture}} "{folder}/a.png" \\\\d',
        f'INCLUDETEXT "{folder}/a.txt"',
        f'LINK Word.Document.8 "{folder}/a.rtf" "" \\\\a \\\\p',
    ]
    return (
        "{\\rtf1\\ansi\\ansicpg936{\\*\\template "
        + address
        + "/t.dotm}\\pard Begin "
        + "".join(map(shown, fields))
        + "{"
        "\\object\\objautlink\\objupdate{\\*\\objclass Word.Document.8}{\\*\\objdata 0105}{\\result x}}\\par End\\par}"
    )


@needs_libreoffice
@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
@pytest.mark.parametrize("protection", ["sandbox", "defused"])
def test_nothing_outside_the_file_is_opened(
    protection: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if protection == "sandbox":
        monkeypatch.setattr(legacy, "defused", lambda data, rtf: data)
        if "jail" not in libreoffice.guards(tmp_path, str(SOFFICE)):
            pytest.skip("this system grants no namespaces")
    else:
        monkeypatch.setattr(libreoffice, "guards", lambda *_: ())
    outside = tmp_path / "outside"
    outside.mkdir()
    picture = "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    (outside / "a.png").write_bytes(bytes.fromhex(picture))
    (outside / "a.txt").write_text("SECRET")
    (outside / "a.rtf").write_text("{\\rtf1 SECRET}")
    file = tmp_path / "a.rtf"
    file.write_text(_rtf(address, outside.as_uri()))
    watch = _Watch(outside)
    outcome = legacy.convert_to_docx([file], tmp_path / "work", 120)[file]
    assert isinstance(outcome, Path)
    extraction = legacy.read_converted(file.read_bytes(), outcome.read_bytes(), DEFAULT_LIMITS)
    assert "Begin" in extraction.text
    assert "SECRET" not in extraction.text
    assert not watch.touched()
    assert _Server.asked == []


@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
def test_a_web_page_opens_nothing_either(address: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("SECRET")
    watch, local = _Watch(tmp_path), (tmp_path / "a.txt").as_uri()
    links = "".join(
        f"<iframe src='{place}'></iframe><img src='{place}'><link rel=stylesheet href='{place}'><embed src='{place}'>"
        f"<script src='{place}'></script><object data='{place}'></object>"
        for place in (f"{address}/a.html", local)
    )
    entity = f"<!DOCTYPE html [<!ENTITY x SYSTEM '{local}'>]>"
    words = "依法行政，推进法治政府建设。" * 9
    page = f"{entity}<html><base href='{address}'><body>{links}<p>{words}&x;</p></body></html>"
    assert "SECRET" not in read_html(page.encode(), DEFAULT_LIMITS).text
    assert not watch.touched()
    assert _Server.asked == []


def test_text_behind_the_end_of_an_rtf_file_counts_as_lost() -> None:
    assert legacy.inspect(b"{\\rtf1 \\u20013?}}\\u22269?").text == "中国"
    assert legacy.inspect(b"{\\rtf1 {a").flaw
    assert legacy.inspect(b"{\\rtf1{\\fonttbl x}\\'d6\\'d0{\\*\\x y}b\\par}\n").text == "中b\n"


@pytest.mark.parametrize(
    ("data", "rtf", "expected"),
    [
        (b'{\\*\\fldinst {\\f0\\fs24 INCLUDEPICTURE "x"}}', True, b'{\\*\\fldinst {\\f0\\fs24 ZNCLUDEPICTURE "x"}}'),
        (b'{\\*\\fldinst HYPERLINK "http://link"}', True, b'{\\*\\fldinst HYPERLINK "http://link"}'),
        (b"{\\*\\template a}\\objupdate ", True, b"{\\*\\zzzzzzzz a}\\zzzzzzzzz "),
        (b'\x13 link Word "x"\x14', False, b'\x13 Zink Word "x"\x14'),
        ("\x13INCLUDETEXT x".encode("utf-16-le"), False, "\x13ZNCLUDETEXT x".encode("utf-16-le")),
        ("LINK 链接 INCLUDE".encode("utf-16-le"), False, "LINK 链接 INCLUDE".encode("utf-16-le")),
    ],
)
def test_only_what_fetches_is_renamed(data: bytes, rtf: bool, expected: bytes) -> None:
    assert defused(data, rtf=rtf) == expected


@needs_libreoffice
def test_damaged_files_are_refused_or_told_apart_before_they_are_converted(office: Path) -> None:
    chance = random.Random(20250120)
    statuses: set[str] = set()
    for kind in ("doc", "rtf"):
        original = next(iter((office / kind).glob("*新市*"))).read_bytes()
        words = legacy.inspect(original).text
        assert "新市街" in words
        for _ in range(200):
            data = bytearray(original)
            for _ in range(chance.choice((1, 10, 200))):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                stated = legacy.inspect(bytes(data[: chance.choice((len(data), chance.randrange(len(data))))]))
            except Unreadable as obstacle:
                statuses.add(obstacle.status)
            else:
                assert len(stated.text) <= 2 * len(words) or stated.flaw
    assert "corrupt" in statuses
    assert statuses <= {"corrupt", "encrypted", "unsupported", "over_limit"}


def test_an_rtf_with_a_zeroed_block_is_known_to_have_lost_something() -> None:
    whole = rb"{\rtf1\ansi 2023}"
    assert legacy.inspect(whole).flaw is None
    assert "清零" in (legacy.inspect(whole.replace(b"02", b"\0\0")).flaw or "")
