"""XML from inside submitted files: parsed without entities, without network, and never deeper than the limits say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.errors import Unreadable
from documents.limits import LIBXML2_DEPTH, ReadingLimits

if TYPE_CHECKING:
    from lxml import etree

_HEAD = 4096
_RESUBMIT = "请用 Word 或 WPS 打开核对并另存后重新报送。"


def parse_xml(data: bytes, limits: ReadingLimits, what: str) -> etree._Element:
    """The root element of ``data``; ``what`` is the Chinese name of the file in messages.

    A document type declaration is refused: in an office file it has no use but to hide text or to blow it up. Raises
    :class:`Unreadable`: ``corrupt`` for that and for XML that is not well-formed, ``over_limit`` for depth.
    """
    from lxml import etree  # noqa: PLC0415 - plain text is read without it

    if _declares_type(data):
        raise _typed(what)
    # libxml2 stops at its own depth by itself; only another limit has to be counted.
    own_depth = limits.xml_depth == LIBXML2_DEPTH
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=not own_depth,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        if "XML_PARSE_HUGE" in str(fault):
            raise _too_deep(what, limits) from fault
        raise Unreadable("corrupt", f"{what}的内容不完整或已损坏，无法读取", _RESUBMIT) from fault
    # Behind a long comment the declaration is found only now.
    if root.getroottree().docinfo.internalDTD is not None:
        raise _typed(what)
    if not own_depth and _deeper_than(root, limits.xml_depth):
        raise _too_deep(what, limits)
    return root


def _typed(what: str) -> Unreadable:
    return Unreadable("corrupt", f"{what}含 DOCTYPE 声明，正常的文件不会有，拒绝处理", _RESUBMIT)


def _too_deep(what: str, limits: ReadingLimits) -> Unreadable:
    reason = f"{what}内部嵌套过深（超过 {limits.xml_depth} 层）或单段过长（超过 10 MB），正常的文件不会这样"
    return Unreadable("over_limit", reason, _RESUBMIT)


def _declares_type(data: bytes) -> bool:
    """Whether there is a DOCTYPE before the root element, in whatever encoding XML may be."""
    head = data[:_HEAD].replace(b"\x00", b"").upper()
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def _deeper_than(root: etree._Element, limit: int) -> bool:
    from lxml import etree  # noqa: PLC0415

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False
