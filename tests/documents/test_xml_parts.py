from __future__ import annotations

import contextlib
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.errors import Unreadable
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from documents.xml_parts import parse_xml

LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))


def refused(data: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        parse_xml(data, limits, "Word 文档")
    assert caught.value.reason.startswith("Word 文档")
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        b"<a>\xe6\x96\x87</a>",
        b"\xef\xbb\xbf<a>\xe6\x96\x87</a>",
        '<?xml version="1.0" encoding="UTF-16"?><a>文</a>'.encode("utf-16"),
        '<?xml version="1.0" encoding="GB18030"?><a>文</a>'.encode("gb18030"),
        "<?xml version='1.0'?><!-- 注 --><?pi x?><a>文</a>".encode(),
    ],
)
def test_encodings_of_xml(data: bytes) -> None:
    root = parse_xml(data, DEFAULT_LIMITS, "Word 文档")
    assert (root.tag, root.text) == ("a", "文")


def test_comments_and_instructions_do_not_part_the_text() -> None:
    root = parse_xml("<a>法<!-- x -->治<?y z?>政府</a>".encode(), DEFAULT_LIMITS, "Word 文档")
    assert (root.text, len(root)) == ("法治政府", 0)


DECLARED = {
    "external file": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>',
    "external address": '<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]><a>&e;</a>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;]><a/>',
    "external type": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
    "internal entity": '<!DOCTYPE a [<!ENTITY e "藏起来的字">]><a>&e;</a>',
    "billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "法治">{LAUGHS}]><a>&l9;</a>',
    "quadratic": f'<!DOCTYPE a [<!ENTITY e "{"治" * 50_000}">]><a>{"&e;" * 5_000}</a>',
    "lower case": '<!doctype a [<!entity e "x">]><a/>',
    "behind a long comment": f"<!--{'x' * 5_000}--><!DOCTYPE a [<!ENTITY e 'y'>]><a>&e;</a>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", DECLARED)
def test_a_document_type_is_refused(name: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    declared = f'<?xml version="1.0" encoding="{encoding}"?>{DECLARED[name]}'.encode(encoding)
    assert refused(declared).status == "corrupt"


@pytest.mark.parametrize(
    "data", [b"", b" ", b"text", b"<a>", b"<a></b>", b"<a>&e;</a>", b"\xff\xfe\xfd", b"<a>\x00</a>"]
)
def test_what_is_no_xml_is_corrupt(data: bytes) -> None:
    assert refused(data).status == "corrupt"


def test_an_unknown_encoding_is_corrupt() -> None:
    assert refused(b'<?xml version="1.0" encoding="klingon"?><a/>').status == "corrupt"


def nested(depth: int) -> bytes:
    return b"<a>" * depth + b"</a>" * depth


def test_depth_is_limited() -> None:
    assert parse_xml(nested(256), DEFAULT_LIMITS, "Word 文档").tag == "a"
    assert refused(nested(257)).status == "over_limit"
    assert refused(nested(100_000)).status == "over_limit"
    assert parse_xml(nested(40), ReadingLimits(xml_depth=40), "Word 文档").tag == "a"
    assert refused(nested(41), ReadingLimits(xml_depth=40)).status == "over_limit"
    assert parse_xml(nested(300), ReadingLimits(xml_depth=400), "Word 文档").tag == "a"


def test_a_huge_text_node_is_over_the_limit() -> None:
    assert refused(b"<a>" + b"x" * 11_000_000 + b"</a>").status == "over_limit"


@given(st.binary(max_size=300))
def test_nothing_but_a_refusal_gets_out(data: bytes) -> None:
    for xml in (data, b"<a>" + data + b"</a>"):
        with contextlib.suppress(Unreadable):
            parse_xml(xml, DEFAULT_LIMITS, "Word 文档")
