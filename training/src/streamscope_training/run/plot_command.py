"""The command ``plot``."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import TrainingError
from .log import LOG, read_log
from .plot import write_csv, write_svg


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``plot``."""
    parser.add_argument("run", type=Path, metavar="RUN", help="folder of a run")
    parser.add_argument("output", type=Path, metavar="FILE", help="curves as .svg, or figures as .csv")
    parser.add_argument(
        "--against", choices=("step", "epoch"), default="step", help="what the curves run over"
    )


def run(arguments: argparse.Namespace) -> int:
    """Draws. Returns the exit status."""
    output: Path = arguments.output
    kind = output.suffix.lower()
    if kind not in (".svg", ".csv"):
        raise TrainingError(f"{output} is neither .svg, for curves, nor .csv, for figures.")
    lines = read_log(arguments.run / LOG)
    if kind == ".csv":
        write_csv(lines, output)
    else:
        write_svg(lines, output, arguments.against)
    return 0
