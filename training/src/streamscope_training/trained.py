"""Networks that runs have saved."""

from __future__ import annotations

from pathlib import Path

from .errors import TrainingError
from .network.mobilenet import MobileNet
from .system import checkpoint


def network_of_checkpoint(path: Path) -> MobileNet:
    """In evaluation mode. Raises TrainingError for a file that is damaged or holds another network."""
    state = checkpoint.load(path)["network"]
    network = MobileNet()
    try:
        network.load_state_dict(state)
    except (RuntimeError, TypeError, AttributeError) as error:
        raise TrainingError(f"{path} holds another network than this version trains.") from error
    return network.eval()
