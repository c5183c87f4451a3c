"""Seeds of generators as constants of a script, or as what works them out where there are too many."""

from app.exports.scripts.text import numbers
from app.exports.sources import source
from app.objectives.seeds import generator

MOST_SEEDS = 200
"""So many are written down; beyond it the script works them out."""


def derived_seed(*parts: int) -> int:
    """The first word of `numpy.random.SeedSequence(parts)`, for at most four parts below 2^32, without NumPy."""
    bits, scale = 2**32 - 1, 0x43B0D7E5

    def scramble(value: int, factor: int) -> int:
        nonlocal scale
        value ^= scale
        scale = scale * factor & bits
        value = value * scale & bits
        return value ^ value >> 16

    pool = [scramble(part, 0x931E8875) for part in (*parts, 0, 0, 0, 0)[:4]]
    for mixer in range(4):
        for target in range(4):
            if mixer != target:
                mixed = pool[target] * 0xCA01F9DD - scramble(pool[mixer], 0x931E8875) * 0x4973F715 & bits
                pool[target] = mixed ^ mixed >> 16
    scale = 0x8B51F9DD
    return scramble(pool[0], 0x58F38DED)


def seed(stream: int, number: int, part: int = 0) -> int:
    """The seed of the generator for `part` of `stream` under the seed `number`."""
    return generator(stream, number, part).initial_seed()


def seeds(name: str, stream: int, number: int, count: int) -> str:
    """A statement that calls `name` the seeds of the first `count` parts of `stream` under the seed `number`."""
    if count <= MOST_SEEDS:
        return f"{name} = {numbers(seed(stream, number, part) for part in range(count))}"
    made = f"{name} = [derived_seed({stream}, {number}, part) for part in range({count})]"
    return f"{source(derived_seed)}\n\n\n{made}"
