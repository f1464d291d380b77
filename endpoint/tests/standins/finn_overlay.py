"""Stand-ins for the driver that FINN writes, with its names, its shapes and its strictness. In place
of the card computes the emulator, on the bytes of the packed buffers.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np
import pynq

from streamscope_endpoint.arrays import Array
from streamscope_endpoint.backends.emulator import EmulatorBackend
from streamscope_endpoint.settings import Settings


@dataclass(frozen=True)
class DataType:
    """As much of QONNX' data types as drivers show."""

    name: str

    def bitwidth(self) -> int:
        return int(self.name.lstrip("UINT"))

    def signed(self) -> bool:
        return not self.name.startswith("U")


UINT8 = DataType("UINT8")
UINT16 = DataType("UINT16")

#: MobileNet's, as drivers for one input and one output have it.
IO_SHAPES: dict[str, Any] = {
    "idt": UINT8,
    "odt": UINT16,
    "ishape_normal": (1, 224, 224, 3),
    "oshape_normal": (1, 1, 1, 5),
    "ishape_folded": (1, 224, 224, 3, 1),
    "oshape_folded": (1, 1, 1, 5, 1),
    "ishape_packed": (1, 224, 224, 3, 1),
    "oshape_packed": (1, 1, 1, 5, 2),
    "input_dma_name": "idma0",
    "output_dma_name": "odma0",
    "number_of_external_weights": 0,
}

#: The same, as drivers for several inputs and outputs have it.
IO_SHAPE_LISTS: dict[str, Any] = {
    **{key: [value] for key, value in IO_SHAPES.items() if key != "number_of_external_weights"},
    "number_of_external_weights": 0,
    "num_inputs": 1,
    "num_outputs": 1,
}


class _Overlay(pynq.Overlay):
    def __init__(
        self,
        bitfile_name: str,
        platform: str,
        io_shape_dict: dict[str, Any],
        batch_size: int = 1,
        fclk_mhz: float = 100.0,
        device: Any = None,
        download: bool = True,
        runtime_weight_dir: str = "runtime_weights/",
    ) -> None:
        super().__init__(bitfile_name, download=download, device=device)
        assert platform in ("alveo", "zynq-iodma"), f"unknown platform {platform}"
        self.platform = platform
        self._io_shape_dict = io_shape_dict
        self.runtime_weight_dir = runtime_weight_dir
        self.fclk_mhz = fclk_mhz
        self._emulator = EmulatorBackend(Settings())
        self._device_busy = False
        #: Every batch size set, to see how often buffers are made.
        self.batch_sizes: list[int] = []
        #: How many images the card was told to run, each time.
        self.batches_run: list[int] = []
        self.batch_size = batch_size

    def _shape(self, name: str) -> tuple[int, ...]:
        raise NotImplementedError

    @property
    def batch_size(self) -> int:
        return self._batch_size

    @batch_size.setter
    def batch_size(self, value: int) -> None:
        assert type(value) is int
        assert value >= 1
        self._batch_size = value
        self.batch_sizes.append(value)
        self._allocate()

    def _allocate(self) -> None:
        raise NotImplementedError

    # The buffers of the only input and output, whatever holds them.
    def _on_device(self) -> tuple[Array, Array]:
        raise NotImplementedError

    def fold_input(self, ibuf_normal: Array) -> Array:
        assert isinstance(ibuf_normal, np.ndarray)
        assert ibuf_normal.dtype == np.uint8
        assert ibuf_normal.flags.c_contiguous
        assert ibuf_normal.shape == self._shape("ishape_normal")
        return ibuf_normal.reshape(self._shape("ishape_folded"))

    def pack_input(self, ibuf_folded: Array) -> Array:
        return ibuf_folded.reshape(self._shape("ishape_packed"))

    def copy_input_data_to_device(self, data: Array) -> None:
        assert data.shape == self._shape("ishape_packed")
        np.copyto(self._on_device()[0], data)

    def execute_on_buffers(self, asynch: bool = False, batch_size: int | None = None) -> None:
        count = self.batch_size if batch_size is None else batch_size
        assert count <= self.batch_size
        self.batches_run.append(count)
        assert self.is_loaded
        assert not self._device_busy, "two threads at the card"
        self._device_busy = True
        images, answers = self._on_device()
        indices = self._emulator.run(images[:count].reshape(count, 224, 224, 3)).astype("<u2")
        answers[:count] = indices.view(np.uint8).reshape(count, 1, 1, 5, 2)
        if not asynch:
            self.wait_until_finished()

    def wait_until_finished(self) -> None:
        self._device_busy = False

    def copy_output_data_from_device(self, data: Array) -> None:
        assert data.shape == self._shape("oshape_packed")
        np.copyto(data, self._on_device()[1])

    def unpack_output(self, obuf_packed: Array) -> Array:
        values = np.ascontiguousarray(obuf_packed).view("<u2").astype(np.float32)
        return values.reshape(self._shape("oshape_folded"))

    def unfold_output(self, obuf_folded: Array) -> Array:
        return obuf_folded.reshape(self._shape("oshape_normal"))

    def execute(self, input_npy: Array) -> Array:
        self.copy_input_data_to_device(self.pack_input(self.fold_input(input_npy)))
        self.execute_on_buffers()
        packed = np.empty(self._shape("oshape_packed"), np.uint8)
        self.copy_output_data_from_device(packed)
        return self.unfold_output(self.unpack_output(packed))

    def throughput_test(self) -> dict[str, float]:
        facts: dict[str, float] = {}

        def timed(name: str, step: Callable[..., Any], *arguments: Any) -> Any:
            start = time.perf_counter()
            result = step(*arguments)
            facts[f"{name}[ms]"] = 1e3 * (time.perf_counter() - start)
            return result

        timed("runtime", self.execute_on_buffers)
        seconds = facts["runtime[ms]"] / 1e3
        facts["throughput[images/s]"] = self.batch_size / seconds
        for side, shape in (("in", "ishape_packed"), ("out", "oshape_packed")):
            facts[f"DRAM_{side}_bandwidth[MB/s]"] = float(np.prod(self._shape(shape))) / 1e6 / seconds
        facts["fclk[mhz]"] = self.fclk_mhz
        facts["batch_size"] = self.batch_size
        images = np.zeros(self._shape("ishape_normal"), np.uint8)
        packed = timed("pack_input", self.pack_input, timed("fold_input", self.fold_input, images))
        timed("copy_input_data_to_device", self.copy_input_data_to_device, packed)
        answer = np.empty(self._shape("oshape_packed"), np.uint8)
        timed("copy_output_data_from_device", self.copy_output_data_from_device, answer)
        timed("unfold_output", self.unfold_output, timed("unpack_output", self.unpack_output, answer))
        return facts


class PropertiesOverlay(_Overlay):
    """The older driver: types and shapes are properties, the buffers arrays."""

    def _shape(self, name: str) -> tuple[int, ...]:
        return (self.batch_size, *self._io_shape_dict[name][1:])

    def _allocate(self) -> None:
        self.ibuf_packed_device = np.zeros(self.ishape_packed, np.uint8)
        self.obuf_packed_device = np.zeros(self.oshape_packed, np.uint8)
        self.obuf_packed = np.empty_like(self.obuf_packed_device)

    def _on_device(self) -> tuple[Array, Array]:
        return self.ibuf_packed_device, self.obuf_packed_device

    idt = property(lambda self: self._io_shape_dict["idt"])
    odt = property(lambda self: self._io_shape_dict["odt"])
    ishape_normal = property(lambda self: self._shape("ishape_normal"))
    oshape_normal = property(lambda self: self._shape("oshape_normal"))
    ishape_folded = property(lambda self: self._shape("ishape_folded"))
    oshape_folded = property(lambda self: self._shape("oshape_folded"))
    ishape_packed = property(lambda self: self._shape("ishape_packed"))
    oshape_packed = property(lambda self: self._shape("oshape_packed"))


class MethodsOverlay(_Overlay):
    """The newer driver: types and shapes are methods, of an input or output by its number; the buffers
    are in lists.
    """

    num_inputs = property(lambda self: self._io_shape_dict["num_inputs"])
    num_outputs = property(lambda self: self._io_shape_dict["num_outputs"])

    def _shape(self, name: str, ind: int = 0) -> tuple[int, ...]:
        return (self.batch_size, *self._io_shape_dict[name][ind][1:])

    def _allocate(self) -> None:
        inputs, outputs = range(self.num_inputs), range(self.num_outputs)
        self.ibuf_packed_device = [np.zeros(self.ishape_packed(i), np.uint8) for i in inputs]
        self.obuf_packed_device = [np.zeros(self.oshape_packed(o), np.uint8) for o in outputs]
        self.obuf_packed = [np.empty_like(buffer) for buffer in self.obuf_packed_device]

    def _on_device(self) -> tuple[Array, Array]:
        return self.ibuf_packed_device[0], self.obuf_packed_device[0]

    def idt(self, ind: int = 0) -> DataType:
        return self._io_shape_dict["idt"][ind]

    def odt(self, ind: int = 0) -> DataType:
        return self._io_shape_dict["odt"][ind]

    def ishape_normal(self, ind: int = 0) -> tuple[int, ...]:
        return self._shape("ishape_normal", ind)

    def oshape_normal(self, ind: int = 0) -> tuple[int, ...]:
        return self._shape("oshape_normal", ind)

    def ishape_folded(self, ind: int = 0) -> tuple[int, ...]:
        return self._shape("ishape_folded", ind)

    def oshape_folded(self, ind: int = 0) -> tuple[int, ...]:
        return self._shape("oshape_folded", ind)

    def ishape_packed(self, ind: int = 0) -> tuple[int, ...]:
        return self._shape("ishape_packed", ind)

    def oshape_packed(self, ind: int = 0) -> tuple[int, ...]:
        return self._shape("oshape_packed", ind)
