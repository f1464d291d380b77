"""A network as a start file: so that a run can begin where another ended."""

from __future__ import annotations

import torch

from .architecture import TOP_CLASSIFIER_WEIGHT
from .mobilenet import MobileNet
from .start import Start, UnitStart


@torch.no_grad()
def start_of(network: MobileNet) -> Start:
    """All parameters of a network, with its affines' constants in their gains and offsets."""
    units = tuple(
        UnitStart(unit.conv.weight.clone(), *unit.affine(), unit.weight_step(), unit.act_step())
        for unit in network.each_unit()
    )
    classifier = network.classifier
    step = network.classifier_scale / TOP_CLASSIFIER_WEIGHT
    return Start(units, classifier.weight.clone(), classifier.bias.clone(), step.reshape(()))
