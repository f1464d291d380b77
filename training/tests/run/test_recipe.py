from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.paths import repository
from streamscope_training.run.recipe import Optimizer, Rates, Recipe, differences, read_recipe, write_recipe

UNUSUAL = Recipe().override(
    [
        "data.seed=4294967295",
        "data.flip=false",
        "data.crop_scale=0.35",
        "data.cutmix=0.25",
        "prepare.reconstruct=false",
        "optimizer.schedule=constant",
        "optimizer.learning_rate=3e-7",
        "optimizer.betas=[0.5, 0.95]",
        "optimizer.hysteresis=0.5",
        "rates.weight_scales=0",
        "precision.compute=float32",
    ]
)


def test_a_recipe_is_the_same_after_toml_and_after_plain_tables(tmp_path: Path) -> None:
    assert Recipe.from_toml(UNUSUAL.to_toml()) == UNUSUAL
    assert Recipe.from_dict(UNUSUAL.to_dict()) == UNUSUAL
    write_recipe(tmp_path / "recipe.toml", UNUSUAL)
    assert read_recipe(tmp_path / "recipe.toml") == UNUSUAL
    assert Recipe() != UNUSUAL


def test_written_recipes_say_what_every_setting_is() -> None:
    text = Recipe().to_toml()
    for section in dataclasses.fields(Recipe):
        assert f"[{section.name}]" in text
        for entry in dataclasses.fields(getattr(Recipe(), section.name)):
            assert f"# {entry.metadata['meaning']}\n{entry.name} = " in text


def test_what_a_file_leaves_out_is_at_its_default(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text("[optimizer]\nlearning_rate = 1\n")
    recipe = read_recipe(path)
    assert recipe == Recipe(optimizer=Optimizer(learning_rate=1.0))
    assert type(recipe.optimizer.learning_rate) is float


def test_what_is_not_set_is_as_in_the_recipe_that_ships() -> None:
    assert read_recipe(repository() / "training" / "recipes" / "shipped.toml") == Recipe()


@pytest.mark.parametrize("name", ["shipped", "further", "steady", "imagenet"])
def test_the_recipes_of_the_project_name_every_setting_as_a_run_writes_it(name: str) -> None:
    path = repository() / "training" / "recipes" / f"{name}.toml"
    text = path.read_text()
    # But for what the file says of itself.
    assert text.partition("\n\n")[2] == read_recipe(path).to_toml()
    assert text.startswith("# ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[optimiser]", "There is no section [optimiser]; the nearest is [optimizer]."),
        (
            "[optimizer]\nlearn_rate = 1",
            "There is no setting optimizer.learn_rate; the nearest is optimizer.learning_rate.",
        ),
        (
            "[optimizer]\nbatch_size = 1",
            "There is no setting optimizer.batch_size; the nearest is data.batch_size.",
        ),
        ("learning_rate = 1", "There is no section [learning_rate]; the nearest is"),
        ("optimizer = 3", "optimizer must be a section, [optimizer], not 3."),
        ("[[optimizer]]", "optimizer must be a section, [optimizer], not [a table]."),
        ("[optimizer]\nlearning_rate = nan", "optimizer.learning_rate must be a finite number"),
        ("[data]\nseed = 2020-02-02", "data.seed must be a whole number, not 2020-02-02."),
        ("[distil]\nlogits_mse = 0\npooled = 0\nblocks = 0", "are all 0"),
        ("[data]\nseed = 1\nseed = 2", "Not a TOML file: "),
        ("seed", "Not a TOML file: "),
        ("a = " + "[" * 5000, "Not a TOML file: "),
    ],
)
def test_files_that_make_no_sense_are_refused_with_their_name(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(text)
    with pytest.raises(TrainingError) as refused:
        read_recipe(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert sentence in str(refused.value)


def test_files_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"Cannot write the recipe .*: there is no such file or folder"):
        write_recipe(tmp_path / "absent" / "recipe.toml", Recipe())
    with pytest.raises(TrainingError, match=r"absent\.toml: there is no such file"):
        read_recipe(tmp_path / "absent.toml")
    (tmp_path / "photo.toml").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(TrainingError, match=r"photo\.toml is not a recipe: it is not text"):
        read_recipe(tmp_path / "photo.toml")


def test_settings_on_the_command_line_win_and_the_last_wins() -> None:
    recipe = Recipe().override(["optimizer.learning_rate=1e-4", " optimizer.learning_rate = 2e-4 "])
    assert recipe == Recipe(optimizer=Optimizer(learning_rate=2e-4))
    quoted = Recipe().override(['optimizer.schedule="constant"'])
    assert quoted == Recipe().override(["optimizer.schedule=constant"]) != Recipe()


@pytest.mark.parametrize(
    ("assignment", "sentence"),
    [
        ("optimizer.learning_rate", "does not say what to set; write section.setting=value"),
        ("learning_rate=1e-4", "does not say what to set"),
        ("optimizer.learning_rate=fast", 'optimizer.learning_rate must be a number, not "fast".'),
        ("optimizer.learning_rate=", 'optimizer.learning_rate must be a number, not "".'),
        ("optimizer.lr=1", "There is no setting optimizer.lr"),
        ("optimizer.a.b=1", "There is no setting optimizer.a.b"),
        ("optimiser.steps=3", "There is no section [optimiser]"),
        (".=", "There is no section []"),
    ],
)
def test_settings_on_the_command_line_that_make_no_sense(assignment: str, sentence: str) -> None:
    with pytest.raises(TrainingError) as refused:
        Recipe().override([assignment])
    assert sentence in str(refused.value)


def test_a_run_that_would_train_nothing_is_refused() -> None:
    with pytest.raises(TrainingError, match="nothing would be trained"):
        Recipe(rates=Rates(*[0] * len(dataclasses.fields(Rates))))


def test_the_length_is_in_steps_or_in_epochs() -> None:
    assert Optimizer(epochs=1.5, steps=0).total_steps(steps_per_epoch=11) == 17
    assert Optimizer(epochs=1.5, steps=7).total_steps(steps_per_epoch=11) == 7
    assert Optimizer(epochs=1e-6, steps=0).total_steps(steps_per_epoch=11) == 1


def test_epochs_count_where_they_are_all_that_is_said_of_the_length() -> None:
    assert Recipe.from_toml("[optimizer]\nepochs = 3").optimizer.total_steps(7) == 21
    assert Recipe().override(["optimizer.epochs=3"]).optimizer.total_steps(7) == 21
    assert Recipe.from_toml("[optimizer]\nepochs = 3\nsteps = 5").optimizer.total_steps(7) == 5
    assert Recipe().override(["optimizer.epochs=3", "optimizer.steps=5"]).optimizer.total_steps(7) == 5


def test_differences_name_what_changes_a_run() -> None:
    now = Recipe().override(
        [
            "optimizer.learning_rate=0.002",
            "data.flip=false",
            "log.every_steps=1",
            "log.evaluate_every_steps=1",
        ]
    )
    assert differences(Recipe(), now) == [
        "data.flip was true and is false",
        "optimizer.learning_rate was 0.0007 and is 0.002",
    ]
    assert differences(now, now) == []
