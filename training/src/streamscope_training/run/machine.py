"""What of the machine changes the last digits of a run's numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from ..fused.native import library


def machine() -> dict[str, Any]:
    """For a checkpoint: whether the C of ``fused`` is in use, and in how many threads PyTorch splits sums."""
    return {"compiled": library() is not None, "threads": torch.get_num_threads()}


def changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> str | None:
    """What a run that resumes is told; None if nothing has changed, or it is not known."""
    found = []
    if then.get("compiled", now["compiled"]) != now["compiled"]:
        found.append("with a C compiler" if now["compiled"] else "without a C compiler")
    if then.get("threads", now["threads"]) != now["threads"]:
        found.append(f"in {now['threads']} threads in place of {then['threads']}")
    if not found:
        return None
    return (
        f"It goes on {' and '.join(found)}: its losses may differ in their last digits from those of a run "
        "without a stop."
    )
