"""The learning rate that each surface suggests for each preset.

The table is written by scripts/suggest_rates.py, which says how they are chosen; scripts/regenerate.py fills it after a
surface or a preset was added.
"""

import json
from pathlib import Path

TABLE = Path(__file__).with_name("rates.json")
FALLBACK = 0.01
"""For a pair that the table does not have."""

RATES: dict[str, dict[str, float]] = json.loads(TABLE.read_text(encoding="utf-8"))


def suggested_rate(surface: str, preset: str) -> float:
    """The learning rate to begin with on `surface`."""
    return RATES.get(surface, {}).get(preset, FALLBACK)
