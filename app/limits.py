"""What an experiment costs, told before it starts; refuses what costs too much, naming the limit."""

from typing import Any

from app.core.problems import FieldError, Problem, at_field
from app.core.words import Message, message
from app.experiment import Experiment
from app.settings import Settings


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
        told = message("problems.too-large.entries", entries=entries, most=most, n=rows, steps=most // rows - 1)
        raise _too_large("steps", told)


def admit_field(price: float, resolution: int, settings: Settings) -> None:
    """Let a loss that has this `price` be computed at `resolution` times `resolution` points, or raise the Problem that
    names the limit it breaks.
    """
    cost, most = price * resolution**2, settings.max_run_cost
    if cost > most:
        fits = int((most / price) ** 0.5)
        raise _too_large("resolution", message("problems.too-large.field", cost=round(cost), most=most, fits=fits))


def admit_batch(rows: int, size: int, settings: Settings) -> None:
    """Let a batch of so many rows start that takes `size` bytes with all that is kept of it, or raise the Problem that
    names the limit it breaks.
    """
    if rows > settings.max_batch_rows:
        raise _too_large("rows", message("problems.too-large.number", most=settings.max_batch_rows, got=rows))
    if size > settings.max_batch_bytes:
        most = settings.max_batch_bytes
        fits = int(rows * most / size)
        raise _too_large("rows", message("problems.too-large.bytes", size=size, most=most, n=fits))


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
        raise _too_large("steps", message("problems.too-large.number", most=settings.max_steps, got=experiment.steps))
    if rows > settings.max_optimizers:
        raise _too_large("optimizers", message("problems.too-large.number", most=settings.max_optimizers, got=rows))
    if experiment.step_cost > settings.max_step_cost:
        # A step is not cut in two, so a worker is held for as long as one takes.
        fits = int(settings.max_step_cost * rows / experiment.step_cost)
        advice = message("problems.too-large.some-fit", n=fits) if fits else message("problems.too-large.none-fits")
        cost, most = round(experiment.step_cost), settings.max_step_cost
        raise _too_large("optimizers", message("problems.too-large.step", cost=cost, most=most, advice=advice))


def _bound_cost(experiment: Experiment, most: int) -> None:
    each = experiment.step_cost
    cost = experiment.steps * each
    if cost > most:
        fits = int(most / each)
        told = message("problems.too-large.run-alone", cost=round(cost), most=most)
        if fits:
            told = message("problems.too-large.run", cost=round(cost), most=most, n=fits)
        raise _too_large("steps", told)


def _too_large(field: str, told: Message) -> Problem:
    return at_field("too-large", FieldError((field,), told))
