"""What is slow the first time, done once: importing this draws a picture, as workers are forked from where it was done.

Fonts are read, and matplotlib's tables are made. Nothing here may start a thread, which torch does with more than one
thread, and with automatic differentiation.
"""

import torch

from app.experiment import parse
from app.exports.preview import preview
from app.view import View

DOCUMENT = {
    "objective": {"kind": "surface", "name": "rosenbrock"},
    "optimizers": [{"name": "sgd", "lr": 1e-3}, {"name": "adam", "lr": 0.1}],
    "steps": 2,
}

torch.set_num_threads(1)
preview(parse(DOCUMENT), View())
