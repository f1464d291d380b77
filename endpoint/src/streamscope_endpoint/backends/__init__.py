"""The devices that the endpoint can serve."""

from __future__ import annotations

from ..settings import Settings
from .base import Backend


def make_backend(settings: Settings) -> Backend:
    """Makes the back end that the settings name; may take a while (a card is programmed). Raises
    SetupError. Imports only what the chosen one needs.
    """
    if settings.backend == "pynq":
        from .pynq import PynqBackend

        return PynqBackend(settings)
    from .emulator import EmulatorBackend

    return EmulatorBackend(settings)
