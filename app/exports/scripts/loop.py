"""What a script has of the loop: the gradient and what is done to it, the steps, and the table at the end."""

import textwrap

from app.core.words import say
from app.engine.evaluate import CLIP_EPSILON
from app.engine.rest import TOLERANCE
from app.engine.seeds import BLOCK
from app.engine.watch import FARTHEST
from app.experiment import Experiment
from app.exports.scripts.race import closure_classes, has_schedules
from app.exports.scripts.seeds import seeds
from app.exports.scripts.text import EXACT, TYPOGRAPHIC, Section, Way, inside
from app.objectives.seeds import NOISE

NOISY = '''


@functools.lru_cache(maxsize=1)
def noise_block(number):
    source = torch.Generator().manual_seed(NOISE_SEEDS[number])
    return torch.randn({block}, {dim}, dtype=torch.float64, generator=source)


def noise(step):
    """{doc}"""
    return (noise_block(step // {block})[step % {block}] * {size!r}).to(DTYPE)
'''

ADD_NOISE = """\
parts = noise(step).split([weight.numel() for weight in weights])
for weight, part in zip(weights, parts):
    weight.grad += part.view_as(weight)"""

CLIP_WRITTEN = """\
# {comment}
length = sum((weight.grad * weight.grad).sum() for weight in weights).sqrt()
for weight in weights:
    weight.grad *= ({limit!r} / (length + {epsilon!r})).clamp(max=1)"""

RACE = '''\
def race({given}):
    """{doc}"""
{begin}
    optimizer = make(weights)
{scheduler}    path = []{flat}

    def gradient(step):
        """{gradient_doc}"""
{gradient}

    for step in range(STEPS + 1):
        loss = gradient(step)
        slope = torch.cat([weight.grad.flatten() for weight in weights]).double().norm().item()
        near = all((weight.abs() <= {farthest}).all() for weight in weights)
        if not (math.isfinite(loss) and math.isfinite(slope) and near):
            return path, f"{diverged}"
        path.append({entry})
{steep}        if step < STEPS:
{move}
{advance}    return path, f"{limit}"{told}'''

FLAT = """
    flat = 0  # {comment}"""

STEEP = """\
        if slope > {tolerance:g}:
            flat = step + 1
"""

TOLD = """ + (f"{flat_from}" if flat <= STEPS else "")"""

CLOSURE = """\
            def again():  # {again}
                loss = gradient(step){disturb}
                return loss

            try:
                optimizer.step(again if isinstance(optimizer, {classes}) else None)
            except IndexError:  # {not_finite}
                with torch.no_grad():
                    for weight in weights:
                        weight.fill_(math.nan)
            except ZeroDivisionError:  # {same_point}
                optimizer.state.clear()"""

SCHEDULER = """\
    scheduler = schedule(optimizer) if schedule else None
"""

ADVANCE = """\
            if scheduler:
                scheduler.step()
"""

TABLE = """\
trajectories, endings = {{}}, {{}}
for label, make in RACE.items():
    trajectories[label], endings[label] = race({given})

print(f"{{'{optimizer}':24}} {{'{step}':>6}} {{'{loss}':>14}}")
for label, path in trajectories.items():
    print(f"{{label:24}} {{len(path) - 1:6}} {{path[-1][-1] if path else math.nan:14.6g}}  {{endings[label]}}")"""


def is_disturbed(experiment: Experiment) -> bool:
    """Whether optimizers see another gradient than the true one."""
    return bool(experiment.noise or experiment.clip_norm or experiment.clip_value)


def disturb_section(experiment: Experiment) -> Section:
    """What is done to every gradient before an optimizer sees it."""
    lines, parts = list[str](), ""
    if experiment.noise:
        parts = seeds("NOISE_SEEDS", NOISE, experiment.seed, -(-experiment.steps // BLOCK))
        parts += (
            NOISY.format(
                block=BLOCK,
                dim=len(experiment.begin()),
                size=experiment.noise,
                doc=inside(say("scripts.disturb.noise", n=BLOCK)),
            )
            + "\n\n"
        )
        lines += [ADD_NOISE]
    if experiment.clip_norm is not None and experiment.dtype == EXACT:
        lines += [f"torch.nn.utils.clip_grad_norm_(weights, {experiment.clip_norm!r})"]
    elif experiment.clip_norm is not None:
        lines += [
            CLIP_WRITTEN.format(limit=experiment.clip_norm, epsilon=CLIP_EPSILON, comment=say("scripts.disturb.clip"))
        ]
    if experiment.clip_value is not None:
        lines += [f"torch.nn.utils.clip_grad_value_(weights, {experiment.clip_value!r})"]
    code = f"{parts}def disturb(weights, step):\n" + textwrap.indent("\n".join(lines), "    ")
    return Section(say("scripts.disturb.title"), say("scripts.disturb.words"), code)


def loop_section(experiment: Experiment, way: Way) -> Section:
    """One optimizer's steps."""
    scheduled, still = has_schedules(experiment), not (way.stochastic or experiment.noise)
    code = RACE.format(
        given="make, schedule" if scheduled else "make",
        scheduler=SCHEDULER if scheduled else "",
        advance=ADVANCE if scheduled else "",
        doc=inside(say("scripts.loop.race", entries=way.entries)),
        gradient_doc=inside(say("scripts.loop.gradient")),
        diverged=inside(say("scripts.loop.diverged", step="{step}")),
        limit=inside(say("scripts.loop.limit", steps="{STEPS}")),
        begin=textwrap.indent(way.begin, "    "),
        entry=way.entry,
        gradient=textwrap.indent(way.gradient, " " * 8),
        farthest=f"{FARTHEST:g}".replace("e+", "e"),
        flat=FLAT.format(comment=say("scripts.loop.flat", tolerance=TOLERANCE)) if still else "",
        steep=STEEP.format(tolerance=TOLERANCE) if still else "",
        told=TOLD.format(flat_from=inside(say("scripts.loop.flat-from", step="{flat}"))) if still else "",
        move=_move(experiment),
    )
    return Section(say("scripts.loop.title"), say("scripts.loop.words"), code)


def table_section(experiment: Experiment) -> Section:
    """All of it, and what came out."""
    code = TABLE.format(
        given="make, SCHEDULES.get(label)" if has_schedules(experiment) else "make",
        optimizer=inside(say("scripts.table.optimizer"), "".join(TYPOGRAPHIC)),
        step=inside(say("scripts.table.step"), "".join(TYPOGRAPHIC)),
        loss=inside(say("scripts.table.loss"), "".join(TYPOGRAPHIC)),
    )
    return Section(say("scripts.table.title"), say("scripts.table.words"), code)


def _move(experiment: Experiment) -> str:
    disturbed, classes = is_disturbed(experiment), closure_classes(experiment)
    lines = ["disturb(weights, step)"] if disturbed else []
    if not classes:
        return textwrap.indent("\n".join([*lines, "optimizer.step()"]), " " * 12)
    again = "\n                disturb(weights, step)" if disturbed else ""
    named = classes[0] if len(classes) == 1 else f"({', '.join(classes)})"
    closure = CLOSURE.format(
        disturb=again,
        classes=named,
        again=say("scripts.loop.again"),
        not_finite=say("scripts.loop.not-finite"),
        same_point=say("scripts.loop.same-point"),
    )
    return "\n\n".join([*(textwrap.indent(line, " " * 12) for line in lines), closure])
