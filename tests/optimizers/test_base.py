"""Powers and roots of hyper-parameters: the same bits as a number and in a column."""

import math

import torch

from app.optimizers.base import power, root

GENERATOR = torch.Generator().manual_seed(7)
VALUES = torch.rand(5000, 1, dtype=torch.float64, generator=GENERATOR)


def test_a_root_is_the_nearest_number_in_a_column_too() -> None:
    assert root(VALUES).flatten().tolist() == [math.sqrt(value) for value in VALUES.flatten().tolist()]
    assert root(0.25) == 0.5


def test_a_power_has_the_same_bits_in_a_column() -> None:
    bases = VALUES.flatten().tolist()
    assert power(VALUES, 37).flatten().tolist() == [base**37 for base in bases]
    assert power(0.96, VALUES).flatten().tolist() == [0.96**exponent for exponent in bases]
    assert power(VALUES, VALUES).flatten().tolist() == [base**base for base in bases]
    assert power(0.5, 3) == 0.125
