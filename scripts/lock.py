"""Resolves pyproject.toml and writes every version into requirements.lock and requirements-dev.lock.

The first holds what serving needs; the second begins with the first and adds what tests and checks need. No hashes and
no build tags: the same line `torch==2.13.0` has to fit the build with CUDA and the one for the CPU alone.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVE, DEVELOP = "requirements.lock", "requirements-dev.lock"
HEADER = "# Written by `make lock` from pyproject.toml; not edited by hand.\n"
ACCELERATOR = re.compile(r"(nvidia|cuda)-|triton$")
"""Packages that only some builds of torch ask for. Those builds bound the versions themselves."""


def resolve(requirements: list[str]) -> dict[str, str]:
    """Name to version of everything that pip would install for `requirements` into an empty environment."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed"]
        subprocess.run([*command, "--report", str(report), *requirements], check=True)
        packages = [item["metadata"] for item in json.loads(report.read_text())["install"]]
    versions = {re.sub(r"[-_.]+", "-", item["name"]).lower(): item["version"].split("+")[0] for item in packages}
    return {name: versions[name] for name in sorted(versions) if not ACCELERATOR.match(name)}


def pins(versions: dict[str, str]) -> list[str]:
    """`versions` as requirements."""
    return [f"{name}=={version}" for name, version in versions.items()]


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    serve = resolve(project["dependencies"])
    develop = resolve([*pins(serve), *project["dependencies"], *project["optional-dependencies"]["dev"]])
    extra = {name: version for name, version in develop.items() if name not in serve}
    (ROOT / SERVE).write_text(HEADER + "\n".join(pins(serve)) + "\n")
    (ROOT / DEVELOP).write_text(HEADER + "\n".join([f"-r {SERVE}", *pins(extra)]) + "\n")
    print(f"{SERVE}: {len(serve)} packages; {DEVELOP}: {len(extra)} more")


if __name__ == "__main__":
    main()
