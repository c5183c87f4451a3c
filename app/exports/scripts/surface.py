"""What a script has of a surface."""

from app.core.words import say
from app.experiment import Experiment
from app.exports.scripts.text import EXACT, Section, Way, arguments, commented, function
from app.exports.sources import with_needs
from app.objectives.surfaces.choice import SurfaceChoice


def surface_section(experiment: Experiment, choice: SurfaceChoice) -> Section:
    """The function, and where it is begun."""
    surface = choice.surface
    if experiment.dtype == EXACT:
        code = function(_head(choice), surface.title, commented(surface.code))
    else:
        code = "\n\n\n".join(with_needs(surface.evaluate))
    start = tuple(experiment.begin().tolist())
    words = f"{surface.title}. {surface.line}"
    if experiment.dtype != EXACT:
        words += " " + say("scripts.surface.written-out", dtype=experiment.dtype)
    return Section(say("scripts.surface.title"), words, f"{code}\n\n\nSTART = {start!r}", (surface.formula,))


def surface_way(experiment: Experiment, choice: SurfaceChoice) -> Way:
    """What the loop has to know of the surface."""
    return Way(BEGIN, _gradient(experiment, choice), ENTRY, ENTRIES, stochastic=False)


def ground_code(experiment: Experiment, choice: SurfaceChoice) -> str:
    """The expression for the function on a grid, `(len(y), len(x))`, of vectors x and y."""
    if experiment.dtype == EXACT:
        return f"{_name(choice)}(x[None, :], y[:, None])"
    given = "".join(f", {argument}" for argument in arguments(choice.params))
    return f"{choice.surface.evaluate.__name__}(x.expand(len(y), -1), y[:, None].expand(-1, len(x)){given})[0]"


def _gradient(experiment: Experiment, choice: SurfaceChoice) -> str:
    if experiment.dtype == EXACT:
        return f"optimizer.zero_grad()\nloss = {_name(choice)}(*theta)\nloss.backward()\nreturn loss.item()"
    given = "".join(f", {argument}" for argument in arguments(choice.params))
    value = f"loss, *slopes = {choice.surface.evaluate.__name__}(*theta.detach(){given})"
    return f"{value}\ntheta.grad = torch.stack(slopes)\nreturn loss.item()"


BEGIN = """\
theta = torch.tensor(START, dtype=DTYPE, requires_grad=True)
weights = [theta]"""

ENTRY = "(*theta.tolist(), loss)"
ENTRIES = "(x, y, loss)"


def _name(choice: SurfaceChoice) -> str:
    return choice.surface.id.replace("-", "_")


def _head(choice: SurfaceChoice) -> str:
    return f"{_name(choice)}({', '.join(['x', 'y', *arguments(choice.params)])})"
