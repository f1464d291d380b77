"""What is built from a checkout, from a source distribution, and in the image."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from pathlib import Path
from typing import Callable

import httpx
import numpy as np
import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder
from support.images import REPOSITORY, labelled_images
from support.live import endpoint_process

from streamscope_endpoint.protocol import HEADER_LENGTH

PROJECT = REPOSITORY / "endpoint"
INFER = "/v2/models/mobilenetv1-w4a4/infer"


def unpacked_wheel(project: Path, folder: Path) -> Path:
    """Builds a wheel of ``project`` and unpacks it, as pip would."""
    [wheel] = WheelBuilder(str(project)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(wheel) as files:
        files.extractall(folder / "site")
    return folder / "site"


def from_the_checkout(_folder: Path) -> Path:
    return PROJECT


def from_the_source_distribution(folder: Path) -> Path:
    [packed] = SdistBuilder(str(PROJECT)).build(directory=str(folder), versions=["standard"])
    with tarfile.open(packed) as files:
        files.extractall(folder / "unpacked")
    [project] = (folder / "unpacked").iterdir()
    return project


def from_what_the_image_copies(folder: Path) -> Path:
    """What the Dockerfile's first stage copies, where it copies it."""
    first_stage = (PROJECT / "deploy/Dockerfile").read_text().split("RUN pip")[0]
    for line in first_stage.splitlines():
        if not line.startswith("COPY "):
            continue
        *sources, target = line.split()[1:]
        for source in sources:
            place = folder / target.lstrip("/")
            if (REPOSITORY / source).is_dir():
                shutil.copytree(REPOSITORY / source, place)
            else:
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy(REPOSITORY / source, place)
    return folder / "src/endpoint"


@pytest.mark.parametrize(
    "project", [from_the_checkout, from_the_source_distribution, from_what_the_image_copies]
)
def test_the_wheel_has_all_that_it_needs_and_its_licence(
    project: Callable[[Path], Path], tmp_path: Path
) -> None:
    package = unpacked_wheel(project(tmp_path), tmp_path) / "streamscope_endpoint"
    shipped = {
        "LICENSE": "LICENSE",
        "NOTICE": "NOTICE",
        "models/mobilenetv1-w4a4/manifest.json": "public/models/mobilenetv1-w4a4/manifest.json",
        "models/mobilenetv1-w4a4/weights.bin": "public/models/mobilenetv1-w4a4/weights.bin",
    }
    for inside, outside in shipped.items():
        assert (package / inside).read_bytes() == (REPOSITORY / outside).read_bytes()


def test_the_wheel_runs_without_the_checkout(tmp_path: Path) -> None:
    site = unpacked_wheel(PROJECT, tmp_path)
    with endpoint_process(["--backend", "emulator"], extra_path=str(site)) as (_, url):
        images, expected = labelled_images()
        response = httpx.post(f"{url}{INFER}", content=images[:1].tobytes(), headers={HEADER_LENGTH: "0"})
        assert np.frombuffer(response.content[-10:], "<u2").tolist() == expected[0]
