"""What the student is drawn to: its teacher's classes, pooled features and blocks, and labels if any."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor
from torch.nn import functional

from ..network.architecture import layers
from ..network.float_twin import FloatTwin
from ..network.outputs import Output, Target, TwinOutput
from ..prepare.copies import shares_of_step
from .recipe import Distil

#: Layers whose features are compared: where a block ends.
BLOCK_ENDS = tuple(layer.index for layer in layers() if layer.ends_block)


def channel_weights(features: Mapping[int, Tensor], twin: FloatTwin) -> dict[int, Tensor]:
    """By layer the weights of the channels' squared errors, (channels,): 1 over the mean square of the
    twin's features. 0 for copies: the student reads them lower, and their original is compared.
    """
    found: dict[int, Tensor] = {}
    for index, maps in features.items():
        compared = (shares_of_step(twin.units[index]) == 0).float()
        found[index] = compared / maps.float().square().mean()
    return found


def targets(features: Mapping[int, Tensor], weights: Mapping[int, Tensor]) -> dict[int, Target]:
    """Targets whose loss is a layer's mean squared error relative to its power."""
    return {index: Target(maps, weights[index] / maps.numel()) for index, maps in features.items()}


def losses(
    settings: Distil, student: Output, teacher: TwinOutput, labels: Tensor | None
) -> dict[str, Tensor]:
    """The losses that have a weight, by name, without their weights.

    ``logits``: Kullback-Leibler divergence of the student's classes from the teacher's, at the
    temperature, times its square (Hinton et al., "Distilling the Knowledge in a Neural Network", 2015), mean
    over photos. ``logits_mse``: squared error of the logits less their mean over classes, which no
    probability depends on, over the teacher's power. It minds all classes alike, also those that the photos
    lack (compare Kim et al., "Comparing Kullback-Leibler Divergence and Mean Squared Error Loss in Knowledge
    Distillation", 2021). ``pooled``: squared error over the teacher's power. ``blocks``: squared error over
    the teacher's power in that block in the run's first batch, mean over blocks. ``labels``: cross entropy,
    mean over photos that have one.
    """
    found: dict[str, Tensor] = {}
    if settings.logits:
        found["logits"] = _divergence(student.logits, teacher.logits, settings.temperature)
    if settings.logits_mse:
        found["logits_mse"] = _relative_error(_centred(student.logits), _centred(teacher.logits))
    if settings.pooled:
        found["pooled"] = _relative_error(student.pooled, teacher.pooled)
    if settings.blocks:
        found["blocks"] = sum(student.losses.values(), student.logits.new_zeros(())) / len(student.losses)
    if settings.labels and labels is not None:
        if bool((labels >= 0).any()):
            found["labels"] = functional.cross_entropy(student.logits, labels, ignore_index=-1)
        elif not found:
            # Nothing to learn in this step; a sum of no losses would have no gradient.
            found["labels"] = 0 * student.logits.sum()
    return found


def total(settings: Distil, parts: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    weighted: list[Tensor] = [getattr(settings, name) * loss for name, loss in parts.items()]
    return sum(weighted[1:], weighted[0])


def _relative_error(found: Tensor, wanted: Tensor) -> Tensor:
    return (found - wanted).square().mean() / wanted.square().mean()


def _centred(logits: Tensor) -> Tensor:
    return logits - logits.mean(1, keepdim=True)


def _divergence(student: Tensor, teacher: Tensor, temperature: float) -> Tensor:
    return (
        functional.kl_div(
            functional.log_softmax(student / temperature, 1),
            functional.log_softmax(teacher / temperature, 1),
            log_target=True,
            reduction="batchmean",
        )
        * temperature**2
    )
