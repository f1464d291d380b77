from __future__ import annotations

import ctypes
import platform
import shutil
from pathlib import Path

import pytest
import torch

from no_cuda.reader import read_wants
from no_cuda.replace import STUB, replace_cuda
from no_cuda.writer import shared_library

pytestmark = pytest.mark.skipif(
    (platform.system(), platform.machine()) != ("Linux", "x86_64"), reason="Only for Linux on x86-64"
)

LIB = Path(torch.__file__).parent / "lib"
FUNCTIONS = [("cudaMalloc", "libcudart.so.13"), ("cublasCreate", "libcublas.so.13"), ("ncclSend", "")]


@pytest.fixture
def stub(tmp_path: Path) -> ctypes.CDLL:
    path = tmp_path / STUB
    path.write_bytes(shared_library(FUNCTIONS))
    return ctypes.CDLL(str(path))


def test_this_pytorch_finds_no_gpu_and_computes() -> None:
    assert not torch.cuda.is_available()
    convolution = torch.nn.Conv2d(3, 8, 3)
    convolution(torch.ones(1, 3, 8, 8)).sum().backward()
    # 6x6 positions, all ones.
    assert torch.equal(convolution.weight.grad, torch.full((8, 3, 3, 3), 36.0))


def test_each_function_says_that_there_is_no_device(stub: ctypes.CDLL) -> None:
    assert [stub[name](1, 2) for name, _ in FUNCTIONS] == [100, 100, 100]
    with pytest.raises(AttributeError):
        stub["cudaFree"]


def test_a_function_has_its_version_and_no_other(stub: ctypes.CDLL) -> None:
    find = ctypes.CDLL(None).dlvsym
    find.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
    find.restype = ctypes.c_void_p
    assert find(stub._handle, b"cudaMalloc", b"libcudart.so.13")
    assert not find(stub._handle, b"cudaMalloc", b"libcublas.so.13")
    assert not find(stub._handle, b"cudaMalloc", b"libcudart.so.12")


def test_a_library_without_functions_loads(tmp_path: Path) -> None:
    path = tmp_path / STUB
    path.write_bytes(shared_library([]))
    with pytest.raises(AttributeError):
        ctypes.CDLL(str(path))["cudaMalloc"]


def test_reads_libraries_and_versioned_symbols() -> None:
    wants = read_wants(LIB / "libtorch_python.so")
    assert {"libtorch_cpu.so", "libc.so.6"} <= wants.libraries
    assert ("malloc", "GLIBC_2.2.5") in wants.symbols
    assert ("PyErr_Occurred", "") in wants.symbols


def test_stands_for_what_pytorch_asks_for_and_again(tmp_path: Path) -> None:
    root = "libtorch_global_deps.so"
    shutil.copy(LIB / root, tmp_path)
    cuda = sorted(name for name in read_wants(tmp_path / root).libraries if name.startswith("libcu"))
    for _ in range(2):
        assert replace_cuda(tmp_path) == cuda
        assert all((tmp_path / name).resolve() == tmp_path / STUB for name in cuda)


def test_a_build_without_cuda_is_left_as_it_is(tmp_path: Path) -> None:
    # In every build the one library that knows no device.
    root = tmp_path / "libtorch_global_deps.so"
    shutil.copy(LIB / "libc10.so", root)
    assert replace_cuda(tmp_path) == []
    assert list(tmp_path.iterdir()) == [root]
