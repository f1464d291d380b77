"""Which card of this machine is mine? Ray counts cards, but does not tell them apart."""

from __future__ import annotations

import fcntl
import tempfile
from pathlib import Path
from typing import IO

from ..errors import SetupError


class CardClaim:
    """One of this machine's cards, taken until ``release`` or the end of the process, however it
    ends: the kernel drops the lock. So a replica that was killed never keeps its card.
    """

    def __init__(self, number: int, lock: IO[str]) -> None:
        #: Counted from 0, in the order in which XRT lists the cards.
        self.number = number
        self._lock = lock

    def release(self) -> None:
        """Gives the card back; more than once does no harm."""
        self._lock.close()


def claim_card(cards: int, folder: Path | None = None) -> CardClaim:
    """Takes the first free one of this machine's ``cards``. All who claim must use one ``folder``
    for their locks (default: the system's for temporary files). Raises SetupError if none is free,
    or a lock cannot be opened.
    """
    place = folder or Path(tempfile.gettempdir())
    for number in range(cards):
        file = place / f"streamscope-card-{number}.lock"
        try:
            lock = file.open("a")
        except OSError as error:
            raise SetupError(
                f"The lock {file} cannot be opened: {error.strerror}. "
                "If it is another user's, end that user's endpoint and remove the file."
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            return CardClaim(number, lock)
    raise SetupError(f"None of the {cards} cards of this machine is free (locks in {place}).")
