"""Photos decoded once, kept on disk as squares that any step can pick from.

A cache folder holds ``photos-TOKEN.npy``, uint8 (N, 256, 256, 3), and ``index.json``, which names it, the
files it was made of and the rules. The index is written last and by a rename, so a cache is whole or absent.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
import struct
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import TrainingError
from ..system.disk import reason, write_whole
from .decode import SIDE, Bytes, DecodeRules
from .decode_many import decode_squares
from .held_file import create_held, remove_unless_held
from .scan import Photo
from .sentences import counted
from .skips import Reason, Skip, summary

FORMAT = 1
PHOTO_BYTES = SIDE * SIDE * 3

_INDEX = "index.json"

Progress = Callable[[int, int], None]
"""Called with how many photos are done, and of how many."""


class CachedPhotos:
    """A ``PhotoSource`` over a cache; ``squares`` is uint8 (N, 256, 256, 3), a map of its file."""

    def __init__(self, photos: Sequence[Photo], skipped: Sequence[Skip], squares: Bytes) -> None:
        self.photos = tuple(photos)
        self.skipped = tuple(skipped)
        self.squares = squares

    def read(self, index: int) -> Bytes:
        square: Bytes = self.squares[index]
        return square


def cached(
    folder: Path,
    photos: Sequence[Photo],
    rules: DecodeRules,
    *,
    processes: int = 2,
    progress: Progress | None = None,
) -> CachedPhotos:
    """The photos' squares from a cache folder, which is made or made anew if it does not fit.

    It fits if it was made by these rules of exactly these files, by path, size and time of change. A
    folder holds one set: another set in the same folder takes its place. A photo that was too large for
    memory stays left out for as long as the cache fits.

    Raises:
        TrainingError: the disk is full, the folder cannot be written, or no photo can be used.
    """
    found = _open(folder, photos, rules)
    if found is None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _clear(folder)
            _build(folder, photos, rules, processes, progress or _silent)
        except OSError as error:
            raise TrainingError(_sentence(folder, len(photos), error)) from error
        found = _open(folder, photos, rules)
    if found is None:
        raise TrainingError(
            f"Another run made {folder} its own meanwhile: give every set a cache of its own."
        )
    return found


def _silent(done: int, total: int) -> None:
    pass


def _open(folder: Path, photos: Sequence[Photo], rules: DecodeRules) -> CachedPhotos | None:
    """The cache if it is whole and fits, else None."""
    try:
        index = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        reasons = index["reasons"]
        if index != _index(index["squares"], photos, rules, reasons):
            return None
        file = folder / Path(index["squares"]).name
        if file.stat().st_size != len(_header(0)) + PHOTO_BYTES * reasons.count(None):
            return None
        outcomes: list[tuple[Photo, Reason | None]] = list(zip(photos, reasons, strict=True))
        if any(_may_be_read_now(photo, why) for photo, why in outcomes):
            return None
        squares: Bytes = np.load(file, mmap_mode="r")
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        # Absent, half-written, of another format, or not ours.
        return None
    if squares.shape != (reasons.count(None), SIDE, SIDE, 3) or squares.dtype != np.uint8:
        return None
    usable = [photo for photo, why in outcomes if why is None]
    skipped = [Skip(photo.path, why) for photo, why in outcomes if why is not None]
    return CachedPhotos(usable, skipped, squares)


def _may_be_read_now(photo: Photo, why: Reason | None) -> bool:
    """Whether the system refused a file that it no longer refuses: neither its size nor its time tell."""
    return why in ("missing", "unreadable") and os.access(photo.file, os.R_OK)


def _index(
    squares: str, photos: Sequence[Photo], rules: DecodeRules, reasons: Sequence[Reason | None]
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "rules": asdict(rules),
        "squares": squares,
        "photos": [[photo.path, photo.size, photo.mtime_ns] for photo in photos],
        "reasons": list(reasons),
    }


def _clear(folder: Path) -> None:
    """Removes the cache that does not fit, and what ended runs left; a file that grows is another run's."""
    (folder / _INDEX).unlink(missing_ok=True)
    for file in folder.glob("photos-*.npy"):
        remove_unless_held(file)


def _build(
    folder: Path, photos: Sequence[Photo], rules: DecodeRules, processes: int, progress: Progress
) -> None:
    needed = PHOTO_BYTES * len(photos)
    if shutil.disk_usage(folder).free < needed:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    name = f"photos-{secrets.token_hex(4)}.npy"
    file = folder / name
    reasons: list[Reason | None] = []
    try:
        # Written, not mapped: a full disk is then an error, where a mapping would end the process.
        with create_held(file) as stream:
            stream.write(_header(0))
            with closing(decode_squares([photo.file for photo in photos], rules, processes)) as results:
                for result in results:
                    reasons.append(result if isinstance(result, str) else None)
                    if not isinstance(result, str):
                        stream.write(np.ascontiguousarray(result).data)
                    progress(len(reasons), len(photos))
            if None not in reasons:
                skipped = [Skip(photo.path, why) for photo, why in zip(photos, reasons, strict=True) if why]
                raise TrainingError(f"None of the photos can be used. {summary(skipped)}")
            stream.seek(0)
            stream.write(_header(reasons.count(None)))
            stream.flush()
            os.fsync(stream.fileno())
            # While the file is held: nobody may take it for abandoned before the index names it.
            write_whole(folder / _INDEX, json.dumps(_index(name, photos, rules, reasons)).encode())
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _header(count: int) -> bytes:
    """The 128 bytes that begin a .npy file (version 1.0) of ``count`` squares."""
    shape = f"({count}, {SIDE}, {SIDE}, 3)"
    text = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode("ascii")


def _sentence(folder: Path, count: int, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        gigabytes = PHOTO_BYTES * count / 1e9
        return (
            f"The disk is full: {folder} needs {gigabytes:.1f} GB for {counted(count, 'decoded photo')}. Free"
            " some space, give a folder on a larger disk (--cache FOLDER), or give fewer photos."
        )
    return f"The cache of photos cannot be written to {folder}: {reason(error)}."
