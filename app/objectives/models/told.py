"""What is told of the training of a model: its columns, curves and measures."""

from functools import lru_cache

from app.objectives.base import Column
from app.objectives.datasets.base import Task
from app.objectives.profile import GRADIENT, RATE, Curve, Line, Measure

TABS = ("data", "2d", "3d", "both", "weights")
CLASSES = "confusion"
"""The tab that makes sense only where there are classes."""

ARRIVED = 0.1
"""A model has come down where this part of its first loss is left."""


@lru_cache
def columns(loss: str, task: Task, every: int) -> tuple[Column, ...]:
    """What training is judged by, at each entry that `every` divides; loss: the key of what the loss is."""
    kind = "regression." if task == "regression" else ""
    return (
        Column("full_loss", loss=loss, every=every),
        Column("train_loss", loss=loss, every=every),
        Column("train_score", f"{kind}train_score", every=every, log=False),
        Column("test_loss", loss=loss, every=every),
        Column("test_score", f"{kind}test_score", every=every, log=False),
    )


def tabs(task: Task) -> tuple[str, ...]:
    """The views that make sense."""
    return TABS if task == "regression" else (*TABS, CLASSES)


def curves(task: Task, *, batched: bool) -> tuple[Curve, ...]:
    """What is drawn by step; batched: a step has a loss of its own."""
    losses = Line("train_loss", "train"), Line("test_loss", "test")
    batch = (Line("loss", "batch"),) if batched else ()
    return Curve("loss", (*losses, *batch)), SCORES[task == "regression"], GRADIENT, RATE


_SCORED = Line("train_score", "train"), Line("test_score", "test")
SCORES = {
    False: Curve("accuracy", _SCORED, log=False, share=True),
    True: Curve("accuracy", _SCORED, "regression.accuracy", log=False, least=-1.0),
}


def measures(task: Task) -> tuple[Measure, ...]:
    """What trainings are ranked by."""
    return (
        Measure("final", "last", "train_loss", words="training.final"),
        Measure("best", "lowest", "train_loss", words="training.best", wherever=True),
        Measure("test", "last", "test_loss"),
        EXPLAINED if task == "regression" else RIGHT,
        Measure("steps", "arrival", "train_loss", "count", words="training.steps", part=ARRIVED),
    )


RIGHT = Measure("score", "last", "test_score", "share", rising=True)
EXPLAINED = Measure("score", "last", "test_score", words="regression.score", rising=True)
