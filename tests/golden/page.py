"""How the page reads and writes addresses, asked of its own scripts in a browser."""

from typing import Any

from playwright.sync_api import Page

MODULES = """
const base = document.querySelector('script[type=module]').src.replace(/main\\.js$/, '');
const load = (name) => import(base + name);
const { readAddress } = await load('state/readaddress.js');
const { writeAddress } = await load('state/writeaddress.js');
const { readView } = await load('state/viewdocument.js');
const { completeStyles, initialPlace, initialView } = await load('state/view.js');
const { completeDraft } = await load('catalog.js');
const { fetchCatalog } = await load('net/api.js');
const catalog = await fetchCatalog();
"""


def read_addresses(page: Page, addresses: list[str]) -> list[dict[str, Any]]:
    """Of each address the `document` that the page would send, its `view`, and the `problems` with that."""
    script = f"""async (addresses) => {{ {MODULES}
      return addresses.map((address) => {{
        const {{ draft, view, problems }} = readAddress(address, catalog);
        return {{ document: completeDraft(draft, catalog), view, problems }};
      }});
    }}"""
    found: list[dict[str, Any]] = page.evaluate(script, addresses)
    return found


def read_views(page: Page, documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the page makes of each view document."""
    script = f"async (documents) => {{ {MODULES} return documents.map((one) => readView(one, catalog)); }}"
    found: list[dict[str, Any]] = page.evaluate(script, documents)
    return found


def write_addresses(page: Page, links: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[str]:
    """The address of each pair of a canonical experiment and a view document."""
    script = f"""async (links) => {{ {MODULES}
      return links.map(([experiment, document]) => {{
        const place = initialPlace(experiment.objective.kind);
        const view = {{ ...initialView(), ...place, ...readView(document, catalog) }};
        const styles = completeStyles(view.styles, experiment.optimizers.length);
        return writeAddress(experiment, {{ ...view, styles }}, catalog);
      }});
    }}"""
    found: list[str] = page.evaluate(script, links)
    return found
