from __future__ import annotations

from support.runs import Workshop

from streamscope_training.fused import forward as fused
from streamscope_training.network import plain
from streamscope_training.run.arithmetic import student, teacher
from streamscope_training.run.recipe import Precision


def test_float32_is_brevitas_alone(workshop: Workshop) -> None:
    precision = Precision(compute="float32")
    assert student(precision) is plain.forward
    assert isinstance(teacher(precision, workshop.twin), plain.PlainTwin)


def test_bfloat16_is_on_codes(workshop: Workshop) -> None:
    precision = Precision(compute="bfloat16")
    assert student(precision) is fused.forward
    assert isinstance(teacher(precision, workshop.twin), fused.FusedTwin)
