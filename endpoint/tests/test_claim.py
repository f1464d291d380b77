"""A card has one owner, and loses it when the owner dies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from streamscope_endpoint.errors import SetupError
from streamscope_endpoint.ray_serve.claim import claim_card


def test_each_takes_the_first_free_card(tmp_path: Path) -> None:
    first, second = claim_card(2, tmp_path), claim_card(2, tmp_path)
    assert (first.number, second.number) == (0, 1)
    with pytest.raises(SetupError, match="None of the 2 cards of this machine is free"):
        claim_card(2, tmp_path)
    first.release()
    again = claim_card(2, tmp_path)
    assert again.number == 0
    again.release()
    second.release()


def test_a_lock_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "streamscope-card-0.lock").mkdir()
    with pytest.raises(SetupError, match=r"streamscope-card-0\.lock cannot be opened: "):
        claim_card(1, tmp_path)


def test_a_process_that_is_killed_gives_its_card_back(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path\n"
        "from streamscope_endpoint.ray_serve.claim import claim_card\n"
        f"claim = claim_card(1, Path({str(tmp_path)!r}))\n"
        "print(claim.number, flush=True)\n"
        "input()\n"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    assert owner.stdin is not None
    try:
        assert owner.stdout.readline() == "0\n"
        with pytest.raises(SetupError):
            claim_card(1, tmp_path)
    finally:
        owner.kill()
        owner.wait()
        owner.stdin.close()
        owner.stdout.close()
    claim_card(1, tmp_path).release()
