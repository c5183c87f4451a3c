"""What an experiment asks for, made: its objective, built once for equal documents, and its number format."""

from dataclasses import dataclass, field
from functools import lru_cache

import torch

from app.core.text import canonical_json
from app.experiment import Experiment
from app.objectives.base import Objective
from app.objectives.choice import Choice

DTYPES = {"float64": torch.float64, "float32": torch.float32, "bfloat16": torch.bfloat16}


@dataclass(frozen=True, slots=True)
class _Written:
    """A choice that equals another where both have the same text."""

    text: str
    choice: Choice = field(compare=False)


def objective_of(experiment: Experiment) -> Objective:
    """What `experiment` minimises, the same object for equal documents."""
    return _built(_Written(canonical_json(experiment.objective.document()), experiment.objective))


@lru_cache(maxsize=16)
def _built(written: _Written) -> Objective:
    return written.choice.build()
