"""The rooms of the package and who may import whom: imports point one way, down this table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import streamscope_training

PACKAGE = Path(streamscope_training.__file__).parent

#: Each room (a folder, or a file beside them), and the others that it may import from.
ROOMS: dict[str, set[str]] = {
    "__init__": set(),
    "errors": set(),
    "paths": {"errors"},
    "system": {"errors"},
    # Its sentences say why the disk refused.
    "output": {"errors", "system"},
    "data": {"errors", "system"},
    # Of photos it knows no more than the shape of a batch.
    "network": {"errors", "system"},
    # The same network, faster. It has no input of its own to refuse: where it cannot compile, it is slower.
    "fused": {"network"},
    # By the plain network alone: what a start becomes must not depend on what a processor is fast at.
    "prepare": {"errors", "network"},
    # Runs begin with what it reads, and exports are made of it.
    "trained": {"errors", "system", "network"},
    # It reports through its log and on standard error, and so prints nothing.
    "run": {"errors", "paths", "system", "data", "network", "fused", "prepare", "trained"},
    # Not run, although it exports what run has saved: of a checkpoint the state of the network is enough.
    "export": {"errors", "paths", "system", "output", "network", "trained"},
    # It reads exports, so these know nothing of it. Not fused: it measures what was exported.
    "evaluation": {"errors", "paths", "system", "output", "data", "network", "trained", "export"},
    # It loads the module of the command that is wanted, by name, as the others take seconds to load.
    "cli": {"errors", "output"},
    "__main__": {"cli"},
}


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_rooms(source: str, folders: tuple[str, ...]) -> Iterator[str]:
    """The rooms that a module imports from, wherever in it. ``folders`` lead to it from the package."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found = [tuple(name.name.split(".")) for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = (PACKAGE.name, *folders)[: len(folders) + 2 - node.level] if node.level else ()
            module = (*above, *(node.module or "").split(".")) if node.module else above
            found = [(*module, name.name) for name in node.names]
        else:
            continue
        yield from (path[1] for path in found if path[0] == PACKAGE.name and len(path) > 1)


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_point_down(file: Path) -> None:
    room = room_of(file)
    folders = file.relative_to(PACKAGE).parts[:-1]
    imported = set(imported_rooms(file.read_text(encoding="utf-8"), folders)) - {room}
    assert imported <= ROOMS[room]


def test_the_table_names_the_rooms_that_there_are() -> None:
    assert {room_of(file) for file in FILES} == set(ROOMS)


def test_the_rooms_are_layers() -> None:
    # Raises CycleError if they are not.
    assert set(TopologicalSorter(ROOMS).static_order()) == set(ROOMS)


@pytest.mark.parametrize(
    ("line", "rooms"),
    [
        ("from ..run.loop import train", ["run"]),
        ("from .. import paths, errors", ["paths", "errors"]),
        ("from ..system import checkpoint", ["system"]),
        ("from . import integers", ["export"]),
        ("from .integers import bias_codes", ["export"]),
        ("from streamscope_training.run import loop", ["run"]),
        ("from streamscope_training import run", ["run"]),
        ("import streamscope_training.run.loop, os.path", ["run"]),
        ("def late():\n    from ..run import loop", ["run"]),
        ("from torch import nn", []),
        ("import run", []),
    ],
)
def test_every_form_of_an_import_is_seen(line: str, rooms: list[str]) -> None:
    assert list(imported_rooms(line, ("export",))) == rooms


def test_so_it_is_beside_the_rooms() -> None:
    lines = "from . import output\nfrom .errors import TrainingError\nfrom .run.loop import train"
    assert list(imported_rooms(lines, ())) == ["output", "errors", "run"]
