"""What this package says when something from outside stops it."""

from __future__ import annotations


class TrainingError(Exception):
    """A file, a setting or a run that cannot go on: one plain sentence that says what to do.

    The command prints it on standard error and ends with status 2.
    """
