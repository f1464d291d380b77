"""Packs what a checkout has outside this folder, where hatchling's own lists cannot follow into a
source distribution: that has it inside the package already, as the wheel does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: In the repository, to the place in the package. The model is the web app's, so that the command
#: works from any folder.
OUTSIDE = {
    "LICENSE": "LICENSE",
    "NOTICE": "NOTICE",
    "public/models/mobilenetv1-w4a4": "models/mobilenetv1-w4a4",
}


class OutsideFiles(BuildHookInterface):  # type: ignore[type-arg]
    """For wheel and source distribution; an editable install reads the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        package = Path("src/streamscope_endpoint")
        if version == "editable" or (Path(self.root) / package / "LICENSE").exists():
            return
        place = Path("streamscope_endpoint") if self.target_name == "wheel" else package
        for outside, inside in OUTSIDE.items():
            build_data["force_include"][str(Path(self.root).parent / outside)] = str(place / inside)
