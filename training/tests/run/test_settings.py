from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.run.settings import check_section, nearest, setting, shown


@dataclass(frozen=True)
class Oven:
    on: bool = setting(False, "Whether it is on.")
    name: str = setting("oven", "What it is called.")
    mode: Literal["fan", "grill"] = setting("fan", "How it heats.")
    trays: int = setting(1, "Trays in it.", least=0, most=4)
    heat: float = setting(180.0, "Degrees.", above=0, below=300)
    range: tuple[float, float] = setting((50.0, 250.0), "From, to.", least=0)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": 1}, "oven.on must be true or false, not 1."),
        ({"on": "yes"}, 'oven.on must be true or false, not "yes".'),
        ({"name": 3}, "oven.name must be text, not 3."),
        ({"mode": "steam"}, 'oven.mode must be one of "fan", "grill"; it is "steam".'),
        ({"mode": ["fan"]}, 'oven.mode must be one of "fan", "grill"; it is ["fan"].'),
        ({"trays": 1.0}, "oven.trays must be a whole number, not 1.0."),
        ({"trays": True}, "oven.trays must be a whole number, not true."),
        ({"trays": -1}, "oven.trays must be at least 0 and at most 4; it is -1."),
        ({"trays": 5}, "oven.trays must be at least 0 and at most 4; it is 5."),
        ({"trays": 10**5000}, "oven.trays must be a finite number, not a number of over 60 digits."),
        ({"heat": 0}, "oven.heat must be above 0 and below 300; it is 0."),
        ({"heat": 300.0}, "oven.heat must be above 0 and below 300; it is 300.0."),
        ({"heat": float("nan")}, "oven.heat must be a finite number, not nan."),
        ({"heat": float("inf")}, "oven.heat must be a finite number, not inf."),
        ({"heat": "hot"}, 'oven.heat must be a number, not "hot".'),
        ({"heat": {"a": 1}}, "oven.heat must be a number, not a table."),
        ({"range": (1.0,)}, "oven.range must be a list of 2 numbers, not [1.0]."),
        ({"range": 3}, "oven.range must be a list of 2 numbers, not 3."),
        ({"range": [1, "x"]}, 'oven.range must be a number, not "x".'),
        ({"range": [1, -1]}, "oven.range must be at least 0; it is -1."),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TrainingError) as refused:
        check_section("oven", Oven(**changes))
    assert str(refused.value) == sentence


def test_bounds_that_are_allowed_and_kinds_that_are_made_exact() -> None:
    checked = check_section("oven", Oven(trays=4, heat=200, range=[0, 300]))  # type: ignore[arg-type]
    assert checked == Oven(trays=4, heat=200.0, range=(0.0, 300.0))
    assert type(checked.heat) is float
    assert all(type(number) is float for number in checked.range)


def test_the_nearest_name_is_always_one_of_the_known() -> None:
    assert nearest("lerning_rat", ["learning_rate", "betas"]) == "learning_rate"
    assert nearest("zzz", ["learning_rate"]) == "learning_rate"


def test_long_values_are_cut_in_sentences() -> None:
    assert len(shown("x" * 1000)) == 60
