"""Accuracy on labelled photos, for evaluations on the way."""

from __future__ import annotations

import torch

from ..data.batches import evaluation_batches
from ..data.photo_set import PhotoSet
from ..errors import TrainingError
from ..network.mobilenet import MobileNet
from ..network.ranking import best_five
from .arithmetic import Student

#: Photos in one forward pass.
_AT_ONCE = 64


@torch.no_grad()
def validate(student: Student, network: MobileNet, photos: PhotoSet) -> dict[str, float]:
    """Shares of a labelled set, ``top1`` and ``top5``: the label is the network's first class, or one of its
    first five. Raises TrainingError if none of the photos can be read any more.
    """
    seen = top1 = top5 = 0
    for batch in evaluation_batches(photos, _AT_ONCE):
        assert batch.labels is not None
        hits = best_five(student(network, batch.images).logits) == batch.labels[:, None]
        seen += len(hits)
        top1 += int(hits[:, 0].sum())
        top5 += int(hits.sum())
    if seen == 0:
        raise TrainingError("None of the photos for evaluations can be read: see that their folder is there.")
    return {"top1": top1 / seen, "top5": top5 / seen}
