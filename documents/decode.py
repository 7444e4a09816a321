"""Bytes to text, in whatever encoding a Chinese office saved them."""

from __future__ import annotations

from typing import NamedTuple

from documents.damaged import decode_damaged, is_in_frequent_use
from documents.errors import Unreadable
from documents.folded import fold, unusual_signs, with_line_feeds
from documents.lazy_pattern import lazy_pattern


class Decoded(NamedTuple):
    """Decoded text with ``\\n`` line ends, the Python name of its encoding, and notes for people.

    ``incomplete`` says, in Chinese, what could not be decoded, ``None`` where all could; each such place is a U+FFFD.
    """

    text: str
    encoding: str
    notes: tuple[str, ...] = ()
    incomplete: str | None = None


# The byte-order marks, longest first: that of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_GUESSED = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_LABELS = {"utf-8": "UTF-8", "gb18030": "GB18030（GBK）", "big5hkscs": "Big5（繁体）"}
# Characters that no Chinese report is without, in both scripts; misread bytes hardly ever make them.
_COMMON_CHARACTERS = (
    "的和法治政府建设行工作年度一在大会为人化中全制权事实开公务理机关市区县街道镇乡局部门加强推进落实情况报告主要责任领导党委依执决策规范管理服务社"
    "民众监督宣传教育培训案件处罚复议诉讼个不是了与对及有以上新时代习近平思想学习贯彻坚持完善提升二三四五六七八九十月日"
    "設執規範務眾監督傳訓處罰復議訴訟與對會為實開機關縣鎮鄉門強進報導黨決學習貫徹堅業發產長應當並經區國權條體總統計"
    "，。、；：“”（）《》"
)
_COMMON = lazy_pattern(f"[{_COMMON_CHARACTERS}]")
_PLAIN_ASCII = lazy_pattern(r"[\t\n\r\x20-\x7e]")
_IMPOSSIBLE = lazy_pattern("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff]")
_REPLACEMENT = "\ufffd"
_SAMPLE = 1 << 15
# Characters; all but the strangest texts say something in them.
_BEGINNING = 200
# Bytes; so short a text may be valid in several encodings.
_AMBIGUOUS = 64
_MOST_LOST = 0.1
PLAUSIBLE = 0.15
_NOT_TEXT = (
    "corrupt",
    "文件内容不是可以识别的文字，可能已损坏，或者是其他程序的数据文件",
    "请核对原文件能否正常打开，并请报送单位重新提供。",
)


def decode(data: bytes) -> Decoded:
    """Decode a text file; raises :class:`~documents.errors.Unreadable` where the bytes are no text or a blank one."""
    mark, encoding = next((pair for pair in _BYTE_ORDER_MARKS if data.startswith(pair[0])), (b"", None))
    if encoding is not None:
        decoded = decode_as(data[len(mark) :], encoding, ())
    elif (text := _as_utf8(data)) is not None:
        decoded = Decoded(with_line_feeds(text), "utf-8")
    else:
        encoding = _guess(data)
        label = _LABELS.get(encoding, encoding.upper())
        decoded = decode_as(data, encoding, () if encoding == "utf-8" else (f"文件未注明编码，按内容推断为 {label}",))
    _refuse_no_text(decoded)
    return decoded


def _as_utf8(data: bytes) -> str | None:
    """The text where the bytes are UTF-8 without a fault."""
    if b"\x00" in data:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # Two or three Chinese words in GB18030 can happen to be UTF-8 too (the famous 联通).
    sure = len(data) > _AMBIGUOUS or plausibility(text) >= plausibility(data.decode("gb18030", "replace"))
    return text if sure else None


def _guess(data: bytes) -> str:
    sample = data[:_SAMPLE]
    scores = {encoding: plausibility(_sampled(sample, encoding)) for encoding in _GUESSED}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] >= PLAUSIBLE:
        return best
    # A few words may hold no common character at all.
    if len(data) <= _AMBIGUOUS and is_in_frequent_use(data, "gb18030"):
        return "gb18030"
    raise Unreadable(*_NOT_TEXT)


def _sampled(sample: bytes, encoding: str) -> str:
    width = 4 if "32" in encoding else 2 if "16" in encoding else 1
    return sample[: len(sample) // width * width].decode(encoding, "replace").rstrip(_REPLACEMENT)


def plausibility(text: str) -> float:
    """How much ``text`` looks like a report: the share of common Chinese characters, less what no text holds.

    Chinese reports score 0.3 and more, bytes in a wrong encoding 0.1 and less.
    """
    if not text:
        return 0.0
    ascii_characters = len(_PLAIN_ASCII.findall(text))
    rest = max(1, len(text) - ascii_characters)
    return (len(_COMMON.findall(text)) + 0.01 * ascii_characters - 2 * len(_IMPOSSIBLE.findall(text))) / rest


def decode_as(data: bytes, encoding: str, notes: tuple[str, ...] = ()) -> Decoded:
    """Decode ``data`` as ``encoding``, a Python name of the encoding, and say what of it that loses."""
    text = decode_damaged(data, encoding).replace("\x00", _REPLACEMENT)
    lost = text.count(_REPLACEMENT) - _own_replacements(data, encoding)
    if lost <= 0:
        return Decoded(with_line_feeds(text), encoding, notes)
    if lost == 1 and text.endswith(_REPLACEMENT):
        incomplete = "文件末尾的一个字不完整，文件可能被截断，已按其余内容审核"
    else:
        incomplete = f"文件中有 {lost} 处字节损坏，无法还原成文字，已用替换符（U+FFFD）标出，其余内容照常审核"
    return Decoded(with_line_feeds(text), encoding, notes, incomplete)


def _own_replacements(data: bytes, encoding: str) -> int:
    """How many U+FFFD the file itself holds; they were lost before it was saved."""
    return data.count(_REPLACEMENT.encode(encoding)) if encoding.startswith("utf") else 0


def _refuse_no_text(decoded: Decoded) -> None:
    text = decoded.text
    if not (_COMMON.search(text, 0, _BEGINNING) or fold(text).strip()):
        raise Unreadable("empty", "文件中没有文字", "请核对原文件，并请报送单位重新提供。")
    if unusual_signs(text) and len(_IMPOSSIBLE.findall(text)) > max(3, len(text) * _MOST_LOST):
        raise Unreadable(*_NOT_TEXT)
