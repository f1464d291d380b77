from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from support.exact import exact

from streamscope_training.errors import TrainingError
from streamscope_training.network.architecture import CLASSES, features, layers
from streamscope_training.network.mobilenet import MobileNet
from streamscope_training.network.start import load_quantized, read_start, to_npz

Arrays = dict[str, Any]


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    """Those of a quantized start, all different."""
    found: Arrays = {}
    for layer in layers():
        i = layer.index
        shapes = {"w": layer.weight_shape, "g": (layer.outputs,), "b": (layer.outputs,)}
        shapes |= {"s": (layer.outputs,), "a": (layer.scales,)}
        found |= {f"{name}_{i}": ramp(shape, i + 1) for name, shape in shapes.items()}
    classifier = {"fc_w": (CLASSES, features()), "fc_b": (CLASSES,), "fc_s": (1,)}
    return found | {name: ramp(shape, 30) for name, shape in classifier.items()}


def ramp(shape: tuple[int, ...], first: int) -> np.ndarray[Any, Any]:
    return np.linspace(first, first + 1, int(np.prod(shape)), dtype=np.float32).reshape(shape)


def write(path: Path, arrays: Arrays, **changed: Any) -> Path:
    np.savez(path, **(arrays | changed))
    return path


def damaged(path: Path) -> str:
    return f"{path} is not a .npz file of NumPy's, or is damaged; export or download it again."


def refusal(path: Path) -> str:
    with pytest.raises(TrainingError) as refused:
        read_start(path)
    return str(refused.value)


def test_what_is_read_is_what_the_file_holds(tmp_path: Path, arrays: Arrays) -> None:
    start = read_start(write(tmp_path / "start.npz", arrays))
    assert start.quantized
    for i, unit in enumerate(start.units):
        values_of = (unit.weight, unit.gain, unit.offset, unit.weight_step, unit.act_step)
        for name, values in zip("wgbsa", values_of, strict=True):
            assert values is not None
            assert np.array_equal(values.numpy(), arrays[f"{name}_{i}"])
    assert np.array_equal(start.classifier.numpy(), arrays["fc_w"])
    assert np.array_equal(start.bias.numpy(), arrays["fc_b"])
    assert start.classifier_step is not None
    assert start.classifier_step.shape == ()
    assert float(start.classifier_step) == arrays["fc_s"][0]


def test_what_is_written_is_read_again_and_the_same_bytes(tmp_path: Path, arrays: Arrays) -> None:
    floats = {name: values for name, values in arrays.items() if name[0] in "wgb" or name in ("fc_w", "fc_b")}
    for name, content in (("quantized", arrays), ("float", floats)):
        first, second = tmp_path / f"{name}.npz", tmp_path / f"{name}-again.npz"
        first.write_bytes(to_npz(read_start(write(tmp_path / "start.npz", content))))
        second.write_bytes(to_npz(read_start(first)))
        assert first.read_bytes() == second.read_bytes()
        with np.load(first) as found:
            assert sorted(found) == sorted(content)
            for key in found:
                assert np.array_equal(found[key].reshape(-1), content[key].reshape(-1)), key


def test_a_start_without_scales_is_float(tmp_path: Path, arrays: Arrays) -> None:
    floats = {name: values for name, values in arrays.items() if name[0] in "wgb" or name in ("fc_w", "fc_b")}
    start = read_start(write(tmp_path / "start.npz", floats))
    assert not start.quantized
    assert all(unit.weight_step is None and unit.act_step is None for unit in start.units)


def test_other_widths_of_numbers_and_scales_with_dimensions_are_taken(tmp_path: Path, arrays: Arrays) -> None:
    path = write(
        tmp_path / "start.npz",
        arrays,
        w_3=arrays["w_3"].astype(np.float16),
        b_3=arrays["b_3"].astype(np.float64),
        g_3=np.ones(64, np.int32),
        s_3=arrays["s_3"].reshape(64, 1, 1, 1),
        a_2=arrays["a_2"].reshape(1, 64, 1, 1),
        a_3=arrays["a_3"].reshape(()),
        fc_s=arrays["fc_s"].reshape(()),
    )
    start = read_start(path)
    unit = start.units[3]
    assert unit.weight_step is not None
    assert unit.act_step is not None
    assert unit.weight.dtype == unit.offset.dtype == unit.gain.dtype == torch.float32
    assert (unit.weight_step.shape, unit.act_step.shape) == ((64,), (1,))


def test_a_network_has_what_its_start_says() -> None:
    start = exact(seed=2, pictures=1).start
    network = MobileNet()
    load_quantized(network, start)
    for unit, values in zip(network.each_unit(), start.units, strict=True):
        gain, offset = unit.affine()
        assert torch.equal(unit.conv.weight, values.weight)
        torch.testing.assert_close(gain, values.gain)
        assert torch.equal(offset, values.offset)
        torch.testing.assert_close(unit.weight_step(), values.weight_step)
        torch.testing.assert_close(unit.act_step(), values.act_step)
    assert start.classifier_step is not None
    assert torch.equal(network.classifier.weight, start.classifier)
    assert torch.equal(network.classifier.bias, start.bias)
    torch.testing.assert_close(network.classifier_scale.detach(), start.classifier_step * 7)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.npz"
    assert refusal(path) == f"Cannot read the start {path}: there is no such file or folder."


def test_a_folder_is_no_start(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"Cannot read the start {tmp_path}: it is a folder."


@pytest.mark.parametrize("share", [0, 1e-6, 0.001, 0.3, 0.9, 0.999, 0.9999999])
def test_half_a_file_is_refused(tmp_path: Path, arrays: Arrays, share: float) -> None:
    path = write(tmp_path / "start.npz", arrays)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert refusal(path) == damaged(path)


def test_a_damaged_file_is_refused(tmp_path: Path, arrays: Arrays) -> None:
    path = write(tmp_path / "start.npz", arrays)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert refusal(path) == damaged(path)


def npy() -> bytes:
    file = io.BytesIO()
    np.save(file, np.ones(3))
    return file.getvalue()


@pytest.mark.parametrize(
    "content", [b"words\n", b"PK", b"PK\x03\x04", npy()], ids=["text", "PK", "head", "npy"]
)
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "start.npz"
    path.write_bytes(content)
    assert refusal(path) == damaged(path)


@pytest.mark.parametrize("name", ["w_0", "g_13", "b_26", "fc_w", "fc_b", "s_4", "a_4", "fc_s"])
def test_a_missing_array_is_named(tmp_path: Path, arrays: Arrays, name: str) -> None:
    path = write(tmp_path / "start.npz", {other: values for other, values in arrays.items() if other != name})
    assert refusal(path) == f"{path} is no start for this network: it has no {name}."


@pytest.mark.parametrize(
    ("name", "shape", "found", "expected"),
    [
        ("w_0", (32, 3, 5, 5), "32 x 3 x 5 x 5", "32 x 3 x 3 x 3"),
        ("w_1", (32, 32, 3, 3), "32 x 32 x 3 x 3", "32 x 1 x 3 x 3"),
        ("w_26", (1024, 1024), "1024 x 1024", "1024 x 1024 x 1 x 1"),
        ("g_2", (63,), "63", "64"),
        ("b_2", (), "a single number", "64"),
        ("s_2", (1,), "1", "64"),
        ("a_24", (1024,), "1024", "1"),
        ("a_22", (1,), "1", "512"),
        ("fc_w", (1024, 1000), "1024 x 1000", "1000 x 1024"),
        ("fc_b", (1001,), "1001", "1000"),
        ("fc_s", (1000,), "1000", "1"),
    ],
)
def test_another_shape_is_named(
    tmp_path: Path, arrays: Arrays, name: str, shape: tuple[int, ...], found: str, expected: str
) -> None:
    path = write(tmp_path / "start.npz", arrays, **{name: np.ones(shape, np.float32)})
    assert refusal(path) == f"{path} is no start for this network: {name} is {found}, it must be {expected}."


@pytest.mark.parametrize("name", ["w_7", "g_7", "b_7", "s_7", "fc_w", "fc_b", "fc_s"])
@pytest.mark.parametrize("value", [np.nan, -np.inf, 1e300])
def test_values_that_are_not_finite_are_named(
    tmp_path: Path, arrays: Arrays, name: str, value: float
) -> None:
    broken = arrays[name].astype(np.float64)
    broken.flat[-1] = value
    path = write(tmp_path / "start.npz", arrays, **{name: broken})
    assert refusal(path) == f"{path} cannot be used: {name} has values that are not finite."


@pytest.mark.parametrize("name", ["s_7", "a_8", "fc_s"])
@pytest.mark.parametrize("value", [0, -1])
def test_scales_that_are_not_above_0_are_named(
    tmp_path: Path, arrays: Arrays, name: str, value: float
) -> None:
    broken = arrays[name].copy()
    broken.flat[-1] = value
    path = write(tmp_path / "start.npz", arrays, **{name: broken})
    assert refusal(path) == f"{path} cannot be used: {name} has scales that are not above 0."


@pytest.mark.parametrize(
    "values",
    [np.array(["0.5"] * 64), np.ones(64, np.complex64), np.ones(64, bool)],
    ids=["text", "complex", "bool"],
)
def test_arrays_of_other_things_are_named(tmp_path: Path, arrays: Arrays, values: Any) -> None:
    path = write(tmp_path / "start.npz", arrays, g_2=values)
    assert refusal(path) == f"{path} is no start for this network: g_2 does not hold real numbers."


@pytest.mark.parametrize("member", ["g_2", "g_2.npy"])
def test_a_member_that_is_no_array_is_named(tmp_path: Path, arrays: Arrays, member: str) -> None:
    path = write(tmp_path / "start.npz", {name: values for name, values in arrays.items() if name != "g_2"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(member, b"no array")
    assert refusal(path) == f"{path} is no start for this network: g_2 does not hold real numbers."


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.mkdir, (str(self.marker),)


def test_pickled_objects_are_refused_and_not_executed(tmp_path: Path, arrays: Arrays) -> None:
    marker = tmp_path / "executed"
    path = write(tmp_path / "start.npz", arrays, g_2=np.array([Bomb(marker)], dtype=object))
    assert refusal(path) == damaged(path)
    assert not marker.exists()
    # It would have been.
    with np.load(path, allow_pickle=True) as file:
        _ = file["g_2"]
    assert marker.exists()
