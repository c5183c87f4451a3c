"""What a script has of a model and its data."""

import base64
import textwrap
import zlib

from app.core.registry import by_id
from app.core.words import say
from app.experiment import Experiment
from app.exports.scripts.seeds import seed, seeds
from app.exports.scripts.text import Section, Way, arguments, function, inside
from app.objectives.datasets.base import held_out
from app.objectives.models.choice import ModelChoice
from app.objectives.models.inits import INITS
from app.objectives.seeds import BATCHES, SAMPLES, SPLIT

COARSE = "bfloat16"
"""The number format in which only weights and gradients are kept; what lies between is computed in float32."""

PACKED = """\
packed = {packed!r}
raw = torch.tensor(list(zlib.decompress(base64.b85decode(packed))), dtype=torch.float64)
"""
SPLITTING = """\
# {comment}
order = torch.randperm({size}, generator=torch.Generator().manual_seed({seed}))[:{training}]
inputs, targets = inputs[order].to({dtype}), targets[order]{coded}"""

BATCHING = """\



@functools.lru_cache(maxsize=1)
def shuffled(epoch):
    return torch.randperm(len(inputs), generator=torch.Generator().manual_seed(EPOCH_SEEDS[epoch]))


def batch(step):
    \"\"\"{doc}\"\"\"
    epoch, place = divmod(step, {steps})
    return shuffled(epoch)[place * {size} : (place + 1) * {size}]"""

INIT = """\
torch.manual_seed({seed})
for layer in model:
    if isinstance(layer, (nn.Linear, nn.Conv2d)):
        nn.init.{init}(layer.weight)
        nn.init.zeros_(layer.bias)
"""

BEGIN = """\
model = build()
weights = list(model.parameters())"""

ENTRY = "(nn.utils.parameters_to_vector(weights).detach(), loss)"


def data_section(experiment: Experiment, choice: ModelChoice) -> Section:
    """The samples, and which of them each step learns from."""
    dataset, settings = choice.dataset, dict(choice.dataset_settings)
    number = settings.pop("seed")
    if dataset.packed:
        packed = base64.b85encode(zlib.compress(dataset.packed(), 9)).decode()
        made, settings = PACKED.format(packed=packed), {}
    else:
        made = f"source = torch.Generator().manual_seed({seed(SAMPLES, number)})\n"
    name = dataset.id.replace("-", "_")
    code = function(f"{name}({', '.join(arguments(settings))})", dataset.title, made + dataset.code.strip())
    parts = [f"{code}\n\n\ninputs, targets = {name}()\n", _splitting(experiment, choice)]
    size, training = _sizes(choice)
    if size < training:
        steps = -(-training // size)
        parts += [
            seeds("EPOCH_SEEDS", BATCHES, experiment.seed, experiment.steps // steps + 1)
            + BATCHING.format(steps=steps, size=size, doc=inside(say("scripts.data.batch", n=steps)))
        ]
    return Section(say("scripts.data.title"), f"{dataset.title}. {dataset.line}", "\n".join(parts))


def model_section(experiment: Experiment, choice: ModelChoice) -> Section:
    """The model with its first weights, and the loss."""
    outputs = choice.data().classes if choice.loss.wide else 1
    layers = choice.model.layers(choice.model_settings, choice.data().shape, outputs)
    listed = textwrap.indent("".join(f"{layer},\n" for layer in layers), "    ")
    body = f"torch.manual_seed({experiment.seed})\nmodel = nn.Sequential(\n{listed})\n"
    if init := by_id(INITS, choice.init).torch:
        body += INIT.format(seed=experiment.seed, init=init)
    code = function("build()", say("scripts.model.build", title=choice.model.title), f"{body}return model.to(DTYPE)")
    words = f"{choice.model.title}. {choice.model.line}"
    formulas = choice.model.formula, choice.loss.formula
    return Section(say("scripts.model.title"), words, f"{code}\n\n\ncriterion = nn.{choice.loss.torch}()", formulas)


def model_way(experiment: Experiment, choice: ModelChoice) -> Way:
    """What the loop has to know of the model."""
    size, training = _sizes(choice)
    return Way(BEGIN, _gradient(experiment, choice), ENTRY, say("scripts.model.entries"), stochastic=size < training)


def _gradient(experiment: Experiment, choice: ModelChoice) -> str:
    size, training = _sizes(choice)
    samples = "[samples]" if size < training else ""
    lines, weights = ["optimizer.zero_grad()"], "weights"
    if samples:
        lines += ["samples = batch(step)"]
    if experiment.dtype == COARSE:
        lines += [f"# {say('scripts.model.coarse')}"]
        lines += ["precise = {name: weight.float() for name, weight in model.named_parameters()}"]
        found, weights = f"torch.func.functional_call(model, precise, inputs{samples})", "precise.values()"
    else:
        found = f"model(inputs{samples})"
    lines += [f"outputs = {found}" + ("" if choice.loss.wide else ".squeeze(1)")]
    lines += [f"loss = criterion(outputs, targets{samples})"]
    if choice.l2:
        lines += [f"loss = loss + {choice.l2!r} / 2 * sum(weight.square().sum() for weight in {weights})"]
    rounded = ".to(DTYPE)" if experiment.dtype == COARSE else ""
    return "\n".join([*lines, "loss.backward()", f"return loss{rounded}.item()"])


def _sizes(choice: ModelChoice) -> tuple[int, int]:
    """How many samples a step learns from, of how many."""
    size = choice.data().size
    training = size - held_out(size, choice.test_fraction)
    return choice.batch_size or training, training


def _splitting(experiment: Experiment, choice: ModelChoice) -> str:
    data, dtype = choice.data(), "torch.float32" if experiment.dtype == COARSE else "DTYPE"
    tests = held_out(data.size, choice.test_fraction)
    coded = ""
    if data.task == "regression" or not choice.loss.wide:
        coded = f".to({dtype})"
    low, high = choice.model.span(choice.model_settings)
    if data.task == "binary" and choice.loss.spanned and (low, high) != (0, 1):
        coded += f" * {high - low:g} {'-' if low < 0 else '+'} {abs(low):g}  # {say('scripts.data.limits')}"
    return SPLITTING.format(
        comment=say("scripts.data.kept-apart", n=tests),
        size=data.size,
        seed=seed(SPLIT, data.seed),
        training=data.size - tests,
        dtype=dtype,
        coded=coded,
    )
