"""How the C library treats memory that a training step frees."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3


def keep_freed_memory() -> None:
    """Tells glibc to keep what is freed, instead of giving it back: every step needs the same gigabyte of
    maps, and getting it anew, page by page, takes longer than filling it. Elsewhere does nothing.
    """
    _call("mallopt", _MMAP_THRESHOLD, 2**30)
    _call("mallopt", _TRIM_THRESHOLD, 2**31 - 1)


def give_freed_memory_back() -> None:
    """Gives back once what is kept: calibration needs gigabytes that the steps after it do not. Elsewhere
    does nothing.
    """
    _call("malloc_trim", 0)


def _call(name: str, *values: int) -> None:
    """Calls a function of glibc; what another C library lacks is left alone."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            getattr(ctypes.CDLL(None), name)(*values)
