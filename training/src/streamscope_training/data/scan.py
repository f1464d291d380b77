"""Finds the photos in folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from ..errors import TrainingError
from .sentences import shown, some
from .skips import Skip, summary

IMAGE_SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".webp"})


@dataclass(frozen=True, slots=True)
class Photo:
    """An image file as the scan saw it.

    ``path`` is its name in the set, with "/" between its parts, relative to the scanned folder; of
    several folders it begins with the folder's name. ``size`` is in bytes.
    """

    path: str
    file: str
    size: int
    mtime_ns: int


@dataclass(frozen=True)
class Scan:
    """The photos by path, and what could not be read on the way."""

    photos: tuple[Photo, ...]
    skipped: tuple[Skip, ...]


def scan(folders: Sequence[str | Path], exclude: Sequence[str] = ()) -> Scan:
    """Finds images (by suffix, in any case) in folders and all folders inside, sorted by path.

    Hidden files and folders are passed over. Links are followed; a folder that is reached by several
    ways counts once, by its own way before that of a link. An ``exclude`` without "/" is matched
    against the name of every file and folder, with "*" and "?" as in a shell; one with "/" against
    the path in the scanned folder, or names a file or folder on the disk.

    Raises:
        TrainingError: a folder is missing, no photo is found, or an ``exclude`` matches nothing (a
            mistyped one would let the development set into training).
    """
    if not folders:
        raise TrainingError("Name at least one folder of photos.")
    roots = [Path(folder) for folder in folders]
    for root in roots:
        if not root.exists():
            raise TrainingError(f"There is no folder {shown(str(root))}: name a folder of photos.")
        if not root.is_dir():
            raise TrainingError(f"{shown(str(root))} is not a folder: name a folder of photos.")
    walk = _Walk(exclude)
    walk.all([_Folder(str(root), prefix, "") for root, prefix in zip(roots, _prefixes(roots), strict=True)])
    places = some([str(root) for root in roots])
    idle = [pattern for pattern in exclude if pattern not in walk.used]
    if idle:
        raise TrainingError(
            f"To exclude {some(idle)} changes nothing, as {places} has no such file or folder."
        )
    skipped = tuple(sorted(walk.skipped, key=lambda skip: skip.path))
    if not walk.photos:
        suffixes = " ".join(sorted(IMAGE_SUFFIXES))
        reason = f" {summary(skipped)}" if skipped else ""
        raise TrainingError(f"There are no photos ({suffixes}) in {places}.{reason}")
    return Scan(tuple(sorted(walk.photos, key=lambda photo: photo.path)), skipped)


def _prefixes(roots: Sequence[Path]) -> list[str]:
    """What the paths of each folder begin with: nothing if it is the only one, else its own name."""
    if len(roots) == 1:
        return [""]
    prefixes: list[str] = []
    for root in roots:
        name = root.resolve().name or "root"
        prefix, number = f"{name}/", 1
        while prefix in prefixes:
            number += 1
            prefix = f"{name}-{number}/"
        prefixes.append(prefix)
    return prefixes


_Identity = tuple[int, int]


def _identity(status: os.stat_result) -> _Identity:
    return status.st_dev, status.st_ino


@dataclass(frozen=True)
class _Folder:
    file: str
    """Where it is on the disk."""
    prefix: str
    """What the path in the set has before the path in the scanned folder."""
    inner: str
    """The path in the scanned folder: empty, or ends with "/"."""


class _Walk:
    """One walk over all folders: what was found, where it has been, which patterns matched."""

    def __init__(self, exclude: Sequence[str]) -> None:
        self.photos: list[Photo] = []
        self.skipped: list[Skip] = []
        self.used: set[str] = set()
        self._exclude = tuple(exclude)
        self._excluded: dict[_Identity, str] = {}
        for pattern in exclude:
            if "/" in pattern and os.path.exists(pattern):
                self._excluded[_identity(os.stat(pattern))] = pattern
        self._visited: set[_Identity] = set()

    def all(self, roots: Sequence[_Folder]) -> None:
        # Links wait until all real folders are known, so that these keep their own paths.
        waiting = list(reversed(roots))
        links: list[_Folder] = []
        while waiting or links:
            folder = waiting.pop() if waiting else links.pop(0)
            try:
                identity = _identity(os.stat(folder.file))
                if identity in self._visited:
                    continue
                self._visited.add(identity)
                with os.scandir(folder.file) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError:
                self.skipped.append(Skip(folder.prefix + folder.inner, "unreadable"))
                continue
            for entry in entries:
                self._entry(entry, folder, waiting, links)

    def _entry(
        self, entry: os.DirEntry[str], folder: _Folder, waiting: list[_Folder], links: list[_Folder]
    ) -> None:
        if entry.name.startswith("."):
            return
        is_image = os.path.splitext(entry.name)[1].lower() in IMAGE_SUFFIXES
        inner = folder.inner + entry.name
        try:
            status = entry.stat()
        except OSError:
            if is_image and not self._is_excluded(inner, None):
                self.skipped.append(Skip(folder.prefix + inner, "missing"))
            return
        is_folder = stat.S_ISDIR(status.st_mode)
        if not is_folder and not is_image:
            return
        if self._is_excluded(inner, _identity(status)):
            if is_folder:
                # Not by a link either.
                self._visited.add(_identity(status))
            return
        if is_folder:
            inside = _Folder(entry.path, folder.prefix, f"{inner}/")
            (links if entry.is_symlink() else waiting).append(inside)
        elif stat.S_ISREG(status.st_mode):
            self.photos.append(Photo(folder.prefix + inner, entry.path, status.st_size, status.st_mtime_ns))
        else:
            # To open a pipe would wait for its other end.
            self.skipped.append(Skip(folder.prefix + inner, "broken"))

    def _is_excluded(self, inner: str, identity: _Identity | None) -> bool:
        name = inner.rsplit("/", 1)[-1]
        matched = {
            pattern
            for pattern in self._exclude
            if fnmatchcase(inner if "/" in pattern else name, pattern.rstrip("/"))
        }
        if identity in self._excluded:
            matched.add(self._excluded[identity])
        self.used |= matched
        return bool(matched)
