"""``export``: a trained network becomes a QONNX file, and a model package."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import TrainingError
from ..network.mobilenet import MobileNet
from ..output import say
from ..trained import network_of_checkpoint
from .compile import compile_package, refresh_shipped
from .hardware import dead_channels
from .model_file import check_place
from .node import check_tools
from .qonnx import export_qonnx_file
from .source import checkpoint_of, network_of_start


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``export``."""
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="RUN_FOLDER", help="its best or last checkpoint"
    )
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="this checkpoint")
    parser.add_argument("--start", type=Path, metavar="FILE.npz", help="this quantized start")
    parser.add_argument(
        "--output", type=Path, required=True, metavar="MODEL.onnx[.gz]", help="the file to write"
    )
    parser.add_argument("--package", type=Path, metavar="FOLDER", help="compile the file into this folder")
    parser.add_argument("--labels", type=Path, metavar="FILE", help="the classes' names, one a line")
    parser.add_argument("--refresh", action="store_true", help="make the file the model that ships")


def run(arguments: argparse.Namespace) -> int:
    """Exports, and says what it wrote. Raises TrainingError for all that can be wrong."""
    output: Path = arguments.output
    check_place(output)
    if arguments.labels and not arguments.package:
        raise TrainingError("--labels go into a package: add --package FOLDER, or leave them out.")
    # That there is no compiler is better known before the export.
    if arguments.package:
        check_tools("node")
    if arguments.refresh:
        check_tools("npm")
    network = _network(arguments)
    for name, channels in dead_channels(network).items():
        listed = ", ".join(str(channel) for channel in channels)
        say(f"Dead channels of {name}, the same for every picture: {listed}.")
    export_qonnx_file(network, output)
    say(f"Wrote {output}: {output.stat().st_size:,} bytes.")
    if arguments.package:
        compile_package(output, arguments.package, arguments.labels)
        say(f"Wrote the package {arguments.package}.")
    if arguments.refresh:
        refresh_shipped(output)
    return 0


def _network(arguments: argparse.Namespace) -> MobileNet:
    named = [value for value in (arguments.folder, arguments.checkpoint, arguments.start) if value]
    if len(named) != 1:
        raise TrainingError("Name one of these to export: a run's folder, --checkpoint or --start.")
    if arguments.start:
        return network_of_start(arguments.start)
    path = arguments.checkpoint or checkpoint_of(arguments.folder)
    say(f"Exporting {path}.")
    return network_of_checkpoint(path)
