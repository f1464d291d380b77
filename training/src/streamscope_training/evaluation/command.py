"""The command ``evaluate``: the accuracy of a network, or whether its two quantized forms are the same."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

from torch import Tensor

from ..data.batches import evaluation_batches
from ..data.classes import read_classes
from ..data.decode import EVALUATION_RULES
from ..data.photo_set import PhotoSet, open_photos
from ..data.skips import summary
from ..errors import TrainingError
from ..output import note, say
from ..paths import labels_file, sample_photos, shipped_export, shipped_package
from ..system.nice import be_nice
from .accuracy import Accuracy
from .agreement import compare_networks
from .answers import Answers, write_answers
from .counter import Counter
from .engine import Engine
from .fewer import fewer
from .networks import brevitas_network, open_answerer
from .paired import compare


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``evaluate``."""
    add = parser.add_argument
    add("--photos", type=Path, metavar="FOLDER", help="photos; for --agreement by default those of the app")
    add("--labels", metavar="LIST", help="a list of labels, or the word folders")
    add("--classes", type=Path, metavar="FILE", help="WordNet ids, a line a class, where labels go by them")
    add("--cache", type=Path, metavar="FOLDER", help="keep the decoded photos here")
    add("--limit", type=int, metavar="N", help="take N photos only, evenly over the set")
    add("--model", type=Path, metavar="PACKAGE", help="the integer network here (default: the shipped one)")
    add("--checkpoint", type=Path, metavar="FILE.pt", help="the Brevitas network of a checkpoint")
    add("--start", type=Path, metavar="FILE.npz", help="the network of a start; if it is float, the twin")
    add("--against", type=Path, metavar="OTHER", help="compare with another network, or a table of --csv")
    add("--csv", type=Path, metavar="FILE", help="write the five classes of every photo")
    add("--agreement", action="store_true", help=_AGREEMENT)
    add("--processes", type=int, default=2, metavar="N", help="for the integer network (default: 2)")
    add("--json", action="store_true", help="print one object in place of lines")


_AGREEMENT = (
    "compare every layer of the package (--model) with the Brevitas network (--checkpoint, --start or"
    " --against; by default the shipped one's export)"
)


def run(arguments: argparse.Namespace) -> int:
    """Evaluates, and says what it found. Returns the exit status: 0, or 1 if ``--agreement`` finds two
    different networks. Raises TrainingError for all that can be wrong.
    """
    be_nice()
    return _agreement(arguments) if arguments.agreement else _accuracy(arguments)


def _accuracy(arguments: argparse.Namespace) -> int:
    if arguments.photos is None:
        raise TrainingError("Say which photos to evaluate on: --photos FOLDER.")
    if not (arguments.labels or arguments.csv or arguments.against):
        raise TrainingError(
            "Without labels there is nothing to count: give --labels LIST, --labels folders, --csv, --against"
            " or --agreement."
        )
    if arguments.csv and not arguments.csv.parent.is_dir():
        raise TrainingError(f"Cannot write {arguments.csv}: there is no folder {arguments.csv.parent}.")
    model = _one(arguments, "model", "checkpoint", "start") or shipped_package()
    against: Path | None = arguments.against
    with ExitStack() as stack:
        # All that can be wrong with a network shows before a photo is decoded.
        first = stack.enter_context(open_answerer(model, arguments.processes))
        second = against and stack.enter_context(open_answerer(against, arguments.processes))
        photos = fewer(_photos(arguments), arguments.limit)
        answers = first(photos, Counter("photos answered", sys.stderr))
        if arguments.csv:
            write_answers(arguments.csv, answers)
        others = second and second(photos, Counter("photos answered", sys.stderr))
    report = {"network": str(model), **_figures(answers)}
    lines = [f"{model}:", *_lines(answers)]
    if others:
        comparison = compare(answers, others)
        report["against"] = {"network": str(against), **_figures(others)}
        report["comparison"] = comparison.to_dict()
        lines += [f"{against}:", *_lines(others), *comparison.lines()]
    _say(arguments, photos, report, lines)
    return 0


def _agreement(arguments: argparse.Namespace) -> int:
    package: Path = arguments.model or shipped_package()
    source = _one(arguments, "checkpoint", "start", "against") or _export_of(arguments)
    engine, network = Engine(package), brevitas_network(source)
    photos = fewer(_photos(arguments), arguments.limit)
    agreement = compare_networks(network, engine, _images(photos))
    if agreement.photos == 0:
        raise TrainingError(f"None of the photos can be used. {summary(photos.skipped)}")
    report = {"package": str(package), "network": str(source), **agreement.to_dict()}
    _say(arguments, photos, report, [f"{package} and {source}:", *agreement.lines()])
    return 1 if agreement.faults else 0


def _one(arguments: argparse.Namespace, *names: str) -> Path | None:
    """The file or folder that one of several options names."""
    given: dict[str, Path] = {name: path for name in names if (path := getattr(arguments, name))}
    if len(given) > 1:
        raise TrainingError(f"Give one network, not several: --{' or --'.join(given)}.")
    return next(iter(given.values()), None)


def _export_of(arguments: argparse.Namespace) -> Path:
    if arguments.model:
        raise TrainingError(
            f"Say which network {arguments.model} was made from: --checkpoint, --start or --against."
        )
    return shipped_export()


def _photos(arguments: argparse.Namespace) -> PhotoSet:
    sample = arguments.photos is None
    photos = open_photos(
        [sample_photos() if sample else arguments.photos],
        cache=arguments.cache,
        # Small copies of the same photos.
        exclude=["thumbs"] if sample else [],
        labels=_labels(arguments.labels),
        classes=read_classes(labels_file(), arguments.classes) if arguments.labels else None,
        rules=EVALUATION_RULES,
        progress=Counter("photos decoded", sys.stderr),
    )
    for text in photos.notes:
        note(text)
    return photos


def _labels(text: str | None) -> Literal["folders"] | Path | None:
    if text == "folders":
        return "folders"
    return Path(text) if text else None


def _images(photos: PhotoSet) -> Iterator[Tensor]:
    counter = Counter("photos compared", sys.stderr)
    for batch in evaluation_batches(photos, 1):
        yield batch.images[0]
        counter(int(batch.indices[0]) + 1, len(photos))


def _figures(answers: Answers) -> dict[str, Any]:
    return {"photos": len(answers)} if answers.labels is None else Accuracy.of(answers).to_dict()


def _lines(answers: Answers) -> list[str]:
    return [] if answers.labels is None else Accuracy.of(answers).lines()


def _say(arguments: argparse.Namespace, photos: PhotoSet, report: dict[str, Any], lines: list[str]) -> None:
    if photos.skipped:
        note(summary(photos.skipped))
    say(json.dumps(report, indent=2) if arguments.json else "\n".join(lines))
