"""What workers do for pictures of models: a piece at a time, so that they are soon free for others.

Every task that is `filmed` gives None where the film of the run is not there.
"""

import json
import time
from collections.abc import Sequence

import torch

from app.core.encoding import compress
from app.engine.picture import Numbers, axes, description, field_points, measure, path_points, paths
from app.engine.samples import describe
from app.engine.snapshot import Looks, Viewer, model_of, nulled, weights_at
from app.objectives.surfaces.base import Window
from app.protocol.messages import encode
from app.work.experiments import experiment_of
from app.work.shelf import Missing, Shelf, filmed, laid

SECONDS = 0.05
"""What one piece may take."""

Piece = tuple[Numbers, int]
"""Some of the numbers that are wanted, and how many there are in all."""


@filmed
def path_piece(text: str, plane: str, first: int) -> Piece:
    """The losses along the paths on `plane` from number `first` on, as `path_points` counts them."""
    _, objective = model_of(experiment_of(text))
    at, total = path_points(laid(text, plane))
    return measure(objective, at, first, total, SECONDS), total


@filmed
def plane_json(text: str, plane: str, along: Numbers, encoding: str) -> bytes:
    """The plane with the paths on it, as JSON in the content `encoding`; along: all losses along the paths."""
    experiment, shown = experiment_of(text), laid(text, plane)
    answer = description(experiment, shown, along) | {"trajectories": paths(experiment, shown, along)}
    return compress(encode(answer).encode(), encoding)


@filmed
def run_plane(text: str, plane: str, along: Numbers) -> tuple[str, list[str]]:
    """The same for the answer to a whole run: JSON of the plane, and of the points of each trajectory."""
    experiment, shown = experiment_of(text), laid(text, plane)
    points = [json.dumps(path["points"], separators=(",", ":")) for path in paths(experiment, shown, along)]
    return encode(description(experiment, shown, along)), points


@filmed
def field_piece(text: str, plane: str, window: Window | None, resolution: int, first: int, *, precise: bool) -> Piece:
    """The losses on the grid over `window` (None: the plane's) from number `first` on; precise: in float64."""
    _, objective = model_of(experiment_of(text))
    shown, dtype = laid(text, plane), torch.float64 if precise else torch.float32
    at, total = field_points(shown.plane, window or shown.window, resolution, dtype)
    return measure(objective, at, first, total, SECONDS), total


@filmed
def plane_field_json(
    text: str, plane: str, window: Window | None, losses: Numbers, along: Numbers, *, encoding: str
) -> bytes:
    """The field, as JSON in the content `encoding`; losses: on the whole grid; along: as in `plane_json`."""
    experiment, shown = experiment_of(text), laid(text, plane)
    side = round(len(losses) ** 0.5)
    x, y = axes(window or shown.window, side)
    told = description(experiment, shown, along)
    answer = {
        "x": x.tolist(),
        "y": y.tolist(),
        "z": [nulled(row) for row in torch.from_numpy(losses).view(side, side)],
        **{name: told[name] for name in ("share", "sentence", "axes", "exact")},
    }
    return compress(encode(answer).encode(), encoding)


@filmed
def snapshot_json(
    text: str, step: int, parts: Sequence[str], resolution: int, seen: Looks, *, encoding: str
) -> bytes | Looks:
    """What the models are at `step`, as JSON in the content `encoding`; or what was seen of them up to now, to call
    again with as `seen`.
    """
    experiment, deadline = experiment_of(text), time.monotonic() + SECONDS
    found = weights_at(Shelf.films, experiment, step)
    if found is None:
        raise Missing
    entry, theta = found
    viewer, seen = Viewer(experiment, parts, resolution), list(seen)
    while not seen or (len(seen) < len(theta) and time.monotonic() < deadline):
        seen += viewer.look(theta[len(seen) : len(seen) + viewer.together()])
    if len(seen) < len(theta):
        return seen
    return compress(encode(viewer.frame(entry, seen)).encode(), encoding)


def data_json(text: str, encoding: str) -> bytes:
    """The data of the model of the experiment with the canonical `text`, as JSON in the content `encoding`."""
    choice, _ = model_of(experiment_of(text))
    return compress(encode(describe(choice)).encode(), encoding)
