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

SHARE, VARIANCE = "share of right answers, 0 to 1", "R squared, 1 at best"


@lru_cache
def columns(loss: str, task: Task, every: int) -> tuple[Column, ...]:
    """What training is judged by, at each entry that `every` divides; loss: what the loss is."""
    score, unit = ("R²", VARIANCE) if task == "regression" else ("accuracy", SHARE)
    return (
        Column("full_loss", "training loss with penalty", f"{loss} over training samples, with penalty", every),
        Column("train_loss", "training loss", f"{loss} over training samples", every),
        Column("train_score", f"training {score}", unit, every, log=False),
        Column("test_loss", "test loss", f"{loss} over test samples", every),
        Column("test_score", f"test {score}", unit, every, log=False),
    )


def tabs(task: Task) -> tuple[str, ...]:
    """The views that make sense."""
    return TABS if task == "regression" else (*TABS, CLASSES)


def curves(task: Task, *, batched: bool) -> tuple[Curve, ...]:
    """What is drawn by step; batched: a step has a loss of its own."""
    losses = Line("train_loss", "train"), Line("test_loss", "test")
    batch = (Line("loss", "batch"),) if batched else ()
    return Curve("loss", "loss", "Loss", (*losses, *batch)), SCORES[task == "regression"], GRADIENT, RATE


_SCORED = Line("train_score", "train"), Line("test_score", "test")
SCORES = {
    False: Curve("accuracy", "accuracy", "Accuracy", _SCORED, log=False, share=True),
    True: Curve("accuracy", "R²", "R²", _SCORED, log=False, least=-1.0),
}


def measures(task: Task) -> tuple[Measure, ...]:
    """What trainings are ranked by."""
    return (
        Measure("final", "final train loss", "Loss on the training samples after the last step.", "last", "train_loss"),
        Measure(
            "best", "best train loss", "Lowest loss on the training samples on the way.", "lowest", "train_loss",
            wherever=True,
        ),
        Measure(
            "test", "final test loss", "Loss on the samples that were kept apart, after the last step.", "last",
            "test_loss",
        ),
        EXPLAINED if task == "regression" else RIGHT,
        Measure(
            "steps", "steps to a tenth", "Steps until a tenth of the first loss on the training samples is left.",
            "arrival", "train_loss", "count", none="None has come down to a tenth of the first loss.", part=ARRIVED,
        ),
    )  # fmt: skip


RIGHT = Measure(
    "score", "test accuracy", "Share of right answers on the samples that were kept apart, after the last step.",
    "last", "test_score", "share", rising=True,
)  # fmt: skip
EXPLAINED = Measure(
    "score", "test R²",
    "Share of the variance of the samples that were kept apart which is explained after the last step: 1 is all.",
    "last", "test_score", rising=True,
)  # fmt: skip
