"""The experiments that a worker has read."""

from functools import lru_cache

from app.core.strictjson import read_json
from app.experiment import Experiment, parse


@lru_cache(maxsize=64)
def experiment_of(text: str) -> Experiment:
    """The experiment with the canonical `text`."""
    return parse(read_json(text))
