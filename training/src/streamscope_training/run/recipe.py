"""The recipe of a run: all its settings, from a TOML file and the command line. What is not set is as in
``recipes/shipped.toml``."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ..errors import TrainingError
from ..system.disk import reason, write_file
from .settings import check_section, nearest, setting, shown


@dataclass(frozen=True)
class Data:
    batch_size: int = setting(32, "Photos a step.", least=1, most=65536)
    seed: int = setting(1, "Seed of the order of photos, their crops, and all else.", least=0, most=2**32 - 1)
    crop_scale: float = setting(
        0.6, "Smallest random crop, as a share of the largest one's area; 1 for 224 x 224.", above=0, most=1
    )
    flip: bool = setting(True, "Whether every second photo, at random, is mirrored.")
    cutmix: float = setting(
        0.2, "Share of photos that get a rectangle of another one; they lose their label.", least=0, most=1
    )


@dataclass(frozen=True)
class Prepare:
    """What is done to a float start before the first step; a quantized one is taken as it is."""

    copies: bool = setting(
        True, "Channels that do little become copies of those that 4 bits serve worst, read in between."
    )
    reconstruct: bool = setting(
        True, "Weights refitted layer by layer to quantized inputs, and rounded so that errors make up."
    )
    correct_statistics: bool = setting(
        True, "Per-layer correction of the means and variances that quantization moves."
    )
    calibration_photos: int = setting(
        4000,
        "Photos from which weights, scales and statistics are taken; the first layers look at 1000.",
        least=2,
        most=10**5,
    )


@dataclass(frozen=True)
class Distil:
    """Weights of the losses in their sum. 0 leaves a loss out."""

    logits: float = setting(0.0, "Divergence of the student's classes from the teacher's.", least=0, most=1e6)
    logits_mse: float = setting(
        1.4,
        "Squared distance of the student's logits from the teacher's, all classes alike.",
        least=0,
        most=1e6,
    )
    pooled: float = setting(1.0, "Distance of the pooled features from the teacher's.", least=0, most=1e6)
    blocks: float = setting(0.2, "Distance of every block's features from the teacher's.", least=0, most=1e6)
    labels: float = setting(
        0.0, "Cross entropy with the labels, for photos that have one.", least=0, most=1e6
    )
    temperature: float = setting(1.0, "Divides both logits in the divergence.", above=0, most=1000)


@dataclass(frozen=True)
class Optimizer:
    """Adam whose steps are relative: see ``run/relative_adam.py`` for the units."""

    learning_rate: float = setting(7e-4, "Learning rate at its highest.", above=0, most=100)
    betas: tuple[float, float] = setting((0.9, 0.99), "Decay of the two moments.", least=0, below=1)
    hysteresis: float = setting(
        0.15,
        "How far a weight whose code changes goes into the new code's range, at least, as a share of it.",
        least=0,
        most=0.5,
    )
    warm_up_steps: int = setting(100, "Steps over which the rate grows from 0.", least=0, most=10**9)
    schedule: Literal["cosine", "constant"] = setting("cosine", "The rate after that: cosine or constant.")
    epochs: float = setting(
        1.0, "Length of the run in passes over the photos, if steps is 0.", above=0, most=1e6
    )
    steps: int = setting(4300, "Length of the run in steps; 0 to go by epochs.", least=0, most=10**9)

    def total_steps(self, steps_per_epoch: int) -> int:
        """How many steps the run has."""
        return self.steps or max(1, math.ceil(self.epochs * steps_per_epoch))


@dataclass(frozen=True)
class Rates:
    """Learning rates of groups of parameters, relative to the optimizer's. 0 keeps a group as it is."""

    weights: float = setting(1.0, "Weights of the first and the pointwise convolutions.", least=0, most=1000)
    depthwise: float = setting(0.1, "Weights of the depthwise convolutions.", least=0, most=1000)
    weight_scales: float = setting(0.02, "Scales of quantized weights.", least=0, most=1000)
    activation_scales: float = setting(0.02, "Scales of quantized activations.", least=0, most=1000)
    gains: float = setting(0.3, "Gains after convolutions.", least=0, most=1000)
    offsets: float = setting(1.0, "Offsets after convolutions.", least=0, most=1000)
    classifier: float = setting(1.0, "Weights, scale and bias of the classifier.", least=0, most=1000)


@dataclass(frozen=True)
class Precision:
    compute: Literal["float32", "bfloat16"] = setting(
        "bfloat16",
        "bfloat16: exact on codes, with gradients and the teacher rounded; float32: by Brevitas alone.",
    )


@dataclass(frozen=True)
class Log:
    """What is written and when. Nothing here changes what a run computes."""

    every_steps: int = setting(10, "Steps from one line of the log to the next.", least=1, most=10**9)
    evaluate_every_steps: int = setting(
        1075, "Steps from one evaluation to the next; 0 for none but the last.", least=0, most=10**9
    )
    checkpoint_every_seconds: float = setting(
        300.0, "Seconds from one checkpoint to the next.", above=0, most=10**6
    )


@dataclass(frozen=True)
class Recipe:
    """All settings of a run, one section a field. Raises TrainingError for values that make no sense."""

    data: Data = field(default_factory=Data)
    prepare: Prepare = field(default_factory=Prepare)
    distil: Distil = field(default_factory=Distil)
    optimizer: Optimizer = field(default_factory=Optimizer)
    rates: Rates = field(default_factory=Rates)
    precision: Precision = field(default_factory=Precision)
    log: Log = field(default_factory=Log)

    def __post_init__(self) -> None:
        for section in dataclasses.fields(self):
            checked = check_section(section.name, getattr(self, section.name))
            object.__setattr__(self, section.name, checked)
        distil = self.distil
        if not any((distil.logits, distil.logits_mse, distil.pooled, distil.blocks, distil.labels)):
            raise TrainingError(
                "distil.logits, logits_mse, pooled, blocks and labels are all 0; give one of them a weight."
            )
        if not any(dataclasses.astuple(self.rates)):
            raise TrainingError("All rates are 0, so nothing would be trained; give one of them a rate.")

    @classmethod
    def from_dict(cls, tables: Mapping[str, Any]) -> Recipe:
        """The recipe of ``{section: {setting: value}}``, as ``to_dict`` gives it; what is absent is at its
        default, but that epochs without steps count. Raises TrainingError that names the first unknown
        section or setting, and the nearest known.
        """
        sections: dict[str, Any] = {}
        for name, table in tables.items():
            if name not in _SECTIONS:
                known = nearest(name, _SECTIONS)
                raise TrainingError(f"There is no section [{name}]; the nearest is [{known}].")
            if not isinstance(table, Mapping):
                raise TrainingError(f"{name} must be a section, [{name}], not {shown(table)}.")
            for key in table:
                _refuse_unknown(name, key)
            sections[name] = _SECTIONS[name](**_length(name, table))
        return cls(**sections)

    @classmethod
    def from_toml(cls, text: str) -> Recipe:
        """The recipe of a TOML text. Raises TrainingError."""
        try:
            tables = tomlkit.parse(text).unwrap()
        except (TOMLKitError, ValueError, RecursionError) as error:
            raise TrainingError(f"Not a TOML file: {error}.") from error
        return cls.from_dict(tables)

    def to_dict(self) -> dict[str, dict[str, Any]]:
        """``{section: {setting: value}}`` of plain values."""
        return dataclasses.asdict(self)

    def to_toml(self) -> str:
        """The recipe as TOML, every setting written out under a comment that says what it is."""
        document = tomlkit.document()
        for section in dataclasses.fields(self):
            table = tomlkit.table()
            values = getattr(self, section.name)
            for entry in dataclasses.fields(values):
                table.add(tomlkit.comment(entry.metadata["meaning"]))
                table.add(entry.name, _plain(getattr(values, entry.name)))
            document.add(section.name, table)
        return tomlkit.dumps(document)

    def override(self, assignments: Iterable[str]) -> Recipe:
        """This recipe with settings such as ``optimizer.learning_rate=1e-4`` changed, in order. The value
        is as in TOML; a word needs no quotes. ``optimizer.epochs`` also sets ``optimizer.steps`` to 0.
        Raises TrainingError.
        """
        tables = self.to_dict()
        for assignment in assignments:
            name, equals, text = assignment.partition("=")
            section, dot, key = name.strip().partition(".")
            if not (equals and dot):
                raise TrainingError(
                    f"{shown(assignment)} does not say what to set; "
                    "write section.setting=value, such as optimizer.learning_rate=1e-4."
                )
            table = {key: _value(text.strip())}
            tables.setdefault(section, {}).update(_length(section, table))
        return Recipe.from_dict(tables)


_SECTIONS: dict[str, type] = {
    entry.name: type(getattr(Recipe(), entry.name)) for entry in dataclasses.fields(Recipe)
}


def _length(section: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """The settings, and with them that epochs count where they are given and steps are not."""
    by_epochs = section == "optimizer" and "epochs" in table and "steps" not in table
    return {**table, "steps": 0} if by_epochs else dict(table)


def read_recipe(path: Path) -> Recipe:
    """The recipe in a TOML file. Raises TrainingError that names the file."""
    try:
        return Recipe.from_toml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TrainingError(f"Cannot read the recipe {path}: {reason(error)}.") from error
    except UnicodeDecodeError as error:
        raise TrainingError(f"{path} is not a recipe: it is not text.") from error
    except TrainingError as error:
        raise TrainingError(f"{path}: {error}") from error


def write_recipe(path: Path, recipe: Recipe) -> None:
    """Writes a recipe as TOML. Raises TrainingError if the disk refuses."""
    write_file(path, recipe.to_toml().encode(), "the recipe ")


def differences(then: Recipe, now: Recipe) -> list[str]:
    """What makes these two other runs, as ``optimizer.learning_rate was 0.0001 and is 0.001``. The
    section ``log`` is left out: it changes nothing that is computed.
    """
    before, after = then.to_dict(), now.to_dict()
    return [
        f"{section}.{key} was {shown(before[section][key])} and is {shown(value)}"
        for section, table in after.items()
        if section != "log"
        for key, value in table.items()
        if before[section][key] != value
    ]


def _refuse_unknown(section: str, key: str) -> None:
    keys = {name: [entry.name for entry in dataclasses.fields(kind)] for name, kind in _SECTIONS.items()}
    if key in keys[section]:
        return
    elsewhere = [name for name in keys if key in keys[name]]
    known = f"{elsewhere[0]}.{key}" if elsewhere else f"{section}.{nearest(key, keys[section])}"
    raise TrainingError(f"There is no setting {section}.{key}; the nearest is {known}.")


def _value(text: str) -> Any:
    try:
        return tomlkit.value(text).unwrap()
    except (TOMLKitError, ValueError, RecursionError):
        return text


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
