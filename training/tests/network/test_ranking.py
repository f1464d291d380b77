from __future__ import annotations

import torch

from streamscope_training.network.ranking import best_five


def test_best_first_and_of_equals_the_lower_class_first() -> None:
    values = torch.zeros(2, 1000, dtype=torch.int32)
    values[0, [7, 999, 3, 500]] = torch.tensor([4, 9, 4, -1], dtype=torch.int32)
    values[1, 990:] = 2
    assert best_five(values).tolist() == [[999, 3, 7, 0, 1], [990, 991, 992, 993, 994]]
    assert best_five(values).dtype == torch.int64
