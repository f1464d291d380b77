from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.runs import Workshop

from streamscope_training.errors import TrainingError
from streamscope_training.network.float_twin import FloatTwin
from streamscope_training.run import identity
from streamscope_training.run.identity import Identity, fingerprint_of
from streamscope_training.run.recipe import Recipe

RUN = Identity(Recipe(), photos="p", teacher="t", evaluation="e")


def test_the_same_run_may_go_on_with_other_logging() -> None:
    replace(RUN, recipe=Recipe().override(["log.every_steps=1"])).refuse_other(RUN.state())


@pytest.mark.parametrize(
    ("setting", "changed", "sentence"),
    [
        (
            "optimizer.learning_rate=0.002",
            {},
            "The checkpoint is of another run: optimizer.learning_rate was 0.0007 and is 0.002. Resume with "
            "what it was begun with, or begin a new run in another folder.",
        ),
        ("data.seed=7", {}, "another run: data.seed was 1 and is 7. Resume"),
        ("data.seed=1", {"photos": "q"}, "another run: the photos are not the same. "),
        ("data.seed=1", {"teacher": "u"}, "another run: the teacher is not the same. "),
        (
            "data.seed=1",
            {"evaluation": None},
            "another run: the photos of the evaluations are not the same. ",
        ),
        ("data.flip=false", {"photos": "q"}, "data.flip was true and is false; the photos are not the same."),
    ],
)
def test_another_run_is_refused_with_what_differs(
    setting: str, changed: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(TrainingError) as refused:
        replace(RUN, recipe=Recipe().override([setting]), **changed).refuse_other(RUN.state())
    assert sentence in str(refused.value)


def test_a_version_that_computes_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    state = RUN.state()
    monkeypatch.setattr(identity, "ARITHMETIC", identity.ARITHMETIC + 1)
    with pytest.raises(TrainingError, match="another run: this version computes otherwise"):
        RUN.refuse_other(state)


def test_a_recipe_of_another_version_is_refused() -> None:
    state = {**RUN.state(), "recipe": {"optimizer": {"lookahead": 5}}}
    with pytest.raises(TrainingError, match=r"of another version: There is no setting optimizer\.lookahead"):
        RUN.refuse_other(state)


def test_a_twin_is_known_by_every_weight(workshop: Workshop) -> None:
    first = fingerprint_of(workshop.twin)
    start = workshop.start
    assert fingerprint_of(FloatTwin(start)) == first
    unit = replace(start.units[5], offset=start.units[5].offset + 1e-3)
    others = [
        replace(start, units=(*start.units[:5], unit, *start.units[6:])),
        replace(start, bias=start.bias + 1),
    ]
    assert len({first, *(fingerprint_of(FloatTwin(other)) for other in others)}) == 3
