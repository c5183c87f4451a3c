"""What an experiment costs, told before it starts; refuses what costs too much, naming the limit."""

from typing import Any

from app.core.problems import FieldError, Problem
from app.experiment import Experiment
from app.settings import Settings

CHEAPER = "take fewer inner iterations, a shorter history, a smaller model, fewer samples or a smaller mini-batch"


def admit_stream(experiment: Experiment, settings: Settings) -> None:
    """Let a live run start, or raise the Problem that names the limit it breaks."""
    _bound_shape(experiment, settings)
    _bound_cost(experiment, settings.max_stream_cost)


def admit_run(experiment: Experiment, settings: Settings) -> None:
    """Let a run by one request start, or raise the Problem that names the limit it breaks."""
    _bound_shape(experiment, settings)
    _bound_cost(experiment, settings.max_run_cost)
    rows, most = len(experiment.optimizers), settings.max_run_entries
    entries = (experiment.steps + 1) * rows
    if entries > most:
        advice = f"{rows} optimizers have room for {most // rows - 1} steps here; a live run has no such limit"
        raise _too_large("steps", f"makes {entries} entries; one answer holds at most {most}. {advice}.")


def admit_field(price: float, resolution: int, settings: Settings) -> None:
    """Let a loss that has this `price` be computed at `resolution` times `resolution` points, or raise the Problem that
    names the limit it breaks.
    """
    cost, most = price * resolution**2, settings.max_run_cost
    if cost > most:
        advice = f"at most {int((most / price) ** 0.5)} a side fit"
        raise _too_large("resolution", f"costs {cost:.0f} steps of gradient descent; at most {most} here, so {advice}.")


def admit_batch(rows: int, size: int, settings: Settings) -> None:
    """Let a batch of so many rows start that takes `size` bytes with all that is kept of it, or raise the Problem that
    names the limit it breaks.
    """
    if rows > settings.max_batch_rows:
        raise _too_large("rows", f"must be at most {settings.max_batch_rows} on this server; got {rows}.")
    if size > settings.max_batch_bytes:
        most = settings.max_batch_bytes
        advice = f"about {int(rows * most / size)} rows fit, or keep fewer of their entries"
        raise _too_large("rows", f"take {size} bytes of memory; at most {most} here, so {advice}.")


def public(settings: Settings) -> dict[str, Any]:
    """The limits as a client is told them."""
    return {
        "steps": settings.max_steps,
        "optimizers": settings.max_optimizers,
        "step_cost": settings.max_step_cost,
        "stream_cost": settings.max_stream_cost,
        "run_cost": settings.max_run_cost,
        "run_entries": settings.max_run_entries,
        "message_bytes": settings.message_bytes,
        "shows": settings.max_shows,
    }


def _bound_shape(experiment: Experiment, settings: Settings) -> None:
    rows = len(experiment.optimizers)
    if experiment.steps > settings.max_steps:
        raise _too_large("steps", f"must be at most {settings.max_steps} on this server; got {experiment.steps}.")
    if rows > settings.max_optimizers:
        raise _too_large("optimizers", f"must be at most {settings.max_optimizers} on this server; got {rows}.")
    if experiment.step_cost > settings.max_step_cost:
        # A step is not cut in two, so a worker is held for as long as one takes.
        fits = int(settings.max_step_cost * rows / experiment.step_cost)
        message = f"cost {experiment.step_cost:.0f} steps of gradient descent at each step; at most"
        advice = f"{f'About {fits} such optimizers' if fits else 'None of these'} would fit; or {CHEAPER}"
        raise _too_large("optimizers", f"{message} {settings.max_step_cost} here. {advice}.")


def _bound_cost(experiment: Experiment, most: int) -> None:
    each = experiment.step_cost
    cost = experiment.steps * each
    if cost > most:
        fits = int(most / each)
        advice = f"at most {fits} steps fit" if fits else "fewer optimizers would fit"
        raise _too_large("steps", f"costs {cost:.0f} steps of gradient descent; at most {most} here, so {advice}.")


def _too_large(path: str, message: str) -> Problem:
    return Problem(
        "too-large",
        "This is more than this server computes",
        f"{path}: {message}",
        errors=[FieldError((path,), message)],
    )
