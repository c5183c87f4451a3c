"""A model with its data and how it learns, as a part of a document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from torch import Tensor

from app.core.params import Param, parse_fields, plain, refuse_unknown
from app.core.problems import FieldError, Place, describe, either
from app.core.registry import What, by_id, find, find_named
from app.core.words import message, say
from app.objectives.base import Column
from app.objectives.columns import shared
from app.objectives.datasets.base import Data, Dataset, held_out, split
from app.objectives.datasets.catalog import DATASETS
from app.objectives.models.base import Model, Network, Shapes
from app.objectives.models.catalog import MODELS
from app.objectives.models.head import Head
from app.objectives.models.inits import INIT, INITS, begin
from app.objectives.models.losses import LOSSES, Loss
from app.objectives.models.objective import ModelObjective
from app.objectives.models.price import every, loss_price, step_price
from app.objectives.models.rates import FALLBACK, rates_of, suggested_rate
from app.objectives.models.told import columns, curves, measures, tabs
from app.objectives.profile import Profile, own_curves, own_measures

BATCH_SIZE = Param("batch_size", "integer", None, low=1, high=1_000_000, soft=(1, 256), scale="log", optional=True)
TEST_FRACTION = Param(
    "test_fraction", "number", 0.3, low=0.0, high=1.0, open_low=True, open_high=True, soft=(0.1, 0.9),
)  # fmt: skip
L2 = Param("l2", "number", 0.0, low=0.0, high=1e3, soft=(0.0, 0.1), symbol=r"\lambda")
FIELDS = (BATCH_SIZE, TEST_FRACTION, INIT, L2)

E = TypeVar("E", Model, Dataset)


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model and a dataset with a value for each of their params, and how the one learns from the other."""

    model: Model
    model_settings: Mapping[str, Any]
    dataset: Dataset
    dataset_settings: Mapping[str, Any]
    loss: Loss
    batch_size: int | None
    test_fraction: float
    init: str
    l2: float

    kind: ClassVar[str] = "model"
    axes: ClassVar[tuple[str, ...]] = ()

    @property
    def title(self) -> str:
        """What is minimised, in a few words."""
        return say("profiles.trained", model=self.model.title, dataset=self.dataset.title)

    @property
    def unit(self) -> str:
        """The key of what the loss is measured in."""
        return self.loss.unit

    @property
    def told(self) -> tuple[Column, ...]:
        """What is told of every entry, beside the columns of every objective."""
        data, training = self.data(), self._training()
        return columns(self.unit, data.task, every(data.size, self.batch_size or training, training))

    @property
    def cost(self) -> float:
        """Of the gradient of one row, its measures included, in steps of plain gradient descent on a surface."""
        data, training = self.data(), self._training()
        return step_price(self.model.work(self.shapes(), data.shape), data.size, self.batch_size or training, training)

    @property
    def loss_cost(self) -> float:
        """Of the loss of one row on all training samples, where many rows are evaluated together."""
        return loss_price(self.model.work(self.shapes(), self.data().shape), self._training())

    def _training(self) -> int:
        """How many samples there are to learn from."""
        size = self.data().size
        return size - held_out(size, self.test_fraction)

    def document(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "model": {"name": self.model.id, **plain(self.model_settings)},
            "dataset": {"name": self.dataset.id, **plain(self.dataset_settings)},
            "loss": self.loss.id,
            **{param.id: getattr(self, param.id) for param in FIELDS},
        }

    def data(self) -> Data:
        """The data, the same object for equal settings."""
        return load(self.dataset, self.dataset_settings)

    def shapes(self) -> Shapes:
        """Name to shape of every weight, in the order of the parameters."""
        data = self.data()
        return self.model.shapes(self.model_settings, data.shape, data.classes if self.loss.wide else 1)

    def parse_start(self, document: Mapping[str, Any], errors: list[FieldError]) -> None:
        """The field `start` of an experiment, which a model has not; what is wrong with it goes to `errors`."""
        if document.get("start") is not None:
            errors.append(FieldError(("start",), message("problems.model.start", got=describe(document["start"]))))

    def suggested_rate(self, preset: str) -> float:
        """The learning rate to begin with, for the preset with this id."""
        return suggested_rate(self.model.id, self.dataset.id, preset)

    def profile(self) -> Profile:
        """What it says of itself."""
        task, told = self.data().task, (*self.told, *shared(self.unit))
        return Profile(
            id=f"{self.model.id}/{self.dataset.id}",
            title=self.title,
            told=told,
            loss="train_loss",
            scale=f"{self.dataset.id}/{self.loss.id}",
            tabs=tabs(task),
            curves=(*curves(task, batched=self.batch_size is not None), *own_curves(told)),
            measures=(*measures(task), *own_measures(told)),
            rates=rates_of(self.model.id, self.dataset.id),
            rate=FALLBACK,
            price=self.cost,
            lowest=0.0,
        )

    def initial(self, start: object, seed: int) -> Tensor:
        """The weights to start from `(P,)`, float64: drawn from `seed`, as `start` is always None."""
        return begin(by_id(INITS, self.init), self.shapes().values(), seed)

    def build(self) -> ModelObjective:
        """The objective that the engine minimises."""
        data = self.data()
        head = Head(self.loss, data.task, self.model.span(self.model_settings))
        return ModelObjective(
            Network(self.model, self.model_settings, self.shapes()),
            split(data, self.test_fraction),
            head,
            batch_size=self.batch_size,
            l2=self.l2,
        )


def load(dataset: Dataset, settings: Mapping[str, Any]) -> Data:
    """The data of `dataset` with `settings`, kept for the next to ask."""
    return _load(dataset, tuple(sorted(settings.items())))


@lru_cache(maxsize=32)
def _load(dataset: Dataset, settings: tuple[tuple[str, Any], ...]) -> Data:
    return dataset.build(dict(settings))


def parse_model_choice(document: Mapping[str, Any], at: Place, errors: list[FieldError]) -> ModelChoice | None:
    """The choice that `document` describes; otherwise None, and what is wrong in `errors`."""
    before = len(errors)
    known = {"kind", "model", "dataset", "loss", *(param.id for param in FIELDS)}
    refuse_unknown(document, known, at, errors)
    if document.get("kind") != "model":
        errors.append(FieldError((*at, "kind"), message("problems.model.kind", got=describe(document.get("kind")))))
    model, model_settings = _parse_entry(MODELS, document.get("model"), (*at, "model"), "model", errors)
    dataset, settings = _parse_entry(DATASETS, document.get("dataset"), (*at, "dataset"), "dataset", errors)
    own = {param.id: document[param.id] for param in FIELDS if param.id in document}
    fields = parse_fields(FIELDS, own, at, errors)
    if model is None or dataset is None or len(errors) > before:
        return None
    data = load(dataset, settings)
    _check_fit(model, dataset, data, (*at, "model", "name"), errors)
    loss = _parse_loss(document.get("loss"), losses(model, data), (*at, "loss"), errors)
    _check_batch(fields, data, (*at, "batch_size"), errors)
    if loss is None or len(errors) > before:
        return None
    return ModelChoice(model, model_settings, dataset, settings, loss, **fields)


def _parse_entry(
    entries: Sequence[E], value: Any, at: Place, what: What, errors: list[FieldError]
) -> tuple[E | None, dict[str, Any]]:
    """The entry that `value` names, and the values of its params."""
    entry = find_named(entries, value, at, what, errors)
    if entry is None:
        return None, {}
    own = {name: part for name, part in value.items() if name != "name"}
    return entry, parse_fields(entry.params, own, at, errors)


def _check_fit(model: Model, dataset: Dataset, data: Data, at: Place, errors: list[FieldError]) -> None:
    if not losses(model, data):
        fits = ", ".join(entry.id for entry in DATASETS if suits(model, entry))
        errors.append(FieldError(at, message("problems.model.unfit", model=model.id, dataset=dataset.id, fits=fits)))


def _parse_loss(value: Any, fitting: Sequence[Loss], at: Place, errors: list[FieldError]) -> Loss | None:
    """The loss called `value` if it is one of `fitting`, or the first of them where `value` is None."""
    if value is None:
        return fitting[0] if fitting else None
    loss = find(LOSSES, value, at, "loss", errors)
    if loss is None or not fitting or loss in fitting:
        return loss
    told = message("problems.model.loss", allowed=either([entry.id for entry in fitting]), got=loss.id)
    errors.append(FieldError(at, told))
    return None


def losses(model: Model, data: Data) -> list[Loss]:
    """The losses by which `model` can learn from `data`, the preferred first."""
    if model.inputs and data.shape not in model.inputs:
        return []
    return [loss for loss in (by_id(LOSSES, name) for name in model.losses) if data.task in loss.tasks]


def suits(model: Model, dataset: Dataset) -> bool:
    """Whether `model` can learn from `dataset`, with some params of it."""
    tasks = {task for name in model.losses for task in by_id(LOSSES, name).tasks}
    return (not model.inputs or dataset.shape in model.inputs) and not tasks.isdisjoint(dataset.tasks)


def _check_batch(fields: Mapping[str, Any], data: Data, at: Place, errors: list[FieldError]) -> None:
    training = data.size - held_out(data.size, fields["test_fraction"])
    if fields["batch_size"] is not None and fields["batch_size"] > training:
        errors.append(FieldError(at, message("problems.model.batch", most=training, got=fields["batch_size"])))
