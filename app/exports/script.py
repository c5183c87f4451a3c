"""An experiment as a script of plain PyTorch that reproduces every trajectory and needs nothing but torch."""

import json
import textwrap
from collections.abc import Sequence
from importlib.metadata import version

from app.core.words import say
from app.experiment import Experiment
from app.exports.scripts.loop import disturb_section, is_disturbed, loop_section, table_section
from app.exports.scripts.model import data_section, model_section, model_way
from app.exports.scripts.race import race_section
from app.exports.scripts.surface import surface_section, surface_way
from app.exports.scripts.text import WIDTH, Section, Way, imports, inside
from app.objectives.surfaces.choice import SurfaceChoice


def sections(experiment: Experiment) -> tuple[Section, ...]:
    """The parts of the script, in order."""
    about = _about(experiment)
    disturbed = [disturb_section(experiment)] if is_disturbed(experiment) else []
    parts = [
        *about,
        race_section(experiment),
        *disturbed,
        loop_section(experiment, way(experiment)),
        table_section(experiment),
    ]
    return _beginning(experiment, parts), *parts


def way(experiment: Experiment) -> Way:
    """What the loop has to know of the objective."""
    if experiment.model:
        return model_way(experiment, experiment.model)
    return surface_way(experiment, _surface(experiment))


def script(experiment: Experiment) -> str:
    """The whole script.

    It prints a table of where each optimizer got, and leaves `trajectories`, label to the entries that the optimizer
    has: `(x, y, loss)`, or `(weights (P,), loss)` for a model; and `endings`, label to a few words.
    It goes on where the playground says that a trajectory is at rest, to the last step, as torch does.
    """
    entries, title = way(experiment).entries, experiment.objective.title
    head = inside(
        say("scripts.head", title=title, n=experiment.steps, torch=version("torch").split("+")[0], entries=entries)
    )
    first, *rest = sections(experiment)
    parts = [f'"""{head}\n"""\n\n{first.code}', *(f"{_heading(part)}\n{part.code}" for part in rest)]
    # JSON in ASCII is one line of a comment, whatever a label holds.
    document = json.dumps(experiment.canonical(), sort_keys=True, separators=(",", ":"))
    return "\n\n\n".join(parts) + f"\n\n# {say('scripts.document', document=document)}\n"


def _about(experiment: Experiment) -> list[Section]:
    """What is minimised."""
    if experiment.model:
        return [data_section(experiment, experiment.model), model_section(experiment, experiment.model)]
    return [surface_section(experiment, _surface(experiment))]


def _surface(experiment: Experiment) -> SurfaceChoice:
    assert isinstance(experiment.objective, SurfaceChoice)
    return experiment.objective


def _beginning(experiment: Experiment, parts: Sequence[Section]) -> Section:
    settings = f"STEPS = {experiment.steps}\nDTYPE = torch.{experiment.dtype}"
    code = "\n\n".join([imports("\n".join([settings, *(part.code for part in parts)])), settings])
    return Section(say("scripts.begin.title"), say("scripts.begin.words"), code)


def _heading(part: Section) -> str:
    words = textwrap.wrap(part.words, WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return "\n".join([f"# --- {part.title} ---", *(f"# {line}" for line in words)])
