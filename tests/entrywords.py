"""The keys of the words that entries have by their ids, and settings by their names."""

from collections.abc import Iterable, Iterator

from app.core.params import Param
from app.experiment import FIELDS
from app.exports.catalog import FORMATS
from app.exports.scripts.text import KEY
from app.objectives.base import Column
from app.objectives.choice import Choice, parse_choice
from app.objectives.datasets.catalog import DATASETS
from app.objectives.functions.choice import CONSTANT
from app.objectives.models.catalog import MODELS
from app.objectives.models.choice import FIELDS as MODEL_FIELDS
from app.objectives.models.choice import suits
from app.objectives.models.losses import LOSSES
from app.objectives.planes.kinds import PLANES
from app.objectives.profile import Curve, Measure
from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from app.scenarios import SCENARIOS
from app.schedules.catalog import SCHEDULES
from app.schedules.warmup import WARMUP
from app.settings import Settings, help_of

PRESENTED = {
    "surfaces": SURFACES,
    "models": MODELS,
    "datasets": DATASETS,
    "planes": PLANES,
    "scenarios": SCENARIOS,
    "schedules": SCHEDULES,
    "formats": FORMATS,
}
"""Entries with a title and a line, by the part that their keys begin with."""

TURNED = (*SURFACES, *MODELS, *DATASETS, *PLANES, *OPTIMIZERS, *SCHEDULES, *FORMATS)
"""Entries with params."""


def derived() -> set[str]:
    """Those of all entries and settings, without the ones that are said by name."""
    found = {help_of(name).key for name in Settings.model_fields}
    found |= {key for surface in SURFACES for key in KEY.findall(surface.code)}
    found |= {f"{part}.{entry.id}.{text}" for part, entries in PRESENTED.items() for entry in entries for text in
             ("title", "line")}  # fmt: skip
    found |= {f"losses.{loss.id}.title" for loss in LOSSES}
    found |= {f"optimizers.{entry.id}.line" for entry in (*OPTIMIZERS, *PRESETS)}
    found |= {f"optimizers.{optimizer.id}.where" for optimizer in OPTIMIZERS}
    for optimizer in OPTIMIZERS:
        found |= {f"slots.{slot.words or slot.id}.{text}" for slot in optimizer.slots for text in ("title", "help")}
    for param in params():
        found |= {f"params.{param.words or param.id}.{text}" for text in ("title", "help")}
        found |= {f"units.{param.measured}"} if param.measured else set()
    # Their title is their name.
    found.add(f"params.{CONSTANT.words}.help")
    for choice in choices():
        profile = choice.profile()
        found |= set().union(*map(column_keys, profile.told), *map(curve_keys, profile.curves))
        found |= set().union(*map(measure_keys, profile.measures))
    return found


def params() -> Iterator[Param]:
    """Every param of the catalogue."""
    yield from with_items((*FIELDS, *MODEL_FIELDS, *WARMUP))
    for entry in TURNED:
        yield from with_items(entry.params)


def with_items(found: Iterable[Param]) -> Iterator[Param]:
    """Each of `found`, and what it is made of."""
    for param in found:
        yield param
        yield from with_items(param.items)


def choices() -> Iterator[Choice]:
    """Every surface, and every model with each dataset that it can learn from."""
    documents = [{"kind": "surface", "name": surface.id} for surface in SURFACES]
    documents += [
        {"kind": "model", "model": {"name": model.id}, "dataset": {"name": dataset.id}}
        for model in MODELS
        for dataset in DATASETS
        if suits(model, dataset)
    ]
    for document in documents:
        choice = parse_choice(document, (), [])
        assert choice
        yield choice


def column_keys(column: Column) -> set[str]:
    """The words of a column."""
    return {f"columns.{column.words or column.id}.{text}" for text in ("title", "unit")}


def curve_keys(curve: Curve) -> set[str]:
    """The words of a curve, where they are not those of its column."""
    texts = ("title", "name", "short") if curve.shortened else ("title", "name")
    return set() if curve.own else {f"curves.{curve.words or curve.id}.{text}" for text in texts}


def measure_keys(measure: Measure) -> set[str]:
    """The words of a measure, where they are not made of those of its column."""
    texts = ("title", "help", "none") if measure.take == "arrival" else ("title", "help")
    return set() if measure.own else {f"measures.{measure.words or measure.id}.{text}" for text in texts}
