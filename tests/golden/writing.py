"""Writes what is kept: the links of the corpus that are not there yet, and the order of every menu."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from app.experiment import parse
from tests.catalogue import write_catalogue
from tests.golden import FILE, MENU, entries_of, menu, read_links, values_of, written
from tests.golden.corpus import corpus
from tests.node import CATALOG, Scripts


def write_links() -> None:
    """Adds to `links.json` the links that are not there yet, with what they compute now."""
    kept = read_links() if FILE.exists() else []
    known = {link["name"] for link in kept}
    new = [(link.name, parse(link.experiment), link.view) for link in corpus() if link.name not in known]
    with TemporaryDirectory() as folder:
        scripts = Scripts(write_catalogue(Path(folder)))
        links = [(experiment.canonical(), view) for _, experiment, view in new]
        addresses = scripts.call("tests/js/asked.js", "writeAddresses", links, CATALOG)
        scripts.close()
    for (name, experiment, view), address in zip(new, addresses, strict=True):
        at = entries_of(experiment)
        found = written(values_of(experiment, at))
        link = {"name": name, "address": address, "experiment": experiment.canonical(), "view": view}
        kept.append({**link, "at": at, "values": found})
    lines = [json.dumps(link, ensure_ascii=False, allow_nan=False, separators=(",", ":")) for link in kept]
    FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(f"{len(new)} links were added; there are {len(kept)}")


def write_menu() -> None:
    """Writes `menu.json`."""
    MENU.write_text(json.dumps(menu(), indent=1) + "\n")
