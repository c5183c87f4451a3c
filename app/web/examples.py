"""What the API's description says about request bodies and refusals."""

from typing import Any

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


RUN = _body("An experiment, version 1; only objective and optimizers are required.", EXPERIMENT)
FIELD = _body(
    "An objective or a whole experiment, and optionally window and resolution; for a model an experiment, and "
    "optionally also the plane.",
    FIELD_REQUEST,
)
PLANE = _body(
    "An experiment with a model, and optionally the plane.",
    {"experiment": TRAINING, "plane": {"name": "random", "seed": 1}},
)
SNAPSHOT = _body(
    "An experiment with a model, a step, and optionally what is wanted and how fine.",
    {"experiment": TRAINING, "step": 50, "parts": ["grid", "confusion"], "resolution": 24},
)
DATA = _body("An objective that is a model.", {"objective": MODEL})
SAVE = _body(
    "An experiment, and optionally how it is shown and a title.",
    {"experiment": EXPERIMENT, "view": {"tab": "3d"}, "title": "Momentum beside Adam"},
)
EXPORT = _body(
    "An experiment, and optionally how it is shown, a title, and options of the format.",
    {"experiment": EXPERIMENT, "view": {"tab": "2d", "step": 120}, "options": {}},
)
QR = _body("The text of the code.", {"text": "https://playground.example/e/k3m9p2xw"})

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
    (400, "The body is no JSON"),
    (403, "Pages of other sites may not use this server"),
    (408, "The body did not arrive in time"),
    (413, "The body is too long"),
    (422, "The document is refused; errors has the path to every field at fault"),
    (429, "This client asks too often"),
    (503, "The computation was lost, or there is no room to keep the run for a picture"),
)
LINK_PROBLEMS = _problems(
    (404, "There is no saved experiment with this id"),
    (410, "The saved experiment is damaged"),
    (501, "The saved experiment is of a newer version"),
    (503, "The database of saved experiments fails; type says how"),
)
EXPORT_PROBLEMS = PROBLEMS | _problems(
    (404, "There is no such format, or no such experiment"),
    (410, "The saved experiment is damaged"),
    (501, "The saved experiment is of a newer version"),
    (503, "Many files are being made, this one takes too long, or its process was lost"),
)
