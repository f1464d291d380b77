"""What a process of its own does for the integer network: one image after the other.

Only names are imported here: NumPy reads how many threads it may use when it is loaded.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..system.nice import be_nice
from ..system.worker import begin_worker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .engine import Engine

_engine: Engine | None = None


def begin(folder: str) -> None:
    """Loads the package that this process runs."""
    global _engine
    begin_worker()
    be_nice()
    # A process is a core; threads of several would wait for each other.
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    from .engine import Engine

    _engine = Engine(Path(folder))


def best_five(image: NDArray[np.uint8]) -> list[int]:
    """As ``Engine.best_five``."""
    assert _engine is not None
    return _engine.best_five(image)
