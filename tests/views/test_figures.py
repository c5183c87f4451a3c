"""What is drawn, as plain values: their colours are those of the page, so they need one."""

from typing import Any

import pytest
from playwright.sync_api import Page


def call(modules: Page, module: str, expression: str, *arguments: Any) -> Any:
    """The value of an expression over a module's exports `m` and the arguments `a`."""
    script = f"async (a) => {{ const m = await import('/static/js/views/{module}.js'); return ({expression}); }}"
    return modules.evaluate(script, list(arguments))


def test_a_track_keeps_what_differs_on_the_screen_and_interpolates_between_entries(modules: Page) -> None:
    script = """(() => {
      const x = [Float64Array.of(0, 10, 10.1, 10.2, 30, NaN)];
      const race = {x, y: [new Float64Array(6)], lengths: [5], outcomes: null};
      const project = (x, y, spot) => Object.assign(spot, {x, y});
      const [track] = m.projectRace(race, [{slot: 2, hidden: false}], project);
      const spot = m.createSpot();
      m.placeAt(race, track, 3.5, project, spot);
      const none = m.projectRace(race, [{slot: 2, hidden: true}], project);
      return {at: [...track.at.slice(0, track.count)], x: spot.x, none: none.length, until: m.keptUntil(track, 3),
              near: m.nearestPoint([track], 28, 3, 14).step, far: m.nearestPoint([track], 60, 0, 14)};
    })()"""
    got = call(modules, "ground/tracks", script)
    assert got["at"] == [0, 1, 4]
    assert got["x"] == pytest.approx(20.1)
    assert (got["none"], got["until"], got["near"], got["far"]) == (0, 2, 4, None)


def test_figures_are_plain_values(modules: Page) -> None:
    field = {"x": [0, 1], "y": [0, 1], "z": [[0, 1], [2, None]]}
    levels = {"log": False, "low": 0, "high": 2, "size": 0.5}
    script = """(async () => {
      const levels = {...a[1], toLevel: (loss) => loss, toLoss: (level) => level};
      const flat = m.figureField(a[0], levels, 300, 200);
      const axes = m.figureAxes({x: [-1, 1], y: [-2, 2]}, ['x', 'y'], 856, 800);
      const {figure3d} = await import('/static/js/views/solid/figure.js');
      return JSON.parse(JSON.stringify([flat, axes, figure3d(a[0], a[0].z, levels, ['x', 'y'], 300, 200)]));
    })()"""
    flat, axes, solid = call(modules, "flat/figure", f"await {script}", field, levels)
    assert flat["data"][0]["z"] == field["z"]
    assert (flat["data"][0]["zmin"], flat["data"][0]["zmax"], flat["data"][0]["showscale"]) == (0, 2, False)
    assert axes["data"] == []
    assert (axes["layout"]["xaxis"]["range"], axes["layout"]["yaxis"]["range"]) == ([-1, 1], [-2, 2])
    assert solid["data"][0]["type"] == "surface"
    assert solid["layout"]["scene"]["zaxis"]["range"] == [0, 2]
