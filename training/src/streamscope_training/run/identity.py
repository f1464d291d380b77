"""What must be the same for a run to go on to the weights that it would have had without a stop."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import TrainingError
from ..network.float_twin import FloatTwin
from .recipe import Recipe, differences

#: Goes up when the same recipe comes to give other numbers.
ARITHMETIC = 5

#: What each fingerprint is of, by its name in a checkpoint.
_THINGS = {
    "arithmetic": "this version computes otherwise",
    "photos": "the photos are not the same",
    "teacher": "the teacher is not the same",
    "evaluation": "the photos of the evaluations are not the same",
}


@dataclass(frozen=True)
class Identity:
    """A recipe, and fingerprints: of the photos learned from, of the teacher's weights, and of the photos
    of the evaluations, None if there are none."""

    recipe: Recipe
    photos: str
    teacher: str
    evaluation: str | None

    def state(self) -> dict[str, Any]:
        """For a checkpoint."""
        return {"recipe": self.recipe.to_dict(), **self._fingerprints()}

    def refuse_other(self, state: Mapping[str, Any]) -> None:
        """Raises TrainingError, naming what differs, if a checkpoint's state is of another run. The recipe's
        section ``log`` may differ."""
        try:
            found = differences(Recipe.from_dict(state["recipe"]), self.recipe)
        except TrainingError as error:
            raise TrainingError(f"The checkpoint's recipe is of another version: {error}") from error
        found += [_THINGS[name] for name, now in self._fingerprints().items() if state.get(name) != now]
        if found:
            raise TrainingError(
                f"The checkpoint is of another run: {'; '.join(found)}. "
                "Resume with what it was begun with, or begin a new run in another folder."
            )

    def _fingerprints(self) -> dict[str, Any]:
        return {
            "arithmetic": ARITHMETIC,
            "photos": self.photos,
            "teacher": self.teacher,
            "evaluation": self.evaluation,
        }


def fingerprint_of(twin: FloatTwin) -> str:
    """SHA-256, in hex, of the twin's weights."""
    digest = hashlib.sha256()
    for tensor in twin.tensors():
        digest.update(tensor.detach().contiguous().numpy().tobytes())
    return digest.hexdigest()
