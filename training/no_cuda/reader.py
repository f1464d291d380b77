"""What a shared library asks of others."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import elf

_READ = (elf.SHT_DYNAMIC, elf.SHT_DYNSYM, elf.SHT_VERNEED, elf.SHT_VERSYM)


@dataclass(frozen=True)
class Wants:
    """What the linker has to find before a library runs."""

    #: File names, as ``libcudart.so.13``.
    libraries: frozenset[str]
    #: Undefined symbols, each with the version it must have, or "".
    symbols: frozenset[tuple[str, str]]


def read_wants(path: Path) -> Wants:
    """Reads the dynamic section and the undefined symbols of a shared library for x86-64."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        *_, table, _, _, _, _, _, count, _ = elf.HEADER.unpack_from(data)
        sections = [elf.SECTION.unpack_from(data, table + elf.SECTION.size * at) for at in range(count)]
        bodies = {
            kind: data[start : start + size] for _, kind, _, _, start, size, *_ in sections if kind in _READ
        }
        strings = next(
            sections[link][4] for _, kind, _, _, _, _, link, *_ in sections if kind == elf.SHT_DYNSYM
        )

        def text(offset: int) -> str:
            start = strings + offset
            return data[start : data.find(b"\0", start)].decode()

        needed = _needed_versions(bodies.get(elf.SHT_VERNEED, b""))
        versions = {index: text(name) for index, name in needed}
        indices = memoryview(bodies.get(elf.SHT_VERSYM, b"")).cast("H")
        symbols = elf.SYMBOL.iter_unpack(bodies[elf.SHT_DYNSYM])
        return Wants(
            libraries=frozenset(
                text(value)
                for tag, value in elf.DYNAMIC.iter_unpack(bodies[elf.SHT_DYNAMIC])
                if tag == elf.DT_NEEDED
            ),
            symbols=frozenset(
                (text(name), versions.get(indices[at], "") if indices else "")
                for at, (name, _, _, section, _, _) in enumerate(symbols)
                if name and not section
            ),
        )


def _needed_versions(body: bytes) -> Iterator[tuple[int, int]]:
    """The versions of a ``.gnu.version_r`` section: the index of each and where its name is."""
    library = 0
    step = len(body)
    while step:
        _, count, _, first, step = elf.NEED.unpack_from(body, library)
        at = library + first
        for _ in range(count):
            _, _, index, name, following = elf.NEEDED_VERSION.unpack_from(body, at)
            yield index, name
            at += following
        library += step
