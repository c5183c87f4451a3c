"""What a script has of the optimizers and their schedules."""

import inspect
from collections.abc import Mapping, Sequence

import torch

from app.core.words import say
from app.experiment import Experiment, OptimizerChoice
from app.exports.scripts.schedulers import ByStep, warm_up
from app.exports.scripts.text import WIDTH, Section, arguments, call, quoted, unusual
from app.exports.sources import source, with_needs
from app.schedules.warmup import differs

SCHEDULERS = "torch.optim.lr_scheduler"


def labels(experiment: Experiment) -> list[str]:
    """A name for each optimizer: its label, with a number where an earlier one has the same."""
    found: list[str] = []
    for choice in experiment.optimizers:
        numbered = (f"{choice.label} ({number})" for number in range(2, len(found) + 3))
        found.append(
            choice.label if choice.label not in found else next(name for name in numbered if name not in found)
        )
    return found


def race_section(experiment: Experiment) -> Section:
    """How each optimizer is made, and the schedule of each that has one."""
    choices = dict(zip(labels(experiment), experiment.optimizers, strict=True))
    written = [one.optimizer.written for one in choices.values() if one.optimizer.written]
    parts = [source(thing) for thing in dict.fromkeys(written)]
    schedules = {label: _schedule(choice, label, experiment.steps) for label, choice in choices.items()}
    parts += dict.fromkeys(need for needs, _ in schedules.values() for need in needs)
    tables = [_table("RACE", "weights", {label: _optimizer(choice, label) for label, choice in choices.items()})]
    moving = {label: text for label, (_, text) in schedules.items() if text}
    tables += [_table("SCHEDULES", "optimizer", moving)] if moving else []
    formulas = {choice.optimizer.id: _aligned(choice.optimizer.formula) for choice in choices.values()}
    words = say("scripts.race.scheduled") if moving else say("scripts.race.made")
    return Section(
        say("scripts.race.title"), words, "\n\n\n".join([*parts, "\n\n".join(tables)]), tuple(formulas.values())
    )


def has_schedules(experiment: Experiment) -> bool:
    """Whether the learning rate of an optimizer changes."""
    choices = [choice.schedule for choice in experiment.optimizers]
    return any(not choice.schedule.constant or choice.settings["warmup"] for choice in choices)


def closure_classes(experiment: Experiment) -> list[str]:
    """The classes whose step has to be given a function that evaluates the loss."""
    classes = dict.fromkeys(_class(choice) for choice in experiment.optimizers)
    needs = [
        one for one in classes if inspect.signature(one.step).parameters["closure"].default is inspect.Parameter.empty
    ]
    return [_name(one) for one in needs]


def _class(choice: OptimizerChoice) -> type[torch.optim.Optimizer]:
    found: type[torch.optim.Optimizer] = choice.optimizer.written or getattr(torch.optim, str(choice.optimizer.torch))
    return found


def _name(kind: type) -> str:
    return f"torch.optim.{kind.__name__}" if hasattr(torch.optim, kind.__name__) else kind.__name__


def _optimizer(choice: OptimizerChoice, label: str) -> str:
    kind = _class(choice)
    judge = getattr(torch.optim, str(choice.optimizer.torch)) if choice.optimizer.torch else kind
    rest = {name: value for name, value in choice.hyper.items() if name != "lr"}
    given = {"lr": choice.hyper["lr"]} | unusual(judge, rest)
    return call(_name(kind), ["weights", *arguments(given)], 4, len(_line(label, "weights")))


def _schedule(choice: OptimizerChoice, label: str, steps: int) -> tuple[list[str], str]:
    """What has to be defined before, and what makes the scheduler; empty where the rate stays."""
    schedule, settings, lr = choice.schedule.schedule, choice.schedule.settings, choice.hyper["lr"]
    warmup, start, before = settings["warmup"], settings["warmup_start"], len(_line(label, "optimizer"))
    if differs(schedule, lr, steps, settings):
        return _by_step(choice)
    if schedule.constant:
        rise = {"start_factor": start, "total_iters": warmup}
        return [], call(f"{SCHEDULERS}.LinearLR", ["optimizer", *arguments(rise)], 4, before) if warmup else ""
    twin = unusual(getattr(torch.optim.lr_scheduler, str(schedule.torch)), schedule.twin(lr, settings))
    given = f"{SCHEDULERS}.{schedule.torch}", ["optimizer", *arguments(twin)]
    if not warmup:
        return [], call(*given, 4, before)
    made = call(*given, 8, 8)
    return [source(warm_up)], call("warm_up", ["optimizer", made, repr(warmup), repr(start)], 4, WIDTH)


def _by_step(choice: OptimizerChoice) -> tuple[list[str], str]:
    """The schedule as the playground computes it."""
    schedule, settings = choice.schedule.schedule, choice.schedule.settings
    own = {param.id: settings[param.id] for param in schedule.params}
    rate = f"lambda step: {schedule.rate.__name__}({choice.hyper['lr']!r}, step, {own!r})"
    rise = arguments({"warmup": settings["warmup"], "start": settings["warmup_start"]}) if settings["warmup"] else []
    return [source(ByStep), *with_needs(schedule.rate)], call("ByStep", ["optimizer", rate, *rise], 4, WIDTH)


def _table(name: str, given: str, entries: Mapping[str, str]) -> str:
    return "\n".join([f"{name} = {{", *(f"{_line(label, given)}{text}," for label, text in entries.items()), "}"])


def _line(label: str, given: str) -> str:
    """The line of a table before what is made."""
    return f"    {quoted(label)}: lambda {given}: "


def _aligned(lines: Sequence[str]) -> str:
    return r"\begin{gathered}" + r" \\ ".join(lines) + r"\end{gathered}"
