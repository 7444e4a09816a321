"""RTF by its own marks: whether it is whole, and the words that it holds. Nothing of it is laid out here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.errors import Unreadable

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>.)|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
# Groups whose text is none of the document's: fonts, styles, properties, pictures, headers, instructions of fields.
_APART = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable info pict object objdata header headerl headerr headerf"
    b" footer footerl footerr footerf fldinst themedata datastore xmlnstbl generator rsidtbl latentstyles pnseclvl"
    b" annotation atnid atnauthor bkmkstart bkmkend listtext pntext revtbl filetbl template operator docvar".split()
)
_DEEPEST = 10_000


@dataclass(frozen=True, slots=True)
class RichText:
    """The words of an RTF file, also of what stands behind its end; ``cut_off`` where groups are never closed."""

    text: str
    cut_off: bool


@dataclass(slots=True)
class _Group:
    apart: bool = False
    fallback: int = 1


@dataclass(slots=True)
class _Scan:
    group: _Group = field(default_factory=_Group)
    outer: list[_Group] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    skip: int = 0

    def flush(self) -> None:
        if self.pending:
            self.words.append(self.pending.decode("gb18030", "replace"))
            self.pending.clear()

    def bytes_shown(self, shown: bytes) -> None:
        """Take over bytes, but for those that stand in for a character already given by its number."""
        skipped = min(self.skip, len(shown))
        self.skip -= skipped
        if not self.group.apart:
            self.pending += shown[skipped:]


def inspect_rtf(data: bytes) -> RichText:
    """The words of an RTF file, body and notes; raises :class:`Unreadable` (``over_limit``) for absurd nesting."""
    scan = _Scan()
    position = 0
    while position < len(data):
        token = _TOKEN.match(data, position)
        if token is None:
            break
        position = token.end()
        if token["brace"]:
            _brace(scan, token["brace"])
        elif token["word"]:
            position += _control(scan, token["word"], int(token["number"] or 1))
        elif token["byte"]:
            scan.bytes_shown(bytes.fromhex(token["byte"].decode("ascii")))
        elif token["text"]:
            scan.bytes_shown(token["text"])
        elif token["sign"]:
            _sign(scan, token["sign"])
    scan.flush()
    return RichText("".join(scan.words), cut_off=bool(scan.outer))


def _brace(scan: _Scan, brace: bytes) -> None:
    """Enter or leave a group."""
    scan.flush()
    scan.skip = 0
    if brace == b"{":
        if len(scan.outer) >= _DEEPEST:
            step = "请用 Word 或 WPS 打开核对，另存为 docx 后重新报送。"
            raise Unreadable("over_limit", f"RTF 文档的嵌套超过 {_DEEPEST:,} 层", step)
        scan.outer.append(scan.group)
        scan.group = _Group(scan.group.apart, scan.group.fallback)
    else:
        # What stands behind the last group no program shows; it counts as text that was lost.
        scan.group = scan.outer.pop() if scan.outer else _Group()


def _control(scan: _Scan, word: bytes, number: int) -> int:
    """Obey a control word; how many bytes of binary data follow it."""
    if word == b"bin":
        return max(0, number)
    if word == b"u":
        scan.flush()
        if not scan.group.apart:
            scan.words.append(_character(number))
        scan.skip = scan.group.fallback
    elif word == b"uc":
        scan.group.fallback = max(0, min(number, 10))
    elif word in _APART:
        scan.flush()
        scan.group.apart = True
    elif word in (b"par", b"line", b"cell", b"row"):
        scan.flush()
        scan.words.append("\n")
    return 0


def _character(number: int) -> str:
    code = number & 0xFFFF
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def _sign(scan: _Scan, sign: bytes) -> None:
    if sign == b"*":
        scan.flush()
        scan.group.apart = True
    elif sign in b"\\{}":
        scan.bytes_shown(sign)
