"""Seeded damage to files: what a bad disk, a broken upload or a careless program does to them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]
_TAG = re.compile(rb"<[^<>]{1,200}>")


def truncated(data: bytes, random: Random) -> bytes:
    """Only the first 10, 50, 90 or 99 percent."""
    return data[: int(len(data) * random.choice((0.1, 0.5, 0.9, 0.99)))]


def flipped(data: bytes, random: Random) -> bytes:
    """Up to twenty bits the other way round."""
    damaged = bytearray(data)
    for _ in range(random.randint(1, 20)):
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
    return bytes(damaged)


def zeroed(data: bytes, random: Random) -> bytes:
    """A block of up to 4 KB of NUL bytes."""
    start = random.randrange(len(data))
    length = min(random.randint(1, 4096), len(data) - start)
    return data[:start] + bytes(length) + data[start + length :]


def without_a_block(data: bytes, random: Random) -> bytes:
    """A block of up to 4 KB is missing."""
    start = random.randrange(len(data))
    return data[:start] + data[start + random.randint(1, 4096) :]


def with_noise(data: bytes, random: Random) -> bytes:
    """A block of random bytes more."""
    start = random.randrange(len(data))
    return data[:start] + random.randbytes(random.randint(1, 512)) + data[start:]


def doubled(data: bytes, random: Random) -> bytes:
    """A block twice."""
    start = random.randrange(len(data))
    block = data[start : start + random.randint(1, 4096)]
    return data[:start] + block + data[start:]


BYTES: tuple[Mutation, ...] = (truncated, flipped, zeroed, without_a_block, with_noise, doubled)


def damaged_part(data: bytes, random: Random) -> bytes:
    """A zip file in good order in which one part is not: a tag is missing, doubled or nested, or bytes are wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice([name for name, part in parts.items() if part])
    parts[name] = random.choice((_tag_changed, *BYTES))(parts[name], random)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, part in parts.items():
            archive.writestr(member, part)
    return buffer.getvalue()


def _tag_changed(part: bytes, random: Random) -> bytes:
    tags = list(_TAG.finditer(part))
    if not tags:
        return part[::-1]
    tag = random.choice(tags)
    replacement = random.choice((b"", tag[0] * 2, tag[0] * 300, b"<x>", b"&e;", tag[0].replace(b'="', b'="9999')))
    return part[: tag.start()] + replacement + part[tag.end() :]


def mutated(data: bytes, random: Random) -> bytes:
    """``data`` damaged in one way; every other zip file inside one of its parts."""
    if data.startswith(b"PK") and random.random() < 0.5:
        return damaged_part(data, random)
    return random.choice(BYTES)(data, random)
