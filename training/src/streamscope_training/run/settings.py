"""Settings as fields of dataclasses: one table of kinds, bounds and words, from which files and command
lines are checked.

A section is a frozen dataclass whose fields are made by ``setting``. To add a setting is to add a field.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from ..errors import TrainingError

Section = TypeVar("Section")


@dataclass(frozen=True)
class Bounds:
    """Which numbers make sense. ``above`` and ``below`` leave the bound itself out."""

    least: float | None = None
    above: float | None = None
    most: float | None = None
    below: float | None = None

    def hold(self, value: float) -> bool:
        return (
            (self.least is None or value >= self.least)
            and (self.above is None or value > self.above)
            and (self.most is None or value <= self.most)
            and (self.below is None or value < self.below)
        )

    def __str__(self) -> str:
        words = {"at least": self.least, "above": self.above, "at most": self.most, "below": self.below}
        return " and ".join(f"{word} {bound}" for word, bound in words.items() if bound is not None)


def setting(
    default: Any,
    meaning: str,
    *,
    least: float | None = None,
    above: float | None = None,
    most: float | None = None,
    below: float | None = None,
) -> Any:
    """A field of a section. Its kind is its annotation: ``bool``, ``int``, ``float``, ``str``, a
    ``Literal`` of strings, or a ``tuple`` of ``int`` or ``float``, whose bounds hold for each number.
    ``meaning`` is one line for people; it stands as a comment in written recipes.
    """
    bounds = Bounds(least, above, most, below)
    return dataclasses.field(default=default, metadata={"meaning": meaning, "bounds": bounds})


def check_section(name: str, section: Section) -> Section:
    """The section with every value of its field's exact kind: whole numbers made floats where a float
    belongs, lists made tuples. Raises TrainingError that names the first setting that makes no sense.
    """
    kinds = get_type_hints(type(section))
    values = {
        field.name: _checked(
            f"{name}.{field.name}", getattr(section, field.name), kinds[field.name], field.metadata["bounds"]
        )
        for field in dataclasses.fields(section)  # type: ignore[arg-type]
    }
    return type(section)(**values)


def _checked(name: str, value: Any, kind: Any, bounds: Bounds) -> Any:
    if kind is bool or kind is str:
        if type(value) is not kind:
            raise TrainingError(f"{name} must be {_WORDS[kind]}, not {shown(value)}.")
        return value
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        if value not in choices:
            listed = ", ".join(shown(choice) for choice in choices)
            raise TrainingError(f"{name} must be one of {listed}; it is {shown(value)}.")
        return value
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        if not isinstance(value, (list, tuple)) or len(value) != len(kinds):
            raise TrainingError(f"{name} must be a list of {len(kinds)} numbers, not {shown(value)}.")
        return tuple(_checked(name, item, part, bounds) for item, part in zip(value, kinds, strict=True))
    return _number(name, value, kind, bounds)


def _number(name: str, value: Any, kind: type, bounds: Bounds) -> int | float:
    # In Python a bool is an int; in a recipe it is a mistake.
    if type(value) is not int and not (kind is float and type(value) is float):
        raise TrainingError(f"{name} must be {_WORDS[kind]}, not {shown(value)}.")
    try:
        number: int | float = float(value) if kind is float else value
        finite = math.isfinite(number)
    except OverflowError:
        finite = False
    if not finite:
        raise TrainingError(f"{name} must be a finite number, not {shown(value)}.")
    if not bounds.hold(number):
        raise TrainingError(f"{name} must be {bounds}; it is {shown(value)}.")
    return number


_WORDS: dict[type, str] = {bool: "true or false", str: "text", int: "a whole number", float: "a number"}


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one."""
    return difflib.get_close_matches(name, list(known), n=1, cutoff=0.0)[0]


def shown(value: Any) -> str:
    """A value as TOML has it, for a sentence: at most 60 characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        text = f"[{', '.join(shown(item) for item in value)}]"
    elif isinstance(value, str):
        text = f'"{value}"'
    elif isinstance(value, dict):
        text = "a table"
    else:
        # Python refuses to write whole numbers of more than 4300 digits.
        text = str(value) if type(value) is not int or abs(value) < 10**60 else "a number of over 60 digits"
    return text if len(text) <= 60 else f"{text[:56]} ..."
