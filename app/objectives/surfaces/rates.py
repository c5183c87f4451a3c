"""The learning rate that each surface suggests for each preset.

Written by scripts/suggest_rates.py, which says how they are chosen; run it again after adding a surface or a preset.
"""

FALLBACK = 0.01
"""For a pair that the table does not have."""


def suggested_rate(surface: str, preset: str) -> float:
    """The learning rate to begin with on `surface`."""
    return RATES.get(surface, {}).get(preset, FALLBACK)


RATES: dict[str, dict[str, float]] = {}
