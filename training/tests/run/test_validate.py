from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import torch
from support.pictures import folder_of
from support.runs import Workshop

from streamscope_training.data.decode import EVALUATION_RULES
from streamscope_training.data.photo_set import PhotoSet
from streamscope_training.data.scan import scan
from streamscope_training.data.source import StreamedPhotos
from streamscope_training.errors import TrainingError
from streamscope_training.network.mobilenet import MobileNet
from streamscope_training.network.outputs import Output, Target
from streamscope_training.run.validate import validate


def says_classes_from_0(
    network: MobileNet, images: torch.Tensor, targets: Mapping[int, Target] | None = None
) -> Output:
    """Class 0 before class 1 and so on, for every photo."""
    logits = -torch.arange(1000.0).repeat(len(images), 1)
    return Output(logits, torch.zeros(len(images), 1024), {})


def test_shares_of_the_first_class_and_of_the_first_five(workshop: Workshop) -> None:
    labels = torch.tensor([0, 4, 5, 2]).numpy()
    photos = PhotoSet(workshop.photos.source, labels)
    assert validate(says_classes_from_0, workshop.network, photos) == {"top1": 0.25, "top5": 0.75}


def test_of_classes_that_are_level_the_lower_comes_first(workshop: Workshop) -> None:
    def level(
        network: MobileNet, images: torch.Tensor, targets: Mapping[int, Target] | None = None
    ) -> Output:
        return Output(torch.zeros(len(images), 1000), torch.zeros(len(images), 1024), {})

    photos = PhotoSet(workshop.photos.source, torch.tensor([0, 4, 5, 999]).numpy())
    assert validate(level, workshop.network, photos) == {"top1": 0.25, "top5": 0.5}


def test_photos_that_are_gone(tmp_path: Path, workshop: Workshop) -> None:
    found = scan([folder_of(tmp_path, "a.png")])
    photos = PhotoSet(StreamedPhotos(found.photos, EVALUATION_RULES), torch.tensor([0]).numpy())
    (tmp_path / "a.png").unlink()
    with pytest.raises(TrainingError, match="None of the photos for evaluations can be read"):
        validate(says_classes_from_0, workshop.network, photos)
