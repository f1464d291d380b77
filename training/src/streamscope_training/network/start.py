"""Start files: weights in NumPy's .npz, float or quantized, checked before anything is built on them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..errors import TrainingError
from ..system.disk import reason
from .architecture import CLASSES, TOP_CLASSIFIER_WEIGHT, TOP_CODE, Layer, features, layers
from .mobilenet import MobileNet


@dataclass(frozen=True)
class UnitStart:
    """One convolution of a start file, float32."""

    #: (outputs, inputs of a group, rows, columns)
    weight: Tensor
    #: Affine after the convolution: gain * y + offset, each (outputs,).
    gain: Tensor
    offset: Tensor
    #: Scale of the weights (outputs,) and of the activations (outputs,) or (1,); None in a float start.
    weight_step: Tensor | None
    act_step: Tensor | None


@dataclass(frozen=True)
class Start:
    """All that a start file holds."""

    units: tuple[UnitStart, ...]
    #: (1000, 1024), (1000,), and its scale, (), or None in a float start.
    classifier: Tensor
    bias: Tensor
    classifier_step: Tensor | None

    @property
    def quantized(self) -> bool:
        """Whether the scales are there, too."""
        return self.classifier_step is not None


def read_start(path: Path) -> Start:
    """Reads ``w_i``, ``g_i``, ``b_i`` for i from 0 to 26, ``fc_w``, ``fc_b``, and, where they are there,
    the scales ``s_i``, ``a_i`` and ``fc_s``.

    Raises TrainingError for a file that is missing, no .npz, or damaged, for arrays that are missing or of
    other shapes, for values that are no finite numbers, and for scales that are not above 0. Nothing in the
    file is executed.
    """
    arrays = _arrays(path)
    scales = [name for name in arrays if name[:2] in ("s_", "a_") or name == "fc_s"]
    quantized = bool(scales)

    def take(name: str, shape: tuple[int, ...], *, scale: bool = False) -> Tensor:
        if name not in arrays:
            raise TrainingError(f"{path} is no start for this network: it has no {name}.")
        values = arrays[name]
        if values.dtype.kind not in "fiu":
            raise TrainingError(f"{path} is no start for this network: {name} does not hold real numbers.")
        # What is too large becomes infinite, and is refused below.
        with np.errstate(over="ignore"):
            values = values.astype(np.float32)
        # Scales come with or without the dimensions they are broadcast over.
        flat = values.reshape(-1) if scale else values
        if flat.shape != shape:
            raise TrainingError(
                f"{path} is no start for this network: {name} is {_by(values.shape)},"
                f" it must be {_by(shape)}."
            )
        if not np.isfinite(flat).all():
            raise TrainingError(f"{path} cannot be used: {name} has values that are not finite.")
        if scale and not (flat > 0).all():
            raise TrainingError(f"{path} cannot be used: {name} has scales that are not above 0.")
        return torch.from_numpy(flat)

    def unit(layer: Layer) -> UnitStart:
        i, vector = layer.index, (layer.outputs,)
        return UnitStart(
            take(f"w_{i}", layer.weight_shape),
            take(f"g_{i}", vector),
            take(f"b_{i}", vector),
            take(f"s_{i}", vector, scale=True) if quantized else None,
            take(f"a_{i}", (layer.scales,), scale=True) if quantized else None,
        )

    units = tuple(unit(layer) for layer in layers())
    step = take("fc_s", (1,), scale=True).reshape(()) if quantized else None
    return Start(units, take("fc_w", (CLASSES, features())), take("fc_b", (CLASSES,)), step)


def to_npz(start: Start) -> bytes:
    """The file that ``read_start`` reads, the same bytes for the same start."""
    arrays: dict[str, Tensor] = {"fc_w": start.classifier, "fc_b": start.bias}
    for i, unit in enumerate(start.units):
        arrays |= {f"w_{i}": unit.weight, f"g_{i}": unit.gain, f"b_{i}": unit.offset}
        if unit.weight_step is not None and unit.act_step is not None:
            arrays |= {f"s_{i}": unit.weight_step, f"a_{i}": unit.act_step}
    if start.classifier_step is not None:
        arrays["fc_s"] = start.classifier_step
    file = io.BytesIO()
    np.savez(file, **{name: values.detach().numpy() for name, values in arrays.items()})  # type: ignore[arg-type]
    return file.getvalue()


@torch.no_grad()
def load_quantized(network: MobileNet, start: Start) -> None:
    """Sets every parameter of the network from a quantized start."""
    for unit, values in zip(network.each_unit(), start.units, strict=True):
        assert values.weight_step is not None
        assert values.act_step is not None
        norm = unit.norm
        assert norm.running_mean is not None
        assert norm.running_var is not None
        norm.running_mean.zero_()
        norm.running_var.fill_(1)
        unit.conv.weight.copy_(values.weight)
        norm.weight.copy_(values.gain * float(np.sqrt(1 + norm.eps)))
        norm.bias.copy_(values.offset)
        unit.weight_scale.copy_(values.weight_step.reshape(-1, 1, 1, 1) * unit.layer.top_weight)
        unit.act_scale.copy_((values.act_step * TOP_CODE).reshape(unit.act_scale.shape))
    assert start.classifier_step is not None
    network.classifier.weight.copy_(start.classifier)
    network.classifier.bias.copy_(start.bias)
    network.classifier_scale.copy_(start.classifier_step * TOP_CLASSIFIER_WEIGHT)


def start_of(network: MobileNet) -> Start:
    """The quantized start that ``load_quantized`` makes this network of."""
    units = []
    for unit in network.each_unit():
        gain, offset = (values.detach().clone() for values in unit.affine())
        weight_step, act_step = unit.weight_step().detach().clone(), unit.act_step().detach().clone()
        units.append(UnitStart(unit.conv.weight.detach().clone(), gain, offset, weight_step, act_step))
    classifier = network.classifier
    return Start(
        tuple(units),
        classifier.weight.detach().clone(),
        classifier.bias.detach().clone(),
        network.classifier_scale.detach() / TOP_CLASSIFIER_WEIGHT,
    )


def _arrays(path: Path) -> dict[str, np.ndarray]:
    try:
        content = path.read_bytes()
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            # What is no array in the archive comes as bytes.
            return {name: np.asarray(file[name]) for name in file.files}
    except OSError as error:
        raise TrainingError(f"Cannot read the start {path}: {reason(error)}.") from error
    except Exception as error:
        # Which exception it is differs with the damage, and from one NumPy to the next.
        raise TrainingError(
            f"{path} is not a .npz file of NumPy's, or is damaged; export or download it again."
        ) from error


def _by(shape: tuple[int, ...]) -> str:
    return " x ".join(str(side) for side in shape) or "a single number"
