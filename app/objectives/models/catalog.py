"""The models, in the order of the menu."""

from app.objectives.models.base import Model
from app.objectives.models.linear import LINEAR, LOGISTIC, NEURON, SOFTMAX
from app.objectives.models.network import CONVOLUTION, MLP

MODELS: tuple[Model, ...] = (LINEAR, NEURON, LOGISTIC, SOFTMAX, MLP, CONVOLUTION)
