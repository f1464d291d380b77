"""Start files for tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from torch import Tensor

from streamscope_training.network.start import Start


def write_start(path: Path, start: Start) -> None:
    """Writes a start, float or quantized, as ``read_start`` reads it. The path ends in ``.npz``."""
    arrays: dict[str, Tensor] = {"fc_w": start.classifier, "fc_b": start.bias}
    for i, unit in enumerate(start.units):
        arrays |= {f"w_{i}": unit.weight, f"g_{i}": unit.gain, f"b_{i}": unit.offset}
        if unit.weight_step is not None and unit.act_step is not None:
            arrays |= {f"s_{i}": unit.weight_step, f"a_{i}": unit.act_step}
    if start.classifier_step is not None:
        arrays["fc_s"] = start.classifier_step
    np.savez(path, **{name: values.detach().numpy() for name, values in arrays.items()})  # type: ignore[arg-type]
