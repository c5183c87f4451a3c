"""What the catalogue of optimizers declares, against torch's signatures and refusals."""

import inspect
import math
from typing import Any

import pytest
import torch
from latex2mathml.converter import convert

from app.core.params import parse_fields
from app.core.problems import FieldError
from app.optimizers.base import Optimizer
from app.optimizers.catalog import OPTIMIZERS, PRESETS, preset_of
from tests.golden import read_menu
from tests.optimizers.runs import defaults, each, entry_called

FLAGS = {"self", "params", "foreach", "fused", "capturable", "differentiable"}


@each(tuple(entry for entry in OPTIMIZERS if entry.torch))
def test_params_are_torchs_arguments_with_torchs_defaults(entry: Optimizer) -> None:
    signature = inspect.signature(getattr(torch.optim, entry.torch)).parameters
    wanted = {name: value.default for name, value in signature.items() if name not in FLAGS}
    assert wanted.pop("lr") is not None
    ours = {param.id: param.default for param in entry.params}
    assert ours.pop("lr", "absent") is None
    assert ours == wanted


REFUSED = [
    ("sgd", {"momentum": -0.1}),
    ("sgd", {"lr": -1.0}),
    ("sgd", {"weight_decay": -1.0}),
    ("sgd", {"nesterov": True}),
    ("sgd", {"nesterov": True, "momentum": 0.9, "dampening": 0.1}),
    ("adagrad", {"lr_decay": -1.0}),
    ("adagrad", {"initial_accumulator_value": -1.0}),
    ("adagrad", {"eps": -1.0}),
    ("rmsprop", {"alpha": -0.1}),
    ("rmsprop", {"momentum": -0.1}),
    ("adadelta", {"rho": 1.1}),
    ("adam", {"betas": (1.0, 0.9)}),
    ("adam", {"betas": (0.9, 1.0)}),
    ("adam", {"betas": (-0.1, 0.9)}),
    ("nadam", {"momentum_decay": -0.1}),
    ("rprop", {"etas": (1.0, 1.2)}),
    ("rprop", {"etas": (0.0, 1.2)}),
    ("rprop", {"etas": (0.5, 1.0)}),
    ("adafactor", {"beta2_decay": 0.1}),
    ("adafactor", {"d": 0.9}),
    ("adafactor", {"eps": (None, -1.0)}),
    ("muon", {"momentum": -0.1}),
    ("muon", {"weight_decay": -0.1}),
    ("muon", {"adjust_lr_fn": "other"}),
    ("muon", {"ns_steps": 100}),
]


@pytest.mark.parametrize(("name", "changes"), REFUSED, ids=str)
def test_what_torch_refuses_is_refused(name: str, changes: dict[str, Any]) -> None:
    entry = entry_called(name)
    weight = torch.zeros(2, 2)
    weight.grad = torch.ones(2, 2)
    with pytest.raises(ValueError, match=r".+"):
        getattr(torch.optim, entry.torch)([weight], **{"lr": 0.1, **changes}).step()
    getattr(torch.optim, entry.torch)([weight], lr=0.1)
    errors: list[FieldError] = []
    hyper = parse_fields(entry.params, {"lr": 0.1, **changes}, (), errors)
    assert errors or entry.check(hyper)


def test_step_sizes_of_rprop_must_be_in_order() -> None:
    entry = entry_called("rprop")
    ((field, message),) = entry.check(defaults(entry, step_sizes=(1.0, 0.5)))
    assert field == "step_sizes"
    assert "1" in str(message)
    assert not entry.check(defaults(entry))


@each(OPTIMIZERS)
def test_every_symbol_is_in_the_formula_and_the_formula_is_valid(entry: Optimizer) -> None:
    text = " ".join(entry.formula)
    numbers = [part for param in entry.params for part in (param, *param.items)]
    missing = [part.symbol for part in numbers if part.symbol and part.symbol not in text]
    assert not missing
    for line in entry.formula:
        assert convert(line).startswith("<math")


@each(OPTIMIZERS)
def test_every_number_has_a_range_that_holds_its_default(entry: Optimizer) -> None:
    for param in entry.params:
        for part in param.items or (param,):
            if part.kind in {"number", "integer"}:
                low, high = part.soft
                assert part.low <= low < high <= part.high, part.id
                assert math.isfinite(part.low), part.id
                assert math.isfinite(part.high), part.id
                assert part.scale == "linear" or low > 0, part.id
                assert part.default is None or part.low <= part.default <= part.high, part.id


def test_presets_name_what_people_choose() -> None:
    for preset in PRESETS:
        entry = entry_called(preset.optimizer)
        hyper = defaults(entry, **preset.settings)
        assert not entry.check(hyper)
        assert preset_of(entry.id, hyper) is preset
    sgd = entry_called("sgd")
    assert preset_of("sgd", defaults(sgd, momentum=0.5)).id == "momentum"
    assert preset_of("sgd", defaults(sgd, weight_decay=0.5)).id == "gradient-descent"
    assert preset_of("lbfgs", defaults(entry_called("lbfgs"))).id == "lbfgs"


def test_ids_are_in_the_order_of_the_menu() -> None:
    assert [entry.id for entry in OPTIMIZERS] == read_menu()["optimizers"]
    assert [preset.id for preset in PRESETS] == read_menu()["presets"]
    for known in (OPTIMIZERS, PRESETS):
        assert len({entry.id for entry in known}) == len(known)
