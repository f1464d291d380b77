"""Decodes many photos in order, in processes of their own."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from ..errors import TrainingError
from ..system.worker import begin_worker
from .decode import Bytes, DecodeRules, UnusablePhoto, decode, square
from .skips import Reason

CHUNK = 32
"""Photos that a process decodes at a time: 6 MB of squares."""

_AHEAD = 4


def decode_squares(
    files: Sequence[str], rules: DecodeRules, processes: int = 2
) -> Generator[Bytes | Reason, None, None]:
    """Every file's square of RGB (256, 256, 3), or the reason why it has none, in the files' order.

    The processes are as nice as this one. A set that one chunk holds, or ``processes`` of 1, is decoded in
    this one.

    Raises:
        TrainingError: a process died.
    """
    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    if processes < 2 or len(chunks) < 2:
        for chunk in chunks:
            yield from _decode_chunk(chunk, rules)
        return
    # Not forked: a fork of a process that has torch's threads may wait for a lock for ever.
    pool = ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("spawn"), initializer=begin_worker
    )
    try:
        pending: deque[Future[list[Bytes | Reason]]] = deque()
        for chunk in chunks:
            pending.append(pool.submit(_decode_chunk, chunk, rules))
            if len(pending) >= processes * _AHEAD:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BrokenProcessPool as error:
        raise TrainingError(
            "A process that decodes photos ended unexpectedly, often for want of memory: free some, and start"
            " again."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _decode_chunk(files: Sequence[str], rules: DecodeRules) -> list[Bytes | Reason]:
    results: list[Bytes | Reason] = []
    for file in files:
        try:
            results.append(square(decode(file, rules)))
        except UnusablePhoto as unusable:
            results.append(unusable.reason)
    return results
