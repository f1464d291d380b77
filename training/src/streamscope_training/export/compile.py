"""From QONNX to the model package, by the project's own compiler."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import TrainingError
from ..paths import labels_file
from ..system.disk import reason
from .model_file import read_model_file
from .node import run_compiler, run_script

#: What the package is called; foldings and tests go by this network.
NAME = "mobilenetv1-w4a4"


def compile_package(model: Path, package: Path, labels: Path | None = None) -> None:
    """Compiles an exported file, packed or not, into the folder ``package``; the same file gives the same
    bytes. ``labels`` has the classes' names, one a line: ImageNet's, if left out.

    Raises TrainingError with the compiler's own sentence if it refuses, if it cannot be run, and if there is
    no room to unpack the file.
    """
    with _unpacked(model) as unpacked:
        made = run_compiler(
            "compile",
            unpacked,
            "--name",
            NAME,
            "--labels",
            (labels or labels_file()).resolve(),
            "--out",
            package.resolve(),
        )
        if made.returncode != 0:
            # The compiler knows the model by the name of the unpacked copy.
            why = made.stderr.strip().replace(str(unpacked), str(model))
            raise TrainingError(f"The compiler made no package: {why}")


def refresh_shipped(model: Path) -> None:
    """Makes an exported file the model that ships: its package, its vectors, and what tests expect of it.
    Raises TrainingError if it is refused; then nothing has changed.
    """
    if run_script("model:refresh", model.resolve()) != 0:
        raise TrainingError(f"{model} did not become the model that ships; the reason stands above.")


@contextlib.contextmanager
def _unpacked(model: Path) -> Iterator[Path]:
    """A copy for the compiler, in a folder that goes with it."""
    content = read_model_file(model)
    with contextlib.ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            copy = folder / "model.onnx"
            copy.write_bytes(content)
        except FileNotFoundError as error:
            # So Python says that it could write to none of the folders that it tried.
            raise TrainingError(
                f"There is no folder to unpack {model} in: make room, or name one in TMPDIR."
            ) from error
        except OSError as error:
            raise TrainingError(
                f"Cannot unpack {model}: {reason(error)}; make room, or name another folder in TMPDIR."
            ) from error
        yield copy
