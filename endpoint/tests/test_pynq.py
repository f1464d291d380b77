"""The pynq back end before stand-ins that have the drivers' API and check what they are given."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any, Iterator

import httpx
import numpy as np
import pytest
from support.images import labelled_images
from support.live import endpoint_process

from streamscope_endpoint.backends.pynq import PynqBackend
from streamscope_endpoint.errors import DeviceError, SetupError
from streamscope_endpoint.protocol import HEADER_LENGTH
from streamscope_endpoint.settings import Settings

STANDINS = Path(__file__).parent / "standins"
BUILD = STANDINS / "finn_build"
SHIPPED = "finn_examples/bitfiles/xilinx_u250_gen3x16_xdma_4_1_202210_1/mobilenetv1-w4a4.xclbin"


@pytest.fixture(autouse=True)
def _standins(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Makes the stand-ins what Python imports, and forgets them afterwards."""
    monkeypatch.setattr(sys, "path", [str(STANDINS), *sys.path])
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.split(".")[0] in ("pynq", "finn_examples", "finn_overlay", "driver_base"):
            del sys.modules[name]


def settings(**changes: Any) -> Settings:
    return Settings(backend="pynq", **changes)


def overlay_of(backend: PynqBackend) -> Any:
    return backend._overlay


@pytest.mark.parametrize(
    ("changes", "bitfile"),
    [
        ({}, STANDINS / SHIPPED),
        ({"driver": str(BUILD / "driver")}, BUILD / "bitfile/finn-accel.xclbin"),
        ({"bitfile": str(BUILD / "bitfile/finn-accel.xclbin")}, BUILD / "bitfile/finn-accel.xclbin"),
        ({"driver": str(BUILD / "driver"), "bitfile": str(STANDINS / SHIPPED)}, STANDINS / SHIPPED),
    ],
    ids=["finn-examples", "a FINN build", "finn-examples with a bitfile", "a FINN build with a bitfile"],
)
def test_batches_of_any_size_get_the_cards_answers(changes: dict[str, Any], bitfile: Path) -> None:
    backend = PynqBackend(settings(**changes))
    images, expected = labelled_images()
    for start, end in ((0, 1), (1, 3), (3, 5), (5, 6)):
        top = backend.run(images[start:end])
        assert (top.dtype, top.tolist()) == (np.dtype(np.uint16), expected[start:end])
    # Buffers are made anew only for a larger batch than any before; the first 1 is the driver's own.
    assert overlay_of(backend).batch_sizes == [1, 1, 2]
    # And the card computes no more than was asked.
    assert overlay_of(backend).batches_run == [1, 2, 2, 1]
    info = backend.info
    assert (info.name, info.hardware, info.model_name) == ("pynq", True, "mobilenetv1-w4a4")
    assert "xilinx_u250" in info.platform
    assert info.model_checksum == hashlib.sha256(bitfile.read_bytes()).hexdigest()
    assert (info.image_shape, info.k) == ((224, 224, 3), 5)
    backend.close()
    assert not overlay_of(backend).is_loaded


def test_buffers_that_the_driver_could_not_make_are_made_again() -> None:
    backend = PynqBackend(settings())
    images, expected = labelled_images()
    backend.run(images[:1])
    allocate = overlay_of(backend)._allocate

    def full() -> None:
        raise MemoryError

    overlay_of(backend)._allocate = full
    with pytest.raises(MemoryError):
        backend.run(images[:2])
    overlay_of(backend)._allocate = allocate
    assert backend.run(images[:1]).tolist() == expected[:1]


@pytest.mark.parametrize("driver", [None, str(BUILD / "driver")], ids=["methods", "properties"])
def test_the_stand_ins_have_the_drivers_api(driver: str | None) -> None:
    overlay = overlay_of(PynqBackend(settings(driver=driver)))
    overlay.batch_size = 2

    def of(name: str) -> Any:
        value = getattr(overlay, name)
        return value if driver else value()

    assert [of(name).name for name in ("idt", "odt")] == ["UINT8", "UINT16"]
    assert [(of(name).bitwidth(), of(name).signed()) for name in ("idt", "odt")] == [(8, False), (16, False)]
    shapes = {
        "ishape_normal": (2, 224, 224, 3),
        "ishape_folded": (2, 224, 224, 3, 1),
        "ishape_packed": (2, 224, 224, 3, 1),
        "oshape_normal": (2, 1, 1, 5),
        "oshape_folded": (2, 1, 1, 5, 1),
        "oshape_packed": (2, 1, 1, 5, 2),
    }
    assert {name: of(name) for name in shapes} == shapes
    images, expected = labelled_images()
    assert overlay.execute(images[:2]).reshape(2, 5).tolist() == expected[:2]
    facts = overlay.throughput_test()
    assert list(facts) == [
        "runtime[ms]",
        "throughput[images/s]",
        "DRAM_in_bandwidth[MB/s]",
        "DRAM_out_bandwidth[MB/s]",
        "fclk[mhz]",
        "batch_size",
        "fold_input[ms]",
        "pack_input[ms]",
        "copy_input_data_to_device[ms]",
        "copy_output_data_from_device[ms]",
        "unpack_output[ms]",
        "unfold_output[ms]",
    ]
    assert facts["batch_size"] == 2


def test_images_that_are_not_contiguous_are_made_so() -> None:
    images, expected = labelled_images()
    mirrored = np.ascontiguousarray(images[:1, :, ::-1])[:, :, ::-1]
    assert not mirrored.flags.c_contiguous
    assert PynqBackend(settings()).run(mirrored).tolist() == expected[:1]


def test_a_card_can_be_chosen() -> None:
    backend = PynqBackend(settings(device=1, driver=str(BUILD / "driver")))
    assert overlay_of(backend).device.name == "xilinx_u250_gen3x16_xdma_shell_2_1"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"bitfile": "missing.xclbin"}, "no bitfile missing.xclbin"),
        ({"device": 2}, "no card 2: PYNQ finds 2"),
        ({"device": 1}, "Platform not currently supported.*--bitfile"),
        ({"driver": str(STANDINS)}, "no driver.py"),
    ],
)
def test_what_cannot_start_says_why(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SetupError, match=sentence):
        PynqBackend(settings(**changes))


@pytest.mark.parametrize(
    ("driver", "sentence"),
    [
        ("import missing_module", "cannot import missing_module"),
        ("1 / 0", "cannot be loaded: division by zero"),
        ("io_shape_dict = {}", "no FINNExampleOverlay"),
        ("from driver_base import *\nio_shape_dict = {}", "could not load"),
    ],
)
def test_a_drivers_own_faults_are_told(tmp_path: Path, driver: str, sentence: str) -> None:
    (tmp_path / "driver.py").write_text(driver)
    (tmp_path / "driver_base.py").write_text((BUILD / "driver/driver_base.py").read_text())
    (tmp_path / "a.xclbin").write_text("one")
    with pytest.raises(SetupError, match=sentence):
        PynqBackend(settings(driver=str(tmp_path)))


def test_one_of_several_bitfiles_has_to_be_named(tmp_path: Path) -> None:
    for file in ("driver.py", "driver_base.py"):
        (tmp_path / file).write_text((BUILD / "driver" / file).read_text())
    with pytest.raises(SetupError, match="There are 0 bitfiles"):
        PynqBackend(settings(driver=str(tmp_path)))
    (tmp_path / "a.xclbin").write_text("one")
    (tmp_path / "b.bit").write_text("two")
    with pytest.raises(SetupError, match="There are 2 bitfiles"):
        PynqBackend(settings(driver=str(tmp_path)))


@pytest.mark.parametrize(
    ("shapes", "sentence"),
    [
        ({"ishape_normal": (1, 784)}, "not images of UINT8"),
        ({"idt": "UINT4"}, "not images of UINT8"),
        ({"odt": "INT16"}, "not with class indices"),
        ({"odt": "UINT32"}, "not with class indices"),
    ],
)
def test_another_accelerator_is_refused(
    monkeypatch: pytest.MonkeyPatch, shapes: dict[str, Any], sentence: str
) -> None:
    import finn_overlay

    for key, value in shapes.items():
        typed = finn_overlay.DataType(value) if isinstance(value, str) else value
        monkeypatch.setitem(finn_overlay.IO_SHAPES, key, typed)
    with pytest.raises(SetupError, match=sentence):
        PynqBackend(settings(driver=str(BUILD / "driver")))


@pytest.mark.parametrize(
    ("count", "doubled", "sentence"),
    [
        ("num_inputs", ("idt", "ishape"), "2 inputs and 1 outputs"),
        ("num_outputs", ("odt", "oshape"), "1 inputs and 2 outputs"),
    ],
)
def test_an_accelerator_of_several_inputs_or_outputs_is_refused(
    monkeypatch: pytest.MonkeyPatch, count: str, doubled: tuple[str, ...], sentence: str
) -> None:
    import finn_overlay

    shapes = finn_overlay.IO_SHAPE_LISTS
    for key, value in list(shapes.items()):
        if key.startswith(doubled):
            monkeypatch.setitem(shapes, key, value * 2)
    monkeypatch.setitem(shapes, count, 2)
    with pytest.raises(SetupError, match=sentence):
        PynqBackend(settings())


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (np.zeros((1, 5)), r"shape \(1, 5\)"),
        (np.full((1, 1, 1, 5), 0.5), "no class indices"),
        (np.full((1, 1, 1, 5), -1), "no class indices"),
        (np.full((1, 1, 1, 5), 2**16), "no class indices"),
    ],
)
def test_a_driver_that_answers_nonsense_is_not_believed(answer: Any, sentence: str) -> None:
    backend = PynqBackend(settings())
    overlay_of(backend).unfold_output = lambda _folded: answer
    with pytest.raises(DeviceError, match=sentence):
        backend.run(labelled_images()[0][:1])


def test_the_command_serves_the_card() -> None:
    images, expected = labelled_images()
    with endpoint_process(["--backend", "pynq"], extra_path=str(STANDINS)) as (_, url):
        platform = httpx.get(f"{url}/v2/models/mobilenetv1-w4a4").json()["platform"]
        assert platform.startswith("finn-pynq (xilinx_u250")
        response = httpx.post(
            f"{url}/v2/models/mobilenetv1-w4a4/infer",
            content=images.tobytes(),
            headers={HEADER_LENGTH: "0"},
            timeout=60,
        )
        tail = response.content[int(response.headers[HEADER_LENGTH]) :]
        assert np.frombuffer(tail, "<u2").reshape(-1, 5).tolist() == expected
        assert b'"hardware":true' in response.content
