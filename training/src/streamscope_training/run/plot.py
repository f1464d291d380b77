"""The curves of a run's log, as a picture and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..errors import TrainingError
from ..system.disk import write_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Line = Mapping[str, Any]


def write_svg(lines: Sequence[Line], path: Path, against: Literal["step", "epoch"] = "step") -> None:
    """Draws the lines of a log (see ``log``): losses on a logarithmic scale, the learning rate, and the
    figures of evaluations, against steps or epochs. The SVG needs no font and no other file, and is the same
    bytes for the same lines.

    Raises TrainingError if there is nothing to draw, if Matplotlib is missing, or if the disk refuses.
    """
    curves = _curves([line for line in lines if against in line])
    if not curves:
        raise TrainingError("The log has no lines to plot yet.")
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise TrainingError(
            'A plot needs Matplotlib: pip install "streamscope-training[plot]"; or write a table instead.'
        ) from error

    # Text as outlines; names of parts that do not change from one time to the next.
    with matplotlib.rc_context({"svg.fonttype": "path", "svg.hashsalt": "streamscope"}):
        figure = Figure(figsize=(9, 3 * len(curves)), layout="constrained")
        axes: list[Axes] = figure.subplots(len(curves), sharex=True, squeeze=False)[:, 0].tolist()
        for plot, (title, by_name) in zip(axes, curves.items(), strict=True):
            _draw(plot, title, by_name, against)
        axes[-1].set_xlabel(against)
        picture = io.BytesIO()
        figure.savefig(picture, format="svg", metadata={"Date": None})
    write_file(path, picture.getvalue())


def write_csv(lines: Sequence[Line], path: Path) -> None:
    """Writes the lines of a log as a table, a column for every name: ``losses.blocks`` is the loss
    ``blocks``. What a line lacks is empty. Raises TrainingError if the disk refuses.
    """
    rows = [_flat(line) for line in lines]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_file(path, table.getvalue().encode())


#: Where a line keeps what a plot shows, and the plot's title.
_PLOTS = {"losses": "loss", "learning_rate": "learning rate", "evaluation": "evaluation"}

#: A curve by name: the lines it has points in, and their values.
_Curves = dict[str, list[tuple[Line, float]]]


def _curves(lines: Sequence[Line]) -> dict[str, _Curves]:
    plots: dict[str, _Curves] = {}
    for line in lines:
        for key, title in _PLOTS.items():
            found = line.get(key, {})
            for name, value in (found if isinstance(found, Mapping) else {title: found}).items():
                # Counts, such as that of an evaluation's photos, would flatten the shares beside them.
                if isinstance(value, float):
                    plots.setdefault(title, {}).setdefault(name, []).append((line, value))
    return {title: plots[title] for title in _PLOTS.values() if title in plots}


def _draw(plot: Axes, title: str, by_name: _Curves, against: str) -> None:
    for name, points in by_name.items():
        marker = "o" if title == "evaluation" else None
        plot.plot(
            [line[against] for line, _ in points], [value for _, value in points], label=name, marker=marker
        )
    if title == "loss":
        plot.set_yscale("log", nonpositive="mask")
    plot.set_ylabel(title)
    plot.grid(alpha=0.3)
    if len(by_name) > 1 or title not in by_name:
        plot.legend(loc="center left", bbox_to_anchor=(1, 0.5))


def _flat(values: Line, prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat.update(_flat(value, f"{prefix}{name}."))
        else:
            flat[f"{prefix}{name}"] = value
    return flat
