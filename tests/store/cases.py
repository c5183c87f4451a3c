"""Records to save."""

import json
from typing import Any

from sqlalchemy import text

from app.store.database import database
from app.store.records import Record
from app.store.store import Store
from tests.patience import PATIENCE


def record(number: int, **fields: str) -> Record:
    """A record of the usual length, with a content of its own."""
    optimizers = [{"label": f"SGD {row}", "lr": 0.001, "momentum": 0.9, "name": "sgd"} for row in range(8)]
    experiment = {"optimizers": optimizers, "seed": number, "steps": 300, "version": 1}
    return Record(json.dumps(experiment, sort_keys=True, separators=(",", ":")), **fields)


def save(store: Store, what: Record) -> str:
    """The id under which `what` was saved."""
    return store.save(what).result(PATIENCE).id


def load(store: Store, id: str) -> Record | None:
    """What is kept under `id`."""
    kept = store.load(id).result(PATIENCE)
    return kept and kept.record


def change(url: str, statement: str, **values: Any) -> None:
    """What an owner, or a fault, does to the database at `url` behind the store's back."""
    engine = database(url).writer
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()
