"""Labels by the folders that photos are in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..errors import TrainingError
from .classes import WORDNET_ID, Classes
from .scan import Photo
from .sentences import counted, some
from .skips import Skip

IMAGENET_CLASSES = 1000


@dataclass(frozen=True)
class Labelling:
    """Class indices by the photos' paths; what got none; and sentences on what else was odd."""

    labels: Mapping[str, int]
    skipped: tuple[Skip, ...] = ()
    notes: tuple[str, ...] = ()


def label_by_folder(photos: Sequence[Photo], classes: Classes) -> Labelling:
    """A photo's label is the folder that it is in: a class's index, name or WordNet id.

    WordNet ids are looked up in ``classes``. Without ids there, their sorted order is taken for the
    classes' order, as it is in ImageNet, if folders of exactly a thousand ids are there and the network
    has as many classes; the order of fewer says nothing. Photos in no folder are skipped.

    Raises:
        TrainingError: folders name no class, or their WordNet ids cannot be told from their order.
    """
    folders = {photo.path: photo.path.rpartition("/")[0].rpartition("/")[2] for photo in photos}
    classes = _with_sorted_ids(set(folders.values()), classes)
    indices = {folder: classes.find(folder) for folder in set(folders.values()) if folder}
    unknown = sorted(folder for folder, index in indices.items() if index is None)
    if unknown:
        raise TrainingError(
            f"{counted(len(unknown), 'folder')} of photos name no class ({some(unknown)}): a folder's name"
            f" is a class's index from 0 to {len(classes) - 1}, its name, or its WordNet id."
        )
    labels: dict[str, int] = {}
    skipped: list[Skip] = []
    for path, folder in folders.items():
        index = indices.get(folder)
        if index is None:
            skipped.append(Skip(path, "no label"))
        else:
            labels[path] = index
    return Labelling(labels, tuple(skipped))


def _with_sorted_ids(folders: set[str], classes: Classes) -> Classes:
    ids = sorted(folder for folder in folders if WORDNET_ID.fullmatch(folder))
    if not ids or classes.wnids is not None:
        return classes
    if len(ids) != IMAGENET_CLASSES or len(classes) != IMAGENET_CLASSES:
        raise TrainingError(
            f"The photos are in folders of {counted(len(ids), 'WordNet id')} ({some(ids)}), and only all"
            f" {IMAGENET_CLASSES} of ImageNet's tell their classes by their order: give a file with the id of"
            " every class, one a line in class order, with --classes FILE."
        )
    return replace(classes, wnids=tuple(ids))
