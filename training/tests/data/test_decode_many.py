from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from support.pictures import noise, save

from streamscope_training.data import decode_many
from streamscope_training.data.decode import TRAINING_RULES
from streamscope_training.data.decode_many import CHUNK, decode_squares
from streamscope_training.errors import TrainingError


def folder_with_faults(folder: Path, count: int) -> list[str]:
    for index in range(count):
        save(folder / f"{index}.png", noise(64, 64 + index, index))
    (folder / "5.png").write_bytes(b"")
    (folder / f"{count - 1}.png").unlink()
    return [str(folder / f"{index}.png") for index in range(count)]


def test_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    files = folder_with_faults(tmp_path, 2 * CHUNK + 3)
    here = list(decode_squares(files, TRAINING_RULES, processes=1))
    there = list(decode_squares(files, TRAINING_RULES, processes=2))
    assert len(here) == len(there) == len(files)
    assert [(at, one) for at, one in enumerate(here) if isinstance(one, str)] == [
        (5, "broken"),
        (len(files) - 1, "missing"),
    ]
    for one, other in zip(here, there, strict=True):
        assert np.array_equal(one, other)


def test_a_process_that_dies_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_many, "begin_worker", os.abort)
    with pytest.raises(TrainingError, match="ended unexpectedly"):
        list(decode_squares(["a.png"] * (CHUNK + 1), TRAINING_RULES, processes=2))


BIG_AND_SMALL = """
import resource, sys
from pathlib import Path
from streamscope_training.data.decode import TRAINING_RULES
from streamscope_training.data.decode_many import decode_squares

taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
room = 70 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (taken + room, taken + room))
results = decode_squares(sys.argv[1:], TRAINING_RULES, processes=1)
print([result if isinstance(result, str) else result.shape for result in results])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by other means here")
def test_a_photo_that_memory_does_not_hold_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    big, small = tmp_path / "big.png", tmp_path / "small.png"
    save(small, noise(80, 80))
    # 64 MB in Pillow's four bytes a pixel, and as much again as its RGB.
    Image.new("RGB", (4000, 4000), (200, 30, 40)).save(big)
    arguments = [sys.executable, "-c", BIG_AND_SMALL, str(big), str(small)]
    shown = subprocess.run(arguments, stdout=subprocess.PIPE, text=True, timeout=300)
    assert shown.stdout == "['too large for memory', (256, 256, 3)]\n"


KILLED = """
import sys
from streamscope_training.data.decode import TRAINING_RULES
from streamscope_training.data.decode_many import CHUNK, decode_squares

for result in decode_squares(["/nowhere/a.png"] * (CHUNK + 1), TRAINING_RULES, processes=2):
    print(result, flush=True)
    sys.stdin.read()
"""


def test_its_processes_end_with_one_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "missing\n"
        process.kill()
        # They have this stream from it: it ends when the last of them does.
        process.communicate(timeout=300)


def test_its_processes_load_no_torch() -> None:
    script = "import sys, streamscope_training.data.decode_many; print('torch' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, timeout=300)
    assert shown.stdout == "False\n"
