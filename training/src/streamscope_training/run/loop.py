"""The training loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import torch
from torch import Tensor

from ..data.batches import Batch, Batches
from ..data.cutmix import cutmix
from ..data.photo_set import PhotoSet, fingerprint
from ..data.prefetch import Prefetch
from ..network import plain
from ..network.architecture import TOP_CODE
from ..network.float_twin import FloatTwin
from ..network.mobilenet import MobileNet, normalise
from ..system.checkpoint import BEST, LAST, load_newest, save
from ..system.progress import Progress
from .arithmetic import student, teacher
from .early_check import StartReport, check_start
from .guard import Guard
from .identity import Identity, fingerprint_of
from .log import LOG, RunLog
from .losses import BLOCK_ENDS, channel_weights, losses, targets, total
from .machine import changes, machine
from .recent import Recent
from .recipe import Recipe
from .relative_adam import RelativeAdam
from .schedule import learning_rate
from .stopping import StopRequested

#: Photos that the start is checked on.
_CHECKED = 64
#: Which figure says which checkpoint is the best.
_BY = "top1"

#: Figures by name, such as top1, of which more is better; None if there is nothing to evaluate on.
Evaluate = Callable[[MobileNet], dict[str, float]]


@dataclass(frozen=True)
class Job:
    """All that a run works on."""

    recipe: Recipe
    folder: Path
    photos: PhotoSet
    batches: Batches
    twin: FloatTwin
    network: MobileNet
    evaluate: Evaluate | None
    #: Fingerprint of what ``evaluate`` looks at.
    evaluation: str | None = None


def batches_of(photos: PhotoSet, recipe: Recipe) -> Batches:
    """The batches of a run. Raises TrainingError if there are fewer photos than a batch has."""
    data = recipe.data
    scale = None if data.crop_scale == 1 else (data.crop_scale, 1.0)
    return Batches(photos, data.seed, data.batch_size, flip=data.flip, scale=scale)


def train(job: Job, *, resume: bool, out: TextIO) -> bool:
    """Trains until the recipe's last step. Returns False if it was asked to stop before; the run can then
    be resumed, and goes on as if it had not been stopped.

    Raises TrainingError for a start that is not sane, for losses that are not finite, when the disk
    refuses, and for a checkpoint of another run. The last good checkpoint then stands.
    """
    return _Run(job, out).go(resume)


class _Run:
    def __init__(self, job: Job, out: TextIO) -> None:
        recipe = job.recipe
        self.job = job
        self.out = out
        self.steps = recipe.optimizer.total_steps(job.batches.steps_per_epoch)
        self.identity = Identity(recipe, fingerprint(job.photos), fingerprint_of(job.twin), job.evaluation)
        self.optimizer = RelativeAdam(job.network, recipe.optimizer, recipe.rates)
        self.guard = Guard()
        self.recent = Recent()
        self.step = 0
        self.best = -1.0
        #: Whether the evaluation that is due after this step is done.
        self.evaluated = True
        self.teach = teacher(recipe.precision, job.twin)
        self.learn = student(recipe.precision)
        self.kept = BLOCK_ENDS if recipe.distil.blocks else ()
        # From the first batch, so that a run that resumes has the same.
        first = self.teach(job.batches.batch(0).images, self.kept)
        self.weights = channel_weights(first.features, job.twin)

    def go(self, resume: bool) -> bool:
        notes = self._resume() if resume else []
        at = self.step if resume else None
        with StopRequested() as stop, RunLog(self.job.folder / LOG, at) as log:
            progress = Progress(self.steps, self.step, self.out)
            try:
                for note in notes:
                    progress.say(note)
                if not resume:
                    self._begin(log, progress)
                elif self.step == self.steps and self.evaluated:
                    progress.say(f"The run is at its end: all {self.steps} steps are done.")
                    return True
                elif not self.evaluated and self.step < self.steps:
                    self._evaluate_and_save(log, progress)
                return self._advance_all(stop, log, progress)
            finally:
                progress.end()

    def _begin(self, log: RunLog, progress: Progress) -> None:
        """Step 0: a start that is sane, evaluated and saved."""
        report = self._check()
        for line in report.lines():
            progress.say(line)
        here = machine()
        if not here["compiled"]:
            progress.say("No C compiler was found that works: training is slower without.")
        log.write({"step": 0, "start": report.to_dict(), **here})
        self._evaluate_and_save(log, progress)

    def _advance_all(self, stop: StopRequested, log: RunLog, progress: Progress) -> bool:
        """To the last step, or False if it was asked to stop before."""
        job = self.job
        job.network.train()
        saved_at = began = time.monotonic()
        with Prefetch(job.batches.batch, range(self.step, self.steps)) as stream:
            for batch in stream:
                self._advance(batch, log, progress, began)
                if self.step < self.steps:
                    if self._is_due():
                        self._evaluate_and_save(log, progress)
                        saved_at = time.monotonic()
                    every = job.recipe.log.checkpoint_every_seconds
                    if stop.requested or time.monotonic() - saved_at > every:
                        self._save()
                        saved_at = time.monotonic()
                    if stop.requested:
                        progress.say(f"Stopped after step {self.step} of {self.steps}; resume with --resume.")
                        return False
                began = time.monotonic()
        self._evaluate_and_save(log, progress)
        return True

    def _advance(self, batch: Batch, log: RunLog, progress: Progress, began: float) -> None:
        """One step, which began with the wait for its batch."""
        recipe, network = self.job.recipe, self.job.network
        rate = learning_rate(recipe.optimizer, self.step, self.steps)
        images, labels = self._mixed(batch)
        taught = self.teach(images, self.kept)
        learned = self.learn(network, images, targets(taught.features, self.weights))
        parts = losses(recipe.distil, learned, taught, labels)
        loss = total(recipe.distil, parts)
        values = {name: float(part.detach()) for name, part in [*parts.items(), ("total", loss)]}
        for warning in self.guard.check_losses(self.step, values):
            progress.say(warning)
            log.write({"step": self.step, "warning": warning})
        loss.backward()  # type: ignore[no-untyped-call]
        self.guard.check_gradients(self.step, network.named_parameters())
        self.optimizer.step(rate)
        self.step += 1
        seconds = time.monotonic() - began
        epoch = self.step / self.job.batches.steps_per_epoch
        progress.show(self.step, epoch, values["total"], len(batch.images) / seconds)
        self.recent.add(values, len(batch.images), seconds)
        if self.step % recipe.log.every_steps == 0 or self.step == self.steps:
            log.write({"step": self.step, "epoch": epoch, "learning_rate": rate} | self.recent.take())

    def _mixed(self, batch: Batch) -> tuple[Tensor, Tensor | None]:
        """The batch's images after CutMix, and their labels, -1 for those that were changed."""
        data = self.job.recipe.data
        images, changed = cutmix(batch.images, data.seed, self.step, data.cutmix)
        return images, None if batch.labels is None else batch.labels.masked_fill(changed, -1)

    def _is_due(self) -> bool:
        every = self.job.recipe.log.evaluate_every_steps
        return every > 0 and self.step % every == 0

    def _evaluate_and_save(self, log: RunLog, progress: Progress) -> None:
        """Saves before as well: an evaluation may take long, and a stop in it then loses nothing."""
        if self.job.evaluate is not None:
            self.evaluated = False
            self._save()
            self._evaluate(self.job.evaluate, log, progress)
            self.evaluated = True
        self._save()

    def _evaluate(self, evaluate: Evaluate, log: RunLog, progress: Progress) -> None:
        job = self.job
        job.network.eval()
        figures = evaluate(job.network)
        job.network.train()
        log.write({"step": self.step, "evaluation": figures})
        shares = ", ".join(f"{name} {share:.2%}" for name, share in figures.items())
        progress.say(f"Step {self.step}: {shares}")
        if figures[_BY] > self.best:
            self.best = figures[_BY]
            self.guard.check_values(self.step, job.network.state_dict())
            save(job.folder / BEST, self._state(), keep_former=False)

    def _check(self) -> StartReport:
        """Looks at the start on the first photos. Raises TrainingError if it cannot be right."""
        network = self.job.network
        images, labels = self._first_photos()
        taught = self.teach(images, ())
        activations: dict[str, Tensor] = {}
        network.eval()
        with torch.no_grad():
            x = normalise(images)
            for unit in network.each_unit():
                x = unit(x)
                step = unit.act_step().reshape(1, -1, 1, 1)
                activations[unit.layer.name] = (plain.value_of(x) / step).round()
            logits = network.classifier(network.pool(x).flatten(1))
        ceilings = dict.fromkeys(activations, float(TOP_CODE))
        return check_start(taught.logits, logits, labels, activations, ceilings)

    def _first_photos(self) -> tuple[Tensor, Tensor | None]:
        batches, size = self.job.batches, self.job.recipe.data.batch_size
        steps = min(-(-_CHECKED // size), batches.steps_per_epoch)
        first = [batches.batch(step) for step in range(steps)]
        images = torch.cat([batch.images for batch in first])[:_CHECKED]
        labels = [batch.labels for batch in first if batch.labels is not None]
        return images, torch.cat(labels)[:_CHECKED] if labels else None

    def _state(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "evaluated": self.evaluated,
            **self.identity.state(),
            "network": self.job.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "best": self.best,
            "recent": self.recent.state(),
            "machine": machine(),
        }

    def _save(self) -> None:
        path = self.job.folder / LAST
        self.guard.check_values(self.step, self.job.network.state_dict())
        save(path, self._state())
        self.guard.saved(path, self.step)

    def _resume(self) -> list[str]:
        """Takes over the newest checkpoint. Notes if it is not the last, or if the machine is another."""
        newest = load_newest(self.job.folder)
        recipe = self.job.recipe
        self.identity.refuse_other(newest.state)
        self.job.network.load_state_dict(newest.state["network"])
        # When Brevitas loads a state it makes the weights' quantizers anew, with other parameters in them.
        self.optimizer = RelativeAdam(self.job.network, recipe.optimizer, recipe.rates)
        self.optimizer.load_state_dict(newest.state["optimizer"])
        self.step = int(newest.state["step"])
        self.best = float(newest.state["best"])
        self.evaluated = bool(newest.state["evaluated"])
        self.recent.restore(newest.state["recent"])
        self.guard.saved(newest.path, self.step)
        return [note for note in (newest.note, changes(newest.state.get("machine", {}), machine())) if note]
