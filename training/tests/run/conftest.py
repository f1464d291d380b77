from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.runs import Workshop, make_workshop


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """What all runs here are made of."""
    return make_workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for runs that tests of a module share. Checkpoints are large, so it does not stay."""
    folder = tmp_path_factory.mktemp("runs")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for one run, which does not stay either."""
    yield tmp_path
    shutil.rmtree(tmp_path)
