"""Adds to `links.json` the links of the corpus that are not there yet."""

import json

from app.experiment import parse
from tests.browser import chromium, open_page
from tests.golden import FILE, entries_of, read_links, values_of, written
from tests.golden.corpus import corpus
from tests.golden.page import write_addresses
from tests.server import Server


def main() -> None:
    kept = read_links() if FILE.exists() else []
    known = {link["name"] for link in kept}
    new = [(link.name, parse(link.experiment), link.view) for link in corpus() if link.name not in known]
    server = Server()
    try:
        with chromium() as browser:
            page = open_page(browser, server.url)
            addresses = write_addresses(page, [(experiment.canonical(), view) for _, experiment, view in new])
    finally:
        server.stop()
    for (name, experiment, view), address in zip(new, addresses, strict=True):
        at = entries_of(experiment)
        found = written(values_of(experiment, at))
        link = {"name": name, "address": address, "experiment": experiment.canonical(), "view": view}
        kept.append({**link, "at": at, "values": found})
    lines = [json.dumps(link, ensure_ascii=False, allow_nan=False, separators=(",", ":")) for link in kept]
    FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(f"{len(new)} links were added; there are {len(kept)}")


main()
