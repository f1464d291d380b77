"""Labels by a list: a CSV with a header, or lines of a path and a class."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import TrainingError
from .classes import WORDNET_ID, Classes, read_text
from .labels import Labelling
from .scan import Photo
from .sentences import counted, shown, some
from .skips import Skip

COLUMNS = ("class_index", "wnid", "class_name")
"""The columns that may give a row's class, beside the column ``file``."""


@dataclass(frozen=True)
class _Row:
    file: str
    classes: tuple[str, ...]
    """What names the row's class: one text or, in a CSV, several that must agree."""


def label_by_list(photos: Sequence[Photo], list_file: Path, classes: Classes) -> Labelling:
    """A photo's label is the one that a list gives it.

    The list is a CSV whose header has ``file`` and at least one of ``COLUMNS``, or ImageNet's and
    Caffe's ``val.txt``: a path, a space, tab or comma, and a class's index (from 0), WordNet id or
    name with "_" for a space. Empty lines and those that begin with "#" are passed over.

    A file is named by its path in the set, or by a longer or shorter end of it that no other photo has.
    Files that are not there and photos that are not listed are skipped; rows said twice are noted.

    Raises:
        TrainingError: the list cannot be read, names unknown classes, gives a photo two classes, or
            names a file that could be any of several.
    """
    try:
        rows = list(_rows(list_file))
    except csv.Error as error:
        raise TrainingError(f"{list_file} is not a CSV that can be read: {error}.") from error
    if not rows:
        raise TrainingError(
            f"{list_file} is empty: it needs a line for every photo, with its path and class."
        )
    indices = _class_indices(list_file, rows, classes)
    find = _Finder(photos)
    labels: dict[str, int] = {}
    missing: list[str] = []
    ambiguous: list[str] = []
    repeated: list[str] = []
    contradicted: list[str] = []
    for row, index in zip(rows, indices, strict=True):
        found = find(row.file)
        if not found:
            missing.append(row.file)
        elif len(found) > 1:
            ambiguous.append(row.file)
        elif found[0] not in labels:
            labels[found[0]] = index
        else:
            (repeated if labels[found[0]] == index else contradicted).append(row.file)
    if ambiguous:
        raise TrainingError(
            f"{list_file} has {counted(len(ambiguous), 'name')} that could be any of several photos"
            f" ({some(ambiguous)}): give the path in the folder of photos."
        )
    if contradicted:
        raise TrainingError(
            f"{list_file} gives {counted(len(contradicted), 'photo')} another class in a second row"
            f" ({some(contradicted)}): leave one row for each."
        )
    if not labels:
        raise TrainingError(
            f"None of the {counted(len(missing), 'file')} in {list_file} is among the photos"
            f" ({some(missing)}): the list needs their paths in the folder of photos."
        )
    unlisted = [photo.path for photo in photos if photo.path not in labels]
    skipped = [*(Skip(name, "missing") for name in missing), *(Skip(path, "no label") for path in unlisted)]
    notes = [f"{list_file} names {some(repeated)} more than once."] if repeated else []
    return Labelling(labels, tuple(skipped), tuple(notes))


def _class_indices(list_file: Path, rows: Sequence[_Row], classes: Classes) -> list[int]:
    indices: list[int] = []
    unknown: list[str] = []
    contrary: list[str] = []
    for row in rows:
        # An id that nothing tells the meaning of is left aside if the row has another text.
        told = [text for text in row.classes if classes.wnids or not WORDNET_ID.fullmatch(text)]
        found = {text: classes.find(text) for text in told or row.classes}
        strange = [text for text, index in found.items() if index is None]
        if strange:
            unknown += strange
        elif len(set(found.values())) > 1:
            contrary.append(row.file)
        else:
            indices += [index for index in list(found.values())[:1] if index is not None]
    if unknown and classes.wnids is None and all(WORDNET_ID.fullmatch(text) for text in unknown):
        raise TrainingError(
            f"{list_file} gives classes by WordNet id ({some(unknown)}): give a file with the id of every"
            " class, one a line in class order, with --classes FILE."
        )
    if unknown:
        raise TrainingError(
            f"{list_file} has {counted(len(unknown), 'label')} that name no class ({some(unknown)}): a label"
            f" is a class's index from 0 to {len(classes) - 1}, its name, or its WordNet id."
        )
    if contrary:
        raise TrainingError(
            f"{list_file} has {counted(len(contrary), 'row')} whose columns name different classes"
            f" ({some(contrary)}): correct them, or leave one column out."
        )
    return indices


def _rows(list_file: Path) -> Iterator[_Row]:
    lines = read_text(list_file, "labels of photos").split("\n")
    header = [_column(name) for name in next(csv.reader(lines[:1]), [])]
    if "file" in header:
        return _csv_rows(list_file, lines, header)
    return _text_rows(list_file, lines)


def _column(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _csv_rows(list_file: Path, lines: Sequence[str], header: Sequence[str]) -> Iterator[_Row]:
    columns = [header.index(name) for name in COLUMNS if name in header]
    if not columns:
        raise TrainingError(
            f"{list_file} has a column 'file' but none that gives a class: add one of {', '.join(COLUMNS)}."
        )
    file = header.index("file")
    for number, cells in enumerate(csv.reader(lines[1:]), start=2):
        if not any(cells) or cells[0].startswith("#"):
            continue
        classes = tuple(cells[at].strip() for at in columns if at < len(cells) and cells[at].strip())
        if len(cells) <= file or not cells[file].strip() or not classes:
            raise TrainingError(f"Row {number} of {list_file} lacks a file or a class: complete it.")
        yield _Row(cells[file].strip(), classes)


def _text_rows(list_file: Path, lines: Sequence[str]) -> Iterator[_Row]:
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        # The class is the last word: paths may have spaces.
        parts = re.fullmatch(r"(.*?)(?:\s*,\s*|\s+)([^\s,]+)", line)
        if not parts:
            raise TrainingError(
                f"Line {number} of {list_file} ({shown(line)}) is not a path, a space and a class: complete"
                " it, or begin a CSV with a header that names its columns."
            )
        yield _Row(parts[1], (parts[2],))


class _Finder:
    """Finds photos by their paths, or by ends of them."""

    def __init__(self, photos: Sequence[Photo]) -> None:
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for photo in photos:
            self._by_name[photo.path.rpartition("/")[2]].append(photo.path)

    def __call__(self, name: str) -> list[str]:
        """The paths that a name in a list could mean."""
        name = name.replace("\\", "/").removeprefix("./")
        paths = self._by_name.get(name.rpartition("/")[2], [])
        if name in paths:
            return [name]
        return [path for path in paths if path.endswith(f"/{name}") or name.endswith(f"/{path}")]
