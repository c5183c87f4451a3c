"""Everything that can be chosen, as one JSON value for the browser."""

from collections.abc import Mapping
from typing import Any

from latex2mathml.converter import convert

from app.core.params import Param, plain
from app.core.references import Reference
from app.engine.rest import TOLERANCE
from app.experiment import FIELDS, LONGEST_LABEL
from app.exports.catalog import FORMATS, Format
from app.migrations import VERSION
from app.objectives.choice import parse_choice
from app.objectives.datasets.base import Dataset
from app.objectives.datasets.catalog import DATASETS
from app.objectives.datasets.pictures import picture
from app.objectives.functions.examples import EXAMPLES, Example
from app.objectives.functions.reading import LONGEST
from app.objectives.models.base import Model
from app.objectives.models.catalog import MODELS
from app.objectives.models.choice import FIELDS as MODEL_FIELDS
from app.objectives.models.choice import ModelChoice, suits
from app.objectives.models.losses import LOSSES, Loss
from app.objectives.planes.base import PlaneKind
from app.objectives.planes.kinds import PLANES
from app.objectives.surfaces.base import Surface
from app.objectives.surfaces.catalog import SURFACES
from app.objectives.surfaces.choice import COORDINATE, SurfaceChoice
from app.optimizers.base import Optimizer, Preset
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from app.scenarios import SCENARIOS, Scenario
from app.schedules.base import Schedule
from app.schedules.catalog import SCHEDULES
from app.schedules.warmup import WARMUP


def catalogue(limits: Mapping[str, Any]) -> dict[str, Any]:
    """Surfaces, models, datasets, losses, planes, optimizers, presets, schedules, fields of an experiment and
    formats to take it away in, each with its params; and the `limits` of the server, beside those of every document.
    """
    return {
        "document_version": VERSION,
        "experiment": _params(FIELDS),
        "surfaces": [_surface(surface) for surface in SURFACES],
        "models": [_model(model) for model in MODELS],
        "datasets": [_dataset(dataset) for dataset in DATASETS],
        "losses": [_loss(loss) for loss in LOSSES],
        "model_fields": _params(MODEL_FIELDS),
        "planes": [_plane(kind) for kind in PLANES],
        "profiles": _profiles(),
        "scenarios": [_scenario(scenario) for scenario in SCENARIOS],
        "optimizers": [_optimizer(optimizer) for optimizer in OPTIMIZERS],
        "presets": [_preset(preset) for preset in PRESETS],
        "schedules": [_schedule(schedule) for schedule in SCHEDULES],
        "warmup": _params(WARMUP),
        "functions": {"longest": LONGEST, "examples": [_example(example) for example in EXAMPLES]},
        "formats": [_format(form) for form in FORMATS],
        "limits": {
            "label": LONGEST_LABEL,
            "coordinate": COORDINATE.high,
            **limits,
        },
        "tolerance": TOLERANCE,
    }


def _profiles() -> dict[str, dict[str, Any]]:
    """What the objectives that can be named say of themselves as they usually are, by kind and names."""
    surfaces = {
        f"{SurfaceChoice.kind}/{surface.id}": {"kind": SurfaceChoice.kind, "name": surface.id} for surface in SURFACES
    }
    models = {
        f"{ModelChoice.kind}/{model.id}/{dataset.id}": {
            "kind": ModelChoice.kind, "model": {"name": model.id}, "dataset": {"name": dataset.id},
        }
        for model in MODELS
        for dataset in DATASETS
        if suits(model, dataset)
    }  # fmt: skip
    found: dict[str, dict[str, Any]] = {}
    for key, document in (surfaces | models).items():
        choice = parse_choice(document, (), [])
        assert choice
        found[key] = choice.profile().document()
    return found


def _params(params: tuple[Param, ...]) -> list[dict[str, Any]]:
    return [param.document() for param in params]


def _example(example: Example) -> dict[str, Any]:
    return {"text": example.text, "line": example.line}


def _surface(surface: Surface) -> dict[str, Any]:
    return {
        "id": surface.id,
        "title": surface.title,
        "line": surface.line,
        "formula": convert(surface.formula, display="block"),
        "window": {"x": list(surface.window.x), "y": list(surface.window.y)},
        "start": list(surface.start),
        "points": [{"x": p.x, "y": p.y, "value": p.value, "kind": p.kind} for p in surface.points],
        "params": _params(surface.params),
        "source": _source(surface.source),
    }


def _source(source: Reference) -> dict[str, str]:
    return {"title": source.title, "url": source.url}


def _model(model: Model) -> dict[str, Any]:
    return {
        "id": model.id,
        "title": model.title,
        "line": model.line,
        "formula": convert(model.formula, display="block"),
        "params": _params(model.params),
        "losses": list(model.losses),
        "datasets": [dataset.id for dataset in DATASETS if suits(model, dataset)],
    }


def _dataset(dataset: Dataset) -> dict[str, Any]:
    data = dataset.build({param.id: param.default for param in dataset.params})
    return {
        "id": dataset.id,
        "title": dataset.title,
        "line": dataset.line,
        "tasks": list(dataset.tasks),
        "shape": list(dataset.shape),
        "samples": data.size,
        "classes": data.classes,
        "params": _params(dataset.params),
        "source": dataset.source,
        "picture": picture(data, dataset.shown),
    }


def _loss(loss: Loss) -> dict[str, Any]:
    return {
        "id": loss.id,
        "title": loss.title,
        "formula": convert(loss.formula, display="block"),
        "tasks": list(loss.tasks),
        "torch": loss.torch,
    }


def _plane(kind: PlaneKind) -> dict[str, Any]:
    return {
        "id": kind.id,
        "title": kind.title,
        "line": kind.line,
        "params": _params(kind.params),
        "rows": list(kind.rows),
        "weights": list(kind.weights),
        "source": _source(kind.source) if kind.source else None,
    }


def _scenario(scenario: Scenario) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "title": scenario.title,
        "line": scenario.line,
        "experiment": scenario.experiment().canonical(),
        "view": dict(scenario.view),
    }


def _optimizer(optimizer: Optimizer) -> dict[str, Any]:
    source = optimizer.source
    return {
        "id": optimizer.id,
        "title": optimizer.title,
        "line": optimizer.line,
        "formula": [convert(line, display="block") for line in optimizer.formula],
        "params": _params(optimizer.params),
        "source": {"title": source.title, "url": source.url, "where": optimizer.where},
        "torch": optimizer.torch,
        "slots": [{"id": slot.id, "title": slot.title, "help": slot.help} for slot in optimizer.slots],
        "surfaces": optimizer.surfaces,
        "models": optimizer.models,
    }


def _preset(preset: Preset) -> dict[str, Any]:
    return {
        "id": preset.id,
        "title": preset.title,
        "line": preset.line,
        "optimizer": preset.optimizer,
        "settings": plain(preset.settings),
    }


def _schedule(schedule: Schedule) -> dict[str, Any]:
    return {
        "id": schedule.id,
        "title": schedule.title,
        "line": schedule.line,
        "params": _params(schedule.params),
        "torch": schedule.torch,
    }


def _format(form: Format) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": form.title,
        "line": form.line,
        "suffix": form.suffix,
        "media_type": form.media_type,
        "params": _params(form.params),
    }
