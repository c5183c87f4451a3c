"""What workers do for the web layer: compute, and write long JSON, so that the server's loop never does.

Workers import this module and what it imports, and nothing of the server.
"""

import gc
from collections.abc import Mapping
from pathlib import Path

import torch

from app.catalog import catalogue
from app.core.encoding import compress
from app.core.words import speaking
from app.engine.field import sample, thumbnail
from app.experiment import parse
from app.objectives.surfaces.base import Window
from app.objectives.surfaces.catalog import SURFACES
from app.protocol.messages import encode
from app.work import shelf
from app.work.experiments import experiment_of
from app.work.slices import compute_slice

WARM_UP = {
    "objective": {"kind": "surface", "name": "rosenbrock"},
    "optimizers": [{"name": "sgd", "lr": 1e-3}, {"name": "lbfgs", "lr": 1e-2}],
    "steps": 2,
}
WARM_UP_MODEL = {
    "objective": {"kind": "model", "model": {"name": "mlp"}, "dataset": {"name": "moons"}},
    "optimizers": [{"name": "sgd", "lr": 1e-3}],
    "steps": 2,
}
RESOLUTION = 100
"""Samples along each side of a field, where nobody says how many."""


def warm(directory: Path | None = None) -> None:
    """Make a new worker ready: one thread, as processes share the processors, and the first runs done.

    directory: where it keeps films together with other workers.
    """
    torch.set_num_threads(1)
    for document in (WARM_UP, WARM_UP_MODEL):
        experiment = parse(document)
        compute_slice(experiment.text(), None, experiment.steps + 1)
    if directory:
        shelf.keep_in(directory)
    settle()


def settle() -> None:
    """Take all that is there now out of garbage collection, which would look through it, torch and all, for a tenth of
    a second now and then.
    """
    gc.collect()
    gc.freeze()


def catalog_json(limits: Mapping[str, int], language: str) -> bytes:
    """The catalogue in `language` with the `limits` of this server, as JSON."""
    with speaking(language):
        return encode(catalogue(limits)).encode()


def thumbnails_json() -> bytes:
    """The thumbnail of every surface by its id, as JSON."""
    return encode({surface.id: thumbnail(surface) for surface in SURFACES}).encode()


def field_json(text: str, window: Window | None, resolution: int | None, encoding: str) -> bytes:
    """The loss on a grid, of the objective of the experiment with the canonical `text`, as JSON in the content
    `encoding`.
    """
    return compress(encode(sample(experiment_of(text), window, resolution or RESOLUTION)).encode(), encoding)
