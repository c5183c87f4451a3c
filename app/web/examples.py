"""What the API's description says about request bodies and refusals, each sentence by its key."""

from collections.abc import Mapping
from typing import Any

from app.core.words import say
from app.web.problems import MEDIA_TYPE

EXPERIMENT = {
    "version": 1,
    "objective": {"kind": "surface", "name": "rosenbrock", "params": {}},
    "start": [-1.2, 1.0],
    "optimizers": [
        {"name": "sgd", "lr": 0.001, "momentum": 0.9},
        {"name": "adam", "lr": 0.1, "betas": [0.9, 0.999], "label": "Adam, hot"},
    ],
    "steps": 300,
}
FIELD_REQUEST = {
    "objective": {"kind": "surface", "name": "himmelblau"},
    "window": [[-6, 6], [-6, 6]],
    "resolution": 20,
}
MODEL = {
    "kind": "model",
    "model": {"name": "mlp", "hidden": [8, 8]},
    "dataset": {"name": "moons", "noise": 0.2},
    "loss": "bce",
}
TRAINING = {
    "objective": MODEL,
    "optimizers": [{"name": "sgd", "lr": 0.1, "momentum": 0.9}, {"name": "adam", "lr": 0.01}],
    "steps": 100,
}


def _body(description: str, example: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object"}, "example": example}}
    return {"requestBody": {"description": description, "required": True, "content": content}}


RUN = _body("api.run.body", EXPERIMENT)
FIELD = _body(
    "api.field.body",
    FIELD_REQUEST,
)
PLANE = _body(
    "api.plane.body",
    {"experiment": TRAINING, "plane": {"name": "random", "seed": 1}},
)
SNAPSHOT = _body(
    "api.snapshot.body",
    {"experiment": TRAINING, "step": 50, "parts": ["grid", "confusion"], "resolution": 24},
)
DATA = _body("api.data.body", {"objective": MODEL})
SAVE = _body(
    "api.save.body",
    {"experiment": EXPERIMENT, "view": {"tab": "3d"}, "title": "Momentum beside Adam"},
)
EXPORT = _body(
    "api.export.body",
    {"experiment": EXPERIMENT, "view": {"tab": "2d", "step": 120}, "options": {}},
)
QR = _body("api.qr.body", {"text": "https://playground.example/e/k3m9p2xw"})

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "key", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "key": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "at", "message", "key"],
                "properties": {
                    "path": {"type": "string"},
                    "at": {"type": "array", "items": {"type": ["string", "integer"]}},
                    "message": {"type": "string"},
                    "key": {"type": "string"},
                },
            },
        },
    },
}


def _problems(*rows: tuple[int, str]) -> dict[int | str, dict[str, Any]]:
    content = {MEDIA_TYPE: {"schema": _PROBLEM}}
    return {status: {"description": description, "content": content} for status, description in rows}


PROBLEMS = _problems(
    (400, "api.refused.no-json"),
    (403, "api.refused.other-site"),
    (408, "api.refused.late"),
    (413, "api.refused.too-long"),
    (422, "api.refused.refused"),
    (429, "api.refused.too-often"),
    (503, "api.refused.lost"),
)
LINK_PROBLEMS = _problems(
    (404, "api.refused.unknown-id"),
    (410, "api.refused.damaged"),
    (501, "api.refused.newer"),
    (503, "api.refused.database"),
)
EXPORT_PROBLEMS = PROBLEMS | _problems(
    (404, "api.refused.unknown-format"),
    (410, "api.refused.damaged"),
    (501, "api.refused.newer"),
    (503, "api.refused.busy"),
)

FRAMEWORK = {"Successful Response": "api.answered", "Validation Error": "api.invalid"}
"""What the framework writes by itself, and the key of it."""


def in_words(part: Any) -> Any:
    """A part of the API's description with a sentence in place of each key."""
    if isinstance(part, Mapping):
        return {name: _told(value) if name in {"summary", "description"} else in_words(value)
                for name, value in part.items()}  # fmt: skip
    return [in_words(item) for item in part] if isinstance(part, list) else part


def _told(value: Any) -> Any:
    key = FRAMEWORK.get(value, value) if isinstance(value, str) else ""
    return say(key) if key.startswith("api.") else in_words(value)
