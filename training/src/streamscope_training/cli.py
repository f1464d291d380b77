"""The command line: one command a step."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module

from .errors import TrainingError

#: The module of each command, with ``add_arguments`` and ``run``, and what it does.
_COMMANDS = {
    "train": ("run.command", "train with quantization in the loop, by distillation"),
    "evaluate": ("evaluation.command", "measure accuracy, or how far two forms of a network agree"),
    "export": ("export.command", "write QONNX, and the compiled package"),
    "plot": ("run.plot_command", "draw the log of a run"),
}

#: As shells have it for a process that SIGINT or SIGPIPE ended.
INTERRUPTED = 130
NOBODY_READS = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command. Returns its exit status: 2 for a mistake that a sentence on standard error explains,
    INTERRUPTED after Ctrl-C, NOBODY_READS if standard output is a pipe whose reader has gone.
    """
    # Brevitas names the dimensions of its tensors, and PyTorch says at every run that it might not last.
    warnings.filterwarnings("ignore", "Named tensors and all their associated APIs", UserWarning)
    try:
        try:
            return _execute(list(sys.argv[1:] if arguments is None else arguments))
        finally:
            sys.stdout.flush()
    except TrainingError as error:
        print(f"streamscope-training: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("streamscope-training: interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes once more when it ends.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS


def _execute(given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="streamscope-training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = next((one for one in given if one in _COMMANDS), None)
    for name, (module, what) in _COMMANDS.items():
        command = commands.add_parser(name, help=what, description=what)
        # The others' modules are not loaded: PyTorch takes seconds.
        if name == wanted:
            code = import_module(f".{module}", __package__)
            code.add_arguments(command)
            command.set_defaults(execute=code.run)
    parsed = parser.parse_args(given)
    return int(parsed.execute(parsed))
