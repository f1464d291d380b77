"""From a run's inputs and recipe to all that it works on."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import partial
from pathlib import Path

import torch

from ..data.batches import Batches
from ..data.classes import Classes, read_classes
from ..data.decode import EVALUATION_RULES, DecodeRules
from ..data.lookalikes import lookalikes, write_lookalikes
from ..data.photo_set import PhotoSet, fingerprint, open_photos
from ..data.sentences import counted, some
from ..data.skips import summary, write_skipped
from ..errors import TrainingError
from ..network.float_twin import FloatTwin
from ..network.mobilenet import MobileNet
from ..network.start import Start, load_quantized, read_start, start_of, to_npz
from ..paths import labels_file, shipped_start
from ..prepare.calibrate import calibrate
from ..prepare.copies import copy_into_spare_channels
from ..system.disk import write_file
from ..trained import network_of_checkpoint
from .arithmetic import student
from .inputs import Inputs
from .loop import Job, batches_of
from .recipe import Recipe
from .validate import validate

SKIPPED = "skipped.txt"
LOOKALIKES = "lookalikes.csv"
#: The teacher, as a float start.
TEACHER = "teacher.npz"


def assemble(folder: Path, inputs: Inputs, recipe: Recipe, *, resume: bool) -> Job:
    """Opens the photos, and makes the network from the start, which takes minutes if that is float. The
    teacher is kept in the run's folder. A run that resumes takes it from there, and leaves the network for
    its checkpoint to fill.

    Raises TrainingError for all that is wrong with the inputs, before the minutes.
    """
    torch.manual_seed(recipe.data.seed)
    start = None if resume else _read(inputs.start)
    teacher = _kept_teacher(folder) if start is None else _teacher(inputs, start)
    grey = DecodeRules(grey="keep" if inputs.grey == "keep" else "skip")
    photos = _open(inputs, inputs.photos, inputs.exclude, inputs.labels, Path(inputs.cache), grey)
    write_skipped(folder / SKIPPED, photos.skipped)
    if recipe.distil.labels and photos.labels is None:
        raise TrainingError("distil.labels has a weight, but the photos have no labels: give --labels.")
    batches = batches_of(photos, recipe)
    unseen = _evaluation_photos(inputs)
    evaluate = evaluation = None
    if unseen is not None:
        _refuse_common(photos, unseen)
        if not resume:
            _note_lookalikes(folder / LOOKALIKES, photos, unseen)
        evaluate = partial(validate, student(recipe.precision), photos=unseen)
        evaluation = fingerprint(unseen)
    network = MobileNet()
    if start is not None:
        quantized, teacher = _prepared(start, teacher, photos, recipe)
        load_quantized(network, quantized)
        write_file(folder / TEACHER, to_npz(teacher))
    return Job(recipe, folder, photos, batches, FloatTwin(teacher), network, evaluate, evaluation)


def _kept_teacher(folder: Path) -> Start:
    """The teacher of a run that resumes."""
    file = folder / TEACHER
    try:
        return read_start(file)
    except TrainingError as error:
        raise TrainingError(
            f"{file}, the teacher of the run, is missing or damaged: put it back, or begin a new run."
        ) from error


def _teacher(inputs: Inputs, start: Start) -> Start:
    """Who was named; else a float start itself, the teacher of the run that a checkpoint is of, or the
    project's twin."""
    is_its_own = inputs.teacher == inputs.start and not start.quantized
    if inputs.teacher and not is_its_own:
        teacher = _read(inputs.teacher)
        if teacher.quantized:
            raise TrainingError(f"{inputs.teacher} is quantized; the teacher must be float.")
        return teacher
    if not start.quantized:
        return start
    file = Path(inputs.start)
    former = file.with_name(TEACHER)
    if file.suffix != ".pt" or not former.exists():
        former = shipped_start()
    _say(f"The teacher is {former}.")
    return read_start(former)


def _read(path: str) -> Start:
    """A start file, or what a former run has come to."""
    file = Path(path)
    return start_of(network_of_checkpoint(file)) if file.suffix == ".pt" else read_start(file)


def _prepared(start: Start, teacher: Start, photos: PhotoSet, recipe: Recipe) -> tuple[Start, Start]:
    """The start, quantized, and its teacher. Only a start that is its own teacher gets copies, as the
    features of both are compared by channel."""
    if start.quantized:
        return start, teacher
    prepare = recipe.prepare
    count = min(prepare.calibration_photos, len(photos))
    if count < 2:
        raise TrainingError("A float start is calibrated on 2 photos at least: give more than one.")
    _say(f"Calibrating on {count} photos.")
    images = Batches(photos, recipe.data.seed, count, flip=False).batch(0).images
    if prepare.copies and teacher is start:
        start = teacher = copy_into_spare_channels(start, images)
    elif prepare.copies:
        _say("No channels are copied, as the teacher is another network.")
    quantized = calibrate(
        start,
        images,
        reconstruct=prepare.reconstruct,
        correct_statistics=prepare.correct_statistics,
        progress=lambda done, total: _say(f"Calibrated {done} of {total} layers."),
    )
    return quantized, teacher


def _evaluation_photos(inputs: Inputs) -> PhotoSet | None:
    if inputs.evaluation_photos is None:
        return None
    cache = Path(f"{inputs.cache}-evaluation")
    folders = (inputs.evaluation_photos,)
    return _open(inputs, folders, (), inputs.evaluation_labels, cache, EVALUATION_RULES)


def _refuse_common(photos: PhotoSet, unseen: PhotoSet) -> None:
    """Raises TrainingError if a photo of the evaluations is among those learned from."""
    learned = {os.path.realpath(photo.file) for photo in photos.source.photos}
    common = [photo.path for photo in unseen.source.photos if os.path.realpath(photo.file) in learned]
    if common:
        raise TrainingError(
            f"{counted(len(common), 'photo')} of the evaluations would be learned from: {some(common)}. "
            "Leave their folder out with --exclude, or evaluate on others."
        )


def _note_lookalikes(file: Path, photos: PhotoSet, unseen: PhotoSet) -> None:
    """Lists the photos of the evaluations that look like some learned from. Looks may deceive, so that
    nothing is refused."""
    pairs = lookalikes(unseen, photos)
    write_lookalikes(file, pairs)
    if pairs:
        # One pair for each photo of the evaluations.
        names = [f"{path} = {learned}" for path, learned in dict(pairs).items()]
        _say(
            f"By looks, {counted(len(names), 'photo')} of the evaluations would be learned from, in other "
            f"files: {some(names)}. {file} has them all. Leave those files out with --exclude, or say so "
            "beside the figures."
        )


def _open(
    inputs: Inputs,
    folders: tuple[str, ...],
    exclude: tuple[str, ...],
    labels: str | None,
    cache: Path,
    rules: DecodeRules,
) -> PhotoSet:
    photos = open_photos(
        folders,
        cache=cache,
        exclude=exclude,
        labels=None if labels is None else "folders" if labels == "folders" else Path(labels),
        classes=_classes(inputs) if labels else None,
        rules=rules,
        progress=_decoding,
    )
    for note in photos.notes:
        _say(note)
    if photos.skipped:
        _say(summary(photos.skipped))
    return photos


def _classes(inputs: Inputs) -> Classes:
    return read_classes(labels_file(), Path(inputs.classes) if inputs.classes else None)


def _decoding(done: int, total: int) -> None:
    if done == total or done % 1000 == 0:
        _say(f"Decoded {done} of {total} photos.")


def _say(text: str) -> None:
    # The terminal may be gone.
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)
