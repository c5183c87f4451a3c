"""Every optimizer, and the names that people learn for them, in the order of the menu."""

from collections.abc import Mapping
from typing import Any

from app.core.params import Param
from app.core.registry import by_id
from app.optimizers.adam import ADAM, ADAMAX, ADAMW
from app.optimizers.adam_variants import NADAM, RADAM
from app.optimizers.adaptive import ADADELTA, ADAGRAD, RMSPROP
from app.optimizers.averaged import ASGD
from app.optimizers.base import Optimizer, Preset
from app.optimizers.sgd import SGD
from app.optimizers.sign import LION, RPROP
from app.optimizers.torch_driven import ADAFACTOR, LBFGS, MUON

OPTIMIZERS = (
    SGD,
    ADAGRAD,
    RMSPROP,
    ADADELTA,
    ADAM,
    ADAMW,
    ADAMAX,
    NADAM,
    RADAM,
    RPROP,
    ASGD,
    LION,
    LBFGS,
    ADAFACTOR,
    MUON,
)


def _plain(optimizer: Optimizer) -> Preset:
    return Preset(optimizer.id, optimizer.title, optimizer.id, {})


PRESETS = (
    Preset("gradient-descent", "Gradient descent", "sgd", {}),
    Preset("momentum", "Momentum", "sgd", {"momentum": 0.9}),
    Preset(
        "nesterov",
        "Nesterov",
        "sgd",
        {"momentum": 0.9, "nesterov": True},
    ),
    _plain(ADAGRAD),
    _plain(RMSPROP),
    _plain(ADADELTA),
    _plain(ADAM),
    Preset("amsgrad", "AMSGrad", "adam", {"amsgrad": True}),
    _plain(ADAMW),
    _plain(ADAMAX),
    _plain(NADAM),
    _plain(RADAM),
    _plain(RPROP),
    _plain(ASGD),
    _plain(LION),
    # One move a step, so that its path can be followed; the evaluations are for the line search of that move.
    Preset("lbfgs", LBFGS.title, "lbfgs", {"line_search_fn": "strong_wolfe", "max_iter": 1, "max_eval": 25}),
    _plain(ADAFACTOR),
    _plain(MUON),
)


def preset_of(optimizer: str, hyper: Mapping[str, Any]) -> Preset:
    """The preset that `hyper` belongs to: of those of `optimizer`, the one with the most settings in use there.

    A number is in use where it differs from the optimizer's default, so any momentum makes gradient descent Momentum;
    a switch or choice where it has the preset's value. Where no preset fits, the optimizer's first.
    """
    params = {param.id: param for param in by_id(OPTIMIZERS, optimizer).params}
    own = [preset for preset in PRESETS if preset.optimizer == optimizer]
    fitting = [
        preset
        for preset in own
        if all(_in_use(params[name], hyper[name], value) for name, value in preset.settings.items())
    ]
    return max(fitting, key=lambda preset: len(preset.settings), default=own[0])


def _in_use(param: Param, value: Any, wanted: Any) -> bool:
    return bool(value != param.default if param.kind == "number" else value == wanted)
