"""The learning rate that each pair of model and dataset suggests for each preset."""

import json
from pathlib import Path

TABLE = Path(__file__).with_name("rates.json")
ANY = "default"
"""The key of what to begin with where a pair has no rate of its own."""
FALLBACK = 0.01
"""For a preset that the table does not have."""

Rates = dict[str, dict[str, float]]


def load_rates(path: Path) -> Rates:
    """The table in the file at `path`: "<model>/<dataset>", or `ANY`, to preset to learning rate."""
    rates: Rates = json.loads(path.read_text(encoding="utf-8"))
    return rates


RATES = load_rates(TABLE)


def rates_of(model: str, dataset: str, rates: Rates = RATES) -> dict[str, float]:
    """Preset to the learning rate to begin with, for the entries with these ids."""
    return rates.get(ANY, {}) | rates.get(f"{model}/{dataset}", {})


def suggested_rate(model: str, dataset: str, preset: str, rates: Rates = RATES) -> float:
    """That of one preset."""
    return rates_of(model, dataset, rates).get(preset, FALLBACK)
