"""What computing costs, in steps of plain gradient descent of one row."""

from app.experiment import Experiment

SLICE_COST = 5000.0
"""Cost of a slice, about 50 ms: what one viewer may hold a worker for before another's turn."""

SHARED_COST = 3.0
"""What a step costs however few rows there are: the loop and the gradient that they share."""


def step_cost(experiment: Experiment) -> float:
    """The cost of one step of all rows."""
    return SHARED_COST + sum(choice.optimizer.cost for choice in experiment.optimizers)


def slice_steps(experiment: Experiment) -> int:
    """How many entries to compute in one slice."""
    return max(1, int(SLICE_COST / step_cost(experiment)))
