from __future__ import annotations

from streamscope_training.run.recent import Recent


def test_means_since_the_last_line() -> None:
    recent = Recent()
    recent.add({"logits": 1.0, "labels": 5.0}, photos=4, seconds=2.0)
    recent.add({"logits": 3.0}, photos=4, seconds=6.0)
    # One step had no photo with a label.
    assert recent.take() == {
        "seconds": 4.0,
        "images_per_second": 1.0,
        "losses": {"logits": 2.0, "labels": 5.0},
    }
    recent.add({"logits": 7.0}, photos=4, seconds=1.0)
    assert recent.take() == {"seconds": 1.0, "images_per_second": 4.0, "losses": {"logits": 7.0}}


def test_a_stop_between_two_lines_changes_nothing() -> None:
    before, after = Recent(), Recent()
    before.add({"logits": 1.0}, photos=2, seconds=1.0)
    after.restore(before.state())
    for recent in (before, after):
        recent.add({"logits": 2.0}, photos=2, seconds=2.0)
    assert after.take() == before.take()
