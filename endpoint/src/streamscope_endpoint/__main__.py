"""``python -m streamscope_endpoint``, and the installed command."""

from __future__ import annotations

import os
import sys


def run() -> None:
    # Read when NumPy is first imported. The emulator's products are small: with a thread a core, BLAS
    # gains little on an idle machine, and on a busy one waits ten times as long for its own threads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from .cli import main

    sys.exit(main())


if __name__ == "__main__":
    run()
