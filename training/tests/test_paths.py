from __future__ import annotations

from pathlib import Path

import pytest

from streamscope_training import paths
from streamscope_training.errors import TrainingError


def test_what_the_repository_ships_is_where_the_package_looks_for_it() -> None:
    assert (paths.repository() / "training" / "pyproject.toml").is_file()
    assert (paths.shipped_package() / "manifest.json").is_file()
    assert len(paths.labels_file().read_text(encoding="utf-8").splitlines()) == 1000
    assert paths.shipped_start().is_file()
    assert paths.shipped_recipe().is_file()


def test_a_package_outside_a_clone_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "paths.py"))
    with pytest.raises(TrainingError, match=r"install the package from a clone, with pip install --editable"):
        paths.repository()
