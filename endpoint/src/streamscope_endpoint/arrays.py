"""The type of arrays in annotations."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 9):
    import numpy.typing as npt

    Array = npt.NDArray[Any]
else:
    import numpy as np

    # NumPy's own generic alias needs Python 3.9.
    Array = np.ndarray
