"""Runs scripts in an interpreter that has torch, what torch itself needs, and the standard library: nothing else.

    python -I clean.py SCRIPTS.json RESULTS.json

SCRIPTS: a list of texts; RESULTS: for each what it left, `trajectories` as lists of numbers, and what it printed.
"""

import contextlib
import importlib
import importlib.machinery
import importlib.metadata
import io
import json
import sys
import time
import warnings
from pathlib import Path

TORCH_NEEDS = {
    "torch", "torchgen", "typing_extensions", "sympy", "mpmath", "networkx", "jinja2", "markupsafe", "fsspec",
    "filelock", "setuptools", "_distutils_hack", "functorch",
}  # fmt: skip


INSTALLED = {"app", "tests", *importlib.metadata.packages_distributions()}


class OnlyTorch(importlib.machinery.PathFinder):
    """Finds what is allowed, and of the rest says that it is not there."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.split(".")[0] in INSTALLED - TORCH_NEEDS else super().find_spec(name, path, target)


def plain(entry):
    """An entry as numbers: all coordinates, then the loss."""
    *theta, loss = entry
    return [*(theta[0].double().tolist() if len(theta) == 1 else theta), loss]


def perform(text):
    """What the script `text` leaves and prints, and how long it took."""
    printed, space, begun = io.StringIO(), {"__name__": "__main__"}, time.perf_counter()
    with contextlib.redirect_stdout(printed):
        exec(compile(text, "script.py", "exec"), space)
    paths = {label: [plain(entry) for entry in path] for label, path in space["trajectories"].items()}
    took = time.perf_counter() - begun
    return {"trajectories": paths, "endings": space["endings"], "printed": printed.getvalue(), "seconds": took}


def main(scripts, results):
    sys.meta_path[:] = [OnlyTorch if one is importlib.machinery.PathFinder else one for one in sys.meta_path]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch misses NumPy
        importlib.import_module("torch").set_num_threads(1)
    warnings.simplefilter("error")
    done = [perform(text) for text in json.loads(Path(scripts).read_text())]
    Path(results).write_text(json.dumps(done))


if __name__ == "__main__":
    main(*sys.argv[1:])
