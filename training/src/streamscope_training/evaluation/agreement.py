"""Whether the integer network is the Brevitas network: every value of every layer, compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

import torch
from brevitas.quant_tensor import IntQuantTensor
from torch import Tensor

from ..data.sentences import counted
from ..network.architecture import layers
from ..network.mobilenet import MobileNet, Unit, normalise
from ..network.ranking import best_five
from .codes import codes, logit_codes
from .differences import Differences, RoundingDifferences
from .engine import Engine, Integers

#: All that is compared, in order.
NAMES = (*(layer.name for layer in layers()), "pool", "logits")


@dataclass
class Agreement:
    """Two comparisons over the same photos.

    ``layerwise``: every layer of the Brevitas network is fed what the integer network's layer is fed, so
    that a difference is that layer's own. ``end_to_end``: the Brevitas network runs by itself, and a
    difference is carried on.
    """

    photos: int = 0
    layerwise: tuple[RoundingDifferences, ...] = field(
        default_factory=lambda: tuple(RoundingDifferences(name) for name in NAMES)
    )
    end_to_end: tuple[Differences, ...] = field(
        default_factory=lambda: tuple(Differences(name) for name in NAMES)
    )
    #: Photos whose best class, and whose best five in their order, are the same end to end.
    same_top1: int = 0
    same_top5: int = 0

    @property
    def values(self) -> int:
        return sum(layer.values for layer in self.layerwise)

    @property
    def by_rounding(self) -> int:
        return sum(layer.by_rounding for layer in self.layerwise)

    @property
    def furthest(self) -> float:
        """How far from a boundary a value is at most that rounding decided, in steps."""
        return max(layer.furthest for layer in self.layerwise)

    @property
    def faults(self) -> int:
        """Differences of a layer that rounding does not explain; 0 if the networks are the same."""
        return sum(layer.faults for layer in self.layerwise)

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            **asdict(self),
            "values": self.values,
            "by_rounding": self.by_rounding,
            "furthest": self.furthest,
            "faults": self.faults,
        }

    def lines(self) -> list[str]:
        """For people: what was found, then a line for every layer in which something differs."""
        ties = f", at most {self.furthest:.1e} of a step from a boundary" if self.by_rounding else ""
        verdict = (
            f"{self.faults} by more: these are different networks."
            if self.faults
            else "None differs by more: the networks are the same."
        )
        lines = [
            f"On {counted(self.photos, 'photo')}, layer by layer with the same integers going in, of"
            f" {self.values:,} values {self.by_rounding} differ by rounding{ties}.",
            verdict,
            f"End to end the best class is the same on {self.same_top1}, the best five in their order on"
            f" {self.same_top5} of {self.photos}.",
        ]
        rows = [
            (one.name, one.values, one.by_rounding, one.faults, one.largest, other.differing, other.largest)
            for one, other in zip(self.layerwise, self.end_to_end, strict=True)
            if one.differing or other.differing
        ]
        if rows:
            titles = ("layer", "values", "rounded", "faults", "largest", "end to end", "largest")
            table = [titles, *(tuple(map(str, row)) for row in rows)]
            widths = [max(map(len, column)) for column in zip(*table, strict=True)]
            lines += [_row(cells, widths) for cells in table]
        return lines


def compare_networks(network: MobileNet, engine: Engine, images: Iterable[Tensor]) -> Agreement:
    """Compares a Brevitas network with a model package, on images uint8 (3, 224, 224).

    Raises TrainingError as ``Engine.integers``.
    """
    network.eval()
    agreement = Agreement()
    for image in images:
        truth = engine.integers(image)
        x = normalise(image[None])
        _compare_layers(agreement, network, x, truth)
        _compare_ends(agreement, network, x, truth)
        agreement.photos += 1
    return agreement


@torch.no_grad()
def _compare_layers(agreement: Agreement, network: MobileNet, x: Tensor, truth: Integers) -> None:
    values: Tensor | IntQuantTensor = x
    *units, pool, logits = agreement.layerwise
    for unit, integers, differences in zip(network.each_unit(), truth.activations, units, strict=True):
        y, quantized = _unit(unit, values)
        differences.add_rounded(codes(quantized), integers, y / quantized.scale)
        values = _as(quantized, integers)
    pooled = network.pool(values)
    pool.add(codes(pooled).flatten(1), truth.pooled)
    given = _as(pooled, truth.pooled.reshape(pooled.shape))
    logits.add(logit_codes(network, given), truth.logits)


@torch.no_grad()
def _compare_ends(agreement: Agreement, network: MobileNet, x: Tensor, truth: Integers) -> None:
    *units, pool, logits = agreement.end_to_end
    for unit, integers, differences in zip(network.each_unit(), truth.activations, units, strict=True):
        x = unit(x)
        differences.add(codes(x), integers)
    pooled = network.pool(x)
    pool.add(codes(pooled).flatten(1), truth.pooled)
    found = logit_codes(network, pooled)
    logits.add(found, truth.logits)
    same = best_five(found) == truth.classes
    agreement.same_top1 += int(same[0, 0])
    agreement.same_top5 += int(same.all())


def _unit(unit: Unit, values: Tensor | IntQuantTensor) -> tuple[Tensor, IntQuantTensor]:
    """What comes before a unit's activation, and its activation."""
    y = unit.norm(unit.conv(values))
    return y, unit.act(y)


def _as(like: IntQuantTensor, integers: Tensor) -> IntQuantTensor:
    """Integers as values of the same scale."""
    return like.set(value=integers * like.scale)


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    (name, *numbers), (first, *others) = cells, widths
    return "  ".join(["", name.ljust(first), *map(str.rjust, numbers, others)])
