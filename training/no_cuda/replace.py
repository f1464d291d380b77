"""What stands for NVIDIA's libraries."""

from __future__ import annotations

from pathlib import Path

from .reader import read_wants
from .writer import shared_library

#: The library's file. The names that the linker looks for are links to it, so that it loads one.
STUB = "no-cuda.so"

# What the linker loads when Python imports PyTorch. Other libraries of the wheel are loaded on demand.
_ROOTS = ("libtorch_global_deps.so", "libtorch_python.so")

# How the names of NVIDIA's libraries begin, and those of their functions. None of PyTorch's own does.
_LIBRARIES = ("libcu", "libnccl", "libnv")
_FUNCTIONS = ("cu", "__cuda", "nccl", "nv")


def replace_cuda(folder: Path) -> list[str]:
    """Puts one library in the place of those of NVIDIA's that importing PyTorch needs.

    ``folder`` holds PyTorch's own shared libraries. Returns the names that are replaced: none if this
    build does without CUDA.
    """
    libraries: set[str] = set()
    functions: set[tuple[str, str]] = set()
    seen: set[str] = set()
    waiting = list(_ROOTS)
    while waiting:
        name = waiting.pop()
        if name in seen or not (folder / name).exists():
            continue
        seen.add(name)
        wants = read_wants(folder / name)
        functions |= {symbol for symbol in wants.symbols if symbol[0].startswith(_FUNCTIONS)}
        for needed in wants.libraries:
            if needed.startswith(_LIBRARIES):
                libraries.add(needed)
            else:
                waiting.append(needed)
    if libraries:
        (folder / STUB).write_bytes(shared_library(functions))
    for name in libraries:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(STUB)
    return sorted(libraries)
