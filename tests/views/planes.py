"""A plane worked out by hand, as the server would answer."""

# Three entries of one trajectory, the last two of them off the plane.
PLANE = {
    "plane": {"name": "principal"},
    "axes": ["component 1", "component 2"],
    "exact": False,
    "share": 0.9,
    "window": {"x": [0, 4], "y": [-1, 1]},
    "resolution": 40,
    "log": False,
    "entries": [0, 2, 4],
    "sentence": "The plane holds 90 % of the movement.",
    "trajectories": [
        {
            "label": "A",
            "points": [[0, 0], [2, 0], [4, 0]],
            "distance": [0, 0.3, 0.9],
            "loss": [4, 2, 1],
            "shown": [4, 1.7, 0.2],
        }
    ],
}
