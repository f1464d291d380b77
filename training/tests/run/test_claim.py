from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from streamscope_training.errors import TrainingError
from streamscope_training.run.claim import claim

HOLDS = """
import sys
from pathlib import Path
from streamscope_training.run.claim import claim
with claim(Path(sys.argv[1])):
    print("holds", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is held on Windows")
def test_a_folder_is_held_until_its_process_ends_in_whatever_way(tmp_path: Path) -> None:
    run = tmp_path / "runs" / "first"
    arguments = [sys.executable, "-c", HOLDS, str(run)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holds\n"
        with pytest.raises(TrainingError, match="Another run is at work in"), claim(run):
            pass
        with claim(tmp_path / "runs" / "second"):
            pass
        process.kill()
        process.wait(timeout=300)
    for _ in range(2):
        with claim(run):
            assert list(run.iterdir()) == []


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("")
    with pytest.raises(TrainingError, match="Cannot use the folder"), claim(tmp_path / "run"):
        pass
