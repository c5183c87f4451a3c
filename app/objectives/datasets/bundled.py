"""The measured sets that come inside scikit-learn, standardised."""

from collections.abc import Mapping
from functools import cache
from pkgutil import resolve_name
from typing import Any

import torch

from app.objectives.datasets.base import Data, Dataset, Samples

Settings = Mapping[str, Any]

LOADERS = "sklearn.datasets"
"""Resolved by name when asked for: scikit-learn takes a second, which most processes have no use for."""


@cache
def _iris() -> tuple[Samples, tuple[str, ...], tuple[str, ...]]:
    found = resolve_name(f"{LOADERS}:load_iris")()
    raw = torch.tensor(found.data, dtype=torch.float64)
    inputs = (raw - raw.mean(0)) / raw.std(0, correction=0)
    return Samples(inputs, torch.tensor(found.target)), tuple(map(str, found.target_names)), tuple(found.feature_names)


@cache
def _digits() -> Samples:
    found = resolve_name(f"{LOADERS}:load_digits")()
    raw = torch.tensor(found.images, dtype=torch.float64)
    return Samples((raw - raw.mean()) / raw.std(correction=0), torch.tensor(found.target))


def iris(settings: Settings) -> Data:
    """150 flowers of 3 kinds, 4 lengths each `(150, 4)`. Each feature has mean 0 and standard deviation 1 over all
    flowers, those for testing included.
    """
    samples, labels, features = _iris()
    return Data("multiclass", samples, labels, features, settings["seed"])


def digits(settings: Settings) -> Data:
    """1797 handwritten digits of 8 by 8 grey pixels `(1797, 8, 8)`. The pixels of all pictures together have mean 0
    and standard deviation 1; each on its own could not, for some are blank in every picture.
    """
    return Data("multiclass", _digits(), tuple(str(digit) for digit in range(10)), (), settings["seed"])


def packed_iris() -> bytes:
    """The lengths of all flowers in tenths of a unit, then their kinds: a byte each."""
    found = resolve_name(f"{LOADERS}:load_iris")()
    return bytes((found.data * 10).round().astype("uint8").tobytes() + found.target.astype("uint8").tobytes())


def packed_digits() -> bytes:
    """The pixels of all pictures, 0 to 16, then which digits they show: a byte each."""
    found = resolve_name(f"{LOADERS}:load_digits")()
    return bytes(found.images.astype("uint8").tobytes() + found.target.astype("uint8").tobytes())


IRIS = Dataset(
    id="iris",
    tasks=("multiclass",),
    shape=(4,),
    build=iris,
    code="""
inputs, targets = raw[:600].reshape(150, 4) / 10, raw[600:].long()
return (inputs - inputs.mean(0)) / inputs.std(0, correction=0), targets
""",
    packed=packed_iris,
    source="Fisher 1936, The use of multiple measurements in taxonomic problems",
    shown=(2, 3),
)

DIGITS = Dataset(
    id="digits",
    tasks=("multiclass",),
    shape=(8, 8),
    build=digits,
    code="""
inputs, targets = raw[: 1797 * 64].reshape(1797, 8, 8), raw[1797 * 64 :].long()
return (inputs - inputs.mean()) / inputs.std(correction=0), targets
""",
    packed=packed_digits,
    source="Alpaydin, Kaynak 1998, Optical recognition of handwritten digits",
)
