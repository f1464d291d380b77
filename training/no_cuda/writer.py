"""A shared library, made without a compiler."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from . import elf

#: What each function does: ``mov eax, 100; ret``. CUDA's runtime numbers ``cudaErrorNoDevice`` 100.
CODE = bytes.fromhex("b8 64 00 00 00 c3")

_PAGE = 4096
_SEGMENTS = 4


def shared_library(functions: Iterable[tuple[str, str]]) -> bytes:
    """A shared library for x86-64 with these functions, each a name and its version or "".

    Its first pages are there to read and run: the headers, the code, the tables. The last one holds the
    dynamic section, which the linker writes to.
    """
    wanted = sorted(functions)
    versions = sorted({version for _, version in wanted} - {""})
    strings = _Strings()
    code = elf.HEADER.size + _SEGMENTS * elf.SEGMENT.size
    # Any section but 0, which would say that the function is elsewhere.
    symbols = [
        elf.SYMBOL.pack(strings.add(name), elf.GLOBAL_FUNCTION, 0, 1, code, len(CODE)) for name, _ in wanted
    ]
    index = {version: at for at, version in enumerate(["", *versions], elf.UNVERSIONED)}
    tables = {
        elf.DT_HASH: _one_chain(1 + len(wanted)),
        elf.DT_SYMTAB: bytes(elf.SYMBOL.size) + b"".join(symbols),
        elf.DT_VERSYM: struct.pack(f"<{1 + len(wanted)}H", 0, *(index[version] for _, version in wanted)),
        elf.DT_VERDEF: _definitions(index, strings),
        elf.DT_STRTAB: strings.bytes,
    }
    pages = bytearray(code) + CODE
    dynamic = {elf.DT_STRSZ: len(strings.bytes), elf.DT_SYMENT: elf.SYMBOL.size, elf.DT_VERDEFNUM: len(index)}
    for tag, table in tables.items():
        pages += bytes(-len(pages) % 8)
        dynamic[tag] = len(pages)
        pages += table
    pages += bytes(-len(pages) % _PAGE)
    last = b"".join(elf.DYNAMIC.pack(tag, value) for tag, value in [*dynamic.items(), (0, 0)])
    pages[:code] = _headers(len(pages), len(last))
    return bytes(pages + last)


class _Strings:
    """A table of strings, each of which is known by where it begins."""

    def __init__(self) -> None:
        self.bytes = b"\0"

    def add(self, text: str) -> int:
        at = len(self.bytes)
        self.bytes += text.encode() + b"\0"
        return at


def _headers(pages: int, last: int) -> bytes:
    """The header of a file of so many bytes to read and run, and so many to write to, and its segments."""
    size = (elf.HEADER.size, elf.SEGMENT.size, _SEGMENTS, elf.SECTION.size, 0, 0)
    ident = b"\x7fELF\x02\x01\x01"
    write = elf.PF_R | elf.PF_W
    return (
        elf.HEADER.pack(ident, elf.ET_DYN, elf.EM_X86_64, 1, 0, elf.HEADER.size, 0, 0, *size)
        + elf.SEGMENT.pack(elf.PT_LOAD, elf.PF_R | elf.PF_X, 0, 0, 0, pages, pages, _PAGE)
        + elf.SEGMENT.pack(elf.PT_LOAD, write, pages, pages, pages, last, last, _PAGE)
        + elf.SEGMENT.pack(elf.PT_DYNAMIC, write, pages, pages, pages, last, last, 8)
        # Without this one the linker makes the stack executable, or refuses the library.
        + elf.SEGMENT.pack(elf.PT_GNU_STACK, write, 0, 0, 0, 0, 0, 16)
    )


def _one_chain(symbols: int) -> bytes:
    """A hash table of one bucket: its chain goes through all symbols but the first, which is none."""
    following = [*range(2, symbols), 0] if symbols > 1 else []
    return struct.pack(f"<{3 + symbols}I", 1, symbols, min(1, symbols - 1), 0, *following)


def _definitions(index: dict[str, int], strings: _Strings) -> bytes:
    """The versions that the library has. The first is the library itself."""
    size = elf.DEFINITION.size + elf.DEFINED_NAME.size
    return b"".join(
        elf.DEFINITION.pack(
            1,
            at == elf.UNVERSIONED,
            at,
            1,
            _hash(version),
            elf.DEFINITION.size,
            size if at < len(index) else 0,
        )
        + elf.DEFINED_NAME.pack(strings.add(version), 0)
        for version, at in index.items()
    )


def _hash(name: str) -> int:
    """The System V ABI's hash, by which the linker compares versions before their names."""
    value = 0
    for byte in name.encode():
        value = (value << 4) + byte
        value = (value ^ (value >> 24 & 0xF0)) & 0x0FFFFFFF
    return value
