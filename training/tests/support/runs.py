"""What training runs in tests work on: the real network, of random weights, and four small pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from streamscope_training.data.photo_set import PhotoSet, open_photos
from streamscope_training.network.float_twin import FloatTwin
from streamscope_training.network.mobilenet import MobileNet
from streamscope_training.network.start import Start, load_quantized, start_of
from streamscope_training.run.loop import Evaluate, Job, batches_of
from streamscope_training.run.recipe import Recipe

from .networks import sane_network
from .pictures import folder_of

#: Two photos a step, so two steps an epoch. A line of the log, an evaluation and the stop of a test fall on
#: different steps.
RECIPE = Recipe().override(
    [
        "data.batch_size=2",
        "data.cutmix=0.3",
        "distil.logits=1",
        "distil.labels=0.1",
        "optimizer.warm_up_steps=0",
        "optimizer.steps=6",
        "optimizer.schedule=constant",
        "log.every_steps=2",
        "log.evaluate_every_steps=3",
        "log.checkpoint_every_seconds=1000000",
    ]
)


def float_start(start: Start) -> Start:
    """The same without its scales."""
    units = tuple(replace(unit, weight_step=None, act_step=None) for unit in start.units)
    return replace(start, units=units, classifier_step=None)


@dataclass(frozen=True)
class Workshop:
    """Made once: building the network takes a second."""

    photos: PhotoSet
    start: Start
    twin: FloatTwin
    network: MobileNet

    def job(
        self,
        folder: Path,
        recipe: Recipe = RECIPE,
        *,
        evaluate: Evaluate | None = None,
        photos: PhotoSet | None = None,
    ) -> Job:
        """A run from the start. All runs share the network, so they come one after another."""
        folder.mkdir(parents=True, exist_ok=True)
        load_quantized(self.network, self.start)
        photos = photos or self.photos
        batches = batches_of(photos, recipe)
        return Job(recipe, folder, photos, batches, self.twin, self.network, evaluate)


def make_workshop(folder: Path) -> Workshop:
    """Its photos are decoded into the folder."""
    pictures = folder_of(folder / "pictures", "a.png", "b.png", "c.png", "d.png")
    photos = replace(open_photos([pictures], cache=folder / "cache"), labels=np.array([3, 1, 4, 1]))
    network = sane_network(1)
    start = start_of(network)
    return Workshop(photos, start, FloatTwin(float_start(start)), network)


class Figures:
    """Stands for evaluations: gives these figures, one after another. ``at`` one of them, counted from 0,
    ``happens`` is called.
    """

    def __init__(self, *figures: float, at: int = -1, happens: Callable[[], object] = object) -> None:
        self._left = list(figures)
        self._at = at
        self._happens = happens

    def __call__(self, network: MobileNet) -> dict[str, float]:
        if self._at == 0:
            self._happens()
        self._at -= 1
        return {"top1": self._left.pop(0)}
