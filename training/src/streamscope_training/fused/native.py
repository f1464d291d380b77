"""The C of this folder, compiled once for this machine and called on parts of an array in threads."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch
from torch import Tensor

_SOURCE = Path(__file__).with_name("staircase.c")
#: -ffast-math, but for what it does to the thread that loads the library, which is to flush small numbers to
#: 0, and for -ffinite-math-only: a NaN must come out as one for a run to be stopped, not as some code.
_LOOSE = (
    "-fno-math-errno", "-fno-trapping-math", "-fno-signed-zeros", "-fassociative-math", "-freciprocal-math",
)  # fmt: skip
_FLAGS = ("-O3", "-march=native", *_LOOSE, "-fPIC", "-shared")


@functools.cache
def library() -> ctypes.CDLL | None:
    """The compiled functions; None without a C compiler, or on one that does not take the source."""
    compiler = next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
    if compiler is None:
        return None
    try:
        # Another machine, of the same name or in place of this one, may lack this one's instructions.
        what = f"{platform.node()} {_processor()} {compiler} {_FLAGS}".encode() + _SOURCE.read_bytes()
        folder = _cache_folder()
        built = folder / f"staircase-{hashlib.sha256(what).hexdigest()[:16]}.so"
        if not built.exists():
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder) as temporary:
                fresh = Path(temporary) / built.name
                command = [compiler, *_FLAGS, "-o", str(fresh), str(_SOURCE), "-lm"]
                subprocess.run(command, check=True, capture_output=True)
                os.replace(fresh, built)
        return ctypes.CDLL(str(built))
    except (OSError, RuntimeError, subprocess.CalledProcessError):
        return None


def in_parts(rows: int, work: Callable[[int, int, int], None]) -> None:
    """Calls ``work(part, first row, number of rows)`` for as many parts as PyTorch has threads, at once."""
    parts = split(rows)
    if len(parts) == 1:
        work(0, 0, rows)
        return
    for done in [_pool().submit(work, i, first, count) for i, (first, count) in enumerate(parts)]:
        done.result()


def split(rows: int) -> list[tuple[int, int]]:
    """First row and number of rows of each part. Depends on nothing but PyTorch's threads, so that sums
    come out the same on every run."""
    size = -(-rows // torch.get_num_threads())
    return [(first, min(size, rows - first)) for first in range(0, rows, size)]


def address(tensor: Tensor | None, row: int = 0, channels: int = 0) -> ctypes.c_void_p:
    """Where a row of a tensor begins in memory; a null pointer for None."""
    if tensor is None:
        return ctypes.c_void_p(None)
    return ctypes.c_void_p(tensor.data_ptr() + row * channels * tensor.element_size())


@functools.cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(torch.get_num_threads(), thread_name_prefix="staircase")


def _processor() -> str:
    """What tells this processor's instructions from another's, as far as the system says."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    # Those of x86, and that of Arm; others, such as the clock's rate, change by themselves.
    return " ".join(sorted({line for line in lines if line.startswith(("model name", "flags", "Features"))}))


def _cache_folder() -> Path:
    """Raises RuntimeError if the user has no home."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "streamscope-training"
