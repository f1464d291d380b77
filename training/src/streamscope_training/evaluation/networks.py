"""Which network is meant by a file or folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..data.cache import Progress
from ..data.photo_set import PhotoSet
from ..errors import TrainingError
from ..export.model_file import SUFFIXES
from ..export.read_back import network_from_qonnx
from ..export.source import network_of_start
from ..network.float_twin import FloatTwin
from ..network.mobilenet import MobileNet
from ..network.start import read_start
from ..trained import network_of_checkpoint
from .answers import Answers, Predictor, ask, read_answers
from .predictors import brevitas_predictor, engine_predictor, twin_predictor

#: A set of photos, and what is told how far it is -> a network's answers.
Answerer = Callable[[PhotoSet, Progress | None], Answers]


def brevitas_network(path: Path) -> MobileNet:
    """The quantized network of a checkpoint (.pt), a start (.npz) or an export (.onnx, .onnx.gz).

    Raises TrainingError for other files, and as the readers of these do.
    """
    if path.suffix == ".pt":
        return network_of_checkpoint(path)
    if path.suffix == ".npz":
        return network_of_start(path)
    if path.name.endswith(SUFFIXES):
        return network_from_qonnx(path)
    raise TrainingError(
        f"{path} is no Brevitas network: name a checkpoint (.pt), a quantized start (.npz) or an export"
        " (.onnx, .onnx.gz)."
    )


@contextmanager
def open_predictor(path: Path, processes: int) -> Iterator[Predictor]:
    """A predictor for any of these, for a float start, or for a model package, which is a folder.

    Raises TrainingError as ``brevitas_network`` and ``engine_predictor``.
    """
    if path.suffix == ".npz" and not (start := read_start(path)).quantized:
        yield twin_predictor(FloatTwin(start))
    elif path.suffix in (".pt", ".npz") or path.name.endswith(SUFFIXES):
        yield brevitas_predictor(brevitas_network(path))
    else:
        with engine_predictor(path, processes) as predict:
            yield predict


@contextmanager
def open_answerer(path: Path, processes: int) -> Iterator[Answerer]:
    """Answers of any of these, or those that a table (.csv) kept, which then must be of the same photos.

    Raises TrainingError as ``open_predictor`` and ``read_answers``.
    """
    if path.suffix == ".csv":
        kept = read_answers(path)
        yield lambda photos, progress: kept
        return
    with open_predictor(path, processes) as predict:
        yield lambda photos, progress: ask(photos, predict, progress=progress)
