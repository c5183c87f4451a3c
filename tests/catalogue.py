"""Functions of the project's scripts, called on a page that has the real catalogue."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from app import limits
from app.catalog import catalogue
from app.settings import Settings

CATALOG = "CATALOG"
"""Stands for the catalogue among the arguments of a call."""

CALL = """async ([path, name, args]) => {
  const module = await import(`/static/js/${path}`);
  const given = JSON.stringify(args);
  const result = module[name](...args.map((each) => (each === 'CATALOG' ? window.catalog : each)));
  if (JSON.stringify(args) !== given) throw new Error('an argument was changed');
  return result;
}"""


@cache
def real_catalogue() -> dict[str, Any]:
    """What `GET /api/catalog` gives."""
    return catalogue(limits.public(Settings()))


def call(page: Page, path: str, name: str, *args: Any) -> Any:
    """What `name` of the script at `path` below static/js gives for `args`, which it must leave as they are."""
    give_catalogue(page)
    return page.evaluate(CALL, [path, name, args])


def give_catalogue(page: Page) -> None:
    """The catalogue as `window.catalog`, once: it is too much to be handed over with each call."""
    if not page.evaluate("'catalog' in window"):
        page.evaluate("(catalog) => { window.catalog = catalog; }", real_catalogue())
