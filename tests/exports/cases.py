"""Races whose scripts are run: every surface, optimizer, argument and schedule, and what is done to the gradient."""

from typing import Any

from app.experiment import Experiment, parse
from app.objectives.surfaces.catalog import SURFACES
from app.schedules.catalog import SCHEDULES
from tests.engine.races import race
from tests.exports.running import presets
from tests.objectives.cases import OTHER_PARAMS

STEPS = 30

SETTINGS: dict[str, list[dict[str, Any]]] = {
    "constant": [{}],
    "step": [{"step_size": 7, "gamma": 0.5}],
    "multi-step": [{"milestones": [5, 9, 30], "gamma": 0.3}],
    "exponential": [{"gamma": 0.95}],
    "polynomial": [{"total_iters": 30, "power": 2.0}],
    "cosine": [{"T_max": 15, "eta_min": 0.001}, {"T_max": 1}],
    "cosine-restarts": [{"T_0": 7, "T_mult": 2, "eta_min": 0.001}],
    "one-cycle": [
        {"total_steps": 30},
        {"total_steps": 45, "three_phase": True, "anneal_strategy": "linear", "div_factor": 4.0, "pct_start": 0.4},
        {"total_steps": 20},  # over before the run is
        {"total_steps": 25, "pct_start": 0.0},  # torch divides by 0 where the rise is a step
        {"total_steps": 20, "pct_start": 0.05},
    ],
    "triangular": [
        {"base_lr": 0.002, "step_size_up": 6},
        {"step_size_up": 5, "step_size_down": 9, "mode": "triangular2"},
        {"step_size_up": 5, "mode": "exp_range", "gamma": 0.9},
    ],
}
WARMUPS: list[dict[str, Any]] = [{}, {"warmup": 9, "warmup_start": 0.2}]


def scheduled(name: str) -> Experiment:
    """Rules that use the rate in different ways, under each of the settings."""
    rows = [
        {"name": kind, "lr": 0.02, "label": f"{kind} {number}", "schedule": {"name": name, **own, **warmup}}
        for number, (own, warmup) in enumerate((own, warmup) for own in SETTINGS[name] for warmup in WARMUPS)
        for kind in ("sgd", "asgd", "nadam")
    ]
    return race(rows, "quadratic", steps=STEPS)


NOT_USUAL = [
    {"name": "sgd", "lr": 0.003, "momentum": 0.5, "dampening": 0.3, "weight_decay": 0.1},
    {"name": "adagrad", "lr": 0.3, "lr_decay": 0.1, "weight_decay": 0.1, "initial_accumulator_value": 0.5, "eps": 0.01},
    {"name": "rmsprop", "lr": 0.01, "alpha": 0.8, "weight_decay": 0.1, "momentum": 0.4, "centered": True},
    {"name": "adadelta", "lr": 2.0, "rho": 0.7, "eps": 1e-3, "weight_decay": 0.1},
    {"name": "adam", "lr": 0.05, "betas": [0.8, 0.95], "weight_decay": 0.1, "amsgrad": True},
    {"name": "adam", "lr": 0.05, "weight_decay": 0.1, "decoupled_weight_decay": True, "label": "Adam, decoupled"},
    {"name": "adamw", "lr": 0.05, "eps": 0.1, "weight_decay": 0.3},
    {"name": "adamax", "lr": 0.05, "betas": [0.8, 0.95], "weight_decay": 0.1},
    {"name": "nadam", "lr": 0.05, "momentum_decay": 0.05, "weight_decay": 0.1, "decoupled_weight_decay": True},
    {"name": "radam", "lr": 0.05, "betas": [0.8, 0.95], "weight_decay": 0.1},
    {"name": "rprop", "lr": 0.01, "etas": [0.6, 1.1], "step_sizes": [1e-4, 0.5]},
    {"name": "asgd", "lr": 0.01, "lambd": 0.1, "alpha": 0.5, "t0": 5.0, "weight_decay": 0.1},
    {"name": "lion", "lr": 0.01, "betas": [0.8, 0.95], "weight_decay": 0.3},
    {"name": "lbfgs", "lr": 0.2, "max_iter": 3, "max_eval": 4, "history_size": 2, "tolerance_grad": 1e-3},
    {"name": "adafactor", "lr": 0.05, "beta2_decay": -0.5, "eps": [1e-8, 0.1], "d": 2.0, "weight_decay": 0.1},
]

GROWING = {"name": "triangular", "mode": "exp_range", "gamma": 10.0}
RACES: dict[str, Experiment] = {
    **{surface.id: race(presets(models=False), surface.id, steps=STEPS) for surface in SURFACES},
    **{
        f"{name} {number}": parse({
            "objective": {"kind": "surface", "name": name, "params": params},
            "optimizers": [{"name": "adam", "lr": 0.1}, {"name": "sgd", "lr": 1e-4}],
            "steps": STEPS,
        })
        for name, cases in OTHER_PARAMS.items()
        for number, params in enumerate(cases)
    },
    **{f"schedule {schedule.id}": scheduled(schedule.id) for schedule in SCHEDULES},
    "arguments": race(NOT_USUAL, steps=STEPS),
    "uphill": race(
        [{**row, "maximize": True} for row in presets(models=False) if row["name"] != "lbfgs"], "himmelblau", steps=15
    ),
    "noise": race(presets(models=False)[::4], "quadratic", steps=300, noise=0.3, seed=7),
    "clipped": race(presets(models=False), "beale", steps=STEPS, clip_norm=0.7, clip_value=0.6),
    "a rate beyond all numbers": race(
        [{"name": "rprop", "lr": 0.1, "step_sizes": [1e-3, 1.0], "schedule": GROWING}], "quadratic", steps=330
    ),
    "all at once": race(presets(models=False), "beale", steps=STEPS, noise=0.2, clip_norm=0.7, seed=2**32 - 1),
}  # fmt: skip
