"""The command ``train``."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..data.photo_set import PhotoSet
from ..data.skips import write_skipped
from ..errors import TrainingError
from ..paths import shipped_recipe, shipped_start
from ..system.nice import NICENESS, be_nice
from .assemble import SKIPPED, assemble
from .claim import claim
from .fresh import make_fresh
from .inputs import Inputs, read_inputs, write_inputs
from .loop import train
from .memory import give_freed_memory_back, keep_freed_memory
from .recipe import read_recipe, write_recipe

RECIPE = "recipe.toml"

#: Options that a new run takes; one that resumes has them from its folder.
_OF_A_NEW_RUN: dict[str, dict[str, Any]] = {
    "--photos": {
        "type": Path,
        "action": "append",
        "metavar": "FOLDER",
        "help": "photos to learn from; may be given again",
    },
    "--exclude": {
        "action": "append",
        "metavar": "NAME",
        "help": "leave out photos and folders of this name; may be given again",
    },
    "--labels": {
        "metavar": "FILE",
        "help": "a list of labels, or the word folders; without, the teacher alone is learned from",
    },
    "--classes": {
        "type": Path,
        "metavar": "FILE",
        "help": "WordNet ids of the classes, a line each, where labels go by them",
    },
    "--grey": {
        "choices": ("skip", "keep"),
        "help": "what becomes of photos without colour (default: skip)",
    },
    "--start": {
        "type": Path,
        "metavar": "FILE",
        "help": "weights to begin with: .npz, or a checkpoint, .pt (default: the float twin of the project)",
    },
    "--teacher": {
        "type": Path,
        "metavar": "FILE",
        "help": "float weights to distil from, .npz (default: the start if it is float, the teacher of the "
        "run that the start is of, or else the float twin of the project)",
    },
    "--recipe": {
        "type": Path,
        "metavar": "FILE",
        "help": "settings, .toml (default: training/recipes/shipped.toml)",
    },
    "--set": {
        "action": "append",
        "metavar": "SECTION.SETTING=VALUE",
        "help": "change a setting of the recipe; may be given again",
    },
    "--evaluate-photos": {
        "type": Path,
        "metavar": "FOLDER",
        "help": "labelled photos for evaluations on the way; never learned from",
    },
    "--evaluate-labels": {"metavar": "FILE", "help": "their labels: a list, or the word folders"},
    "--cache": {
        "type": Path,
        "metavar": "FOLDER",
        "help": "where decoded photos are kept (default: RUN/photos)",
    },
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``train``."""
    parser.add_argument("run", type=Path, metavar="RUN", help="folder for the log and the checkpoints")
    parser.add_argument(
        "--resume", action="store_true", help="go on with the run in RUN; takes no option but --nice"
    )
    parser.add_argument(
        "--nice",
        type=int,
        default=NICENESS,
        metavar="N",
        help=f"give way to other processes; 0 for not (default: {NICENESS})",
    )
    group = parser.add_argument_group("of a new run")
    for option, settings in _OF_A_NEW_RUN.items():
        group.add_argument(option, **settings)


def run(arguments: argparse.Namespace) -> int:
    """Trains. Returns the exit status: 0, or 3 if it was stopped and can be resumed."""
    be_nice(arguments.nice)
    keep_freed_memory()
    folder: Path = arguments.run.absolute()
    resume: bool = arguments.resume
    if resume:
        _refuse_options(arguments)
        inputs, recipe = read_inputs(folder), read_recipe(folder / RECIPE)
    else:
        inputs = _inputs(arguments, folder)
        recipe = read_recipe(arguments.recipe or shipped_recipe()).override(arguments.set or ())
    with claim(folder):
        if not resume:
            make_fresh(folder)
        job = assemble(folder, inputs, recipe, resume=resume)
        give_freed_memory_back()
        if not resume:
            write_inputs(folder, inputs)
            write_recipe(folder / RECIPE, recipe)
        with _skips_written(folder, job.photos):
            done = train(job, resume=resume, out=sys.stderr)
    return 0 if done else 3


def _refuse_options(arguments: argparse.Namespace) -> None:
    given = [
        option for option in _OF_A_NEW_RUN if getattr(arguments, option[2:].replace("-", "_")) is not None
    ]
    if given:
        raise TrainingError(
            f"--resume goes on with what the run was begun with: leave out {', '.join(given)}, "
            "or begin a new run in another folder."
        )


def _inputs(arguments: argparse.Namespace, folder: Path) -> Inputs:
    if not arguments.photos:
        raise TrainingError("Say which photos to learn from: --photos FOLDER.")
    if (arguments.evaluate_photos is None) != (arguments.evaluate_labels is None):
        raise TrainingError(
            "Evaluations need photos and labels: give both --evaluate-photos and --evaluate-labels."
        )
    return Inputs(
        photos=tuple(str(one.absolute()) for one in arguments.photos),
        exclude=tuple(_exclusion(one) for one in arguments.exclude or ()),
        labels=_labels_path(arguments.labels),
        classes=_path(arguments.classes),
        grey=arguments.grey or "skip",
        start=str((arguments.start or shipped_start()).absolute()),
        teacher=_path(arguments.teacher),
        evaluation_photos=_path(arguments.evaluate_photos),
        evaluation_labels=_labels_path(arguments.evaluate_labels),
        cache=str((arguments.cache or folder / "photos").absolute()),
    )


def _labels_path(labels: str | None) -> str | None:
    return labels if labels in (None, "folders") else str(Path(labels).absolute())


def _exclusion(text: str) -> str:
    """A path from here means the same to a run that is resumed elsewhere; a pattern stays."""
    return str(Path(text).absolute()) if "/" in text and Path(text).exists() else text


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())


@contextlib.contextmanager
def _skips_written(folder: Path, photos: PhotoSet) -> Iterator[None]:
    """Lists, in whatever way it ends, also the photos that turned out to be unusable meanwhile."""
    try:
        yield
    except TrainingError:
        # A full disk may refuse this, too; why the run ended says more.
        with contextlib.suppress(TrainingError):
            write_skipped(folder / SKIPPED, photos.skipped)
        raise
    write_skipped(folder / SKIPPED, photos.skipped)
