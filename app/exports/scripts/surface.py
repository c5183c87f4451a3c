"""What a script has of a surface."""

from app.core.words import say
from app.experiment import Experiment
from app.exports.scripts.text import EXACT, Section, Way, arguments, commented, function
from app.exports.sources import with_needs
from app.objectives.surfaces.choice import SurfaceChoice


def surface_section(experiment: Experiment, choice: SurfaceChoice) -> Section:
    """The function, and where it is begun."""
    surface, words = choice.surface, f"{choice.surface.title}. {choice.surface.line}"
    if _is_plain(experiment, choice):
        code = function(_head(choice), surface.title, commented(surface.code))
    elif surface.written:
        code = function(f"{_name(choice)}(x, y)", surface.title, surface.written)
    else:
        code = "\n\n\n".join(with_needs(surface.evaluate))
    if experiment.dtype != EXACT:
        words += " " + say("scripts.surface.written-out", dtype=experiment.dtype)
    elif not surface.smooth:
        words += " " + say("scripts.surface.by-rule")
    start = tuple(experiment.begin().tolist())
    return Section(say("scripts.surface.title"), words, f"{code}\n\n\nSTART = {start!r}", (surface.formula,))


def surface_way(experiment: Experiment, choice: SurfaceChoice) -> Way:
    """What the loop has to know of the surface."""
    return Way(BEGIN, _gradient(experiment, choice), ENTRY, ENTRIES, stochastic=False)


def ground_code(experiment: Experiment, choice: SurfaceChoice) -> str:
    """The expression for the function on a grid, `(len(y), len(x))`, of vectors x and y."""
    at = '*torch.meshgrid(x, y, indexing="xy")'
    return f"{_name(choice)}({at})" if _is_plain(experiment, choice) else f"{_written(choice, at)}[0]"


def _is_plain(experiment: Experiment, choice: SurfaceChoice) -> bool:
    """Whether a script has the function as a student writes it, with its gradient by autograd."""
    return experiment.dtype == EXACT and choice.surface.smooth


def _gradient(experiment: Experiment, choice: SurfaceChoice) -> str:
    if _is_plain(experiment, choice):
        return f"optimizer.zero_grad()\nloss = {_name(choice)}(*theta)\nloss.backward()\nreturn loss.item()"
    value = f"loss, *slopes = {_written(choice, '*theta.detach()')}"
    return f"{value}\ntheta.grad = torch.stack(slopes)\nreturn loss.item()"


def _written(choice: SurfaceChoice, at: str) -> str:
    """A call of the function with its gradient, as the playground computes it."""
    if choice.surface.written:
        return f"{_name(choice)}({at})"
    given = "".join(f", {argument}" for argument in arguments(choice.params))
    return f"{choice.surface.evaluate.__name__}({at}{given})"


BEGIN = """\
theta = torch.tensor(START, dtype=DTYPE, requires_grad=True)
weights = [theta]"""

ENTRY = "(*theta.tolist(), loss)"
ENTRIES = "(x, y, loss)"


def _name(choice: SurfaceChoice) -> str:
    return choice.surface.id.replace("-", "_")


def _head(choice: SurfaceChoice) -> str:
    return f"{_name(choice)}({', '.join(['x', 'y', *arguments(choice.params)])})"
