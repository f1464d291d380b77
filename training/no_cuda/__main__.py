"""``python -m no_cuda``, for x86-64 Linux; elsewhere PyTorch comes without CUDA, or is not changed."""

from __future__ import annotations

import platform
from importlib.util import find_spec
from pathlib import Path

from .replace import replace_cuda

torch = find_spec("torch")
if torch and torch.origin and (platform.system(), platform.machine()) == ("Linux", "x86_64"):
    replace_cuda(Path(torch.origin).parent / "lib")
