"""Both themes are whole, and their contrast is what WCAG asks for."""

import re
from pathlib import Path

import pytest

TEXT = (Path(__file__).parents[2] / "static/css/tokens.css").read_text(encoding="utf-8")
LIGHT, DARK, DARK_BY_SYSTEM = (
    dict(re.findall(r"--([\w-]+): ([^;]+);", block))
    for block in re.findall(r"color-scheme: (?:light|dark);([^}]*)", TEXT)
)
THEMES = {"light": LIGHT, "dark": DARK}
TEXTS = [
    ("ink", "bg"), ("ink", "panel"), ("ink", "panel-2"), ("ink-2", "bg"), ("ink-2", "panel"), ("ink-2", "panel-2"),
    ("accent", "bg"), ("accent", "panel"), ("accent", "accent-soft"), ("accent-ink", "accent"), ("good", "good-soft"),
    ("bad", "bad-soft"), ("bad", "panel"), ("bad", "bg"), ("warn", "warn-soft"),
]  # fmt: skip
PATHS = [(f"path-{slot}", ground) for slot in range(8) for ground in ("bg", "panel", *(f"field-{i}" for i in range(9)))]


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: dict[str, str], one: str, other: str) -> float:
    low, high = sorted((luminance(theme[one]), luminance(theme[other])))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read(name: str) -> None:
    weak = {pair: ratio for pair in TEXTS if (ratio := contrast(THEMES[name], *pair)) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("name", THEMES)
def test_paths_stand_out_on_the_field_and_the_panels(name: str) -> None:
    weak = {pair: ratio for pair in PATHS if (ratio := contrast(THEMES[name], *pair)) < 3}
    assert weak == {}


def test_both_themes_name_the_same_tokens_and_the_dark_one_is_the_same_twice() -> None:
    assert LIGHT.keys() == DARK.keys()
    assert DARK == DARK_BY_SYSTEM


def test_every_colour_is_a_token() -> None:
    literal = re.compile(r"^(?!\s*--).*?:.*(?:#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)\().*;$", re.MULTILINE)
    assert literal.search("  color: #fff;")
    sheets = (Path(__file__).parents[2] / "static/css").glob("*.css")
    found = {sheet.name: literal.findall(sheet.read_text(encoding="utf-8")) for sheet in sheets}
    assert found
    assert not any(found.values()), found
