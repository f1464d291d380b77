"""The classes of the network, and how people name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import TrainingError
from ..system.disk import reason
from .sentences import counted, shown, some

WORDNET_ID = re.compile(r"n\d{8}")


@dataclass(frozen=True)
class Classes:
    """Names in class order and, if known, ImageNet's WordNet ids (such as n01440764) in class order."""

    names: tuple[str, ...]
    wnids: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.names)

    def find(self, text: str) -> int | None:
        """The index of the class that a text names, or None.

        A class is named by its index (from 0, leading zeros allowed), its WordNet id, or its name in
        any case and with "_" for a space. A name that two classes have names none.
        """
        text = text.strip()
        if re.fullmatch(r"[0-9]{1,9}", text):
            index = int(text)
            return index if index < len(self) else None
        if WORDNET_ID.fullmatch(text):
            return self._by_wnid.get(text)
        return self._by_name.get(_plain(text))

    @cached_property
    def _by_wnid(self) -> Mapping[str, int]:
        return {wnid: index for index, wnid in enumerate(self.wnids or ())}

    @cached_property
    def _by_name(self) -> Mapping[str, int | None]:
        found: dict[str, int | None] = {}
        for index, name in enumerate(self.names):
            key = _plain(name)
            found[key] = None if key in found else index
        return found


def _plain(name: str) -> str:
    return re.sub(r"[\s_]+", " ", name).strip().casefold()


def read_classes(names_file: Path, wnids_file: Path | None = None) -> Classes:
    """Reads class names, one a line in class order, and WordNet ids likewise.

    A line of ``wnids_file`` begins with the id; what follows a space is passed over, so that
    ImageNet's own ``LOC_synset_mapping.txt`` does.

    Raises:
        TrainingError: a file cannot be read, is not what it should be, or the two differ in length.
    """
    names = tuple(_lines(names_file, "class names"))
    if not names:
        raise TrainingError(f"{names_file} has no class names: it needs one a line.")
    if wnids_file is None:
        return Classes(names)
    wnids = tuple(line.split(maxsplit=1)[0] for line in _lines(wnids_file, "WordNet ids"))
    wrong = [wnid for wnid in wnids if not WORDNET_ID.fullmatch(wnid)]
    if wrong:
        raise TrainingError(
            f"{wnids_file} needs a WordNet id such as n01440764 on every line, but has {some(wrong)}."
        )
    if len(wnids) != len(names) or len(set(wnids)) != len(wnids):
        raise TrainingError(
            f"{wnids_file} needs {counted(len(names), 'different WordNet id')}, one a line in class order,"
            f" but has {len(set(wnids))} on {counted(len(wnids), 'line')}."
        )
    return Classes(names, wnids)


def _lines(file: Path, what: str) -> list[str]:
    return [line.strip() for line in read_text(file, what).splitlines() if line.strip()]


def read_text(file: Path, what: str) -> str:
    """The text of a file from outside, without a byte order mark.

    Raises:
        TrainingError: it cannot be read, or is not UTF-8; ``what`` says what it should hold.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TrainingError(f"The {what} cannot be read from {shown(str(file))}: {reason(error)}.") from error
    except UnicodeDecodeError as error:
        raise TrainingError(f"{shown(str(file))} is not text in UTF-8: it should hold {what}.") from error
