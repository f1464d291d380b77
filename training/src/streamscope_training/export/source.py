"""Which network is exported: that of a run, of a checkpoint, or of a start file."""

from __future__ import annotations

from pathlib import Path

from ..errors import TrainingError
from ..network.mobilenet import MobileNet
from ..network.start import load_quantized, read_start
from ..system import checkpoint


def checkpoint_of(run: Path) -> Path:
    """The best checkpoint of a run's folder, or its last if none was evaluated. Raises TrainingError if
    there is neither.
    """
    if not run.is_dir():
        raise TrainingError(f"{run} is not a run's folder; name one that train has written.")
    for name in (checkpoint.BEST, checkpoint.LAST):
        if (run / name).exists():
            return run / name
    raise TrainingError(f"There is no checkpoint in {run}: neither {checkpoint.BEST} nor {checkpoint.LAST}.")


def network_of_start(path: Path) -> MobileNet:
    """Raises TrainingError for a file that is no start, or a float one."""
    start = read_start(path)
    if not start.quantized:
        raise TrainingError(f"{path} is a float start, without scales; train it first.")
    network = MobileNet()
    load_quantized(network, start)
    return network.eval()
