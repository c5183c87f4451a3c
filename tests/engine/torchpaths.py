"""What `torch.optim` does with an experiment on a surface when nobody stops it."""

import torch
from torch import Tensor

from app.engine.objectives import DTYPES
from app.experiment import Experiment, OptimizerChoice
from app.objectives.base import Draw


def torch_path(experiment: Experiment, choice: OptimizerChoice) -> tuple[Tensor, Tensor]:
    """Positions `(steps + 1, 2)` and gradient norms `(steps + 1,)` of torch's own optimizer, which never stops."""
    objective = experiment.objective.build()
    theta = experiment.begin().to(DTYPES[experiment.dtype])
    optimizer = getattr(torch.optim, str(choice.optimizer.torch))([theta], **choice.hyper)
    schedule, settings = choice.schedule.schedule, choice.schedule.settings
    scheduler = None
    if not schedule.constant:
        twin = getattr(torch.optim.lr_scheduler, str(schedule.torch))
        scheduler = twin(optimizer, **schedule.twin(choice.hyper["lr"], settings))

    def closure() -> Tensor:
        loss, grad = objective.loss_and_grad(theta[None], Draw(0, 0))
        theta.grad = grad[0]
        return loss[0]

    path, norms = [], []
    for _ in range(experiment.steps + 1):
        closure()
        path.append(theta.double())
        norms.append(torch.linalg.vector_norm(theta.grad.double()))
        optimizer.step(closure if choice.optimizer.id == "lbfgs" else None)
        if scheduler:
            scheduler.step()
    return torch.stack([part.clone() for part in path]), torch.stack(norms)
