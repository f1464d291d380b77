"""Pieces of the sentences in which this package names files, folders and classes."""

from __future__ import annotations

from collections.abc import Sequence


def shown(text: str) -> str:
    """A text from outside, in quotes and on one line; its end, which tells files apart, is kept."""
    quoted = repr(text)
    return quoted if len(quoted) <= 99 else f"'...{quoted[-95:]}"


def some(names: Sequence[str], most: int = 3) -> str:
    """The first few names, and how many more there are: "'a', 'b', 'c' and 9 more"."""
    text = ", ".join(shown(name) for name in names[:most])
    more = len(names) - most
    return f"{text} and {more} more" if more > 0 else text


def counted(count: int, thing: str) -> str:
    """ "1 photo", "2 photos"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
