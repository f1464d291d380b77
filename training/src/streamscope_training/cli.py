"""The command line: one command a step."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module

from . import output
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

#: How PyTorch says that there is no memory left, in a RuntimeError: on Linux and macOS, on Windows, and where
#: C++ says it.
_NO_MEMORY = ("can't allocate memory", "not enough memory", "std::bad_alloc")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command. Returns its exit status: 2 for a mistake or a want that a sentence on standard error
    explains, INTERRUPTED after Ctrl-C, NOBODY_READS if standard output is a pipe whose reader has gone.
    """
    # Brevitas names the dimensions of its tensors, and PyTorch says at every run that it might not last.
    warnings.filterwarnings("ignore", "Named tensors and all their associated APIs", UserWarning)
    # Started with it closed, Python has None there, for which print would take standard output.
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(sys.stderr or nowhere):
        return _status(list(sys.argv[1:] if arguments is None else arguments))


def _status(given: list[str]) -> int:
    try:
        try:
            return _execute(given)
        finally:
            output.flush()
    except TrainingError as error:
        return _refused(str(error))
    except KeyboardInterrupt:
        output.note("streamscope-training: interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        return NOBODY_READS
    except (MemoryError, RuntimeError, OSError) as error:
        if not _is_want_of_memory(error):
            raise
        return _refused(
            "There is not enough memory: end other programs, or give train a smaller data.batch_size or"
            " prepare.calibration_photos, and evaluate --processes 1."
        )


def _refused(sentence: str) -> int:
    output.note(f"streamscope-training: {sentence}")
    return 2


def _is_want_of_memory(error: Exception) -> bool:
    if isinstance(error, OSError):
        # When a process cannot be started, or a file mapped.
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or any(words in str(error) for words in _NO_MEMORY)


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
