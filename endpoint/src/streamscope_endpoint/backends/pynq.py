"""A FINN accelerator on a card, through PYNQ and the driver that FINN writes.

PYNQ 3.0.1 is the last that drives Alveo; it wants Python 3.8 to 3.10.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import platform
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from ..arrays import Array
from ..errors import DeviceError, SetupError
from ..settings import Settings
from .base import Backend, BackendInfo

_DEFAULT_NAME = "mobilenetv1-w4a4"


class PynqBackend(Backend):
    """Programs the card and runs batches on it. Raises SetupError if that cannot work."""

    def __init__(self, settings: Settings) -> None:
        if settings.bitfile is not None and not Path(settings.bitfile).is_file():
            raise SetupError(f"There is no bitfile {settings.bitfile}.")
        device = _choose_device(settings.device)
        open_overlay = _open_finn_folder if settings.driver else _open_finn_examples
        self._overlay = open_overlay(settings, device)
        _check_counts(self._overlay)
        shape = _shape(self._overlay, "ishape_normal")
        self._answer_shape = _shape(self._overlay, "oshape_normal")[1:]
        _check_types(self._overlay, shape)
        #: As many images as the driver's buffers hold, uint8.
        self._images = np.zeros((0, *shape[1:]), np.uint8)
        self.info = BackendInfo(
            name="pynq",
            hardware=True,
            platform=f"finn-pynq ({getattr(device, 'name', None) or 'FPGA card'})",
            model_name=settings.model_name or _DEFAULT_NAME,
            model_checksum=_sha256(Path(self._overlay.bitfile_name)),
            image_shape=(shape[1], shape[2], shape[3]),
            k=int(np.prod(self._answer_shape)),
        )

    def run(self, images: Array) -> Array:
        count = len(images)
        self._make_room(count)
        self._images[:count] = images
        answer = self._execute(count)
        if answer.shape != (len(self._images), *self._answer_shape):
            raise DeviceError(
                f"The card's driver answered with shape {answer.shape} for {len(self._images)} images."
            )
        # The driver unpacks into floats or integers, depending on its version.
        top = answer[:count].reshape(count, -1)
        indices = top.astype(np.uint16)
        if not np.array_equal(indices, top):
            raise DeviceError("The card's driver answered with values that are no class indices.")
        return indices

    def _make_room(self, count: int) -> None:
        """Grows the driver's buffers to the largest batch seen, and never back: they have the batch in
        their shape, and setting it allocates them anew on the card.
        """
        if count <= len(self._images):
            return
        # Should the driver fail in it, its buffers are of no known size.
        self._images = self._images[:0]
        self._overlay.batch_size = count
        self._images = np.zeros((count, *self._images.shape[1:]), np.uint8)

    def _execute(self, count: int) -> Array:
        """Runs the first ``count`` images. What the driver's own ``execute`` does, except that the card
        computes no more than these: the rest of the buffers costs only its copy (150 kB an image of
        MobileNet), and its answers are old.
        """
        overlay = self._overlay
        overlay.copy_input_data_to_device(overlay.pack_input(overlay.fold_input(self._images)))
        overlay.execute_on_buffers(batch_size=count)
        packed = overlay.obuf_packed
        # One for each output since drivers can have several.
        packed = packed[0] if isinstance(packed, list) else packed
        overlay.copy_output_data_from_device(packed)
        return np.asarray(overlay.unfold_output(overlay.unpack_output(packed)))

    def close(self) -> None:
        free = getattr(self._overlay, "free", None)
        if free is not None:
            free()


def _choose_device(number: int | None) -> Any:
    """PYNQ's active device, which the drivers take; with a number, made so first."""
    pynq = _import("pynq")
    devices = pynq.Device.devices
    if not devices:
        raise SetupError("PYNQ finds no card. Check with `xbutil examine` that XRT sees it.")
    if number is not None:
        if number >= len(devices):
            raise SetupError(f"There is no card {number}: PYNQ finds {len(devices)}, counted from 0.")
        pynq.Device.active_device = devices[number]
    return pynq.Device.active_device


def _open_finn_examples(settings: Settings, _device: Any) -> Any:
    models = _import("finn_examples.models")
    try:
        return models.mobilenetv1_w4a4_imagenet(
            bitfile_path=settings.bitfile, rt_weights_path=settings.runtime_weights
        )
    # It raises plain Exception, for a platform it has no bitfile for too.
    except Exception as error:
        raise SetupError(
            f"finn-examples could not load its MobileNet-v1: {error}. Name a bitfile for this card with "
            "--bitfile, or the driver folder of a FINN build with --driver."
        ) from error


def _open_finn_folder(settings: Settings, device: Any) -> Any:
    """A folder as FINN's build leaves it: ``driver/driver.py`` with ``io_shape_dict``, beside it
    ``driver_base.py``, and the bitfile in ``../bitfile``.
    """
    folder = Path(str(settings.driver)).resolve()
    driver = _load_driver(folder)
    bitfile = Path(settings.bitfile).resolve() if settings.bitfile else _find_bitfile(folder)
    weights = Path(settings.runtime_weights or folder / "runtime_weights").resolve()
    try:
        return driver.FINNExampleOverlay(
            bitfile_name=str(bitfile),
            platform="alveo" if platform.machine() == "x86_64" else "zynq-iodma",
            io_shape_dict=driver.io_shape_dict,
            batch_size=1,
            # The driver adds file names to it without a separator of its own in some versions.
            runtime_weight_dir=f"{weights}/",
            device=device,
        )
    except Exception as error:
        raise SetupError(f"The driver in {folder} could not load {bitfile}: {error}.") from error


def _load_driver(folder: Path) -> ModuleType:
    file = folder / "driver.py"
    if not file.is_file():
        raise SetupError(f"There is no driver.py in {folder}; --driver names the folder that FINN made.")
    # driver.py imports driver_base and finn.util from beside itself.
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("streamscope_finn_driver", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ImportError as error:
        raise _missing(error) from error
    except Exception as error:
        raise SetupError(f"{file} cannot be loaded: {error}.") from error
    for name in ("FINNExampleOverlay", "io_shape_dict"):
        if not hasattr(module, name):
            raise SetupError(f"{file} has no {name}, so FINN did not make it.")
    return module


def _find_bitfile(folder: Path) -> Path:
    places = (folder, folder.parent / "bitfile")
    found = [file for place in places for ending in ("xclbin", "bit") for file in place.glob(f"*.{ending}")]
    if len(found) != 1:
        raise SetupError(
            f"There are {len(found)} bitfiles in {folder} and ../bitfile; name the one to use with --bitfile."
        )
    return found[0]


def _check_counts(overlay: Any) -> None:
    """Raises SetupError unless the accelerator has one input and one output. Drivers from before these
    could be several do not say.
    """
    inputs, outputs = (getattr(overlay, name, 1) for name in ("num_inputs", "num_outputs"))
    if (inputs, outputs) != (1, 1):
        raise SetupError(
            f"The accelerator has {inputs} inputs and {outputs} outputs; this endpoint serves one of each."
        )


def _check_types(overlay: Any, shape: tuple[int, ...]) -> None:
    """Raises SetupError unless the accelerator takes images of uint8 and answers in 16 bits."""
    takes, gives = (_call(getattr(overlay, side)).name for side in ("idt", "odt"))
    if len(shape) != 4 or takes != "UINT8":
        raise SetupError(f"The accelerator takes {takes} of shape {shape}, not images of UINT8.")
    if not gives.startswith("UINT") or int(gives[4:]) > 16:
        raise SetupError(f"The accelerator answers with {gives}, not with class indices of at most 16 bits.")


def _shape(overlay: Any, name: str) -> tuple[int, ...]:
    return tuple(int(size) for size in _call(getattr(overlay, name)))


def _call(value: Any) -> Any:
    """Methods since drivers can have several inputs, properties before."""
    return value() if callable(value) else value


def _import(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise _missing(error) from error


def _missing(error: ImportError) -> SetupError:
    version = ".".join(map(str, sys.version_info[:2]))
    return SetupError(
        f"The back end pynq cannot import {error.name or error} in this Python {version}. It needs pynq and "
        "finn-examples (pip install pynq==3.0.1 finn-examples), in a Python from 3.8 to 3.10, on a machine "
        "with the card, XRT sourced; docs/endpoint.md of Streamscope has versions that fit together. "
        "To try the endpoint without a card: --backend emulator."
    )


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        for block in iter(lambda: stream.read(2**20), b""):
            digest.update(block)
    return digest.hexdigest()
